// azrestore-sim, run over HTTPS with its own certificate authority. The plain port serves IMDS and the test's own
// questions. Restores take tenths of a second and Retry-After is 0, unless a test sets other values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/json/fault.hpp"
#include "tests/support/process.hpp"

namespace azrestored::test {

class SimProcess {
 public:
  /// Listens when this returns. Files go to `folder`; `certificate` is a path without ".pem" and ".key".
  SimProcess(std::filesystem::path folder, const std::filesystem::path& certificate, const nlohmann::json& state,
             const std::vector<std::string>& arguments);

  /// SIGKILL; files stay as they are.
  void kill();
  /// Starts it again at the same address. With --journal in its arguments it still knows its restores.
  void start_again();

  [[nodiscard]] std::string https_url() const { return "https://127.0.0.1:" + std::to_string(https_port_); }
  [[nodiscard]] std::string http_url() const { return "http://127.0.0.1:" + std::to_string(http_port_); }

  /// Of the plain port.
  [[nodiscard]] std::uint16_t http_port() const { return http_port_; }

  /// REGEX@N[xCOUNT]=NAME[:ARG]: a fault from now on (tests/simulator/faults.hpp).
  void add_fault(const std::string& fault);
  /// Replaces all faults that were added before.
  void replace_faults(const std::vector<std::string>& faults);
  /// Removes all faults.
  void clear_faults();
  void expire_tokens();
  /// Starts the last restore once more with the same request id, as a proxy does that repeats a POST.
  void repeat_last_restore();

  /// What the simulator has recorded (tests/simulator/report.cpp).
  [[nodiscard]] nlohmann::json report() const;
  /// Restores that it has started, in order.
  [[nodiscard]] nlohmann::json restores() const { return report().at("restores"); }
  [[nodiscard]] int restore_posts() const { return report().at("restorePosts"); }
  /// Requests so far, a JSON object each: "time", "method", "target", "status" ...
  [[nodiscard]] std::vector<nlohmann::json> requests() const;
  /// As above, but only those whose "METHOD target" contains `text`.
  [[nodiscard]] std::vector<nlohmann::json> requests(const std::string& text) const;

 private:
  void start();

  std::filesystem::path folder_;
  std::filesystem::path certificate_;
  std::vector<std::string> arguments_;
  std::optional<Process> process_;
  std::uint16_t https_port_ = 0;
  std::uint16_t http_port_ = 0;
};

}  // namespace azrestored::test
