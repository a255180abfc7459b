// The settings file: either settings or faults, each with its position; the printed effective settings can be read
// again and are the same.
#include "config/settings.hpp"

#include "core/json/fault.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {

void settings(std::string_view input) {
  std::vector<Fault> faults;
  const auto read = read_settings(input, faults);
  require(read.has_value() == faults.empty(), "either settings or faults");
  require_good_faults(input, faults);
  if (!read) return;
  require(!read->auth.empty(), "there is a sign-in method");
  require(!read->arm.endpoint.empty() && !read->auth.front().authority.empty(), "the addresses of Azure are set");
  require(read->policy.minimum_interval > Millis(0) && read->policy.job_interval > Millis(0), "intervals are positive");
  const std::string printed = to_text(*read);
  const auto again = read_settings(printed, faults);
  require(again.has_value(), "printed settings are accepted");
  require(to_text(*again) == printed, "printed settings are the same after reading");
}

}  // namespace azrestored::fuzz
