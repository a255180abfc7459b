// Jobs followed over the control socket until all are at rest: what `watch`, `wait` and `events --follow` do alike. A
// daemon that restarts is waited for: as long as the timeout says, else for a minute.
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

/// Who is told what becomes of the jobs.
class Onlooker {
 public:
  virtual ~Onlooker() = default;
  /// About once a second, and when the window's size has changed: the jobs as they are now, always in the same order.
  virtual void update(const std::vector<nlohmann::json>& jobs, Instant now) = 0;
  /// Something to know beside the jobs.
  virtual void remark(const std::string& sentence) = 0;
  /// After the last update, whatever the end, and before anything else is printed.
  virtual void finish(const std::vector<nlohmann::json>& jobs) = 0;
};

using JobList = boost::system::result<std::vector<nlohmann::json>, Failure>;

/// The details of the named jobs, each once.
JobList named_jobs(Client& client, const std::vector<std::string>& names);

/// The summaries of all jobs under way, oldest first.
JobList jobs_under_way(Client& client);

struct Following {
  std::optional<Millis> timeout;
  bool fresh = false;  // running jobs are looked at for a person: their details cost reads of Azure's budget
};

class Follower {
 public:
  /// All three outlive this object. Up to 20 jobs are told with all details, more with their summaries.
  Follower(const Console& console, Client& client, std::vector<nlohmann::json> jobs, Following options)
      : console_(console), client_(client), jobs_(std::move(jobs)), options_(options) {}

  /// The most urgent of the jobs' codes once all are at rest; 6 when the time was up before; what a failure is, which
  /// has been told, when the daemon stays away.
  ExitCode follow(Onlooker& onlooker);

 private:
  std::optional<Failure> look();
  std::optional<Failure> look_at_each();
  std::optional<Failure> look_at_many();
  std::optional<Failure> look_at(nlohmann::json& job);
  std::chrono::steady_clock::duration note_absence(const std::optional<Failure>& trouble, Onlooker& onlooker);
  void pause(Onlooker& onlooker, std::chrono::steady_clock::duration length);
  [[nodiscard]] ExitCode code_at_rest() const;
  [[nodiscard]] ExitCode time_is_up() const;

  const Console& console_;
  Client& client_;
  std::vector<nlohmann::json> jobs_;
  Following options_;
  std::optional<std::chrono::steady_clock::time_point> away_since_;
};

/// Follows the named jobs, as a Follower does; a name or a daemon that is not there has been told.
ExitCode follow_named(Context& context, const std::vector<std::string>& names, const Following& options,
                      Onlooker& onlooker);

}  // namespace azrestored::cli
