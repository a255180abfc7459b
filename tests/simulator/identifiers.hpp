// GUIDs from a seed: the same seed and the same order of requests give the same ids, so a failed test can be repeated.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace azsim {

class Identifiers {
 public:
  explicit Identifiers(std::uint64_t seed) : engine_(seed) {}
  /// A lower-case version-4 GUID without braces.
  [[nodiscard]] std::string guid();
  /// A decimal number of `count` digits, the first not 0.
  [[nodiscard]] std::string number(std::size_t count);
  /// `count` random bytes.
  [[nodiscard]] std::string bytes(std::size_t count);

 private:
  std::mt19937_64 engine_;
};

}  // namespace azsim
