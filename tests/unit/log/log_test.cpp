// The form of log lines, whatever values they contain.
#include "daemon/log/log.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "daemon/log/journal_entry.hpp"
#include "daemon/log/log_observer.hpp"

namespace azrestored::test {
namespace {

using log::Field;
using log::Format;
using log::Level;

std::string shown(log::Style style, Level level, const std::vector<Field>& fields) {
  return log::line(style, *parse_rfc3339("2026-11-20T09:05:00.123Z"), level, "job.changed", fields);
}

TEST(LogTest, TextLinesHaveTimeLevelAndFields) {
  EXPECT_EQ(shown({Format::text}, Level::warning, {{"job", "4f1c"}, {"attempt", 2}, {"share", 0.5}, {"ok", true}}),
            "2026-11-20T09:05:00.123Z warning event=job.changed job=4f1c attempt=2 share=0.5 ok=true");
}

TEST(LogTest, JournalLinesHaveAPriorityAndNoTime) {
  const log::Style style{Format::text, true, true};
  EXPECT_EQ(shown(style, Level::error, {}), "<3>event=job.changed");
  EXPECT_EQ(shown(style, Level::warning, {}), "<4>event=job.changed");
  EXPECT_EQ(shown(style, Level::info, {}), "<6>event=job.changed");
  EXPECT_EQ(shown(style, Level::debug, {}), "<7>event=job.changed");
}

TEST(LogTest, ValuesAreQuotedWhenNeeded) {
  EXPECT_EQ(shown({Format::text, true, true}, Level::info,
                  {{"a", "plain/word-1"}, {"b", "two words"}, {"c", ""}, {"d", "x=y"}, {"e", "say \"no\" \\"}}),
            R"(<6>event=job.changed a=plain/word-1 b="two words" c="" d="x=y" e="say \"no\" \\")");
}

TEST(LogTest, OneEventIsOneLineWhateverItHolds) {
  const std::string text = shown({Format::text}, Level::info, {{"a", "x\n2026 error event=forged\x1b[31m\xC3"}});
  EXPECT_TRUE(text.ends_with(R"(a="x\x0a2026 error event=forged\x1b[31m\xc3")")) << text;
  const std::string json = shown({Format::json}, Level::info, {{"a", "x\ny\x1b\xC3"}});
  EXPECT_EQ(json.find_first_of("\n\x1b"), std::string::npos) << json;
}

TEST(LogTest, JsonLinesKeepTypesAndOrder) {
  EXPECT_EQ(
      shown({Format::json}, Level::info, {{"job", "4f1c"}, {"attempt", 2}, {"ok", false}}),
      R"({"time":"2026-11-20T09:05:00.123Z","level":"info","event":"job.changed","job":"4f1c","attempt":2,"ok":false})");
  EXPECT_EQ(shown({Format::json, true, true}, Level::warning, {}), R"(<4>{"level":"warning","event":"job.changed"})");
}

TEST(LogTest, AnEntryOfTheJournalHasTheFieldsAsItsOwn) {
  const std::vector<Field> fields = {{"job", "4f1c"}, {"to", "held"}, {"http_status", 504}, {"detail", "x\ny=z"}};
  EXPECT_EQ(log::journal_entry(Level::warning, "what people read", "job.changed", fields),
            (std::vector<std::string>{"MESSAGE=what people read", "PRIORITY=4", "SYSLOG_IDENTIFIER=azrestored",
                                      "AZRESTORED_EVENT=job.changed", "AZRESTORED_JOB=4f1c", "AZRESTORED_TO=held",
                                      "AZRESTORED_HTTP_STATUS=504", "AZRESTORED_DETAIL=x\ny=z"}));
}

TEST(LogTest, TheJournalIsKnownByItsStreamAndNotByTheVariableAlone) {
  struct stat status {};
  ASSERT_EQ(::fstat(STDERR_FILENO, &status), 0);
  const std::string ours = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  EXPECT_TRUE(log::is_journal(ours.c_str(), STDERR_FILENO));
  EXPECT_FALSE(log::is_journal("1:2", STDERR_FILENO));
  EXPECT_FALSE(log::is_journal(nullptr, STDERR_FILENO));
}

class LogObserverTest : public testing::Test {
 protected:
  LogObserverTest() {
    ::unsetenv("JOURNAL_STREAM");  // of the shell that runs the tests
    log::start(Level::info, Format::json);
  }

  /// What is written while `deed` runs, as JSON.
  template <class Deed>
  static nlohmann::json written_by(Deed deed) {
    testing::internal::CaptureStderr();
    deed();
    return nlohmann::json::parse(testing::internal::GetCapturedStderr());
  }

  LogObserver observer;
};

TEST_F(LogObserverTest, AChangeIsLoggedWithAllKnownFacts) {
  Job job;
  job.id = "4f1c";
  job.name = "web01-drill";
  job.state = Polling{};
  HistoryLine line;
  line.from = "triggering";
  line.to = "polling";
  line.cause = "accepted";
  line.http_status = 202;
  line.azure_request_id = "r-1";
  const auto logged = written_by([&] { observer.changed(job, line, std::nullopt); });
  EXPECT_EQ(logged.at("level"), "info");
  EXPECT_EQ(logged.at("event"), "job.changed");
  EXPECT_EQ(logged.at("job"), "4f1c");
  EXPECT_EQ(logged.at("to"), "polling");
  EXPECT_EQ(logged.at("http_status"), 202);
  EXPECT_EQ(logged.at("azure_request_id"), "r-1");
  EXPECT_FALSE(logged.contains("detail"));
}

TEST_F(LogObserverTest, HeldAndFailedJobsAreWarnings) {
  Job job;
  for (const State& state : {State(Held{}), State(Failed{})}) {
    job.state = state;
    EXPECT_EQ(written_by([&] { observer.changed(job, HistoryLine{}, std::nullopt); }).at("level"), "warning");
  }
  EXPECT_EQ(written_by([&] { observer.notice("job.stuck", "4f1c", "it is"); }).at("level"), "warning");
}

TEST_F(LogObserverTest, WhatIsBelowTheLevelIsNotWritten) {
  log::start(Level::error, Format::json);
  testing::internal::CaptureStderr();
  observer.notice("job.stuck", "4f1c", "it is");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace azrestored::test
