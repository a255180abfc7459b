#include "core/http/retry_after.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/base/text.hpp"
#include "core/http/http_date.hpp"

namespace azrestored {
namespace {

std::optional<long long> whole_number(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range && !text.starts_with('-')) return longest_server_wait.count();
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

/// `count` times `unit`, without overflow: a server may send any number of digits.
Millis bounded(long long count, Millis unit) {
  return count > longest_server_wait / unit ? longest_server_wait : Millis(unit * count);
}

/// "... Please try again after '324' seconds."
std::optional<Millis> hint_in_body(std::string_view body) {
  const auto quoted = quoted_after("try again after ", body);
  const auto count = quoted ? whole_number(*quoted) : std::nullopt;
  if (!count) return std::nullopt;
  return bounded(*count, std::chrono::seconds(1));
}

}  // namespace

std::optional<Millis> server_hint(const HttpResponse& response, Instant now) {
  if (const auto text = response.header("Retry-After")) {
    if (const auto count = whole_number(*text)) return bounded(*count, std::chrono::seconds(1));
    if (const auto at = parse_http_date(*text)) {
      // Relative to the server's own Date if it sent one, because the clocks may differ.
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

}  // namespace azrestored
