// Takes claimed files into the store, several at a time so that they share folder syncs and the store's group commit.
// SpoolInbox creates a batch and calls read(), insert() and settle() in this order. After settle() every item is in a
// final stage. After a crash, the next scan creates a new batch from the files in claimed/.
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

/// One claimed file and its stage.
struct SpoolItem {
  enum class Stage {
    claimed,    // not read yet
    unsettled,  // was not finished when it was claimed: to be put back
    unfit,      // to be rejected, for `reasons`
    readable,   // the jobs of `intake` are to be inserted
    stored,     // the store has the job: to be moved to accepted/
    // Final stages:
    accepted,
    rejected,  // under the name `rejected_as`
    returned,  // in incoming/ again
    stuck,     // still in claimed/, for the reason in `sentence`; the next scan tries again
    gone,      // another program removed it
  };

  explicit SpoolItem(Claim claimed, std::optional<std::uint64_t> inode_seen = std::nullopt, bool was_whole_then = false)
      : claim(std::move(claimed)), inode(inode_seen), was_whole(was_whole_then) {}

  Claim claim;
  std::optional<std::uint64_t> inode;  // of the file that was seen in incoming/; not known after a crash
  bool was_whole = false;              // that file did not end inside its JSON
  Stage stage = Stage::claimed;
  std::optional<Intake> intake;
  std::vector<std::string> reasons;
  std::string rejected_as;
  std::string sentence;
};

class SpoolBatch : public std::enable_shared_from_this<SpoolBatch> {
 public:
  using OnInserted = std::function<void(const Job&, const HistoryLine&)>;

  /// `at`: the time of submission of the jobs.
  SpoolBatch(asio::any_io_executor executor, std::vector<SpoolItem> items, Instant at);

  /// Reads and checks the files: claimed -> unsettled | unfit | readable | stuck | gone. Items that are unfit already
  /// stay so. Blocks.
  void read(const SpoolFolder& folder);
  /// Inserts the readable files concurrently, and all jobs of a file or none: readable -> stored | stuck. True if the
  /// store now has any of them. For claims from before a crash whose job may be stored already: unfit, unsettled ->
  /// stored | stuck.
  asio::awaitable<bool> insert(JobStore& store, OnInserted on_inserted);
  /// Moves each file to the folder for its stage, durably. Blocks.
  void settle(SpoolFolder& folder);

  [[nodiscard]] const std::vector<SpoolItem>& items() const { return items_; }

 private:
  asio::awaitable<void> insert_one(SpoolItem& item, JobStore& store);
  asio::awaitable<void> look_for_job(SpoolItem& item, JobStore& store);

  asio::any_io_executor executor_;
  std::vector<SpoolItem> items_;
  Instant at_;
  OnInserted on_inserted_;
  std::size_t pending_ = 0;  // insertions in progress
  bool any_stored_ = false;
  std::exception_ptr failure_;
  asio::steady_timer all_inserted_;
};

}  // namespace azrestored
