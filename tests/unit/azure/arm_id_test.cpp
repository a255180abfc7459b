// ARM ids: their form, their parts, and which spellings name the same vault (azure-backup-api.md 1.1, 1.2).
#include "core/azure/arm_id.hpp"

#include <gtest/gtest.h>

namespace azrestored {
namespace {

const std::string vm = "/subscriptions/s-1/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web01";

TEST(ArmId, AResourceIsTakenApart) {
  const auto id = ArmId::parse(vm);
  ASSERT_TRUE(id);
  EXPECT_EQ(id->text, vm);
  EXPECT_EQ(id->subscription, "s-1");
  EXPECT_EQ(id->resource_group, "vm-rg");
  EXPECT_EQ(id->type, "Microsoft.Compute/virtualMachines");
  EXPECT_EQ(id->name, "web01");
}

TEST(ArmId, AResourceGroupHasNoType) {
  const auto id = ArmId::parse("/subscriptions/s-1/resourceGroups/vm-rg");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->type, "");
  EXPECT_EQ(id->name, "vm-rg");
}

TEST(ArmId, ANestedResourceHasANestedType) {
  const auto id =
      ArmId::parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net/subnets/default");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->type, "Microsoft.Network/virtualNetworks/subnets");
  EXPECT_EQ(id->name, "default");
}

TEST(ArmId, AnySpellingOfTheFixedWordsIsReadAndKept) {
  for (const std::string text : {"/Subscriptions/s/resourcegroups/g/Providers/microsoft.compute/virtualmachines/VM",
                                 "/SUBSCRIPTIONS/s/RESOURCEGROUPS/g/PROVIDERS/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM"}) {
    const auto id = ArmId::parse(text);
    ASSERT_TRUE(id) << text;
    EXPECT_EQ(id->text, text);
    EXPECT_EQ(id->name, "VM");
  }
}

TEST(ArmId, WhatIsNoIdIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("/"), std::string("web01"), std::string("/subscriptions"),
        std::string("/subscriptions/s"), std::string("/subscriptions/s/resourceGroups"),
        std::string("/subscriptions/s/resourceGroups/"), std::string("/subscriptions//resourceGroups/g"), vm.substr(1),
        vm + "/", vm + "/extensions", "/" + vm, std::string("/subscriptions/s/resourceGroups/g/providers"),
        std::string("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute"),
        std::string("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines"),
        std::string("/subscriptions/s/resourceGroups/g/provider/Microsoft.Compute/virtualMachines/v"),
        std::string("/tenants/s/resourceGroups/g"), "https://management.azure.com" + vm}) {
    EXPECT_FALSE(ArmId::parse(text)) << text;
  }
}

TEST(VaultId, IsReadFromAVaultsIdAlone) {
  const auto vault =
      VaultId::parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/safe");
  ASSERT_TRUE(vault);
  EXPECT_EQ(vault->subscription, "s");
  EXPECT_EQ(vault->resource_group, "g");
  EXPECT_EQ(vault->name, "safe");
  EXPECT_TRUE(VaultId::parse("/subscriptions/s/resourcegroups/g/providers/microsoft.recoveryservices/Vaults/safe"));
  EXPECT_FALSE(VaultId::parse(vm));
  EXPECT_FALSE(VaultId::parse("/subscriptions/s/resourceGroups/g"));
  EXPECT_FALSE(VaultId::parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/vaults/safe"));
  EXPECT_FALSE(VaultId::parse(
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/safe/backupJobs/j"));
}

TEST(VaultId, WritesTheIdItWasReadFrom) {
  const std::string text = "/subscriptions/s/resourceGroups/G/providers/Microsoft.RecoveryServices/vaults/Safe";
  EXPECT_EQ(VaultId::parse(text)->arm_id(), text);
}

TEST(VaultId, EverySpellingOfOneVaultHasOneKey) {
  EXPECT_EQ((VaultId{"S", "G", "Safe"}.key()), (VaultId{"s", "g", "sAFE"}.key()));
  EXPECT_NE((VaultId{"s", "g", "safe"}.key()), (VaultId{"s", "g", "safe2"}.key()));
  EXPECT_NE((VaultId{"s", "g2", "safe"}.key()), (VaultId{"s", "g", "safe"}.key()));
}

TEST(Container, NamesTheVmOfTheVaultsSubscription) {
  const VaultId vault{"s", "vault-rg", "safe"};
  const std::string wanted = "/subscriptions/s/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web01";
  EXPECT_EQ(vm_id_of_container(vault, "IaasVMContainer;iaasvmcontainerv2;vm-rg;web01"), wanted);
  EXPECT_EQ(vm_id_of_container(vault, "iaasvmcontainer;IAASVMCONTAINERV2;vm-rg;web01"), wanted);
  EXPECT_EQ(vm_id_of_container(vault, "iaasvmcontainerv2;vm-rg;web01"), wanted)
      << "an item's containerName (azure-backup-api.md 1.4)";
}

TEST(Container, NamesOfAnotherFormNameNoVm) {
  const VaultId vault{"s", "vault-rg", "safe"};
  for (const char* name : {"", ";", ";;;", "iaasvmcontainer;testRG;testVM", "IaasVMContainer;iaasvmcontainer;cloud;vm",
                           "iaasvmcontainerv2;vm-rg", "iaasvmcontainerv2;;web01", "iaasvmcontainerv2;vm-rg;",
                           "iaasvmcontainerv2;vm-rg;web01;more", "StorageContainer;storage;vm-rg;account",
                           "VM;iaasvmcontainerv2;vm-rg;web01", "iaasvmcontainerv2;vm-rg;web01/",
                           "iaasvmcontainerv2;vm-rg;web01/extensions/x"}) {
    EXPECT_FALSE(vm_id_of_container(vault, name)) << name;
  }
}

TEST(LastSegment, IsTheNameAtTheEndOfAnIdOrUrl) {
  EXPECT_EQ(last_segment(vm), "web01");
  EXPECT_EQ(last_segment("https://host/a;b/operationsStatus/op-1?api-version=2019-05-13&s=a/b"), "op-1");
  EXPECT_EQ(last_segment("web01"), "web01");
  EXPECT_EQ(last_segment(""), "");
}

}  // namespace
}  // namespace azrestored
