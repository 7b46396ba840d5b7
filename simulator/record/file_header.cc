#include "simulator/record/file_header.h"

#include "scheduler/model/exchange_bytes.h"

namespace suanwang::record {
namespace {

constexpr std::size_t kFixed = 8 + 4 + 8 + 8 + 4;
constexpr std::uint32_t kLongestPolicy = kLongestHeader - kFixed;

}  // namespace

std::string HeaderBytes(const FileKind& kind, const FileHeader& header) {
  std::string bytes(kind.magic);
  BytesWriter writer(bytes);
  writer.Put(kind.format);
  writer.Put(header.scenario_hash);
  writer.Put(header.seed);
  writer.Put(static_cast<std::uint32_t>(header.policy.size()));
  return bytes + header.policy;
}

std::optional<std::string> ReadHeader(std::string_view bytes, const FileKind& kind, FileHeader& header, std::size_t& length) {
  const std::string name(kind.name);
  if (!bytes.starts_with(kind.magic)) return "is no " + name + " of suanwang (compressed, but something else)";
  BytesReader reader(bytes.substr(kind.magic.size()));
  std::uint32_t format = 0;
  std::uint32_t policy_bytes = 0;
  reader.Get(format);
  reader.Get(header.scenario_hash);
  reader.Get(header.seed);
  reader.Get(policy_bytes);
  if (!reader.ok() || policy_bytes > kLongestPolicy || bytes.size() < kFixed + policy_bytes) return "has a damaged header";
  if (format != kind.format) {
    return "has format " + std::to_string(format) + ", this version reads format " + std::to_string(kind.format) +
           " (run the scenario again with this version)";
  }
  header.policy = bytes.substr(kFixed, policy_bytes);
  length = kFixed + policy_bytes;
  return std::nullopt;
}

}  // namespace suanwang::record
