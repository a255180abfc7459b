// Which position a fault of a text reports, and the faults that JsonDocument finds and nlohmann_json accepts.
#include "core/json/document.hpp"
#include "core/json/fault.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace azrestored {
namespace {

struct Reading {
  std::optional<JsonDocument> document;
  std::vector<Fault> faults;
};

Reading read(std::string_view text, JsonDocument::Options options = {}) {
  Reading reading;
  reading.document = JsonDocument::parse(text, options, reading.faults);
  EXPECT_EQ(reading.document.has_value(), reading.faults.empty());
  return reading;
}

JsonDocument::Options with_comments() {
  JsonDocument::Options options;
  options.comments = true;
  return options;
}

std::string fault_of(std::string_view text) {
  const Reading reading = read(text);
  return reading.faults.size() == 1 ? reading.faults.front().text() : std::to_string(reading.faults.size()) + " faults";
}

/// The position that a fault of the value at `pointer` reports.
std::string place_of(const Reading& reading, const std::string& pointer) {
  return reading.document ? reading.document->fault(pointer, "x").text() : "unreadable";
}

TEST(JsonDocument, EveryValueHasItsLineAndColumn) {
  const Reading reading = read("{\n  \"a\" : 1, \"b\": [true,\n \"x\\\"y\", {\"c\":null}],\n\"d\":{ }\n}\n");
  EXPECT_EQ(place_of(reading, ""), "line 1, column 1: x");
  EXPECT_EQ(place_of(reading, "/a"), "/a, line 2, column 9: x");
  EXPECT_EQ(place_of(reading, "/b"), "/b, line 2, column 17: x");
  EXPECT_EQ(place_of(reading, "/b/0"), "/b/0, line 2, column 18: x");
  EXPECT_EQ(place_of(reading, "/b/1"), "/b/1, line 3, column 2: x");
  EXPECT_EQ(place_of(reading, "/b/2/c"), "/b/2/c, line 3, column 15: x");
  EXPECT_EQ(place_of(reading, "/d"), "/d, line 4, column 5: x");
}

TEST(JsonDocument, AMissingValueIsReportedAtItsNearestAncestor) {
  const Reading reading = read("{\"a\": {\"b\": 1}}");
  EXPECT_EQ(place_of(reading, "/a/c/d"), "/a/c/d, line 1, column 7: x");
}

TEST(JsonDocument, NamesInPointersAreEscaped) {
  const Reading reading = read("{\"a/b~c\": 1, \"\\u0041\\n\": 2}");
  EXPECT_EQ(child_pointer("", "a/b~c"), "/a~1b~0c");
  EXPECT_EQ(place_of(reading, "/a~1b~0c"), "/a~1b~0c, line 1, column 11: x");
  EXPECT_EQ(place_of(reading, child_pointer("", "A\n")), "/A\\x0a, line 1, column 26: x");
}

TEST(JsonDocument, CommentsArePassedOverWhenAskedFor) {
  const std::string_view text = "// one {\n{ /* two } \n */ \"a\": /*\"*/ 1 // \"\n, \"b\": \"// no comment\" }//end";
  const Reading reading = read(text, with_comments());
  EXPECT_EQ(place_of(reading, "/a"), "/a, line 3, column 16: x");
  EXPECT_EQ(place_of(reading, "/b"), "/b, line 4, column 8: x");
  ASSERT_TRUE(reading.document);
  EXPECT_EQ(reading.document->value().at("b"), "// no comment");
}

TEST(JsonDocument, CommentsAreRefusedOtherwise) {
  EXPECT_EQ(fault_of("{ // x\n}"),
            "line 1, column 3: this is not JSON: found a comment; this file allows none: remove it");
}

TEST(JsonDocument, ASyntaxErrorIsReportedWhereItMustBeFixed) {
  EXPECT_EQ(fault_of(""), "line 1, column 1: this is not JSON: the file is empty; expected an object, between { and }");
  EXPECT_EQ(fault_of("{\n \"a\": 1\n \"b\": 2}"),
            "line 2, column 8: this is not JSON: a comma is missing here, before \"b\"");
  EXPECT_EQ(fault_of("{\"a\":\n1,}"),
            "line 2, column 2: this is not JSON: found a comma directly before }; remove the comma");
}

TEST(JsonDocument, WhatOnlyTheParserRefusesIsReportedInItsWords) {
  EXPECT_EQ(fault_of("[\"\\ud800\"]"),
            "line 1, column 2: this is not JSON: syntax error while parsing value - invalid string: surrogate "
            "U+D800..U+DBFF must be followed by U+DC00..U+DFFF");
  EXPECT_EQ(fault_of("[1e999]"), "line 1, column 6: this is not JSON: number overflow parsing '1e999'");
}

TEST(JsonDocument, ALongTokenIsNotRepeatedInTheFault) {
  const std::string text = "{\"" + std::string(100'000, 'x') + "\n\": 1}";
  EXPECT_LT(fault_of(text).size(), 300U);
}

TEST(JsonDocument, ANameGivenTwiceIsAFaultAtTheSecond) {
  EXPECT_EQ(fault_of("{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2}}"),
            "/b/c, line 2, column 16: the member \"c\" is given twice, first on line 2; remove one of the two");
  EXPECT_EQ(fault_of("{\"a\": 1, \"\\u0061\": 2}"),
            "/a, line 1, column 10: the member \"a\" is given twice, first on line 1; remove one of the two");
  EXPECT_TRUE(read("[{\"a\": 1}, {\"a\": 1}]").faults.empty());
}

std::string nested(int depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(JsonDocument, NestingHasALimit) {
  EXPECT_TRUE(read(nested(64)).faults.empty());
  const Reading reading = read(nested(65));
  ASSERT_EQ(reading.faults.size(), 1U);
  EXPECT_EQ(reading.faults.front().sentence, "nested too deeply; expected at most 64 levels of {} and []");
  EXPECT_EQ(reading.faults.front().column, 65);
}

TEST(JsonDocument, NestingBeyondAllReasonIsSurvived) {
  EXPECT_EQ(read(nested(500'000)).faults.size(), 1U);
  EXPECT_EQ(read(std::string(500'000, '[')).faults.size(), 1U);
  EXPECT_EQ(read("\"" + std::string(500'000, '[') + "\"").faults.size(), 0U);
}

TEST(JsonDocument, LongNamesAreRefusedBecauseTheyMakePointersLong) {
  EXPECT_TRUE(read("{\"" + std::string(254, 'k') + "\": [0, 0]}").faults.empty());
  EXPECT_EQ(fault_of("{\"" + std::string(255, 'k') + "\": [0, 0]}"),
            "line 1, column 2: found a member name of 257 bytes, including its quotes; expected at most 256");
}

TEST(JsonDocument, TextThatIsNotUtf8IsReportedWithItsFirstBadByte) {
  EXPECT_EQ(fault_of("{\n\"a\": \"\xC3\xA4\xFF\"}"),
            "line 2, column 9: the byte \\xff (number 11 of the file) is not UTF-8; save the file as UTF-8");
  EXPECT_EQ(fault_of("\xFF\xFE{"), "line 1, column 1: the file is UTF-16; save it as UTF-8");
  EXPECT_EQ(fault_of(std::string_view("{\0}\0", 4)), "line 1, column 1: the file is UTF-16; save it as UTF-8");
}

TEST(JsonDocument, ANulByteIsAFault) {
  EXPECT_EQ(fault_of(std::string_view("[1,\n\0]", 6)),
            "line 2, column 1: byte number 5 of the file is NUL; expected text only");
}

TEST(JsonDocument, AByteOrderMarkIsTolerated) {
  EXPECT_EQ(place_of(read("\xEF\xBB\xBF{\"a\": 1}"), "/a"), "/a, line 1, column 7: x");
}

TEST(JsonDocument, AFaultWithoutAPositionIsItsSentence) {
  EXPECT_EQ((Fault{"", 0, 0, "x"}).text(), "x");
  EXPECT_EQ((Fault{"/a", 0, 0, "x"}).text(), "/a: x");
}

TEST(JsonDocument, ValuesAreDescribedInWords) {
  using nlohmann::json;
  EXPECT_EQ(describe(json()), "null");
  EXPECT_EQ(describe(json(true)), "the value true");
  EXPECT_EQ(describe(json(-5)), "the number -5");
  EXPECT_EQ(describe(json(1.5)), "the number 1.5");
  EXPECT_EQ(describe(json("a\"b\x1B")), "the string \"a\\\"b\\u001b\"");
  EXPECT_EQ(describe(json::array()), "an empty list");
  EXPECT_EQ(describe(json::array({1, true})), "the list [1,true]");
  EXPECT_EQ(describe(json::array({1, 2, 3, 4})), "a list of 4");
  EXPECT_EQ(describe(json::array({"a"})), "a list of 1");
  EXPECT_EQ(describe(json::object()), "an empty object");
  EXPECT_EQ(describe(json{{"a", 1}}), "an object");
}

TEST(JsonDocument, LongTextsAreCutBetweenLetters) {
  EXPECT_EQ(in_quotes(std::string(120, 'a')), "\"" + std::string(120, 'a') + "\"");
  EXPECT_EQ(in_quotes(std::string(121, 'a')), "\"" + std::string(120, 'a') + "...\"");
  EXPECT_EQ(in_quotes(std::string(119, 'a') + "\xC3\xA4"), "\"" + std::string(119, 'a') + "...\"");
}

TEST(EndsInsideJson, EveryBeginningOfAFileDoesAndTheWholeFileDoesNot) {
  const std::string whole = R"({"name": "caf\u00e9 \ud83d\ude00 )"
                            "\xc3\xa9\xf0\x9f\x98\x80"
                            R"(", "priority": -1.5e+3,
    "list": [true, false, null, {}, [], "\"\\"], "vault": {"a": {"b": 17}}})";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_TRUE(ends_inside_json(std::string_view(whole).substr(0, size))) << size;
  }
  EXPECT_FALSE(ends_inside_json(whole));
  EXPECT_FALSE(ends_inside_json(whole + "\r\n \t\n"));
  const std::string marked = "\xEF\xBB\xBF" + whole;
  for (std::size_t size = 0; size < 10; ++size) {
    EXPECT_TRUE(ends_inside_json(std::string_view(marked).substr(0, size))) << size;
  }
  EXPECT_FALSE(ends_inside_json(marked));
}

TEST(EndsInsideJson, BlanksAndReservedSpaceAreABeginning) {
  const std::string reserved(100, '\0');
  for (const std::string& text :
       {std::string(), std::string("\n  "), reserved, "{\"name\": \"x" + reserved, "{}" + reserved}) {
    EXPECT_TRUE(ends_inside_json(text)) << text.size();
  }
}

TEST(EndsInsideJson, ATextThatNothingCompletesDoesNot) {
  for (const std::string_view text : {"}", "nonsense", "{\"a\": tru,", "{\"a\" 1", "{a", "{\"a\": 'x", "{} {",
                                      "{\"a\": 1,}", "{\"a\": \"\xff", "[1, 2", "{\"a\": \"\xc3\xa9\xc3("}) {
    EXPECT_EQ(ends_inside_json(text), text == "[1, 2") << text;
  }
  using namespace std::string_view_literals;
  EXPECT_FALSE(ends_inside_json("{\0\"\0a\0"sv)) << "UTF-16";
  EXPECT_FALSE(ends_inside_json("\xff\xfe{\0"sv)) << "UTF-16 with its mark";
}

}  // namespace
}  // namespace azrestored
