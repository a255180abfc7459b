// Measures how late the event loop comes to what is due: a timer of one second that says how late it fired. What it
// finds long, every request, timer and answer finds long. The loop's thread only.
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
