// Times and durations in every form that azure-backup-api.md 5.4, 12.1 and 13 name, and the forms that are refused.
#include "core/base/instant.hpp"
#include "core/azure/azure_time.hpp"
#include "core/http/http_date.hpp"

#include <gtest/gtest.h>

namespace azrestored {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

Instant utc(int y, unsigned mo, unsigned d, int h = 0, int mi = 0, int s = 0, int ms = 0) {
  return sys_days(year_month_day(year(y), month(mo), day(d))) + hours(h) + minutes(mi) + seconds(s) + Millis(ms);
}

// ── RFC 3339 ──

TEST(Instant, IsWrittenAsRfc3339WithMillisecondsOnlyWhenThereAreAny) {
  EXPECT_EQ(to_rfc3339(utc(2026, 11, 20)), "2026-11-20T00:00:00Z");
  EXPECT_EQ(to_rfc3339(utc(2026, 1, 2, 3, 4, 5, 67)), "2026-01-02T03:04:05.067Z");
  EXPECT_EQ(to_rfc3339(Instant{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(Instant(-1ms)), "1969-12-31T23:59:59.999Z");
}

TEST(Instant, ATimeOfAJobFileNeedsAZone) {
  EXPECT_EQ(parse_rfc3339("2026-11-20T00:00:00Z"), utc(2026, 11, 20));
  EXPECT_EQ(parse_rfc3339("2026-11-20t12:30:15.5z"), utc(2026, 11, 20, 12, 30, 15, 500));
  EXPECT_EQ(parse_rfc3339("2026-11-20T01:00:00+01:00"), utc(2026, 11, 20));
  EXPECT_EQ(parse_rfc3339("2026-11-19T18:30:00-05:30"), utc(2026, 11, 20));
  EXPECT_FALSE(parse_rfc3339("2026-11-20T00:00:00"));
}

TEST(Instant, WhatIsNotQuiteRfc3339IsRefused) {
  for (const char* text : {"",
                           "Z",
                           "2026-11-20",
                           "2026-11-20 00:00:00Z",
                           "2026-11-20T00:00Z",
                           "2026-11-20T00:00:00.Z",
                           "26-11-20T00:00:00Z",
                           "2026-1-20T00:00:00Z",
                           "2026-11-20T24:00:00Z",
                           "2026-11-20T00:60:00Z",
                           "2026-11-20T00:00:61Z",
                           "2026-11-20T00:00:00Zx",
                           " 2026-11-20T00:00:00Z",
                           "2026-11-20T00:00:00+0100",
                           "2026-11-20T00:00:00+24:00",
                           "2026-11-20T00:00:00+01:60",
                           "2026-11-20T00:00:00ZZ",
                           "-026-11-20T00:00:00Z",
                           "2026-11-20T00:00:00+01:00Z",
                           "now"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(Instant, ImpossibleDatesAreRefusedAndLeapDaysAreNot) {
  for (const char* text :
       {"2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-10-00T00:00:00Z", "2026-10-32T00:00:00Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
  EXPECT_EQ(parse_rfc3339("2028-02-29T00:00:00Z"), utc(2028, 2, 29));
  EXPECT_EQ(parse_rfc3339("2000-02-29T23:59:59Z"), utc(2000, 2, 29, 23, 59, 59));
}

TEST(Instant, ALeapSecondIsTheNextMinute) {
  EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), utc(2017, 1, 1));
}

TEST(Instant, WhatWasWrittenIsRead) {
  for (const Instant at : {utc(2026, 11, 20, 23, 59, 59, 999), utc(2024, 2, 29), utc(1999, 12, 31, 0, 0, 1, 1)}) {
    EXPECT_EQ(parse_rfc3339(to_rfc3339(at)), at);
  }
}

// ── Azure's times ──

TEST(Instant, ATimeOfTheServiceMayHaveSevenDigits) {
  EXPECT_EQ(parse_azure_time("2025-05-08T08:38:46.8672345Z"), utc(2025, 5, 8, 8, 38, 46, 867))
      << "finer digits are cut";
  EXPECT_EQ(parse_azure_time("2025-05-08T08:38:46.9999999Z"), utc(2025, 5, 8, 8, 38, 46, 999));
  EXPECT_EQ(parse_azure_time("2025-05-08T08:38:46.05Z"), utc(2025, 5, 8, 8, 38, 46, 50));
}

TEST(Instant, ATimeOfTheServiceWithoutAZoneIsUtc) {
  EXPECT_EQ(parse_azure_time("2025-05-19T08:33:04.7802871"), utc(2025, 5, 19, 8, 33, 4, 780));
  EXPECT_EQ(parse_azure_time("2025-05-19T08:33:04"), utc(2025, 5, 19, 8, 33, 4));
  EXPECT_EQ(parse_azure_time("2025-05-19T10:33:04+02:00"), utc(2025, 5, 19, 8, 33, 4));
}

TEST(Instant, TheMinimumDateMeansNone) {
  EXPECT_FALSE(parse_azure_time("0001-01-01T00:00:00"));
  EXPECT_FALSE(parse_azure_time("0001-01-01T00:00:00Z"));
  EXPECT_FALSE(parse_azure_time("0001-01-01T00:00:00.0000000"));
}

TEST(Instant, ADateBeforeTheServiceExistedMeansNever) {
  for (const char* text : {"2001-01-01T00:00:00+00:00", "2001-01-01T00:00:00Z", "2001-01-01T00:00:00",
                           "2001-01-01T00:00:00.0000000Z", "2001-01-01T02:00:00+02:00", "2001-01-01T00:00:00-08:00",
                           "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2009-12-31T23:59:59Z"}) {
    EXPECT_FALSE(parse_azure_time(text)) << text;
    EXPECT_TRUE(means_never(text)) << text;
  }
  for (const char* text : {"2010-01-01T00:00:00Z", "2026-11-28T22:00:00Z", "", "never", "2001-01-01"})
    EXPECT_FALSE(means_never(text)) << text;
}

TEST(Instant, AnUnreadableTimeOfTheServiceIsNone) {
  for (const char* text :
       {"", "null", "5/8/2025 8:38:46 AM", "2025-05-08", "2025-02-30T00:00:00Z", "2025-05-08T08:38:46.Z"}) {
    EXPECT_FALSE(parse_azure_time(text)) << text;
  }
}

TEST(Instant, TimesOfPropertyBagsAreUsForms) {
  EXPECT_EQ(parse_us_time("5/8/2025 8:38:46 AM"), utc(2025, 5, 8, 8, 38, 46));
  EXPECT_EQ(parse_us_time("12/31/2025 11:59:59 PM"), utc(2025, 12, 31, 23, 59, 59));
  EXPECT_EQ(parse_us_time("5/8/2025 12:00:00 AM"), utc(2025, 5, 8, 0));
  EXPECT_EQ(parse_us_time("5/8/2025 12:00:00 PM"), utc(2025, 5, 8, 12));
  EXPECT_EQ(parse_us_time("2/29/2024 1:02:03 PM"), utc(2024, 2, 29, 13, 2, 3));
}

TEST(Instant, WhatIsNoUsTimeIsRefused) {
  for (const char* text : {"", "5/8/2025", "5/8/2025 8:38:46", "5/8/2025 0:38:46 AM", "5/8/2025 13:38:46 PM",
                           "13/8/2025 8:38:46 AM", "2/30/2025 8:38:46 AM", "5/8/25 8:38:46 AM", "5/8/2025 8:60:46 AM",
                           "5/8/2025 8:38:46 XM", "5/8/2025 8:38:46 AM "}) {
    EXPECT_FALSE(parse_us_time(text)) << text;
  }
}

TEST(Instant, FilterTimesHaveATwelveHourClock) {
  EXPECT_EQ(to_filter_time(utc(2025, 5, 1, 9)), "2025-05-01 09:00:00 AM");
  EXPECT_EQ(to_filter_time(utc(2026, 11, 20, 21, 5)), "2026-11-20 09:05:00 PM");
  EXPECT_EQ(to_filter_time(utc(2025, 5, 1)), "2025-05-01 12:00:00 AM") << "midnight";
  EXPECT_EQ(to_filter_time(utc(2025, 5, 1, 12)), "2025-05-01 12:00:00 PM") << "noon";
  EXPECT_EQ(to_filter_time(utc(2025, 5, 1, 0, 59, 59)), "2025-05-01 12:59:59 AM");
  EXPECT_EQ(to_filter_time(utc(2025, 5, 1, 23, 59, 59, 999)), "2025-05-01 11:59:59 PM");
}

// ── HTTP dates ──

TEST(Instant, AllThreeFormsOfHttpDatesAreRead) {
  const Instant at = utc(1994, 11, 6, 8, 49, 37);
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), at);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), at);
  EXPECT_EQ(parse_http_date("Wed Nov 16 08:49:37 1994"), utc(1994, 11, 16, 8, 49, 37));
  EXPECT_EQ(parse_http_date("Friday, 20-Nov-26 08:49:37 GMT"), utc(2026, 11, 20, 8, 49, 37));
  EXPECT_EQ(parse_http_date("Thu, 29 Feb 2024 00:00:00 GMT"), utc(2024, 2, 29));
}

TEST(Instant, WhatIsNoHttpDateIsRefused) {
  for (const char* text :
       {"", "Sun", "Sun,", "60", "Sun, 06 Nov 1994", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nix 1994 08:49:37 GMT",
        "Thu, 29 Feb 2023 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 GMT+1",
        "Sun Nov  6 08:49:37", "Sun Nov 31 08:49:37 1994", "1994-11-06T08:49:37Z"}) {
    EXPECT_FALSE(parse_http_date(text)) << text;
  }
}

// ── the years that can be written ──

// Rows store a time as text, and it must be readable again: no offset and no leap second may lead to a year of five
// digits or before the year 0.
TEST(Instant, AYearThatCouldNotBeWrittenIsRefused) {
  EXPECT_TRUE(parse_rfc3339("9999-12-31T23:59:59.999Z"));
  EXPECT_TRUE(parse_rfc3339("0000-01-01T00:00:00Z"));
  for (const char* text : {"9999-12-31T23:59:59-23:59", "9999-12-31T23:59:60Z", "0000-01-01T00:00:00+01:00"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
    EXPECT_FALSE(parse_azure_time(text)) << text;
  }
  EXPECT_FALSE(parse_us_time("12/31/9999 11:59:60 PM"));
  EXPECT_FALSE(parse_http_date("Fri, 31 Dec 9999 23:59:60 GMT"));
}

}  // namespace
}  // namespace azrestored
