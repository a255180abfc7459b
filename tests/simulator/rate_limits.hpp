// The number of requests that Resource Manager accepts before it responds 429 (azure-backup-api.md 9.1 to 9.3). Off by
// default. If on, the limits are enforced, and every response has the remaining requests in its headers.
//
//   reads_per_hour   per action and subscription, for calls that the backup provider serves: a window of an hour that
//                    begins with the first read; "ResourceRequestsThrottled" until it is over.
//   arm_buckets      per subscription: 250 reads and 25 more a second, 200 writes and 10 more a second;
//                    "SubscriptionRequestsThrottled" until the bucket has one again.
//
// The service's hour and second run `time_scale` times faster; the seconds in a refusal are the client's.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "dotnet_time.hpp"
#include "http_message.hpp"
#include "routes.hpp"

namespace azsim {

struct RateLimitSettings {
  int reads_per_hour = 0;  // 0: no such limit
  bool arm_buckets = false;
  bool says_retry_after = true;  // if false, only the message has the time to wait (azure-backup-api.md 9.3)
};

/// The request's permission by Azure's name, such as "Microsoft.RecoveryServices/vaults/backupJobs/read".
[[nodiscard]] std::string action_of(const std::string& method, const Target& target);

class RateLimits {
 public:
  RateLimits(RateLimitSettings settings, double time_scale) : settings_(settings), time_scale_(time_scale) {}

  struct Taken {
    std::optional<Response> refusal;
    Pairs headers;  // the remaining requests; empty if no limit is enforced
  };
  /// Takes one request from its quotas.
  [[nodiscard]] Taken take(const Request& request, const RouteMatch& match, Instant now);

 private:
  struct Window {
    Instant begun;
    int used = 0;
  };
  struct Bucket {
    double left;
    Instant seen;
  };
  [[nodiscard]] Taken take_from_bucket(const RouteMatch& match, bool reads, Instant now);
  [[nodiscard]] Taken take_from_window(const RouteMatch& match, const std::string& action, Instant now);
  [[nodiscard]] Response refusal(const std::string& code, const std::string& sentence, Ticks wait) const;

  const RateLimitSettings settings_;
  const double time_scale_;
  std::map<std::string, Window> windows_;  // by subscription and action
  std::map<std::string, Bucket> buckets_;  // by subscription and kind
};

}  // namespace azsim
