#include "daemon/app/machine_watch.hpp"

#include <malloc.h>

#include <stdexcept>
#include <string>

#include "daemon/log/log.hpp"
#include "daemon/os/as_result.hpp"

namespace azrestored {
namespace {

constexpr auto between_looks = std::chrono::seconds(1);
/// How often memory is given back to the system, in looks: what a wave of jobs has used lies between pieces still in
/// use, where glibc keeps it.
constexpr int looks_between_trims = 60;

void tell_step(Millis step) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(step).count();
  log::event(log::Level::warning, "clock.set",
             {{"detail", "the machine's clock was set by " + std::to_string(seconds) +
                             " s; jobs wait as long as they would have, and their histories are told by the old clock, "
                             "until azrestored is restarted"}});
}

}  // namespace

asio::awaitable<void> MachineWatch::run() {
  for (int look = 1; !stopping_; ++look) {
    if (const auto fatal = store_.fatal_error()) throw std::runtime_error(fatal->sentence());
    if (const auto step = clock_.step()) tell_step(*step);
    if (look % looks_between_trims == 0) ::malloc_trim(0);
    timer_.expires_after(between_looks);
    co_await timer_.async_wait(as_result);
  }
}

void MachineWatch::stop() {
  stopping_ = true;
  timer_.cancel();
}

}  // namespace azrestored
