#include "tests/torture/weather.hpp"

namespace azrestored::test {
namespace {

constexpr const char* restore_posts = "POST .*/(restore\\?|backupCrossRegionRestore)";
constexpr const char* reads = "GET |POST .*/(validateOperation|accessToken|backupCrrJob)";

// The first six take effect in Azure without a response to the daemon.
const std::vector<std::string> post_faults = {"lost", "504-after", "500-after", "torn", "lost",  "504-after", "504",
                                              "503",  "408",       "drop",      "429",  "429:1", "garbage"};
const std::vector<std::string> read_faults = {"429", "429:1", "429-date:1", "500",     "502",     "503",      "504",
                                              "408", "drop",  "torn",       "garbage", "badjson", "delay:200"};

}  // namespace

void Weather::blow(SimProcess& sim) {
  std::vector<std::string> faults;
  order(faults, restore_posts, post_faults, 15, 5);
  order(faults, reads, read_faults, 30, 19);
  sim.replace_faults(faults);
}

void Weather::order(std::vector<std::string>& faults, const std::string& requests,
                    const std::vector<std::string>& names, int count, int longest_gap) {
  std::uniform_int_distribution<int> gap(1, longest_gap);
  std::uniform_int_distribution<std::size_t> name(0, names.size() - 1);
  for (int i = 0, nth = 0; i < count; ++i) {
    nth += gap(dice_);
    faults.push_back(requests + "@" + std::to_string(nth) + "=" + names[name(dice_)]);
  }
}

}  // namespace azrestored::test
