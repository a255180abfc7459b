// The completion token of the daemon: `auto [ec, n] = co_await op(..., as_result);`
// Network errors are ordinary values. Only a cancelled coroutine throws, at its next co_await.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace azrestored {

inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace azrestored
