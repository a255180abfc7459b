// Parts stop in the reverse of the order in which they were made.
#include "daemon/app/stop_order.hpp"

#include <gtest/gtest.h>

#include <string>

namespace azrestored::test {
namespace {

struct Part {
  Part(std::string& stopped, char name) : stopped_(stopped), name_(name) {}
  void stop() { stopped_ += name_; }

 private:
  std::string& stopped_;
  const char name_;
};

TEST(StopOrder, WhatWasMadeLastStopsFirst) {
  std::string stopped;
  StopOrder order;
  const Stopped<Part> a(order, stopped, 'a');
  const Stopped<Part> b(order, stopped, 'b');
  order.add([&] { stopped += 'c'; });
  EXPECT_EQ(stopped, "");
  order.stop_all();
  EXPECT_EQ(stopped, "cba");
}

TEST(StopOrder, EachIsStoppedOnce) {
  std::string stopped;
  StopOrder order;
  const Stopped<Part> a(order, stopped, 'a');
  order.add([&] { order.stop_all(); });  // a part that fails as it stops
  order.stop_all();
  order.stop_all();
  EXPECT_EQ(stopped, "a");
}

}  // namespace
}  // namespace azrestored::test
