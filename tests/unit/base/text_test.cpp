#include "core/base/text.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/base/case_folding.hpp"
#include "core/base/pasted_text.hpp"
#include "core/base/spelling.hpp"
#include "core/base/utf8.hpp"
#include "core/http/redact.hpp"

namespace azrestored {
namespace {

TEST(Text, CaseIsIgnoredInAsciiAlone) {
  EXPECT_TRUE(iequals("ResourceGroups", "RESOURCEGROUPS"));
  EXPECT_FALSE(iequals("abc", "abcd"));
  EXPECT_FALSE(iequals("\xC3\xA4", "\xC3\x84"));  // ä and Ä
  EXPECT_TRUE(iequals("", ""));
  EXPECT_EQ(to_lower("AzZ[\xC3\x84"), "azz[\xC3\x84");
}

TEST(CaseFolding, NamesAreEqualInAnyCaseOfAnyScript) {
  EXPECT_TRUE(same_name("ResourceGroups", "RESOURCEGROUPS"));
  EXPECT_TRUE(same_name("B\xC3\xBCro", "b\xC3\x9CRO"));            // ü, Ü
  EXPECT_TRUE(same_name("\xD0\x96\xD0\xBE", "\xD0\xB6\xD0\x9E"));  // Cyrillic
  EXPECT_TRUE(same_name("\xCF\x83\xCF\x82", "\xCE\xA3\xCE\xA3"));  // Greek, with the final sigma
  EXPECT_TRUE(same_name("\xE2\x84\xAA", "k"));                     // the sign of the Kelvin
  EXPECT_TRUE(same_name("\xE1\xBA\x9E", "\xC3\x9F"));              // capital sharp s
  EXPECT_TRUE(same_name("\xF0\x90\x90\x80", "\xF0\x90\x90\xA8"));  // Deseret, beyond 16 bits
  EXPECT_TRUE(same_name("\xE7\x94\x9F_Group", "\xE7\x94\x9F_group"));
}

TEST(CaseFolding, IsSimpleAndOfNoLanguage) {
  EXPECT_FALSE(
      same_name("stra\xC3\x9F"
                "e",
                "strasse"))
      << "one letter is never two";
  EXPECT_FALSE(same_name("\xC4\xB0", "i")) << "the dotted capital I of Turkish";
  EXPECT_FALSE(same_name("\xC4\xB1", "I")) << "the dotless small i of Turkish";
  EXPECT_FALSE(same_name("\xC3\xBC", "u"));
  EXPECT_FALSE(same_name("\xFF", "\xFE"));
  EXPECT_TRUE(same_name("\xFF", "\xFF"));
  EXPECT_EQ(fold_case("A\xC3\x84\xFF"), "a\xC3\xA4\xFF");
  EXPECT_EQ(fold_case(""), "");
}

TEST(PastedText, WhatNobodySeesAroundATextIsTakenOff) {
  EXPECT_EQ(trim_pasted(" \t\r\n\xC2\xA0\xE2\x80\x8B\xEF\xBB\xBFweb 01\xE2\x80\x8F\xE3\x80\x80 "), "web 01");
  EXPECT_EQ(trim_pasted("web01"), "web01");
  EXPECT_EQ(trim_pasted("\xC3\xA4 "), "\xC3\xA4");
  EXPECT_EQ(trim_pasted(" \xC2\xA0"), "");
  EXPECT_EQ(trim_pasted(""), "");
}

TEST(PastedText, WhatRemainsInsideIsNamedWithItsPosition) {
  EXPECT_EQ(hidden_character("web\xE2\x80\x8B"
                             "01"),
            "a zero-width space (U+200B) as character 4, after \"web\"");
  EXPECT_EQ(hidden_character("B\xC3\xBCro \xC3\xA4"), "a blank (U+0020) as character 5, after \"B\xC3\xBCro\"");
  EXPECT_EQ(hidden_character("\rx"), "a carriage return (U+000D) as character 1");
  EXPECT_EQ(hidden_character("\xF3\xA0\x81\x81"), "an invisible character (U+E0041) as character 1");
  for (const char* text : {"", "web-01_(a).b", "\xE7\x94\x9F\xE4\xBA\xA7_group", "\xC3\xA4", "\xFF"}) {
    EXPECT_FALSE(hidden_character(text)) << text;
  }
}

TEST(Text, ACodePointIsTakenFromTheFront) {
  std::string_view text = "a\xC3\xA4\xE7\x94\x9F\xF0\x9F\x98\x80\xFFz";
  std::vector<char32_t> letters;
  while (!text.empty()) letters.push_back(take_code_point(text));
  EXPECT_EQ(letters, (std::vector<char32_t>{U'a', 0xE4, 0x751F, 0x1F600, 0xFFFD, U'z'}));
}

TEST(Text, APrefixIsFoundInAnyCase) {
  EXPECT_TRUE(istarts_with("HTTPS://host", "https://"));
  EXPECT_TRUE(istarts_with("x", ""));
  EXPECT_FALSE(istarts_with("http", "https://"));
}

TEST(Text, TheNearestNameIsWhatWasMeant) {
  constexpr std::string_view names[] = {"restoreDiskLunList", "region", "zones", "storageAccountId"};
  EXPECT_EQ(nearest_name("restoreDiskLunlist", names), "restoreDiskLunList");
  EXPECT_EQ(nearest_name("restoreDiskLuns", names), "restoreDiskLunList");
  EXPECT_EQ(nearest_name("storageAcountID", names), "storageAccountId");
  EXPECT_EQ(nearest_name("regoin", names), "region");
  EXPECT_EQ(nearest_name("zone", names), "zones");
}

TEST(Text, NoNameIsNearToAnotherWord) {
  constexpr std::string_view names[] = {"restoreDiskLunList", "region", "zones"};
  EXPECT_EQ(nearest_name("priority", names), "");
  EXPECT_EQ(nearest_name("", names), "");
  EXPECT_EQ(nearest_name(std::string(1'000'000, 'r'), names), "");
  EXPECT_EQ(nearest_name("region", {}), "");
  EXPECT_EQ(did_you_mean("regoin", names), "; did you mean \"region\"?");
  EXPECT_EQ(did_you_mean("priority", names), "");
}

TEST(Text, WellFormedUtf8IsRecognized) {
  for (const std::string_view good : {"", "abc", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                                      "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
                                      "a\xE2\x82\xAC"
                                      "b"}) {
    EXPECT_TRUE(is_utf8(good)) << printable(good);
  }
}

TEST(Text, MalformedUtf8IsRecognized) {
  for (const std::string_view bad :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82",
        "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "\xFE", "ab\xE2\x28\xA1"}) {
    EXPECT_FALSE(is_utf8(bad)) << printable(bad);
  }
}

TEST(Text, WhatIsShownIsPrintableAscii) {
  EXPECT_EQ(printable("a b~"), "a b~");
  EXPECT_EQ(printable(std::string_view("\x1B[2J\n\x7F\0", 7)), "\\x1b[2J\\x0a\\x7f\\x00");
  EXPECT_EQ(printable("\xC3\xA4"), "\\xc3\\xa4");
}

TEST(Text, WordsAreJoinedAsPeopleDo) {
  EXPECT_EQ(join_and({}), "");
  EXPECT_EQ(join_and(std::vector<std::string>{"a"}), "a");
  EXPECT_EQ(join_and(std::vector<std::string>{"a", "b"}), "a and b");
  EXPECT_EQ(join_and(std::vector<std::string>{"a", "b", "c"}), "a, b and c");
}

TEST(Text, ARegionIsTheSameInItsDisplayName) {
  EXPECT_TRUE(is_same_region("West US", "westus"));
  EXPECT_TRUE(is_same_region("", ""));
  EXPECT_FALSE(is_same_region("westus", "westus2"));
  EXPECT_FALSE(is_same_region("West US", ""));
}

// A URL with its signature grants access. No part of the signature may be shown, whatever the other parameters are and
// however they are spelt.
TEST(Text, AUrlIsShownWithoutItsSignature) {
  EXPECT_EQ(redact_url("https://arm/x?api-version=2025-02-01&t=638&c=abc&s=def&h=ghi"),
            "https://arm/x?api-version=2025-02-01&t=(cut)&c=(cut)&s=(cut)&h=(cut)");
  EXPECT_EQ(redact_url("https://store/blob?SIG=a%3D&se=2026&T="), "https://store/blob?SIG=(cut)&se=2026&T=(cut)");
  EXPECT_EQ(redact_url("https://arm/sig=x"), "https://arm/sig=x") << "no query";
  EXPECT_EQ(redact_url("https://arm/x?sig&&a=b&"), "https://arm/x?sig&&a=b&") << "no value";
}

}  // namespace
}  // namespace azrestored
