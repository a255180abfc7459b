// What a refused value was probably meant to be. tests/mistakes has whole files as people write them.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "core/azure/arm_id_hint.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"
#include "core/json/unknown_members.hpp"
#include "core/json/value_hints.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 1> vm = {"Microsoft.Compute/virtualMachines"};
const std::string group = "/subscriptions/s/resourceGroups/g";
const std::string good = group + "/providers/Microsoft.Compute/virtualMachines/web01";

TEST(IdHint, SaysWhatIsWrongWithAnId) {
  const std::pair<std::string, std::string> rows[] = {
      {good, ""},
      {"web01", ""},
      {good.substr(1), "; the / at its beginning is missing"},
      {good + "/", "; remove the / at its end"},
      {"/subscriptions//resourceGroups/g", "; it has two / in a row: remove one, or add what is missing between them"},
      {"https://portal.azure.com/#x/resource" + good, "; remove everything before /subscriptions/"},
      {good + "?api-version=1", "; an id does not contain \"?\": remove it and everything after it"},
      {"https://account.blob.core.windows.net/?sig=x", ""},
      {good + "/overview", "; remove \"overview\" at its end, or add what is missing after it"},
      {"/subscription/s/resourceGroups/g", "; found \"subscription\" where an id has \"subscriptions\""},
      {"/subscriptions/s/resourceGroup/g", "; found \"resourceGroup\" where an id has \"resourceGroups\""},
      {group + "/provider/Microsoft.Compute/virtualMachines/v", "; found \"provider\" where an id has \"providers\""},
      {group + "/providers/Microsoft.Compute/virtualMachines",
       "; it ends too early: a type or name is missing at its end"},
      {"/subscriptions/s", "; it ends too early: a type or name is missing at its end"},
      {group, "; this is the id of a resource group"},
      {group + "/providers/Microsoft.Compute/virtualMachine/v",
       "; its type \"Microsoft.Compute/virtualMachine\" is perhaps meant to be \"Microsoft.Compute/virtualMachines\""},
      {group + "/providers/Microsoft.Storage/storageAccounts/a",
       "; this id has the type \"Microsoft.Storage/storageAccounts\""},
  };
  for (const auto& [text, hint] : rows) EXPECT_EQ(id_hint(text, vm), hint) << text;
}

TEST(IdHint, KnowsTheIdOfAResourceGroup) {
  EXPECT_EQ(id_hint(group, {}), "");
  EXPECT_EQ(id_hint(good, {}), "; this continues after the resource group's name: end it there");
}

TEST(ValueHints, ANumberOrFlagInQuotesIsOfferedWithoutThem) {
  EXPECT_EQ(unquoted_hint("16"), "; write 16 without quotes");
  EXPECT_EQ(unquoted_hint("false"), "; write false without quotes");
  for (const json& other :
       {json("x"), json(""), json("null"), json("[1]"), json(16), json(std::string(100'000, '['))}) {
    EXPECT_EQ(unquoted_hint(other), "") << other.dump().substr(0, 20);
  }
}

TEST(ValueHints, ADurationIsOfferedInItsShortForm) {
  EXPECT_EQ(duration_hint(60), "; the unit is missing: write \"60s\" for seconds, \"60h\" for hours");
  EXPECT_EQ(duration_hint("60"), "; the unit is missing: write \"60s\" for seconds, \"60h\" for hours");
  const std::pair<std::string, std::string> rows[] = {{"5 minutes", "5m"}, {"36 hours", "36h"}, {"1 day", "1d"},
                                                      {"90sec", "90s"},    {"5M", "5m"},        {"PT5M", "5m"},
                                                      {"P1DT12H", "36h"}};
  for (const auto& [text, meant] : rows) EXPECT_EQ(duration_hint(text), "; write \"" + meant + "\"") << text;
  for (const json& other : {json(0), json(-5), json(1.5), json("-5m"), json("0"), json("0 s"), json("soon"), json(""),
                            json("99999999999 days"), json(nullptr)}) {
    EXPECT_EQ(duration_hint(other), "") << other;
  }
}

TEST(ValueHints, ATimeIsOfferedWithItsZone) {
  const std::pair<std::string, std::string> rows[] = {{"2026-11-20", "2026-11-20T00:00:00Z"},
                                                      {"2026-11-20T06:00:00", "2026-11-20T06:00:00Z"},
                                                      {"2026-11-20 06:00", "2026-11-20T06:00:00Z"}};
  for (const auto& [text, meant] : rows) EXPECT_EQ(time_hint(text), "; write \"" + meant + "\" for UTC");
  for (const std::string other : {"", "yesterday", "20.11.2026", "2026-13-01", "2026-11-20X06:00:00"}) {
    EXPECT_EQ(time_hint(other), "") << other;
  }
}

std::vector<std::string> refused(const std::string& text) {
  static constexpr std::array<std::string_view, 2> known = {"level", "format"};
  static constexpr std::array<MemberPlace, 5> places = {
      {{"log", ""}, {"level", "log"}, {"name", ""}, {"name", "auth"}, {"name", "vault"}}};
  std::vector<Fault> faults;
  const auto document = JsonDocument::parse(text, {}, faults);
  ObjectReader object(*document, document->value(), "", faults);
  refuse_unknown(object, "setting", known, places, "; ask");
  std::vector<std::string> sentences;
  for (const Fault& fault : faults) sentences.push_back(fault.sentence);
  return sentences;
}

TEST(UnknownMembers, AreReportedWithTheirCorrectLocation) {
  EXPECT_EQ(refused(R"({"level": 1, "format": 2})"), std::vector<std::string>());
  EXPECT_EQ(refused(R"({"LOG": 1})").front(), "unknown setting \"LOG\" here; it belongs at the top level of the file");
  EXPECT_EQ(refused(R"({"name": 1})").front(),
            "unknown setting \"name\" here; it belongs at the top level of the file, or in \"auth\" or \"vault\"");
}

TEST(UnknownMembers, AreHeldAgainstWhatIsKnownHereFirst) {
  EXPECT_EQ(refused(R"({"Level": 1})").front(), "unknown setting \"Level\", perhaps meant to be \"level\"; ask");
  EXPECT_EQ(refused(R"({"xqxq": 1})").front(), "unknown setting \"xqxq\"; expected \"level\" or \"format\"; ask");
}

TEST(UnknownMembers, OfAHostileFileAreReportedABoundedNumberOfTimes) {
  std::string text = "{\"b\": 1";
  for (int i = 0; i < 1000; ++i) text += ", \"a" + std::to_string(i) + "\": 1";
  EXPECT_EQ(refused(text + "}").size(), max_faults);
}

}  // namespace
}  // namespace azrestored
