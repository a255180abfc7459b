#include "core/arm/rate_limit_headers.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/base/text.hpp"
#include "core/http/retry_after.hpp"
#include "core/wire/errors.hpp"

namespace azrestored {
namespace {

/// ARM sends it unless the provider counts the action itself (azure-backup-api.md 9.2).
constexpr const char* general_header = "x-ms-ratelimit-remaining-subscription-reads";
constexpr const char* left_header = "x-ms-ratelimit-remaining-subscription-resource-requests";

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::min(value, 1'000'000'000);
}

/// "... exceeded the limit of '150' for time interval ..."
std::optional<int> limit_in(std::string_view message) {
  const auto quoted = quoted_after("limit of ", message);
  return quoted ? number_of(*quoted) : std::nullopt;
}

/// True if ARM's limit for the subscription is reached, not the provider's for one action.
bool is_of_subscription(const Problem& refusal) {
  return refusal.code == "SubscriptionRequestsThrottled" || refusal.code == "TenantRequestsThrottled";
}

}  // namespace

RateLimitReport read_rate_limit(const HttpResponse& response, Instant now) {
  RateLimitReport report;
  if (const auto left = response.header(left_header)) report.left = number_of(*left);
  report.unmetered = !report.left && response.header(general_header).has_value();
  if (response.status == 429) {
    const Problem problem = problem_of(response);
    report.refusal = RateLimitReport::Refusal{server_hint(response, now), limit_in(problem.message),
                                              is_of_subscription(problem), problem.text()};
  }
  return report;
}

}  // namespace azrestored
