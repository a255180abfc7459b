#include "core/http/http_date.hpp"

#include <array>

#include "core/base/scanner.hpp"

namespace azrestored {
namespace {

constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<long long> month_number(std::string_view name) {
  for (std::size_t i = 0; i < month_names.size(); ++i) {
    if (month_names[i] == name) return static_cast<long long>(i) + 1;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text) {
  Scanner in(text);
  const auto day_name = in.word();
  if (day_name.size() < 3) return std::nullopt;
  if (in.literal(',')) {  // IMF-fixdate "Sun, 06 Nov 1994 08:49:37 GMT", or RFC 850 "Sunday, 06-Nov-94 08:49:37 GMT"
    in.spaces();
    const auto d = in.number(2, 2);
    const bool dashes = in.literal('-');
    if (!d || (!dashes && !in.literal(' '))) return std::nullopt;
    const auto mo = month_number(in.word());
    if (!mo || !in.literal(dashes ? '-' : ' ')) return std::nullopt;
    auto y = dashes ? in.number(2, 2) : in.number(4, 4);
    if (!y || !in.literal(' ')) return std::nullopt;
    if (dashes) *y += *y < 70 ? 2000 : 1900;
    const auto time = scan_time_of_day(in, 2);
    if (!time || !in.literal(' ') || in.word() != "GMT" || !in.done()) return std::nullopt;
    return make_instant(*y, *mo, *d, time->h, time->mi, time->s, Millis(0));
  }
  in.spaces();  // asctime "Sun Nov  6 08:49:37 1994"
  const auto mo = month_number(in.word());
  in.spaces();
  const auto d = in.number(1, 2);
  if (!mo || !d || !in.literal(' ')) return std::nullopt;
  const auto time = scan_time_of_day(in, 2);
  if (!time || !in.literal(' ')) return std::nullopt;
  const auto y = in.number(4, 4);
  if (!y || !in.done()) return std::nullopt;
  return make_instant(*y, *mo, *d, time->h, time->mi, time->s, Millis(0));
}

}  // namespace azrestored
