// The output of every driver of tests/bench: one figure per line on standard output, as a JSON object. Other output
// goes to standard error. Scripts print the same lines themselves. The grammar:
//
//   {"name": text,         the measured quantity, unique within the driver: "polls per second over TLS"
//    "value": number,      ours
//    "unit": text,         "/s", "ms", "MB", "requests" ...
//    "beside": number|null, value of the reference, measured in the same run
//    "besideWhat": text?,  the reference: "a bare Beast loop"
//    "ratio": number|null, value / beside
//    "bar": text|null,     the target: "at least 0.6"
//    "ok": bool|null,      true if the target is met; null without a bar
//    "noise": number|null} relative spread of repeated measurements; if null, run.sh fills in the machine's
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

  /// value / beside; nullopt without a reference or if it is 0.
  [[nodiscard]] std::optional<double> ratio() const;
};

/// Sets bar and ok: the ratio, or the value if there is no reference, must be at least, or at most, `limit`.
[[nodiscard]] Figure at_least(Figure figure, double limit);
[[nodiscard]] Figure at_most(Figure figure, double limit);

/// Prints the line immediately.
void print(const Figure& figure);

/// True if BENCH_BRIEF is set: measure only enough to show that the driver works.
[[nodiscard]] bool is_brief();

}  // namespace azrestored::bench
