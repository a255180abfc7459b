// What a fault in a text that is not JSON reports: where to fix it, and how. tests/mistakes has whole files as people
// write them.
#include "core/json/syntax_errors.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace azrestored {
namespace {

struct Spoiled {
  std::string name;
  std::string text;
  std::size_t offset;
  std::string sentence;
};

void PrintTo(const Spoiled& spoiled, std::ostream* out) {
  *out << spoiled.name;
}

std::vector<Spoiled> spoiled_texts() {
  const std::string quotes = "; put names and strings in double quotes (\")";
  return {
      {"Empty", " \n", 0, "the file is empty; expected an object, between { and }"},
      {"NoJsonAtAll", "vault: x", 0, "found vault where the file begins; expected {"},
      {"SignAtTheBeginning", ", 1", 0, "found , where the file begins; expected {"},
      {"TrailingComma", R"({"a": 1 , })", 8, "found a comma directly before }; remove the comma"},
      {"TrailingCommaOfAList", "[1,]", 2, "found a comma directly before ]; remove the comma"},
      {"TwoCommas", "[1,,2]", 3, "found two commas; remove one of them"},
      {"TwoCommasInAnObject", R"({"a": 1,, "b": 2})", 8, "found two commas; remove one of them"},
      {"LeadingComma", "[, 1]", 1, "found a comma with nothing before it; remove it"},
      {"LeadingCommaOfAnObject", R"({, "a": 1})", 1, "found a comma with nothing before it; remove it"},
      {"MissingComma", "{\"a\": 1\n\"b\": 2}", 7, "a comma is missing here, before \"b\""},
      {"MissingCommaInAList", "[1 2]", 2, "a comma is missing here, before 2"},
      {"Semicolon", R"({"a": 1; "b": 2})", 7, "found ; after a value; expected a comma or }"},
      {"ColonInAList", R"(["a": 1])", 4, "found : after a value; expected a comma or ]"},
      {"MissingColon", R"({"a" 1})", 4, "expected a colon (:) and a value after the name \"a\""},
      {"EqualsSign", R"({"a" = 1})", 5, "found = after the name \"a\"; expected a colon (:)"},
      {"MissingValue", R"({"a": })", 6, "found } where the value of \"a\" belongs; add the value"},
      {"NameWithoutQuotes", "{a: 1}", 1, "found a name without quotes; put it in double quotes: write \"a\""},
      {"ObjectForAName", "{{}}", 1, "found {; expected the name of a member, in double quotes"},
      {"TextWithoutQuotes", R"({"a": b})", 6, "found b without quotes; put a string in double quotes: write \"b\""},
      {"TrueOfPython", "[True]", 1, "found True; write true in lower case"},
      {"NumberWithPlus", "[+5]", 1, "found +5, which is not a JSON number; expected one such as 10, -1 or 0.5"},
      {"NumberWithZero", "[007]", 1, "found 007, which is not a JSON number; expected one such as 10, -1 or 0.5"},
      {"SingleQuote", "{'a': 1}", 1, "found a single quote" + quotes},
      {"CurlyQuote",
       "[\xE2\x80\x9C"
       "a]",
       1, "found the curly quote U+201C" + quotes},
      {"NoBreakSpace",
       "[\xC2\xA0"
       "1]",
       1, "found the no-break space U+00A0; put a plain space here"},
      {"Comment", "[ // x\n1]", 2, "found a comment; this file allows none: remove it"},
      {"HashComment", "[ # x\n1]", 2, "found a comment; this file allows none: remove it"},
      {"ObjectNotClosed", "{\"a\": {", 7,
       "the file ends before the { of line 1, column 7 is closed; add } here, or "
       "where it is missing further up"},
      {"ClosedWrongly", "[1}", 2, "found } while the [ of line 1, column 1 is open; expected ]"},
      {"ObjectClosedWrongly", "{]", 1, "found ] while the { of line 1, column 1 is open; expected }"},
      {"ClosedTwice", "{}}", 2, "found } that closes nothing; remove it, or add the bracket that it closes further up"},
      {"TwoObjects", "{}\n{}", 3, "found a second object; a file contains one: put this one into its own file"},
      {"MoreBehindTheEnd", "{} x", 3, "found x after the end; remove it"},
      {"TextNotClosed", "[\"a\n]", 1, "the string that begins here is not closed on its line; add the \" at its end"},
      {"TextNotClosedBehindABackslash", "[\"a\\\"", 1,
       "the string that begins here is not closed on its line; add the \" at its end"},
      {"TabInAText", "[\"\t\"]", 2, "found a tab inside a string; write \\t"},
      {"EscapeInAText", "[\"\x1B\"]", 2, "found a control character inside a string; write it as \\u and four digits"},
      {"Backslash", R"(["C:\d"])", 4, "found \\d in a string; write a backslash as \\\\"},
      {"HalfAnEscape", R"(["\u12"])", 2, "found \\u in a string; write a backslash as \\\\"},
      {"QuoteInAText", R"(["a "b" c"])", 4,
       "the string ends here, but b follows directly; write a quote inside a string as \\\", or "
       "add the missing quote before it"},
      {"SecretWithoutQuotes", R"({"clientSecret": hush})", 17,
       "found a word without quotes; put a string in double quotes"},
  };
}

class SpoiledText : public testing::TestWithParam<Spoiled> {};

TEST_P(SpoiledText, HasAFaultThatSaysWhereAndHowToFixIt) {
  const auto mistake = first_syntax_error(GetParam().text, false);
  ASSERT_TRUE(mistake);
  EXPECT_EQ(mistake->sentence, GetParam().sentence);
  EXPECT_EQ(mistake->offset, GetParam().offset);
  EXPECT_FALSE(nlohmann::json::accept(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(Each, SpoiledText, testing::ValuesIn(spoiled_texts()),
                         [](const auto& row) { return row.param.name; });

TEST(JsonMistakes, WhatIsJsonHasNone) {
  for (const std::string text :
       {"{}", "[]", "0", "-0.5e+10", " [1, [], {}, null] ", R"({"a": {"b": [true, false, "\"\\\u00e4\n"]}, "c": ""})",
        "\"\xC2\xA0\xE2\x80\x9C'#//\""}) {
    const auto mistake = first_syntax_error(text, false);
    EXPECT_FALSE(mistake) << text << ": " << mistake->sentence;
  }
}

TEST(JsonMistakes, CommentsAreNoneWhereTheyAreAllowed) {
  EXPECT_FALSE(first_syntax_error("// a\n{ /* b\n */ } // c", true));
  EXPECT_FALSE(first_syntax_error("[1/* a */,null// b\n]", true));
  EXPECT_EQ(first_syntax_error("# a\n{}", true)->sentence,
            "found #; a comment begins with // or is enclosed in /* and */");
  EXPECT_EQ(first_syntax_error("{} /* a", true)->sentence, "the comment that begins here is not closed; add */");
}

TEST(JsonMistakes, ALongTokenIsCut) {
  EXPECT_LT(first_syntax_error("[" + std::string(100'000, 'x') + "]", false)->sentence.size(), 400U);
}

}  // namespace
}  // namespace azrestored
