#include "daemon/spool/batch.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "core/jobfile/job_file.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"
#include "daemon/os/as_result.hpp"
#include "daemon/os/crash_point.hpp"

namespace azrestored {
namespace {

using Stage = SpoolItem::Stage;

void get_stuck(SpoolItem& item, std::string sentence) {
  item.stage = Stage::stuck;
  item.sentence = std::move(sentence);
}

void reject(SpoolItem& item, SpoolFolder& folder) {
  Result<std::string> rejected = folder.reject(item.claim, item.reasons);
  if (!rejected) return get_stuck(item, rejected.error().sentence());
  item.stage = Stage::rejected;
  item.rejected_as = std::move(*rejected);
}

void put_back(SpoolItem& item, SpoolFolder& folder) {
  const Result<bool> done = folder.put_back(item.claim);
  if (!done) return get_stuck(item, done.error().sentence());
  if (*done) {
    item.stage = Stage::returned;
    return;
  }
  item.reasons = {"The file was replaced or written to while azrestored took it in, and incoming/ has a new " +
                  item.claim.name + "; expected a file that no program changes any more. Submit it again."};
  reject(item, folder);
}

void accept(SpoolItem& item, SpoolFolder& folder) {
  const Result<void> done = folder.accept(item.claim);
  if (!done) return get_stuck(item, done.error().sentence());
  item.stage = Stage::accepted;
}

/// Turns what SpoolFolder read into the next stage of the item: jobs to insert, or the reasons against them.
struct Check {
  SpoolItem& item;
  Instant at;

  void operator()(const Gone&) const { item.stage = Stage::gone; }
  void operator()(const StillChanging&) const { item.stage = Stage::unsettled; }
  void operator()(const Skipped& left) const { get_stuck(item, left.sentence); }
  void operator()(const Invalid& unfit) const {
    item.stage = Stage::unfit;
    item.reasons = {unfit.sentence};
  }
  void operator()(ClaimedFile& file) const {
    // Another program began to write it again when it was claimed.
    if (item.was_whole && ends_inside_json(file.text)) {
      item.stage = Stage::unsettled;
      return;
    }
    Submission submission;
    submission.id = item.claim.id;
    submission.file_name = item.claim.name;
    submission.uid = file.uid;
    submission.at = at;
    std::vector<Fault> faults;
    item.intake = read_intake(std::move(file.text), submission, faults);
    item.stage = item.intake ? Stage::readable : Stage::unfit;
    for (const Fault& fault : faults) item.reasons.push_back(fault.text());
  }
};

}  // namespace

SpoolBatch::SpoolBatch(asio::any_io_executor executor, std::vector<SpoolItem> items, Instant at)
    : executor_(executor), items_(std::move(items)), at_(at), all_inserted_(executor) {
  all_inserted_.expires_at(asio::steady_timer::time_point::max());
}

void SpoolBatch::read(const SpoolFolder& folder) {
  for (SpoolItem& item : items_) {
    if (item.stage != Stage::claimed) continue;
    SpoolFolder::Reading reading = folder.read(item.claim, item.inode);
    const Check check{item, at_};
    std::visit(check, reading);
  }
}

asio::awaitable<bool> SpoolBatch::insert(JobStore& store, OnInserted on_inserted) {
  // Each insertion holds the batch: it may outlive this coroutine, which can be destroyed while it waits.
  const std::shared_ptr<SpoolBatch> self = shared_from_this();
  const auto one_done = [self](std::exception_ptr failure) {
    if (failure) self->failure_ = failure;
    if (--self->pending_ == 0) self->all_inserted_.cancel();
  };
  on_inserted_ = std::move(on_inserted);
  for (SpoolItem& item : items_) {
    const bool is_from_before = !item.inode.has_value();
    const bool is_odd = item.stage == Stage::unfit || item.stage == Stage::unsettled;
    if (is_odd && is_from_before) co_await look_for_job(item, store);
  }
  for (SpoolItem& item : items_) {
    if (item.stage != Stage::readable) continue;
    ++pending_;
    asio::co_spawn(executor_, insert_one(item, store), one_done);
  }
  while (pending_ > 0) {
    co_await all_inserted_.async_wait(as_result);
  }
  if (failure_) std::rethrow_exception(failure_);
  co_return any_stored_;
}

/// The job of an unfit or unsettled file may be stored already: a power cut removes bytes that the producer never
/// synced, and a producer may still write to the file. If the file were refused, the operator would submit it again; if
/// it were put back, azrestored would take it again. Either would restore twice.
asio::awaitable<void> SpoolBatch::look_for_job(SpoolItem& item, JobStore& store) {
  const Result<Job> job = co_await store.load(item.claim.id);
  if (job.has_value()) {
    item.stage = Stage::stored;
  } else if (job.error().kind() != ErrorKind::not_found) {
    get_stuck(item, "claimed/" + item.claim.file_name() +
                        " stays there, because the store cannot be read to check whether it has the job: " +
                        job.error().sentence() + " azrestored tries again later.");
  }
}

asio::awaitable<void> SpoolBatch::insert_one(SpoolItem& item, JobStore& store) {
  std::vector<NewEntry> entries = entries_of(std::move(*item.intake));
  std::vector<std::pair<Job, HistoryLine>> reports;
  for (const NewEntry& entry : entries) reports.emplace_back(entry.added.job, entry.line);
  const Result<void> inserted = co_await store.insert(std::move(entries));
  // A conflict means that the job was inserted before a crash: the id was free when the file was claimed.
  if (inserted.has_error() && inserted.error().kind() != ErrorKind::conflict) {
    get_stuck(item, "claimed/" + item.claim.file_name() + " stays there, because its job cannot be stored: " +
                        inserted.error().sentence() + " azrestored tries again later.");
    co_return;
  }
  crash_point("spool.inserted");
  item.stage = Stage::stored;
  any_stored_ = true;
  if (!inserted.has_value()) co_return;
  for (const auto& [job, line] : reports) on_inserted_(job, line);
}

void SpoolBatch::settle(SpoolFolder& folder) {
  for (SpoolItem& item : items_) {
    if (item.stage == Stage::stored) accept(item, folder);
    if (item.stage == Stage::unfit) reject(item, folder);
    if (item.stage == Stage::unsettled) put_back(item, folder);
  }
  // Destinations before the source: if only the source were durable, a power cut would lose a file.
  const auto any = [this](Stage stage) {
    return std::any_of(items_.begin(), items_.end(), [stage](const SpoolItem& item) { return item.stage == stage; });
  };
  using Folder = SpoolFolder::Folder;
  if (any(Stage::accepted)) folder.sync(Folder::accepted);
  if (any(Stage::rejected)) folder.sync(Folder::rejected);
  if (any(Stage::returned)) folder.sync(Folder::incoming);
  folder.sync(Folder::claimed);
}

}  // namespace azrestored
