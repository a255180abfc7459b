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

  /// By which the times in the answers are to be read: Client::now(), or the machine's when they come from the database.
  [[nodiscard]] Instant now() const;

  /// True when answers come from the database.
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
