#include "tests/bench/figure.hpp"

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace azrestored::bench {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? Json(*number) : Json();
}

std::string bar_text(const char* relation, double limit, const Figure& figure) {
  std::ostringstream text;
  text << relation << ' ' << limit;
  if (!figure.beside && !figure.unit.empty()) text << ' ' << figure.unit;
  return text.str();
}

}  // namespace

std::optional<double> Figure::ratio() const {
  if (!beside || *beside == 0) return std::nullopt;
  return value / *beside;
}

Figure at_least(Figure figure, double limit) {
  figure.bar = bar_text("at least", limit, figure);
  figure.ok = figure.ratio().value_or(figure.value) >= limit;
  return figure;
}

Figure at_most(Figure figure, double limit) {
  figure.bar = bar_text("at most", limit, figure);
  figure.ok = figure.ratio().value_or(figure.value) <= limit;
  return figure;
}

void print(const Figure& figure) {
  Json line;
  line["name"] = figure.name;
  line["value"] = figure.value;
  line["unit"] = figure.unit;
  line["beside"] = number_or_null(figure.beside);
  if (!figure.beside_what.empty()) line["besideWhat"] = figure.beside_what;
  line["ratio"] = number_or_null(figure.ratio());
  line["bar"] = figure.bar.empty() ? Json() : Json(figure.bar);
  line["ok"] = figure.ok ? Json(*figure.ok) : Json();
  line["noise"] = number_or_null(figure.noise);
  std::cout << line.dump() << std::endl;
}

bool is_brief() {
  return std::getenv("BENCH_BRIEF") != nullptr;
}

}  // namespace azrestored::bench
