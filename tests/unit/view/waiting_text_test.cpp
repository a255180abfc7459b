// What a queued job waits for, in words.
#include "core/view/waiting_text.hpp"
#include "core/admission/wait_reason.hpp"

#include <gtest/gtest.h>

namespace azrestored::test {
namespace {

Job sample() {
  Job job;
  job.vault = {"5aa0", "rg", "main"};
  job.storage_account = "/subscriptions/s/storageaccounts/stage";
  job.target_group = "/subscriptions/s/rg/web";
  return job;
}

ConcurrencyLimits only(int ConcurrencyLimits::*cap, int places) {
  ConcurrencyLimits caps;
  caps.*cap = places;
  return caps;
}

TEST(WaitingText, NamesTheFullLimitHowFullItIsAndTheQueuePosition) {
  const Job job = sample();
  const auto text_with = [&](int ConcurrencyLimits::*cap, std::int64_t position) {
    Admission admission(only(cap, 2));
    for (int i = 0; i < 2; ++i) admission.began(Lane::of(job));
    WaitReason reason = wait_reason_of_queued(job, admission, 2, 10);
    reason.queue_position = position;
    return waiting_text(job, reason);
  };
  EXPECT_EQ(
      text_with(&ConcurrencyLimits::per_subscription, 1),
      "a slot in subscription 5aa0, where 2 of 2 are in use (limits.concurrentRestoresPerSubscription); position 1 in queue");
  EXPECT_EQ(text_with(&ConcurrencyLimits::per_vault, 12),
            "a slot in vault main, where 2 of 2 are in use (limits.concurrentRestoresPerVault); position 12 in queue");
  EXPECT_EQ(text_with(&ConcurrencyLimits::per_storage_account, 3),
            "a slot for storage account stage, where 2 of 2 are in use (limits.concurrentRestoresPerStorageAccount); "
            "position 3 in queue");
  EXPECT_EQ(text_with(&ConcurrencyLimits::per_target_group, 4),
            "a slot in resource group web, where 2 of 2 are in use (limits.concurrentRestoresPerTargetResourceGroup); "
            "position 4 in queue");
  EXPECT_EQ(waiting_text(job, wait_reason_of_queued(job, Admission(), 10, 10)),
            "a slot among the active jobs, where 10 of 10 are in use (limits.activeJobs)");
}

TEST(WaitingText, NamesTheQuotaAndTheSharedRead) {
  const Job job = sample();
  EXPECT_EQ(waiting_text(job, {QuotaWait{50, true, "vaults/backupJobs"}, 2}),
            "Azure's quota of 50 an hour for reads of vaults/backupJobs; position 2 in queue");
  EXPECT_EQ(waiting_text(job, {QuotaWait{std::nullopt, false, "vaults/restore"}, std::nullopt}),
            "Azure's quota of requests to vaults/restore");
  EXPECT_EQ(waiting_text(job, {VaultReadWait{VaultReadWait::What::settings}, std::nullopt}),
            "the vault's settings, which are read once for all its jobs");
}

}  // namespace
}  // namespace azrestored::test
