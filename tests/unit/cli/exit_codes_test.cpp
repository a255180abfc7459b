// The exit codes are a contract: this test lists each one.
#include "daemon/cli/terminal/exit_codes.hpp"

#include <gtest/gtest.h>

#include "core/job/job.hpp"

namespace azrestored::cli {
namespace {

TEST(ExitCodesTest, EveryStateHasItsCode) {
  const std::map<std::string_view, int> expected{
      {"queued", 6},
      {"resolving", 6},
      {"validating", 6},
      {"triggering", 6},
      {"in-doubt", 7},
      {"polling", 6},
      {"rehydrating", 6},
      {"tracking", 6},
      {"cancelling", 6},
      {"held", 7},
      {"succeeded", 0},
      {"succeeded-with-warnings", 3},
      {"succeeded-with-findings", 3},
      {"failed", 1},
      {"cancelled", 8},
  };
  for (const std::string_view state : state_names()) {
    ASSERT_TRUE(expected.contains(state)) << state;
    EXPECT_EQ(static_cast<int>(exit_code_of_state(state)), expected.at(state)) << state;
  }
}

TEST(ExitCodesTest, EveryErrorHasItsCode) {
  const std::map<std::string, int> expected{
      {"notFound", 5},   {"ambiguous", 2},   {"notAuthorized", 4}, {"conflict", 1},
      {"badRequest", 2}, {"unavailable", 9}, {"unreachable", 9},   {"internal", 1},
      {"badJobFile", 1}, {"usage", 2},       {"azureRefused", 1},  {"azureUnavailable", 1},
  };
  for (const auto& [error, code] : expected) EXPECT_EQ(static_cast<int>(exit_code_of_error(error)), code) << error;
}

TEST(ExitCodesTest, OfSeveralJobsTheMostUrgentDecides) {
  EXPECT_EQ(worse(ExitCode::done, ExitCode::done), ExitCode::done);
  EXPECT_EQ(worse(ExitCode::done, ExitCode::done_with_warnings), ExitCode::done_with_warnings);
  EXPECT_EQ(worse(ExitCode::cancelled, ExitCode::done_with_warnings), ExitCode::cancelled);
  EXPECT_EQ(worse(ExitCode::cancelled, ExitCode::in_doubt_or_held), ExitCode::in_doubt_or_held);
  EXPECT_EQ(worse(ExitCode::failed, ExitCode::in_doubt_or_held), ExitCode::failed);
}

TEST(ExitCodesTest, TheTableNamesEveryCodeOnce) {
  const std::string table = exit_code_table();
  for (char code = '0'; code <= '9'; ++code) {
    EXPECT_NE(table.find(std::string("\n  ") + code + "  "), std::string::npos) << code;
  }
}

}  // namespace
}  // namespace azrestored::cli
