// Follows jobs over the control socket until all are at rest, for `watch`, `wait` and `events --follow`. Waits for a
// daemon that does not respond until the timeout, or for a minute if there is none.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "daemon/cli/connect/client.hpp"
#include "daemon/cli/connect/context.hpp"
#include "daemon/cli/terminal/console.hpp"

namespace azrestored::cli {

/// Receives the changes of the jobs.
class ProgressObserver {
 public:
  virtual ~ProgressObserver() = default;
  /// Called about once a second, and after a change of the window's size. The order of `jobs` is always the same.
  virtual void update(const std::vector<nlohmann::json>& jobs, Instant now) = 0;
  /// A remark that is not about a job.
  virtual void remark(const std::string& sentence) = 0;
  /// Called once after the last update, for whatever reason it ends, and before anything else is printed.
  virtual void finish(const std::vector<nlohmann::json>& jobs) = 0;
};

using JobList = boost::system::result<std::vector<nlohmann::json>, Failure>;

/// The details of the named jobs, without duplicates.
JobList named_jobs(Client& client, const std::vector<std::string>& names);

/// The summaries of all jobs that are in progress, oldest first.
JobList jobs_under_way(Client& client);

struct FollowOptions {
  std::optional<Millis> timeout;
  bool fresh = false;  // an operator watches: ask for fresh details of running jobs, which costs reads of Azure's quota
};

class Follower {
 public:
  /// `console` and `client` outlive this object. Up to 20 jobs are reported with details, more with their summaries.
  Follower(const Console& console, Client& client, std::vector<nlohmann::json> jobs, FollowOptions options)
      : console_(console), client_(client), jobs_(std::move(jobs)), options_(options) {}

  /// Returns the most urgent code of the jobs when all are at rest, 6 at the timeout, or the code of a failure after
  /// printing it.
  ExitCode follow(ProgressObserver& onlooker);

 private:
  std::optional<Failure> look();
  std::optional<Failure> look_at_each();
  std::optional<Failure> refresh_by_list();
  std::optional<Failure> look_at(nlohmann::json& job);
  std::chrono::steady_clock::duration note_absence(const std::optional<Failure>& trouble, ProgressObserver& onlooker);
  void pause(ProgressObserver& onlooker, std::chrono::steady_clock::duration length);
  [[nodiscard]] ExitCode code_at_rest() const;
  [[nodiscard]] ExitCode time_is_up() const;

  const Console& console_;
  Client& client_;
  std::vector<nlohmann::json> jobs_;
  FollowOptions options_;
  std::optional<std::chrono::steady_clock::time_point> away_since_;
};

/// Follows the named jobs with a Follower. Prints the failure if a job does not exist or the daemon does not run.
ExitCode follow_named(Context& context, const std::vector<std::string>& names, const FollowOptions& options,
                      ProgressObserver& onlooker);

}  // namespace azrestored::cli
