// How many requests Resource Manager takes before it says 429 (API.md 9.1 to 9.3). Off unless asked for; then enforced,
// with what is left told in the headers of every answer.
//
//   reads_per_hour   of each action and subscription, for what the backup provider serves: a window of an hour that
//                    begins with the first read; "ResourceRequestsThrottled" until it is over.
//   arm_buckets      of each subscription: 250 reads and 25 more a second, 200 writes and 10 more a second;
//                    "SubscriptionRequestsThrottled" until there is one again.
//
// The service's hour and second run `time_scale` times faster; the seconds that a refusal tells are the client's.
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
  bool says_retry_after = true;  // without, only the sentence tells how long to wait (API.md 9.3)
};

/// The request's permission as Azure names them: "Microsoft.RecoveryServices/vaults/backupJobs/read".
[[nodiscard]] std::string action_of(const std::string& method, const Target& target);

class RateLimits {
 public:
  RateLimits(RateLimitSettings settings, double time_scale) : settings_(settings), time_scale_(time_scale) {}

  struct Share {
    std::optional<Response> refusal;
    Pairs headers;  // what is left; empty where no limit is in force
  };
  /// Takes one request's share of its budgets.
  [[nodiscard]] Share take(const Request& request, const RouteMatch& match, Instant now);

 private:
  struct Window {
    Instant begun;
    int used = 0;
  };
  struct Bucket {
    double left;
    Instant seen;
  };
  [[nodiscard]] Share take_from_bucket(const RouteMatch& match, bool reads, Instant now);
  [[nodiscard]] Share take_from_window(const RouteMatch& match, const std::string& action, Instant now);
  [[nodiscard]] Response refusal(const std::string& code, const std::string& sentence, Ticks wait) const;

  const RateLimitSettings settings_;
  const double time_scale_;
  std::map<std::string, Window> windows_;  // by subscription and action
  std::map<std::string, Bucket> buckets_;  // by subscription and kind
};

}  // namespace azsim
