// See arm_headers.hpp.
#include "arm_headers.hpp"

#include <algorithm>
#include <cmath>

#include "azure_json.hpp"

namespace azsim {
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

}  // namespace

std::string ArmHeaders::take(const std::string& name, double capacity, double refill_per_s, Instant now) {
  Budget& budget = budgets_.try_emplace(name, Budget{capacity, now}).first->second;
  const double waited_s = std::chrono::duration<double>(now - budget.seen).count();
  budget.left = std::min(capacity, budget.left + std::max(waited_s, 0.0) * refill_per_s);
  budget.left = std::max(budget.left - 1, 0.0);
  budget.seen = now;
  return std::to_string(static_cast<long long>(std::floor(budget.left)));
}

void ArmHeaders::add_request_ids(Response& response, const Request& request, const std::string& location, int echoes,
                                 Instant now) {
  const std::string id = ids_.guid();
  const std::string* correlation = find_value(request.headers, "x-ms-correlation-request-id");
  response.headers.emplace_back("x-ms-request-id", id);
  response.headers.emplace_back("x-ms-correlation-request-id", correlation != nullptr ? *correlation : id);
  response.headers.emplace_back("x-ms-routing-request-id", upper(location) + ":" + compact_utc(now) + ":" + id);
  if (const std::string* client = find_value(request.headers, "x-ms-client-request-id")) {
    for (int i = 0; i < echoes; ++i) response.headers.emplace_back("x-ms-client-request-id", *client);
  }
}

void ArmHeaders::add(Response& response, const Request& request, const RouteMatch& match, const std::string& location,
                     const Pairs& limits, Instant now) {
  const std::string* version = find_value(match.target.query, "api-version");
  const bool job = match.route == Route::job || match.route == Route::jobs;
  const bool old = version != nullptr && !since(*version, "2024-01-01");
  for (const auto& [name, value] : Pairs{{"Cache-Control", "no-cache"},
                                         {"Pragma", "no-cache"},
                                         {"Expires", "-1"},
                                         {"X-Content-Type-Options", "nosniff"},
                                         {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
                                         {"Server", "Kestrel"}})
    response.headers.emplace_back(name, value);
  if (job) response.headers.emplace_back("Server", "Kestrel");  // twice in some answers: azure-backup-api.md 12.1
  add_request_ids(response, request, location, job || old ? 2 : 1, now);
  response.headers.insert(response.headers.end(), limits.begin(), limits.end());
  if (limits.empty()) add_made_up_limits(response, request, match, now);
}

void ArmHeaders::add_made_up_limits(Response& response, const Request& request, const RouteMatch& match, Instant now) {
  if (request.method != "GET") {
    response.headers.emplace_back("x-ms-ratelimit-remaining-subscription-writes",
                                  take("writes " + match.subscription, 200, 10, now));
    response.headers.emplace_back("x-ms-ratelimit-remaining-subscription-global-writes",
                                  take("global-writes " + match.subscription, 12000, 150, now));
  } else {
    // The provider's own count is reported only if the limit is enforced (--read-limit), because a client may rely on
    // it.
    response.headers.emplace_back("x-ms-ratelimit-remaining-subscription-reads",
                                  take("reads " + match.subscription, 250, 25, now));
    response.headers.emplace_back("x-ms-ratelimit-remaining-subscription-global-reads",
                                  take("global-reads " + match.subscription, 16500, 375, now));
  }
}

void ArmHeaders::add_gateway(Response& response, const Request& request, Instant now) {
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("x-ms-failure-cause", "gateway");
  add_request_ids(response, request, "westus", 1, now);
}

}  // namespace azsim
