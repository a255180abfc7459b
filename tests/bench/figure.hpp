// What every driver of tests/bench prints on standard output: one figure a line, as a JSON object. Whatever else it has
// to say goes to standard error. Scripts print the same lines themselves. The grammar:
//
//   {"name": text,         what was measured, unique within the driver: "polls per second over TLS"
//    "value": number,      ours
//    "unit": text,         "/s", "ms", "MB", "requests" ...
//    "beside": number|null, the same of what it is compared with, measured in the same run
//    "besideWhat": text?,  what that is: "a bare Beast loop"
//    "ratio": number|null, value / beside
//    "bar": text|null,     what was promised: "at least 0.6"
//    "ok": bool|null,      whether it was kept; null without a bar
//    "noise": number|null} relative spread of repeated measurements; when null, run.sh fills in the machine's own
#pragma once

#include <optional>
#include <string>

namespace azrestored::bench {

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> beside{};
  std::string beside_what{};
  std::string bar{};
  std::optional<bool> ok{};
  std::optional<double> noise{};

  /// value / beside; nullopt without anything to divide by.
  [[nodiscard]] std::optional<double> ratio() const;
};

/// Sets bar and ok: the ratio, or the value when nothing stands beside it, is to be at least, or at most, `limit`.
[[nodiscard]] Figure at_least(Figure figure, double limit);
[[nodiscard]] Figure at_most(Figure figure, double limit);

/// Prints the line at once.
void tell(const Figure& figure);

/// True when BENCH_BRIEF is set: measure as little as shows that the driver works.
[[nodiscard]] bool is_brief();

}  // namespace azrestored::bench
