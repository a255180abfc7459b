// What a queued job waits for, in words.
#include "core/view/waiting_text.hpp"
#include "core/admission/wait_reason.hpp"

#include <gtest/gtest.h>

namespace azrestored::tests {
namespace {

Job sample() {
  Job job;
  job.vault = {"5aa0", "rg", "main"};
  job.storage_account = "/subscriptions/s/storageaccounts/stage";
  job.target_group = "/subscriptions/s/rg/web";
  return job;
}

Caps only(int Caps::*cap, int places) {
  Caps caps;
  caps.*cap = places;
  return caps;
}

TEST(WaitingText, NamesTheFullLimitHowFullItIsAndTheQueuePosition) {
  const Job job = sample();
  const auto text_with = [&](int Caps::*cap, std::int64_t position) {
    Admission admission(only(cap, 2));
    for (int i = 0; i < 2; ++i) admission.began(Lane::of(job));
    WaitReason reason = wait_reason_of_queued(job, admission, 2, 10);
    reason.queue_position = position;
    return waiting_text(job, reason);
  };
  EXPECT_EQ(
      text_with(&Caps::per_subscription, 1),
      "a place in subscription 5aa0, where 2 of 2 are taken (limits.concurrentRestoresPerSubscription); place 1 in line");
  EXPECT_EQ(text_with(&Caps::per_vault, 12),
            "a place in vault main, where 2 of 2 are taken (limits.concurrentRestoresPerVault); place 12 in line");
  EXPECT_EQ(text_with(&Caps::per_storage_account, 3),
            "a place at storage account stage, where 2 of 2 are taken (limits.concurrentRestoresPerStorageAccount); "
            "place 3 in line");
  EXPECT_EQ(text_with(&Caps::per_target_group, 4),
            "a place in resource group web, where 2 of 2 are taken (limits.concurrentRestoresPerTargetResourceGroup); "
            "place 4 in line");
  EXPECT_EQ(waiting_text(job, wait_reason_of_queued(job, Admission(), 10, 10)),
            "a place among the active jobs, where 10 of 10 are taken (limits.activeJobs)");
}

TEST(WaitingText, NamesTheQuotaAndTheSharedRead) {
  const Job job = sample();
  EXPECT_EQ(waiting_text(job, {QuotaWait{50, true, "vaults/backupJobs"}, 2}),
            "its share of the 50 an hour that Azure allows of reads of vaults/backupJobs; place 2 in line");
  EXPECT_EQ(waiting_text(job, {QuotaWait{std::nullopt, false, "vaults/restore"}, std::nullopt}),
            "its share of the requests to vaults/restore");
  EXPECT_EQ(waiting_text(job, {VaultReadWait{VaultReadWait::What::settings}, std::nullopt}),
            "the vault's settings, which are read once for all its jobs");
}

}  // namespace
}  // namespace azrestored::tests
