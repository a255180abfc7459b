// The only source of randomness of a simulated run: one seed, one run.
#pragma once

#include <random>

#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"

namespace azrestored::sim {

class Chance final : public IdSource {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  bool one_in(int n) { return below(n) == 0; }
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  Millis between(Millis least, Millis most) {
    return least + Millis(static_cast<Millis::rep>(engine_() % static_cast<std::uint64_t>((most - least).count() + 1)));
  }

  std::string uuid() override {
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string id = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
    for (char& c : id) {
      if (c == 'x') c = hex[engine_() % 16];
    }
    return id;
  }
  double fraction() override { return static_cast<double>(engine_() >> 11U) * 0x1.0p-53; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace azrestored::sim
