// See rate_limits.hpp.
#include "rate_limits.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "azure_call.hpp"
#include "text.hpp"

namespace azsim {
namespace {

constexpr double hour_s = 3600;

/// Reads of the backup provider. The vault itself belongs to another provider, whose responses report no such limit
/// (azure-backup-api.md 9.2).
bool has_own_limit(const std::string& action) {
  return starts_with_name(action, "Microsoft.RecoveryServices/") && action.ends_with("/read") &&
         !same_name(action, "Microsoft.RecoveryServices/vaults/read");
}

}  // namespace

std::string action_of(const std::string& method, const Target& target) {
  const auto& segments = target.segments;
  std::size_t provider = segments.size();
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    if (same_name(segments[i], "providers")) provider = i + 1;
  }
  const bool inside = provider < segments.size();
  std::string action = inside ? segments[provider] : "Microsoft.Resources";
  const std::size_t first = inside ? provider + 1 : 0;
  for (std::size_t i = first; i < segments.size(); i += 2) action += "/" + segments[i];  // the types, without the names
  if (method == "GET" || method == "HEAD") return action + "/read";
  if (method == "DELETE") return action + "/delete";
  const bool ends_with_a_type = (segments.size() - first) % 2 == 1;
  return action + (ends_with_a_type ? "/action" : "/write");
}

Response RateLimits::refusal(const std::string& code, const std::string& sentence, Ticks wait) const {
  const double seconds = std::chrono::duration<double>(wait).count();
  const std::string wait_s = std::to_string(std::max(1LL, static_cast<long long>(std::ceil(seconds))));
  Response response = error(429, code, sentence + " Please try again after '" + wait_s + "' seconds.", "gateway");
  if (settings_.says_retry_after) response.headers.emplace_back("Retry-After", wait_s);
  return response;
}

RateLimits::Taken RateLimits::take_from_bucket(const RouteMatch& match, bool reads, Instant now) {
  const double capacity = reads ? 250 : 200;
  const double refill_per_s = (reads ? 25 : 10) * time_scale_;
  const std::string kind = reads ? "reads" : "writes";
  Bucket& bucket = buckets_.try_emplace(lower(match.subscription) + " " + kind, Bucket{capacity, now}).first->second;
  const double waited_s = std::chrono::duration<double>(now - bucket.seen).count();
  bucket.left = std::min(capacity, bucket.left + std::max(waited_s, 0.0) * refill_per_s);
  bucket.seen = now;
  Taken taken;
  if (bucket.left < 1) {
    taken.refusal = refusal("SubscriptionRequestsThrottled",
                            "The subscription '" + match.subscription + "' has exhausted its " + kind + ".",
                            ticks_of_seconds((1 - bucket.left) / refill_per_s));
  } else {
    bucket.left -= 1;
  }
  taken.headers.emplace_back("x-ms-ratelimit-remaining-subscription-" + kind,
                             std::to_string(static_cast<long long>(bucket.left)));
  return taken;
}

RateLimits::Taken RateLimits::take_from_window(const RouteMatch& match, const std::string& action, Instant now) {
  const Ticks length = ticks_of_seconds(hour_s / time_scale_);
  Window& window = windows_.try_emplace(lower(match.subscription) + " " + lower(action), Window{now, 0}).first->second;
  if (now - window.begun >= length) window = Window{now, 0};
  Taken taken;
  if (window.used >= settings_.reads_per_hour) {
    taken.refusal = refusal("ResourceRequestsThrottled",
                            "Number of requests for action '" + action + "' exceeded the limit of '" +
                                std::to_string(settings_.reads_per_hour) + "' for time interval '01:00:00'.",
                            window.begun + length - now);
  } else {
    ++window.used;
  }
  taken.headers.emplace_back("x-ms-ratelimit-remaining-subscription-resource-requests",
                             std::to_string(taken.refusal ? -1 : settings_.reads_per_hour - window.used));
  return taken;
}

RateLimits::Taken RateLimits::take(const Request& request, const RouteMatch& match, Instant now) {
  const std::string action = action_of(request.method, match.target);
  Taken taken;
  if (settings_.arm_buckets) taken = take_from_bucket(match, request.method == "GET", now);
  if (!taken.refusal && settings_.reads_per_hour > 0 && has_own_limit(action)) {
    taken = take_from_window(match, action, now);  // its header replaces the general one (azure-backup-api.md 9.2)
  }
  return taken;
}

}  // namespace azsim
