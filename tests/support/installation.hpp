// azrestored and azrestorectl installed in a folder of the test, with a certificate authority to trust. The test starts
// the daemon. Every problem is a gtest failure or an exception with a message.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/daemon_process.hpp"
#include "tests/support/files.hpp"

namespace azrestored::test {

class Installation {
  TempDir folder_;  // first member: it is removed after all other members

 public:
  Installation();

  /// Settings for an Azure at this address, changed by `more` (RFC 7396). The access token is in the file
  /// path("token"), unless the settings choose another way to sign in.
  void configure(const std::string& endpoint, const nlohmann::json& more = nlohmann::json::object());

  /// Puts a file into the spool by a rename, as producers should.
  void drop(const std::string& file_name, const std::string& text);
  /// As above, with the job's name as the file name.
  void drop(const nlohmann::json& job);

  /// Runs azrestorectl with these words.
  [[nodiscard]] Outcome ctl(const std::vector<std::string>& words) const;
  /// `show JOB --json`; an empty object if the job does not exist.
  [[nodiscard]] nlohmann::json show(const std::string& job) const;
  /// The body of a response of the control socket, an empty object if the status is not 200; nullopt if the daemon does
  /// not respond.
  [[nodiscard]] std::optional<nlohmann::json> get(const std::string& target) const;
  /// As show(), but asks the daemon over its control socket: for waits, because with sanitizers the start of
  /// azrestorectl costs more than the restore. Without a daemon that answers: show().
  [[nodiscard]] nlohmann::json job(const std::string& name) const;
  /// The job after it reached `state` or came to rest in another state. Fails the test if it does neither.
  nlohmann::json wait_for_state(const std::string& job, const std::string& state);
  /// The job after it came to rest.
  nlohmann::json wait_for_end(const std::string& job);

  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] std::filesystem::path certificates() const { return path("certificates"); }

  DaemonProcess daemon;
};

/// The states of a job in order, "queued" first.
std::vector<std::string> states_of(const nlohmann::json& job);

}  // namespace azrestored::test
