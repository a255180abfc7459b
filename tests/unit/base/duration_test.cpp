// Durations: the two forms that Azure uses (azure-backup-api.md 5.4, 12.1), and the form that people write and read.
#include <gtest/gtest.h>

#include "core/azure/azure_time.hpp"
#include "core/base/duration.hpp"
#include "core/base/instant.hpp"

namespace azrestored {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

TEST(AzureDuration, Iso8601IsRead) {
  EXPECT_EQ(parse_azure_duration("PT0S"), 0ms);
  EXPECT_EQ(parse_azure_duration("PT7.615456S"), 7615ms);
  EXPECT_EQ(parse_azure_duration("PT38M52.9043123S"), 38min + 52s + 904ms);
  EXPECT_EQ(parse_azure_duration("PT1H41M27.1466778S"), 1h + 41min + 27s + 146ms);
  EXPECT_EQ(parse_azure_duration("P1DT2H"), 26h);
  EXPECT_EQ(parse_azure_duration("P7D"), days(7));
  EXPECT_EQ(parse_azure_duration("P2W"), days(14));
  EXPECT_EQ(parse_azure_duration("PT90M"), 90min);
}

TEST(AzureDuration, ANegativeOneIsRead) {
  EXPECT_EQ(parse_azure_duration("-PT4M23.9512867S"), -(4min + 23s + 951ms));
  EXPECT_EQ(parse_azure_duration("-00:00:05"), -5s);
}

TEST(AzureDuration, DotNetsFormIsRead) {
  EXPECT_EQ(parse_azure_duration("00:00:05.5111612"), 5511ms);
  EXPECT_EQ(parse_azure_duration("00:20:23.0896697"), 20min + 23s + 89ms);
  EXPECT_EQ(parse_azure_duration("1.02:03:04"), 26h + 3min + 4s);
  EXPECT_EQ(parse_azure_duration("10.00:00:00.1000000"), days(10) + 100ms);
  EXPECT_EQ(parse_azure_duration("23:59:59.9999999"), 24h - 1ms);
}

TEST(AzureDuration, WhatIsNoneIsRefused) {
  for (const char* text :
       {"",         "-",        "--PT1S",   "P",          "PT",        "T1S",       "1S",        "PT1",   "PTS",
        "PT1.S",    "PT1X",     "PT1S ",    " PT1S",      "P1Y",       "P1M",       "PT1.5H",    "PTT1S", "00:00",
        "00:60:00", "24:00:00", "00:00:60", "1.24:00:00", "1.2:03:04", "00:00:05.", "00:00:05x", "5"}) {
    EXPECT_FALSE(parse_azure_duration(text)) << text;
  }
}

TEST(AzureDuration, NoNumberOfDigitsOverflows) {
  for (const char* text : {"P9999999999W", "-P9999999999W", "P9999999999W9999999999W", "P99999999999999999999D",
                           "PT9999999999H9999999999H", "9999999999.23:59:59", "99999999999999999999.00:00:00"}) {
    parse_azure_duration(text);  // a value or none: only UBSan's verdict counts
  }
  EXPECT_FALSE(parse_azure_duration("P9999999999W9999999999W"));
}

TEST(Duration, PeopleWriteAWholeNumberAndAUnit) {
  EXPECT_EQ(parse_duration("250ms"), 250ms);
  EXPECT_EQ(parse_duration("30s"), 30s);
  EXPECT_EQ(parse_duration("5m"), 5min);
  EXPECT_EQ(parse_duration("36h"), 36h);
  EXPECT_EQ(parse_duration("2d"), days(2));
  EXPECT_EQ(parse_duration("0s"), 0s);
  EXPECT_EQ(parse_duration("3650d"), days(3650));
}

TEST(Duration, NothingElseIsOne) {
  for (const char* text : {"",
                           "5",
                           "s",
                           "-5s",
                           "+5s",
                           "5.5s",
                           "5 s",
                           " 5s",
                           "5s ",
                           "5S",
                           "5M",
                           "5min",
                           "5w",
                           "1h30m",
                           "PT5S",
                           "5sec",
                           "3651d",
                           "87601h",
                           "315360000001ms",
                           "99999999999d",
                           "9999999999999999999999s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Duration, IsWrittenInTheLargestUnitThatDividesIt) {
  EXPECT_EQ(to_duration(5min), "5m");
  EXPECT_EQ(to_duration(60s), "1m");
  EXPECT_EQ(to_duration(90s), "90s");
  EXPECT_EQ(to_duration(36h), "36h");
  EXPECT_EQ(to_duration(48h), "2d");
  EXPECT_EQ(to_duration(1500ms), "1500ms");
  EXPECT_EQ(to_duration(0ms), "0s");
}

TEST(Duration, WhatWasWrittenIsRead) {
  for (const Millis each : std::initializer_list<Millis>{0ms, 1ms, 999ms, 1s, 61s, 1h, 25h, days(3650)}) {
    EXPECT_EQ(parse_duration(to_duration(each)), each) << to_duration(each);
  }
}

TEST(Duration, PeopleReadTheTwoLargestUnits) {
  EXPECT_EQ(to_age(45s), "45s");
  EXPECT_EQ(to_age(1h + 12min), "1h 12m");
  EXPECT_EQ(to_age(1h + 12min + 59s), "1h 12m");
  EXPECT_EQ(to_age(1h + 5s), "1h") << "the next unit is zero, and there is never a third";
  EXPECT_EQ(to_age(days(3) + 4h + 5min), "3d 4h");
  EXPECT_EQ(to_age(999ms), "0s");
  EXPECT_EQ(to_age(0ms), "0s");
  EXPECT_EQ(to_age(-5s), "0s") << "a clock that was set back";
}

}  // namespace
}  // namespace azrestored
