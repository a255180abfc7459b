// Files that are dropped into {spool}/incoming become jobs in the store, each exactly once, through crashes. The names
// are in names.hpp, the system calls in folder.hpp. The steps of one file, and what a crash leaves to the next scan:
//
//   incoming/NAME                                  not claimed yet; claimed when it is complete (file_look.hpp)
//     rename, then sync both folders
//   claimed/ID~NAME, no job ID                     read it, insert it
//     insert job ID
//   claimed/ID~NAME, job ID                        the insertion is a conflict: only the move is missing
//     rename
//   accepted/ID.json, job ID                       done
//
// A file with faults goes from claimed/ to rejected/ instead (reject.cpp). Every scan begins with claimed/, so
// recovery is not a special case. inotify only triggers a scan; the scan every `rescan_interval` finds every file.
//
// Everything runs on the executor's one thread, except system calls and the reading of JSON: those run on a disk thread
// of the inbox, a batch at a time.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"
#include "core/store/finished_jobs.hpp"
#include "core/store/job_store.hpp"
#include "daemon/spool/batch.hpp"
#include "daemon/spool/folder.hpp"
#include "daemon/spool/incoming_scan.hpp"
#include "daemon/spool/listing.hpp"

namespace azrestored {

struct SpoolCounters {
  std::uint64_t accepted = 0;    // since the start
  std::uint64_t rejected = 0;    // since the start
  std::uint64_t left_alone = 0;  // in the last scan: files that are not accepted, or cannot be processed yet
};

class SpoolInbox final : public Originals {
 public:
  struct Options {
    /// The longest time until a file is found whose inotify event was lost.
    Millis rescan_interval = std::chrono::seconds(30);
    /// How long a file that seems unfinished may stay unchanged before it is refused; and how long a file may change
    /// again and again (spool.settleTime).
    Millis settle_time = std::chrono::minutes(10);
  };

  struct Clocks {
    const Clock& files;  // the machine's clock, with which the kernel writes the times of files
    const Clock& jobs;   // the clock with which the times of the rows are written
  };

  /// Opens the spool and creates missing folders. Throws std::runtime_error with a sentence if it cannot be used. Calls
  /// `accepted` when there are new jobs in the store. The references and the executor's context outlive this object; it
  /// outlives run().
  SpoolInbox(asio::any_io_executor executor, std::string directory, JobStore& store, IdSource& ids,
             const Clocks& clocks, Observer& observer, std::function<void()> accepted, Options options);

  /// Processes every file once. When it returns, the files that a crash left in claimed/ are processed, so the daemon
  /// can report READY. Throws if the spool itself fails. Not at the same time as run().
  asio::awaitable<void> scan_once();

  /// Scans whenever there may be new files, until stop(). Throws as scan_once() does.
  asio::awaitable<void> run();

  /// Ends run() after the current batch. run() cannot be started again.
  void stop();

  /// Removes the files of these jobs from accepted/ (Originals).
  asio::awaitable<Result<void>> remove(std::vector<JobId> ids) override;

  [[nodiscard]] SpoolCounters counters() const { return counters_; }

  /// What is in the spool and became no job, with what only the daemon knows of it: up to `most` files of each folder.
  asio::awaitable<SpoolListing> listing(std::size_t most);

 private:
  using ClaimedItems = std::vector<SpoolItem>;

  asio::awaitable<void> finish_claimed();
  asio::awaitable<void> take_incoming();
  void wait_for_unfinished(const IncomingScan& round);
  std::vector<SeenFile> restless_among(std::vector<SeenFile> changing);
  asio::awaitable<void> take(std::vector<SeenFile> files);
  asio::awaitable<Result<JobId>> choose_id(std::string name);
  asio::awaitable<void> process(ClaimedItems items);
  void conclude(const SpoolItem& item);

  asio::awaitable<void> scan_until_stopped();
  asio::awaitable<void> listen_for_hints();
  void open_hints();
  void scan_within(Millis delay);

  /// Reports a file that stays where it is, once for as long as it stays.
  void leave_alone(const std::string& path, std::uint64_t inode, const JobId& id, const std::string& sentence);

  /// Runs `work` on the disk thread and resumes on the executor. `work` must live until then.
  template <class Work>
  asio::awaitable<void> on_disk_thread(Work& work);

  asio::any_io_executor executor_;
  JobStore& store_;
  IdSource& ids_;
  const Clocks clocks_;
  Observer& observer_;
  std::function<void()> accepted_;
  Options options_;

  SpoolCounters counters_;
  std::set<JobId> ids_in_claimed_;
  using Reported = std::pair<std::string, std::uint64_t>;  // path and inode
  using Mentioned = std::map<Reported, std::string>;       // with the sentence
  Mentioned mentioned_before_;                             // in the scan before
  Mentioned mentioned_now_;
  Mentioned unfinished_before_;  // the same for files that azrestored waits for
  Mentioned unfinished_now_;
  /// A file that had changed just now at every look so far, and the time of the first, by the clock of the rows.
  struct Changing {
    std::uint64_t inode = 0;
    Instant since;
  };
  std::map<std::string, Changing> changing_before_;  // by name, in the scan before
  std::map<std::string, Changing> changing_now_;

  bool stopping_ = false;
  using Steady = std::chrono::steady_clock;  // a step of the machine's clock must not move the next scan
  Steady::time_point next_look_{};
  asio::steady_timer next_look_timer_;
  asio::posix::stream_descriptor hints_;  // inotify; not open if the system provides none

  const std::string directory_;
  SpoolFolder folder_;      // used by the disk thread only
  asio::thread_pool disk_;  // one thread; last, so that it ends before the members that it uses are destroyed
};

}  // namespace azrestored
