// Injected faults: what fails, for which request, how often. This class only counts; `front` and `server` carry the
// faults out.
//
//   SPEC = REGEX@N[xCOUNT]=NAME[:ARG]      COUNT is a number or '*'
//
// REGEX (ECMAScript, without case) is searched in "METHOD target", the target percent-decoded and its signature cut
// short. The Nth to (N+COUNT-1)th match since the fault was added fails. Of several due faults the oldest wins, and all
// of them count the match. `wrong-cert` counts TLS connections instead of requests; its REGEX is ignored. A number may
// have a fraction ("hang:0.5").
#pragma once

#include <cstdint>
#include <optional>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

namespace azsim {

struct FaultError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class FaultKind {
  lost,
  drop,
  hang,
  lost_hang,
  too_many,
  too_many_date,
  too_many_body,
  status,
  status_after,  // number: the HTTP status; text: seconds for Retry-After
  torn,
  garbage,
  bad_json,
  slow,
  delay,
  wrong_cert,
  no_content,
  unknown_status,
  redirect,
  huge,
  web_filter,  // status: 403 or number
  daily_limit
};

struct Fault {
  FaultKind kind = FaultKind::drop;
  std::string name;   // as written, for the log: "429:5"
  double number = 0;  // seconds, milliseconds or bytes, depending on the kind
  bool has_number = false;
  unsigned status = 0;
  std::string text;  // redirect: the address
};

class Faults {
 public:
  /// Throws FaultError with a sentence as message.
  void add(const std::string& spec);
  /// Counts the request in every rule and returns its fault.
  [[nodiscard]] std::optional<Fault> match(const std::string& method, const std::string& target);
  /// Counts a TLS connection; true if it must get the wrong certificate.
  [[nodiscard]] bool wrong_certificate_due();

 private:
  struct Rule {
    std::regex pattern;
    std::uint64_t first = 1;
    std::optional<std::uint64_t> count;  // none: unlimited
    std::uint64_t seen = 0;
    Fault fault;
    [[nodiscard]] bool count_and_due();
  };
  std::vector<Rule> rules_;
};

}  // namespace azsim
