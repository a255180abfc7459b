#include "daemon/app/machine_watch.hpp"

#include <malloc.h>

#include <stdexcept>
#include <string>

#include "daemon/log/log.hpp"
#include "daemon/os/as_result.hpp"

namespace azrestored {
namespace {

constexpr auto check_interval = std::chrono::seconds(1);
/// Memory is returned to the system after this many checks: glibc keeps the memory that many jobs have used, because it
/// lies between blocks that are still in use.
constexpr int checks_between_trims = 60;

void report_step(Millis step) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(step).count();
  log::event(log::Level::warning, "clock.set",
             {{"detail", "the machine's clock was set by " + std::to_string(seconds) +
                             " s; waits keep their length, and job histories keep times of the old clock, until "
                             "azrestored is restarted"}});
}

}  // namespace

asio::awaitable<void> MachineWatch::run() {
  for (int check = 1; !stopping_; ++check) {
    if (const auto fatal = store_.fatal_error()) throw std::runtime_error(fatal->sentence());
    if (const auto step = clock_.take_step()) report_step(*step);
    if (check % checks_between_trims == 0) ::malloc_trim(0);
    timer_.expires_after(check_interval);
    co_await timer_.async_wait(as_result);
  }
}

void MachineWatch::stop() {
  stopping_ = true;
  timer_.cancel();
}

}  // namespace azrestored
