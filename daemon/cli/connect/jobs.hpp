// Source of the jobs for list, show, explain, events and status: the daemon or, if it does not run, its database. A
// note reports once that the database is used.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "daemon/cli/connect/client.hpp"
#include "daemon/cli/connect/context.hpp"
#include "daemon/cli/connect/offline.hpp"

namespace azrestored::cli {

class Jobs {
 public:
  explicit Jobs(Context& context) : context_(context) {}

  /// The response to GET /v1/{path...}?{query...}.
  Answer get(std::vector<std::string> path, std::map<std::string, std::string> query = {});

  /// The time to which the times in responses refer: Client::now(), or the machine's time if they come from the
  /// database.
  [[nodiscard]] Instant now() const;

  /// True if responses come from the database.
  [[nodiscard]] bool are_offline() const { return offline_ != nullptr; }

 private:
  Answer get_offline(const ControlTarget& target, const Failure& why);

  Context& context_;
  std::optional<Client> client_;
  std::unique_ptr<OfflineJobs> offline_;
};

/// {"v1", path...}: the target of a request.
ControlTarget control_target(std::vector<std::string> path, std::map<std::string, std::string> query = {});

}  // namespace azrestored::cli
