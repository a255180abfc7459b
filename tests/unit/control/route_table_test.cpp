// Which route a request matches, and the result without a match: an unknown path (404) or a wrong method (405).
#include "daemon/control/route_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace azrestored::test {
namespace {

constexpr std::array<Route<int>, 4> table{
    {{"GET", "/jobs", 1}, {"GET", "/jobs/{job}", 2}, {"DELETE", "/jobs/{job}", 3}, {"POST", "/jobs/{job}/cancel", 4}}};

RouteMatch<int> find(std::string_view method, const std::vector<std::string>& path) {
  return find_route(std::span<const Route<int>>(table), method, path);
}

TEST(RouteTable, ARouteIsFoundByMethodAndPath) {
  EXPECT_EQ(find("GET", {"jobs"}).route->handler, 1);
  EXPECT_EQ(find("GET", {"jobs", "a"}).route->handler, 2);
  EXPECT_EQ(find("DELETE", {"jobs", "a"}).route->handler, 3);
  EXPECT_EQ(find("POST", {"jobs", "a", "cancel"}).route->handler, 4);
}

TEST(RouteTable, ASegmentInBracesMatchesAnySegmentAndIsReturned) {
  EXPECT_EQ(find("GET", {"jobs"}).parameter, "");
  EXPECT_EQ(find("GET", {"jobs", "a/b {c}"}).parameter, "a/b {c}");
  EXPECT_EQ(find("POST", {"jobs", "", "cancel"}).parameter, "");
}

TEST(RouteTable, APathThatNoRouteHasAllowsNoMethod) {
  for (const std::vector<std::string>& path : std::vector<std::vector<std::string>>{
           {}, {"job"}, {"jobs", "a", "cancel", "b"}, {"jobs", "a", "hold"}, {"v1", "jobs"}}) {
    const auto match = find("GET", path);
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allowed, "");
  }
}

TEST(RouteTable, AWrongMethodReturnsTheMethodsOfThePath) {
  EXPECT_EQ(find("GET", {"jobs", "a", "cancel"}).route, nullptr);
  EXPECT_EQ(find("GET", {"jobs", "a", "cancel"}).allowed, "POST");
  EXPECT_EQ(find("PUT", {"jobs", "a"}).allowed, "GET or DELETE");
  EXPECT_EQ(find("DELETE", {"jobs", "a"}).allowed, "");
}

}  // namespace
}  // namespace azrestored::test
