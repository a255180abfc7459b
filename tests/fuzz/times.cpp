// Every written form of times and durations: a value that was read can be written and read again unchanged.
#include "core/base/instant.hpp"

#include "core/azure/azure_time.hpp"
#include "core/base/duration.hpp"
#include "core/http/http_date.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

void check_instant(std::optional<Instant> at) {
  if (!at) return;
  require(parse_rfc3339(to_rfc3339(*at)) == at, "a time that was read can be written and read again");
  require(parse_azure_time(to_rfc3339(*at)) == at || *at < *parse_rfc3339("2010-01-01T00:00:00Z"),
          "the reader for Azure's times also reads it");
  require(to_filter_time(*at).size() == std::string_view("2026-11-20 09:05:00 PM").size(),
          "a filter's time has one form");
}

}  // namespace

void times(std::string_view input) {
  check_instant(parse_rfc3339(input));
  check_instant(parse_azure_time(input));
  check_instant(parse_us_time(input));
  check_instant(parse_http_date(input));
  if (const auto length = parse_duration(input)) {
    require(*length >= Millis(0), "a duration in settings is not negative");
    require(parse_duration(to_duration(*length)) == length, "a duration can be written and read again");
    require_sentence(to_age(*length));
  }
  if (const auto length = parse_azure_duration(input)) {
    require_sentence(to_age(*length));
    require_sentence(to_duration(*length));
  }
}

}  // namespace azrestored::fuzz
