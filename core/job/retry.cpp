#include "core/job/retry.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// The longest time between two looks for a request id: short beside the default quiet period, long beside the budget
/// of reads (API.md 9.2).
constexpr Millis longest_search_interval = std::chrono::minutes(1);

std::optional<long long> whole_number(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range && !text.starts_with('-')) return longest_server_wait.count();
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

/// `count` of `unit`, without overflow: a server may send any number of digits.
Millis bounded(long long count, Millis unit) {
  return count > longest_server_wait / unit ? longest_server_wait : Millis(unit * count);
}

/// "... Please try again after '324' seconds."
std::optional<Millis> hint_in_body(std::string_view body) {
  const auto quoted = quoted_behind("try again after ", body);
  const auto count = quoted ? whole_number(*quoted) : std::nullopt;
  if (!count) return std::nullopt;
  return bounded(*count, std::chrono::seconds(1));
}

/// `start` doubled `times` times, at most `most`, but never less than `start`.
Millis doubled(Millis start, int times, Millis most) {
  Millis wait = start;
  for (int i = 0; i < times && wait < most; ++i) wait *= 2;
  return std::max(start, std::min(wait, most));
}

Millis part(Millis whole, double fraction) {
  return Millis(static_cast<Millis::rep>(static_cast<double>(whole.count()) * fraction));
}

}  // namespace

std::optional<Millis> server_hint(const HttpResponse& response, Instant now) {
  if (const auto text = response.header("Retry-After")) {
    if (const auto count = whole_number(*text)) return bounded(*count, std::chrono::seconds(1));
    if (const auto at = parse_http_date(*text)) {
      // Counted from the server's own Date when it sent one: our clocks may differ.
      const auto date = response.header("Date");
      const Instant sent = (date ? parse_http_date(*date) : std::nullopt).value_or(now);
      return std::clamp<Millis>(*at - sent, Millis(0), longest_server_wait);
    }
  }
  for (const char* name : {"retry-after-ms", "x-ms-retry-after-ms"}) {
    if (const auto text = response.header(name)) {
      if (const auto count = whole_number(*text)) return bounded(*count, Millis(1));
    }
  }
  return hint_in_body(response.body);
}

Instant next_poll(std::optional<Millis> hint, const Policy& policy, Moment moment) {
  const Millis wait = std::max(hint.value_or(policy.default_retry_after), policy.minimum_interval);
  // A tenth of jitter: enough to keep jobs that were started together from being polled together for ever.
  return moment.now + wait + part(std::min<Millis>(wait, policy.default_retry_after), 0.1 * moment.jitter);
}

Instant next_attempt(int failures, std::optional<Millis> hint, const Policy& policy, Moment moment) {
  const Millis backoff = doubled(policy.minimum_interval, failures - 1, policy.longest_backoff);
  return moment.now + std::max(hint.value_or(Millis(0)), backoff) + part(backoff, 0.5 * moment.jitter);
}

Instant next_search(int searches, Instant quiet_until, const Policy& policy, Moment moment) {
  const Millis wait = doubled(policy.minimum_interval, searches, longest_search_interval);
  const Instant at = moment.now + wait + part(wait, 0.1 * moment.jitter);
  return moment.now < quiet_until ? std::min(at, quiet_until) : at;
}

}  // namespace azrestored
