#include "scheduler/base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <new>

namespace suanwang {

// XXH3's state wants an alignment of 64 bytes, which the aligned form of new provides.
struct Hasher::State {
  XXH3_state_t xxh;
};

std::uint64_t HashOf(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::string HashText(std::uint64_t hash) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; hash >>= 4) text[i] = "0123456789abcdef"[hash & 15];
  return text;
}

Hasher::Hasher() : state_(std::make_unique<State>()) { XXH3_64bits_reset(&state_->xxh); }
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::Add(std::span<const std::byte> bytes) { XXH3_64bits_update(&state_->xxh, bytes.data(), bytes.size()); }
void Hasher::Add(std::string_view bytes) { XXH3_64bits_update(&state_->xxh, bytes.data(), bytes.size()); }
std::uint64_t Hasher::Digest() const { return XXH3_64bits_digest(&state_->xxh); }

std::uint64_t Hasher::DigestWith(std::string_view more) const {
  State state = *state_;
  XXH3_64bits_update(&state.xxh, more.data(), more.size());
  return XXH3_64bits_digest(&state.xxh);
}

}  // namespace suanwang
