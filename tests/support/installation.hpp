// azrestored and azrestorectl installed in a folder of the test's own, with a certificate authority to trust. The test
// starts the daemon. Whatever goes wrong is a gtest failure or a thrown sentence.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/daemon_process.hpp"
#include "tests/support/files.hpp"

namespace azrestored::test {

class Installation {
  TempDir folder_;  // first: what is in it ends before it goes away

 public:
  Installation();

  /// Settings to talk to an Azure at this address, changed by `more` (RFC 7396). The access token is in the file
  /// path("token"), unless the settings choose another way to sign in.
  void configure(const std::string& endpoint, const nlohmann::json& more = nlohmann::json::object());

  /// Puts a file in the spool by a rename, as producers should.
  void drop(const std::string& file_name, const std::string& text);
  /// As above, named by the job's name.
  void drop(const nlohmann::json& job);

  /// Runs azrestorectl with these words.
  [[nodiscard]] Outcome ctl(const std::vector<std::string>& words) const;
  /// `show JOB --json`; an empty object while there is no such job.
  [[nodiscard]] nlohmann::json show(const std::string& job) const;
  /// The job once it is in `state`, or at rest in another; fails the test when it never is.
  nlohmann::json wait_for_state(const std::string& job, const std::string& state);
  /// The job once it is at rest.
  nlohmann::json wait_for_end(const std::string& job);

  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] std::filesystem::path certificates() const { return path("certificates"); }

  DaemonProcess daemon;
};

/// The states that a job went through, "queued" first.
std::vector<std::string> states_of(const nlohmann::json& job);

}  // namespace azrestored::test
