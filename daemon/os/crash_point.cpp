#include "daemon/os/crash_point.hpp"

#ifdef AZRESTORED_CRASH_POINTS

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>

namespace azrestored {

void crash_point(std::string_view name) {
  const char* const variable = std::getenv("AZRESTORED_CRASH_AT");
  if (variable == nullptr) return;
  const std::string_view wanted = variable;
  const std::size_t colon = wanted.rfind(':');
  if (wanted.substr(0, colon) != name) return;

  int wanted_visit = 1;
  if (colon != std::string_view::npos) std::from_chars(wanted.data() + colon + 1, wanted.end(), wanted_visit);
  static std::atomic<int> visits{0};  // one counter is enough: only one crash point is selected
  if (++visits == wanted_visit) std::raise(SIGKILL);
}

}  // namespace azrestored

#endif
