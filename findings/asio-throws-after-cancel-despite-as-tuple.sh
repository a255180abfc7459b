#!/bin/bash
# Expected: with as_tuple(use_awaitable) no wait throws. Each reports its error in the tuple, cancellation included.
# Seen: the wait that is cancelled reports "Operation canceled" in its tuple. The next co_await of that coroutine
#   throws the same error, before its operation starts, whatever the completion token is. So a coroutine whose cleanup
#   waits (for a last message, for a lock) leaves the cleanup by an exception. Only
#   this_coro::throw_if_cancelled(false) before the next wait lets it finish.
# Version: Boost.Asio 1.81.0-5+deb12u1 (Debian 12).
# Output:
#   as it is: first wait "Operation canceled", second wait threw "Operation canceled"
#   throw_if_cancelled(false): first wait "Operation canceled", second wait "Success"
# azrestored: destructors clean up; a coroutine that was cancelled begins no other wait.
# Needs: g++ (C++20) of the machine.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
package=libboost1.81-dev=1.81.0-5+deb12u1
apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
dpkg-deb -x libboost*.deb root

cat > cancelled.cpp <<'CPP'
#include <boost/asio.hpp>
#include <iostream>
namespace asio = boost::asio;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> wait_twice(bool allow) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, std::chrono::hours(1));
  auto [first] = co_await timer.async_wait(as_result);
  std::cout << "first wait \"" << first.message() << "\", ";
  if (allow) co_await asio::this_coro::throw_if_cancelled(false);
  timer.expires_after(std::chrono::milliseconds(1));
  auto [second] = co_await timer.async_wait(as_result);
  std::cout << "second wait \"" << second.message() << "\"\n";
}

void ended(std::exception_ptr problem) try {
  if (problem) std::rethrow_exception(problem);
} catch (const boost::system::system_error& error) {
  std::cout << "second wait threw \"" << error.code().message() << "\"\n";
}

int main() {
  for (const bool allow : {false, true}) {
    std::cout << (allow ? "throw_if_cancelled(false): " : "as it is: ");
    asio::io_context loop(1);
    asio::cancellation_signal cancel;
    asio::co_spawn(loop, wait_twice(allow), asio::bind_cancellation_slot(cancel.slot(), ended));
    asio::post(loop, [&cancel] { cancel.emit(asio::cancellation_type::terminal); });
    loop.run();
  }
}
CPP
g++ -std=c++20 -isystem root/usr/include cancelled.cpp -o cancelled -pthread

seen=$(./cancelled)
expected='as it is: first wait "Operation canceled", second wait threw "Operation canceled"
throw_if_cancelled(false): first wait "Operation canceled", second wait "Success"'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
