#include "daemon/http_client/name_lookup.hpp"

#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <memory>

#include "daemon/os/as_result.hpp"

namespace azrestored {
namespace {

using asio::ip::tcp;

/// Shared by the waiting coroutine and the resolver's handler; the later of the two destroys it.
struct Pending {
  explicit Pending(const asio::any_io_executor& executor) : resolver(executor), bell(executor) {}
  tcp::resolver resolver;
  asio::steady_timer bell;
  bool done = false;
  Lookup lookup;
};

std::uint16_t port_number(const std::string& port) {
  std::uint16_t number = 0;
  std::from_chars(port.data(), port.data() + port.size(), number);  // split_url() has checked the digits
  return number;
}

void start(const std::shared_ptr<Pending>& pending, const std::string& host, const std::string& port) {
  pending->resolver.async_resolve(
      host, port, [pending](boost::system::error_code problem, const tcp::resolver::results_type& results) {
        pending->done = true;
        pending->lookup.problem = problem;
        for (const auto& result : results) pending->lookup.endpoints.push_back(result.endpoint());
        pending->bell.cancel();
      });
}

}  // namespace

asio::awaitable<Lookup> look_up(asio::any_io_executor executor, std::string host, std::string port, Millis deadline) {
  Lookup lookup;
  boost::system::error_code not_an_address;
  const auto address = asio::ip::make_address(host, not_an_address);
  if (!not_an_address) {
    lookup.endpoints.emplace_back(address, port_number(port));
    co_return lookup;
  }
  const auto pending = std::make_shared<Pending>(executor);
  pending->bell.expires_after(deadline);
  start(pending, host, port);
  auto [woken] = co_await pending->bell.async_wait(as_result);
  if (pending->done) co_return pending->lookup;
  pending->resolver.cancel();  // prevents the call if it has not begun yet
  lookup.problem = woken ? asio::error::operation_aborted : asio::error::timed_out;
  co_return lookup;
}

}  // namespace azrestored
