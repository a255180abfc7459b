#include "daemon/spool/inbox.hpp"

#include <sys/inotify.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <optional>
#include <system_error>

#include "core/base/duration.hpp"
#include "daemon/os/as_result.hpp"
#include "daemon/os/crash_point.hpp"

namespace azrestored {
namespace {

using Folder = SpoolFolder::Folder;

/// Names read in one round. Limits memory, and the time until a stop takes effect.
constexpr std::size_t files_per_round = 1000;

/// Files in one batch. A batch needs about six syncs, whatever its size, so a large one costs little for each job.
constexpr std::size_t files_per_batch = 256;
/// A batch stops growing at this size, but has at least one file. The whole batch is in memory.
constexpr std::uint64_t bytes_per_batch = 16U << 20U;
/// Small, because the sizes of the files that a crash left in claimed/ are not known.
constexpr std::size_t claimed_per_batch = 32;

/// Removes the first `count` elements and returns them.
template <class T>
std::vector<T> cut_off(std::vector<T>& from, std::size_t count) {
  const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(from.size(), count));
  std::vector<T> batch(std::make_move_iterator(from.begin()), std::make_move_iterator(end));
  from.erase(from.begin(), end);
  return batch;
}

std::vector<SeenFile> next_batch(std::vector<SeenFile>& from) {
  std::size_t count = 0;
  std::uint64_t bytes = 0;
  while (count < std::min(from.size(), files_per_batch) && (count == 0 || bytes < bytes_per_batch))
    bytes += from[count++].bytes;
  return cut_off(from, count);
}

/// A finished file, the id for its claim, and the result of the claim.
struct Attempt {
  SeenFile file;
  JobId id;
  Result<bool> claimed;

  [[nodiscard]] bool is_claimed() const { return claimed.has_value() && *claimed; }
};

void claim_all(std::vector<Attempt>& attempts, SpoolFolder& folder) {
  for (Attempt& attempt : attempts) attempt.claimed = folder.claim(attempt.file, attempt.id);
  const auto claimed = std::count_if(attempts.begin(), attempts.end(), [](const Attempt& a) { return a.is_claimed(); });
  if (claimed == 0) return;
  // Both folders must be on the disk before the jobs are inserted. If an insertion were durable before its rename, a
  // power cut would undo the rename, and the file would become a second job.
  folder.sync(Folder::claimed);
  folder.sync(Folder::incoming);
  for (auto i = claimed; i > 0; --i) crash_point("spool.claimed");
}

void refuse_restless(SpoolItem& item, Millis settle_time) {
  item.stage = SpoolItem::Stage::unfit;
  item.reasons = {"The file changed again and again for " + to_duration(settle_time) +
                  " (spool.settleTime); expected a file that no program changes any more. Write it under a name that "
                  "ends in .tmp, and rename it when it is complete."};
}

std::string refusal(const SpoolItem& item) {
  std::string text = "incoming/" + item.claim.name + " is refused: " + item.reasons.front();
  if (item.reasons.size() > 1) text += " (and " + std::to_string(item.reasons.size() - 1) + " more)";
  return text + " It is in rejected/" + item.rejected_as + " now, with " + reason_name(item.rejected_as) +
         " beside it.";
}

}  // namespace

SpoolInbox::SpoolInbox(asio::any_io_executor executor, std::string directory, JobStore& store, IdSource& ids,
                       const Clocks& clocks, Observer& observer, std::function<void()> accepted, Options options)
    : executor_(executor),
      store_(store),
      ids_(ids),
      clocks_(clocks),
      observer_(observer),
      accepted_(std::move(accepted)),
      options_(options),
      next_look_timer_(executor),
      hints_(executor),
      directory_(std::move(directory)),
      folder_(directory_),
      disk_(1) {}

template <class Work>
asio::awaitable<void> SpoolInbox::on_disk_thread(Work& work) {
  const auto body = [&work]() -> asio::awaitable<void> {
    work();
    co_return;
  };
  co_await asio::co_spawn(disk_, body, asio::use_awaitable);
}

asio::awaitable<void> SpoolInbox::scan_once() {
  co_await finish_claimed();
  co_await take_incoming();
  if (stopping_) co_return;  // the scan is incomplete: its results do not count
  counters_.left_alone = mentioned_now_.size();
  mentioned_before_ = std::exchange(mentioned_now_, {});
  unfinished_before_ = std::exchange(unfinished_now_, {});
  changing_before_ = std::exchange(changing_now_, {});
}

asio::awaitable<void> SpoolInbox::finish_claimed() {
  ids_in_claimed_.clear();
  std::optional<FolderListing> listing;
  while (!stopping_) {
    std::vector<std::string> names;
    const auto read_names = [&] {
      if (!listing) listing.emplace(folder_.list(Folder::claimed));
      names = listing->next(files_per_round);
    };
    co_await on_disk_thread(read_names);
    if (names.empty()) co_return;

    ClaimedItems items;
    for (const std::string& name : names) {
      std::optional<Claim> claim = Claim::parse(name);
      if (claim) {
        ids_in_claimed_.insert(claim->id);
        items.emplace_back(std::move(*claim));
      } else {
        leave_alone("claimed/" + name, 0, "", foreign_claim_reason(name));
      }
    }
    while (!items.empty() && !stopping_) co_await process(cut_off(items, claimed_per_batch));
  }
}

