// Measures how late the event loop is: a timer of one second records how late it fired. Every request, timer and
// response is delayed as much. Only on the loop's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/metrics/counters.hpp"

namespace azrestored {

class LoopLag {
 public:
  LoopLag(boost::asio::io_context& loop, Metrics& metrics) : timer_(loop), metrics_(metrics) {}

  void start();
  void stop();

 private:
  boost::asio::steady_timer timer_;
  Metrics& metrics_;
  bool stopping_ = false;
};

}  // namespace azrestored
