// How the drivers of tests/bench tell their figures: one line of JSON for each on standard output, and beside them a
// table for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace azrestored::bench {

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  nlohmann::json beside{};  // what it is compared with
  nlohmann::json ratio{};   // to that
  std::string bar{};        // what was promised; "" when nothing was
  bool ok = true;
};

/// {"name","value","unit","beside","ratio","bar","ok"}
inline std::string to_line(const Figure& figure) {
  const nlohmann::ordered_json line = {{"name", figure.name},     {"value", figure.value}, {"unit", figure.unit},
                                       {"beside", figure.beside}, {"ratio", figure.ratio}, {"bar", figure.bar},
                                       {"ok", figure.ok}};
  return line.dump();
}

}  // namespace azrestored::bench
