// Which protected item a job means. Names compare without case; two matches are an error that lists both.
#include "core/restore/find_item.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace azrestored {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const VaultId vault{"sub", "vault-rg", "safe"};

std::string vm_id(const std::string& group, const std::string& name) {
  return "/subscriptions/sub/resourceGroups/" + group + "/providers/Microsoft.Compute/virtualMachines/" + name;
}

ItemRow row(const std::string& group, const std::string& name) {
  return {{"IaasVMContainer;iaasvmcontainerv2;" + group + ";" + name, "VM;iaasvmcontainerv2;" + group + ";" + name,
           vm_id(group, name)},
          name,
          vm_id(group, name)};
}

const std::vector<ItemRow> items = {row("rg-a", "web01"), row("rg-b", "web01"), row("rg-a", "db01")};

Result<ProtectedItem> found(const VmSelector& selector, const std::vector<ItemRow>& among = items) {
  std::vector<KnownItem> known;
  for (const ItemRow& item : among) known.push_back(known_item(item));
  auto item = find_item(selector, vault, known);
  if (!item) return item.error();
  return std::move(item->item);
}

std::string complaint(const VmSelector& selector, const std::vector<ItemRow>& among = items) {
  const auto item = found(selector, among);
  if (item) return "found " + item->item;
  const bool several = item.error().sentence().find("that match") != std::string::npos;
  EXPECT_EQ(item.error().kind(), several ? ErrorKind::conflict : ErrorKind::not_found);
  return item.error().sentence();
}

TEST(FindItem, ByIdTheNamesComeFromTheServicesList) {
  const auto item = found(VmById{*ArmId::parse(vm_id("rg-b", "web01"))});
  ASSERT_TRUE(item);
  EXPECT_EQ(item->container, "IaasVMContainer;iaasvmcontainerv2;rg-b;web01");
  EXPECT_EQ(item->item, "VM;iaasvmcontainerv2;rg-b;web01");
  EXPECT_EQ(item->source_resource_id, vm_id("rg-b", "web01"));
}

TEST(FindItem, LetterCaseDoesNotMatter) {
  EXPECT_EQ(found(VmById{*ArmId::parse(
                      "/SUBSCRIPTIONS/SUB/resourcegroups/RG-B/providers/microsoft.compute/virtualmachines/WEB01")})
                ->item,
            "VM;iaasvmcontainerv2;rg-b;web01");
  EXPECT_EQ(found(VmByName{"DB01"})->item, "VM;iaasvmcontainerv2;rg-a;db01");
  EXPECT_EQ(found(VmByGroup{"RG-A", "Web01"})->item, "VM;iaasvmcontainerv2;rg-a;web01");
}

TEST(FindItem, LetterCaseDoesNotMatterBeyondAsciiEither) {
  const std::vector<ItemRow> named = {row("B\xC3\xBCro", "web01"), row("Bu ro", "web01")};
  EXPECT_EQ(found(VmByGroup{"b\xC3\x9CRO", "WEB01"}, named)->item, "VM;iaasvmcontainerv2;B\xC3\xBCro;web01");
  EXPECT_EQ(found(VmById{*ArmId::parse(vm_id("b\xC3\x9Cro", "web01"))}, named)->item,
            "VM;iaasvmcontainerv2;B\xC3\xBCro;web01");
}

TEST(FindItem, EitherOfTheTwoIdsOfAnItemWillDo) {
  // Classic VMs and moved ones can have ids that differ.
  ItemRow moved = row("rg-a", "web01");
  moved.virtual_machine_id = vm_id("rg-new", "web01");
  EXPECT_TRUE(found(VmById{*ArmId::parse(vm_id("rg-new", "web01"))}, {moved}));
  EXPECT_TRUE(found(VmById{*ArmId::parse(vm_id("rg-a", "web01"))}, {moved}));
}

TEST(FindItem, TwoMatchesOfABareNameAreAnErrorThatListsBoth) {
  const std::string sentence = complaint(VmByName{"web01"});
  EXPECT_THAT(sentence, AllOf(HasSubstr(vm_id("rg-a", "web01")), HasSubstr(vm_id("rg-b", "web01")), HasSubstr("2 VMs"),
                              HasSubstr("ARM id"), Not(HasSubstr("db01"))));
}

TEST(FindItem, TheGroupDistinguishesTheTwo) {
  EXPECT_EQ(found(VmByGroup{"rg-a", "web01"})->item, "VM;iaasvmcontainerv2;rg-a;web01");
  EXPECT_EQ(found(VmByGroup{"rg-b", "web01"})->item, "VM;iaasvmcontainerv2;rg-b;web01");
}

TEST(FindItem, NoneIsAnErrorWithTheNearestName) {
  EXPECT_THAT(complaint(VmByName{"bd01"}), AllOf(HasSubstr("bd01"), HasSubstr("safe"), HasSubstr("did you mean db01")));
  EXPECT_THAT(complaint(VmByName{"something-else"}),
              AllOf(HasSubstr("something-else"), HasSubstr("3 VMs"), Not(HasSubstr("did you mean"))));
  EXPECT_THAT(complaint(VmByName{"web01"}, {}), HasSubstr("0 VMs"));
}

TEST(FindItem, ANameInAnotherGroupIsSaidToBeThat) {
  EXPECT_THAT(complaint(VmByGroup{"rg-c", "db01"}), HasSubstr("another resource group"));
  EXPECT_THAT(complaint(VmById{*ArmId::parse(vm_id("rg-c", "db01"))}), HasSubstr("another"));
}

TEST(FindItem, ASoftDeletedItemIsNamedWithTheCommandThatUndeletesIt) {
  ItemRow deleted = row("rg-a", "web01");
  EXPECT_FALSE(item_obstacle(known_item(deleted), vault));
  deleted.soft_deleted = true;
  const auto obstacle = item_obstacle(known_item(deleted), vault);
  ASSERT_TRUE(obstacle);
  EXPECT_EQ(obstacle->code, "RuleSoftDeletedItem");
  EXPECT_THAT(obstacle->message, AllOf(HasSubstr("web01"), HasSubstr("az backup protection undelete"),
                                       HasSubstr("--vault-name safe"), HasSubstr("'VM;iaasvmcontainerv2;rg-a;web01'")));
  EXPECT_THAT(complaint(VmByName{"web01"}, {deleted, row("rg-b", "web01")}), HasSubstr("soft-deleted"));
}

TEST(FindItem, AnItemThatWasNeverBackedUpIsADoubt) {
  ItemRow fresh = row("rg-a", "web01");
  EXPECT_EQ(item_doubt(known_item(fresh)), "");
  fresh.never_backed_up = true;
  EXPECT_THAT(item_doubt(known_item(fresh)), HasSubstr("web01 was never backed up"));
}

TEST(FindItem, APartOfANameIsNoMatch) {
  EXPECT_FALSE(found(VmByName{"web"}));
  EXPECT_FALSE(found(VmByName{"web011"}));
  EXPECT_FALSE(found(VmByName{""}));
}

}  // namespace
}  // namespace azrestored
