// Claimed files on their way through the store, several at a time so that they share folder syncs and the store's group
// commit. SpoolInbox makes a batch and calls read(), insert() and settle() in this order; after settle() every item
// stands at one of the ends. A batch that is lost half-way (a crash) is made again from what is in claimed/.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/intake.hpp"
#include "core/store/job_store.hpp"
#include "daemon/spool/folder.hpp"

namespace azrestored {

/// One claimed file and how far it has come.
struct SpoolItem {
  enum class Stage {
    claimed,    // not read yet
    unsettled,  // was not finished when it was claimed: to be put back
    unfit,      // to be rejected, for `reasons`
    readable,   // what `intake` asks for is to be inserted
    stored,     // the store has the job: to be moved to accepted/
    // The ends:
    accepted,
    rejected,  // under the name `rejected_as`
    returned,  // in incoming/ again
    stuck,     // still in claimed/, because of what `sentence` says: the next scan tries again
    gone,      // somebody took it away
  };

  explicit SpoolItem(Claim claimed, std::optional<std::uint64_t> inode_seen = std::nullopt)
      : claim(std::move(claimed)), inode(inode_seen) {}

  Claim claim;
  std::optional<std::uint64_t> inode;  // of the file that was seen in incoming/; not known any more after a crash
  Stage stage = Stage::claimed;
  std::optional<Intake> intake;
  std::vector<std::string> reasons;
  std::string rejected_as;
  std::string sentence;
};

class SpoolBatch : public std::enable_shared_from_this<SpoolBatch> {
 public:
  using OnInserted = std::function<void(const Job&, const HistoryLine&)>;

  /// `at`: when the jobs are taken to be submitted.
  SpoolBatch(asio::any_io_executor executor, std::vector<SpoolItem> items, Instant at);

  /// Reads and checks the files: claimed -> unsettled | unfit | readable | stuck | gone. Blocks.
  void read(const SpoolFolder& folder);
  /// Inserts what is readable, all at once, and all jobs of a file or none: readable -> stored | stuck. True when the
  /// store has any of them now.
  /// What is unfit, but was inserted before a crash, is no longer unfit: unfit -> stored | stuck.
  asio::awaitable<bool> insert(JobStore& store, OnInserted on_inserted);
  /// Moves the files to where they belong now, durably. Blocks.
  void settle(SpoolFolder& folder);

  [[nodiscard]] const std::vector<SpoolItem>& items() const { return items_; }

 private:
  asio::awaitable<void> insert_one(SpoolItem& item, JobStore& store);
  asio::awaitable<void> look_for_job(SpoolItem& item, JobStore& store);

  asio::any_io_executor executor_;
  std::vector<SpoolItem> items_;
  Instant at_;
  OnInserted on_inserted_;
  std::size_t pending_ = 0;  // insertions under way
  bool any_stored_ = false;
  std::exception_ptr failure_;
  asio::steady_timer all_inserted_;
};

}  // namespace azrestored
