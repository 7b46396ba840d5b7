#include "scheduler/policy/policy_memory.h"

#include "scheduler/base/check.h"

namespace suanwang {
namespace {

class Writer final : public StateWriter {
 public:
  void Put(std::string_view name, std::int64_t value) override { memory.emplace_back(name, value); }
  PolicyMemory memory;
};

class Reader final : public StateReader {
 public:
  explicit Reader(const PolicyMemory& memory) : memory_(memory) {}
  std::int64_t Get(std::string_view name) override {
    SUANWANG_CHECK(at_ < memory_.size() && memory_[at_].first == name, "a policy reads what it wrote, in that order");
    return memory_[at_++].second;
  }
  [[nodiscard]] bool is_done() const { return at_ == memory_.size(); }

 private:
  const PolicyMemory& memory_;
  std::size_t at_ = 0;
};

}  // namespace

PolicyMemory MemoryOf(const Policy& policy) {
  Writer writer;
  policy.Save(writer);
  return std::move(writer.memory);
}

void Restore(const PolicyMemory& memory, Policy& fresh) {
  Reader reader(memory);
  fresh.Load(reader);
  SUANWANG_CHECK(reader.is_done(), "a policy reads all that it wrote");
}

}  // namespace suanwang
