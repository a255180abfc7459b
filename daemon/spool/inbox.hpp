// The way in: files dropped in {spool}/incoming become jobs in the store, each exactly once, through crashes (STYLE 8;
// names: names.hpp; system calls: folder.hpp). One file's way, and what a crash leaves to the next scan:
//
//   incoming/NAME                                  nothing has happened yet
//     rename, then sync both folders
//   claimed/ID~NAME, no job ID                     read it, insert it
//     insert job ID
//   claimed/ID~NAME, job ID                        insert says conflict: only the move is missing
//     rename
//   accepted/ID.json, job ID                       done
//
// A file with faults goes from claimed/ to rejected/ instead (reject.cpp). Every scan begins with claimed/, so
// recovery is not a special case. inotify only says when to look; the scan every `rescan_interval` is the truth.
//
// Everything runs on the executor's one thread, except system calls and the reading of JSON: those go, a batch at a
// time, to a disk thread of our own.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
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

namespace azrestored {

struct SpoolCounters {
  std::uint64_t accepted = 0;    // since the start
  std::uint64_t rejected = 0;    // since the start
  std::uint64_t left_alone = 0;  // as of the last scan: files that are not for us, or cannot be handled yet
};

class SpoolInbox final : public Originals {
 public:
  struct Options {
    /// How long a file can go unnoticed after inotify has lost an event.
    Millis rescan_interval = std::chrono::seconds(30);
  };

  struct Clocks {
    const Clock& files;  // the machine's clock, with which the kernel writes the times of files
    const Clock& jobs;   // the clock with which the times of the rows are written
  };

  /// Opens the spool, making missing folders; throws std::runtime_error with a sentence when it cannot be used.
  /// `accepted` is called when there are new jobs in the store. The references and the executor's context outlive this
  /// object; it outlives run().
  SpoolInbox(asio::any_io_executor executor, std::string directory, JobStore& store, IdSource& ids,
             const Clocks& clocks, Observer& observer, std::function<void()> accepted, Options options);

  /// Looks at every file once. When it returns, what a crash had left in claimed/ is dealt with: the daemon is READY.
  /// Throws when the spool itself fails. Not at the same time as run().
  asio::awaitable<void> scan_once();

  /// Scans whenever there may be something new, until stop(). Throws as scan_once() does.
  asio::awaitable<void> run();

  /// Ends run() after the batch that is under way. For good.
  void stop();

  /// Originals: those in accepted/.
  asio::awaitable<Result<void>> remove(std::vector<JobId> ids) override;

  [[nodiscard]] SpoolCounters counters() const { return counters_; }

 private:
  using ClaimedItems = std::vector<SpoolItem>;

  asio::awaitable<void> finish_claimed();
  asio::awaitable<void> take_incoming();
  asio::awaitable<void> take(std::vector<SeenFile> files);
  asio::awaitable<Result<JobId>> choose_id(std::string name);
  asio::awaitable<void> process(ClaimedItems items);
  void conclude(const SpoolItem& item);

  asio::awaitable<void> scan_until_stopped();
  asio::awaitable<void> listen_for_hints();
  void open_hints();
  void scan_within(Millis delay);

  /// Mentions a file that stays where it is, once as long as it stays.
  void leave_alone(const std::string& path, std::uint64_t inode, const JobId& id, const std::string& sentence);

  /// Does `work` on the disk thread and resumes on ours. `work` lives until then.
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
  std::set<Reported> mentioned_before_;                    // in the scan before
  std::set<Reported> mentioned_now_;

  bool stopping_ = false;
  using Steady = std::chrono::steady_clock;  // when the next look is due must not move when somebody sets the clock
  Steady::time_point next_look_{};
  asio::steady_timer next_look_timer_;
  asio::posix::stream_descriptor hints_;  // inotify; not open when the system has none to give

  SpoolFolder folder_;      // used by the disk thread only
  asio::thread_pool disk_;  // one thread; last, so that it has ended before what it uses goes away
};

}  // namespace azrestored