asio::awaitable<void> SpoolInbox::take_incoming() {
  std::optional<FolderListing> listing;
  while (!stopping_) {
    std::vector<std::string> names;
    IncomingScan round;
    const LookOptions look_options{clocks_.files.now(), options_.settle_time};
    const auto look = [&] {
      if (!listing) listing.emplace(folder_.list(Folder::incoming));
      names = listing->next(files_per_round);
      round = scan_names(names, folder_, look_options);
    };
    co_await on_disk_thread(look);
    if (names.empty()) co_return;

    for (const auto& [name, left] : round.left_alone) leave_alone("incoming/" + name, left.inode, "", left.sentence);
    if (round.all_quiet_after) scan_within(*round.all_quiet_after);
    wait_for_unfinished(round);
    for (SeenFile& file : restless_among(std::move(round.changing))) round.finished.push_back(std::move(file));
    while (!round.finished.empty() && !stopping_) co_await take(next_batch(round.finished));
  }
}

void SpoolInbox::wait_for_unfinished(const IncomingScan& round) {
  if (round.next_refusal_after) scan_within(std::max(*round.next_refusal_after, quiet_time));
  for (const auto& [name, unfinished] : round.unfinished) {
    const Reported mention("incoming/" + name, unfinished.inode);
    std::string sentence =
        mention.first + " ends inside its JSON. azrestored waits for the rest, and refuses the " +
        "file when it has not changed for " + to_duration(options_.settle_time) +
        ". A client that uploads under a name that ends in .tmp, and renames the file at the end, avoids the wait.";
    const auto [here, is_new] = unfinished_now_.emplace(mention, std::move(sentence));
    if (is_new && !unfinished_before_.contains(mention)) observer_.notice("spool.unfinished", "", here->second);
  }
  // Its writer goes on: if it stalls again, that is not reported a second time.
  for (const SeenFile& file : round.changing) {
    const auto before = unfinished_before_.find(Reported("incoming/" + file.name, file.inode));
    if (before != unfinished_before_.end()) unfinished_now_.insert(*before);
  }
}

/// The files that changed within the last second at every look since settle_time ago. Nothing shows when such a file is
/// complete, so it is refused.
std::vector<SeenFile> SpoolInbox::restless_among(std::vector<SeenFile> changing) {
  const Instant now = clocks_.jobs.now();
  std::vector<SeenFile> restless;
  for (SeenFile& file : changing) {
    const auto before = changing_before_.find(file.name);
    const bool is_known = before != changing_before_.end() && before->second.inode == file.inode;
    const Changing seen{file.inode, is_known ? before->second.since : now};
    changing_now_.insert_or_assign(file.name, seen);
    if (now - seen.since < options_.settle_time) continue;
    file.is_restless = true;
    restless.push_back(std::move(file));
  }
  return restless;
}

/// Chooses the ids of the files, claims the files and processes them.
asio::awaitable<void> SpoolInbox::take(std::vector<SeenFile> files) {
  std::vector<Attempt> attempts;
  for (SeenFile& file : files) {
    Result<JobId> id = co_await choose_id(file.name);
    if (id.has_error()) {
      leave_alone("incoming/" + file.name, file.inode, "", id.error().sentence());
      continue;
    }
    ids_in_claimed_.insert(*id);
    attempts.push_back(Attempt{std::move(file), std::move(*id), false});
  }
  const auto claim = [&] { claim_all(attempts, folder_); };
  co_await on_disk_thread(claim);

  ClaimedItems items;
  for (Attempt& attempt : attempts) {
    if (attempt.is_claimed()) {
      SpoolItem& item =
          items.emplace_back(Claim{attempt.id, attempt.file.name}, attempt.file.inode, attempt.file.is_whole);
      if (attempt.file.is_restless) refuse_restless(item, options_.settle_time);
      continue;
    }
    ids_in_claimed_.erase(attempt.id);
    if (attempt.claimed.has_error()) {
      leave_alone("incoming/" + attempt.file.name, attempt.file.inode, "", attempt.claimed.error().sentence());
    } else {
      scan_within(quiet_time);  // another program is changing it
    }
  }
  if (!items.empty()) co_await process(std::move(items));
}

/// The id in the file's name if it is free, otherwise a new one. An error if the store cannot be read.
asio::awaitable<Result<JobId>> SpoolInbox::choose_id(std::string name) {
  const std::optional<JobId> wanted = job_id_in_name(name);
  if (!wanted || ids_in_claimed_.contains(*wanted)) co_return ids_.uuid();
  const Result<Job> known = co_await store_.load(*wanted);
  if (known.has_value()) co_return ids_.uuid();
  if (known.error().kind() == ErrorKind::not_found) co_return *wanted;
  // Not a new id: azrestorectl has shown this one to the operator.
  co_return Error(known.error().kind(), "incoming/" + name +
                                            " is left alone, because the store cannot be read to check its id: " +
                                            known.error().sentence() + " azrestored tries again later.");
}

