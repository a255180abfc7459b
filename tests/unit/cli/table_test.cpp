// Tables that fit a terminal, and texts that are safe for one.
#include "daemon/cli/terminal/table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace azrestored::cli {
namespace {

Table sample() {
  Table table({{"ID"}, {"NAME", Table::Fit::cut, 6}, {"VM", Table::Fit::optional, 4}});
  table.add({{"0123456789"}, {"the-web-server-drill"}, {"web-server-01"}});
  table.add({{"9876543210"}, {"db"}, {""}});
  return table;
}

Table::Options wide(std::size_t width) {
  Table::Options options;
  options.width = width;
  return options;
}

TEST(TableTest, InAPipeNothingIsCutAndNoLineEndsInBlanks) {
  EXPECT_EQ(sample().text({}),
            "ID          NAME                  VM\n"
            "0123456789  the-web-server-drill  web-server-01\n"
            "9876543210  db\n");
}

TEST(TableTest, OnANarrowTerminalTheWidestColumnsThatMayBeCutAre) {
  EXPECT_EQ(sample().text(wide(34)),
            "ID          NAME        VM\n"
            "0123456789  the-web-s…  web-serve…\n"
            "9876543210  db\n");
}

TEST(TableTest, OnAVeryNarrowTerminalOptionalColumnsGo) {
  EXPECT_EQ(sample().text(wide(20)),
            "ID          NAME\n"
            "0123456789  the-web…\n"
            "9876543210  db\n");
}

TEST(TableTest, AnIdIsNeverCutHoweverNarrowTheTerminal) {
  EXPECT_NE(sample().text(wide(5)).find("0123456789"), std::string::npos);
}

TEST(TableTest, WhereColumnsDoNotFitBesideEachOtherTheFirstStandsAboveTheOthers) {
  EXPECT_EQ(sample().text(wide(12)),
            "ID\n"
            "  NAME\n"
            "0123456789\n"
            "  the-web-s…\n"
            "9876543210\n"
            "  db\n");
}

TEST(TableTest, IdsAreWholeAndLinesFitOnTerminalsOfEveryWidth) {
  const std::string id = "0c6b8f3e-6a51-4a53-9d3e-2f6f1f0f6a11";
  for (std::size_t width = 40; width <= 200; ++width) {
    Table table({{"ID"},
                 {"NAME", Table::Fit::cut, 20},
                 {"STATE", Table::Fit::cut, 9},
                 {"AGE", Table::Fit::optional},
                 {"VM", Table::Fit::optional}});
    table.add(
        {{id}, {"a-name-of-thirty-four-characters-1"}, {"succeeded-with-findings"}, {"12d 4h"}, {"web-server-01"}});
    std::istringstream lines(table.text(wide(width)));
    bool has_id = false;
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(text_width(line), width) << line;
      has_id = has_id || line.starts_with(id);
    }
    EXPECT_TRUE(has_id) << width;
  }
}

TEST(TableTest, AnOptionalColumnWithNothingInItIsLeftOut) {
  Table table({{"ID"}, {"VM", Table::Fit::optional}, {"NAME"}});
  table.add({{"1"}, {""}, {"a"}});
  EXPECT_EQ(table.text({}), "ID  NAME\n1   a\n");
}

TEST(TableTest, ColoursTakeNoColumns) {
  Table table({{"STATE"}, {"NAME"}});
  table.add({{"held", Colour::red}, {"a"}});
  Table::Options options;
  options.colours = true;
  options.titles = false;
  EXPECT_EQ(table.text(options), "\033[31mheld\033[0m  a\n");
}

TEST(TerminalTest, ControlCharactersAndMalformedUtf8AreWrittenOut) {
  EXPECT_EQ(harmless("a\033[2Jb\n\x7F"), "a\\x1b[2Jb\\x0a\\x7f");
  EXPECT_EQ(harmless("Grüße – 東"), "Grüße – 東");
  EXPECT_EQ(harmless("\xC2\x9B"
                     "2J"),
            "\\xc2\\x9b2J");
  EXPECT_EQ(harmless("caf\xC3"), "caf\\xc3");
}

TEST(TerminalTest, AnIdeographTakesTwoColumnsAndACombiningMarkNone) {
  EXPECT_EQ(text_width("存储帐户 a"), 10U);
  EXPECT_EQ(text_width("e\u0301"), 1U);
  EXPECT_EQ(cut_to("存储帐户", 8), "存储帐户");
  EXPECT_EQ(cut_to("存储帐户", 6), "存储…");
  EXPECT_EQ(padded("存储", 6), "存储  ");
}

TEST(TerminalTest, CuttingCountsCodePointsAndKeepsThemWhole) {
  EXPECT_EQ(text_width("Grüße"), 5U);
  EXPECT_EQ(cut_to("Grüße", 5), "Grüße");
  EXPECT_EQ(cut_to("Grüße", 4), "Grü…");
  EXPECT_EQ(cut_to("Grüße", 1), "…");
  EXPECT_EQ(cut_to("Grüße", 0), "");
}

TEST(TerminalTest, AStateIsRedWhenItNeedsAPerson) {
  EXPECT_EQ(colour_of_state("failed"), Colour::red);
  EXPECT_EQ(colour_of_state("held"), Colour::red);
  EXPECT_EQ(colour_of_state("succeeded"), Colour::green);
  EXPECT_EQ(colour_of_state("cancelled"), Colour::yellow);
  EXPECT_EQ(colour_of_state("in-doubt"), Colour::yellow);
  EXPECT_EQ(colour_of_state("tracking"), Colour::cyan);
  EXPECT_EQ(colour_of_state("queued"), Colour::none);
  EXPECT_EQ(colour_of_state("succeeded-with-findings"), Colour::yellow);
  EXPECT_EQ(colour_of_state("hibernating"), Colour::red) << "of a newer azrestored";
}

}  // namespace
}  // namespace azrestored::cli
