#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace suanwang {

// The one hash of the project: XXH3, 64 bits. For identity of runs and inputs, not for security.
[[nodiscard]] std::uint64_t HashOf(std::string_view bytes);
[[nodiscard]] std::string HashText(std::uint64_t hash);  // 16 lower-case hex digits

// XXH3-64 of a stream of bytes; equal to HashOf of their concatenation.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void Add(std::span<const std::byte> bytes);
  void Add(std::string_view bytes);
  [[nodiscard]] std::uint64_t Digest() const;  // of all added so far; adding may go on
  [[nodiscard]] std::uint64_t DigestWith(std::string_view more) const;  // as if `more` had been added last

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace suanwang