asio::awaitable<void> SpoolInbox::process(ClaimedItems items) {
  const auto batch = std::make_shared<SpoolBatch>(executor_, std::move(items), clocks_.jobs.now());
  const auto read = [&] { batch->read(folder_); };
  co_await on_disk_thread(read);

  SpoolBatch::OnInserted on_inserted = [this](const Job& job, const HistoryLine& line) {
    observer_.changed(job, line, std::nullopt);
  };
  if (co_await batch->insert(store_, std::move(on_inserted))) accepted_();

  const auto settle = [&] { batch->settle(folder_); };
  co_await on_disk_thread(settle);
  for (const SpoolItem& item : batch->items()) conclude(item);
}

void SpoolInbox::conclude(const SpoolItem& item) {
  using Stage = SpoolItem::Stage;
  if (item.stage == Stage::stuck) {
    const std::string path = "claimed/" + item.claim.file_name();
    return leave_alone(path, 0, item.claim.id, item.sentence);
  }
  ids_in_claimed_.erase(item.claim.id);
  if (item.stage == Stage::accepted) ++counters_.accepted;
  if (item.stage == Stage::returned) scan_within(quiet_time);
  if (item.stage == Stage::rejected) {
    ++counters_.rejected;
    observer_.notice("spool.rejected", item.claim.id, refusal(item));
  }
}

void SpoolInbox::leave_alone(const std::string& path, std::uint64_t inode, const JobId& id,
                             const std::string& sentence) {
  const Reported mention(path, inode);
  const bool is_new = mentioned_now_.emplace(mention, sentence).second && !mentioned_before_.contains(mention);
  if (is_new) observer_.notice("spool.left-alone", id, sentence);
}

asio::awaitable<void> SpoolInbox::run() {
  using namespace asio::experimental::awaitable_operators;
  open_hints();
  if (hints_.is_open()) {
    co_await (scan_until_stopped() && listen_for_hints());
  } else {
    co_await scan_until_stopped();
  }
}

void SpoolInbox::stop() {
  stopping_ = true;
  next_look_timer_.cancel();
}

asio::awaitable<Result<void>> SpoolInbox::remove(std::vector<JobId> ids) {
  Result<void> removed;
  const auto work = [&] {
    removed = folder_.remove_accepted(ids);
    folder_.sync(Folder::accepted);
  };
  co_await on_disk_thread(work);
  co_return removed;
}

asio::awaitable<SpoolListing> SpoolInbox::listing(std::size_t most) {
  SpoolListing listing;
  const LookOptions look_options{clocks_.files.now(), options_.settle_time};
  const auto work = [&] { listing = list_spool(directory_, look_options, most); };
  co_await on_disk_thread(work);
  // A file that is ready can still be stuck: azrestored may not read it, or the store takes no job.
  std::map<std::string, std::string> stuck;
  for (const Mentioned* mentioned : {&mentioned_before_, &mentioned_now_}) {
    for (const auto& [reported, sentence] : *mentioned) stuck[reported.first] = sentence;
  }
  for (SpoolFile& file : listing.files) {
    const auto found = stuck.find(file.folder + "/" + file.name);
    if (file.verdict != SpoolFile::Verdict::waiting || found == stuck.end()) continue;
    file.verdict = SpoolFile::Verdict::left_alone;
    file.reasons = {found->second};
  }
  co_return listing;
}

asio::awaitable<void> SpoolInbox::scan_until_stopped() {
  while (!stopping_) {
    next_look_ = Steady::now() + options_.rescan_interval;
    co_await scan_once();
    while (!stopping_ && Steady::now() < next_look_) {
      next_look_timer_.expires_at(next_look_);
      co_await next_look_timer_.async_wait(as_result);  // or until a hint, or stop()
    }
  }
  hints_.close();  // ends listen_for_hints()
}

void SpoolInbox::scan_within(Millis delay) {
  const Steady::time_point at = Steady::now() + delay;
  if (at >= next_look_) return;
  next_look_ = at;
  next_look_timer_.cancel();
}

void SpoolInbox::open_hints() {
  FileDescriptor inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  const std::string incoming = folder_.path(Folder::incoming);
  if (!inotify.is_open() ||
      ::inotify_add_watch(inotify.get(), incoming.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE | IN_CREATE | IN_MODIFY) < 0) {
    const std::string why = std::generic_category().message(errno);
    return observer_.notice("spool.no-hints", "",
                            "inotify cannot watch " + incoming + " (" + why +
                                "): azrestored finds new files only every " + to_duration(options_.rescan_interval) +
                                ".");
  }
  hints_.assign(inotify.release());
}

/// The content of the events is ignored, so an event about lost events (IN_Q_OVERFLOW) needs no special case.
asio::awaitable<void> SpoolInbox::listen_for_hints() {
  std::array<char, 4096> events{};
  for (;;) {
    const auto [failed, size] = co_await hints_.async_read_some(asio::buffer(events), as_result);
    if (failed) co_return;
    scan_within(quiet_time);  // a file that changed just now is not quiet earlier
  }
}

}  // namespace azrestored
