// The work, the record of the results that callers received, and the comparison.
#include "tests/contract/storage_run.hpp"

#include <algorithm>
#include <utility>

#include "core/json/fault.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored {
namespace {

constexpr std::size_t small_spec = 100;
constexpr std::size_t large_spec = 90'000;  // its pages alone exceed the size at which the log is copied
constexpr int most_tries = 200;             // more than any planned fault lasts

}  // namespace

FaultyDisk::Trouble random_trouble(sim::Chance& chance) {
  FaultyDisk::Trouble trouble;
  trouble.fault = chance.one_in(2) ? FaultyDisk::Fault::no_space : FaultyDisk::Fault::io_error;
  trouble.fault_at = 1 + chance.below(1'000);
  trouble.fault_count = 1 + chance.below(20);
  trouble.end_at = 1 + chance.below(600);
  trouble.by_power = !chance.one_in(4);
  return trouble;
}

StorageRun::StorageRun(std::string path, const FaultyDisk::Trouble& trouble, std::uint64_t seed)
    : path_(std::move(path)), disk_(seed), trouble_(trouble) {
  sqlite3_randomness(0, nullptr);  // starts again: every run is the same
}

std::optional<std::string> StorageRun::broken() {
  disk_.plan(trouble_);
  work();
  met_its_fault_ = disk_.faults() > 0;
  met_its_end_ = disk_.has_ended();
  // If nothing has ended it so far, the process ends with its store open, or after closing it.
  if (!met_its_end_ && disk_.chance.one_in(2)) disk_.end(trouble_.by_power);
  close();
  disk_.start();
  if (!broken_) work_after_everything();
  close();
  return broken_;
}

void StorageRun::work() {
  open();
  for (int n = 0; n < 3; ++n) insert(n, small_spec);
  insert(3, large_spec);
  insert_together({6, 7});
  claim_again();
  for (int n = 0; n < 3; ++n) save(n, Resolving{});
  save_over_old_version(1);
  save_together({0, 1, 2, 3}, Triggering{true});
  save_together({0, 1, 2, 3}, Polling{sample_time(13)});
  save(0, Succeeded{});
  if (is_over()) return;
  close();
  open();
  look_at_everything();
  claim_again();
  save_together({1, 2, 3}, Polling{sample_time(14)});
  insert(4, large_spec);
  save(1, Failed{});
  save(2, Polling{sample_time(15)});
}

/// No more faults: the database matches the results that callers received, and the store works.
void StorageRun::work_after_everything() {
  look_at_file();
  open();
  look_at_everything();
  claim_again();
  for (const auto& [n, results] : results_) {
    if (!results.is_at_rest) save(n, Tracking{});
  }
  insert(5, small_spec);
  close();
  look_at_file();
  open();
  look_at_everything();
}

template <class Attempt>
void StorageRun::until_done(const std::string& what, Attempt attempt) {
  for (int tries = 0; tries < most_tries && !is_over(); ++tries) {
    const int faults = disk_.faults();
    const std::optional<Error> error = attempt();
    if (!error) return;
    judge(what, *error, faults);
  }
  if (!is_over()) note(what + " never succeeds, although the fault has passed");
}

void StorageRun::judge(const std::string& what, const Error& error, int faults_before) {
  if (disk_.has_ended()) return;
  if (disk_.faults() == faults_before) note(what + " failed without a fault: " + error.sentence());
  // If the fault has passed by then, a second read of the file prevents the report of damage.
  const bool may_look_damaged = trouble_.fault_count > 1 && error.kind() == ErrorKind::corrupt;
  const bool misleads = (error.kind() == ErrorKind::corrupt && !may_look_damaged) ||
                        error.kind() == ErrorKind::conflict || error.kind() == ErrorKind::not_found ||
                        error.sentence().empty();
  if (misleads) note(what + " met a failing disk, and got this error: " + error.sentence());
}

void StorageRun::open() {
  until_done("opening", [this]() -> std::optional<Error> {
    auto opened = SqliteStore::open(path_, "test");
    if (!opened) return opened.error();
    store_ = std::move(*opened);
    return std::nullopt;
  });
}

void StorageRun::insert(int n, std::size_t spec_bytes) {
  until_done("inserting", [&]() -> std::optional<Error> {
    const std::string mark = new_mark();
    NewJob made = queued_job(n);
    made.spec = std::string(spec_bytes, 's');
    made.job.progress.azure_status = mark;
    const Result<void> answer = wait_for(loop_, store_->insert(one_entry(made, line_of("", "queued", mark))));
    Results& results = results_[n];
    if (answer) {
      results.marks = {mark};
      results.doubtful.clear();
      return std::nullopt;
    }
    results.doubtful.push_back(mark);
    look_unchanged(n);
    return answer.error();
  });
}

void StorageRun::insert_together(const std::vector<int>& numbers) {
  together_ = numbers;
  until_done("inserting together", [&]() -> std::optional<Error> {
    const std::string mark = new_mark();
    std::vector<NewEntry> entries;
    for (const int n : numbers) {
      NewJob made = queued_job(n);
      made.job.progress.azure_status = mark;
      entries.push_back({std::move(made), line_of("", "queued", mark)});
    }
    const Result<void> answer = wait_for(loop_, store_->insert(std::move(entries)));
    for (const int n : numbers) {
      Results& results = results_[n];
      if (answer) results = Results{{mark}, {}, false};
      if (!answer) results.doubtful.push_back(mark);
    }
    if (answer) return std::nullopt;
    for (const int n : numbers) look_unchanged(n);
    return answer.error();
  });
}

Job StorageRun::next(int n, const State& state, const std::string& mark) const {
  Job job = later(queued_job(n).job, state);
  job.version = static_cast<std::int64_t>(results_.at(n).marks.size()) - 1;
  job.progress.azure_status = mark;
  return job;
}

void StorageRun::note_saved(int n, const Result<Job>& answer, const std::string& mark, const State& state) {
  Results& results = results_.at(n);
  if (!answer) {
    results.doubtful.push_back(mark);
    return;
  }
  results.marks.push_back(mark);
  results.doubtful.clear();
  results.is_at_rest = is_at_rest(state);
}

void StorageRun::save(int n, const State& state) {
  until_done("saving", [&]() -> std::optional<Error> {
    const std::string mark = new_mark();
    const Result<Job> answer = wait_for(loop_, store_->save(next(n, state, mark), line_of("", "", mark)));
    note_saved(n, answer, mark, state);
    if (answer) return std::nullopt;
    look_unchanged(n);
    return answer.error();
  });
}

/// One transaction: a first question keeps the writer busy until all changes are queued.
void StorageRun::save_together(const std::vector<int>& numbers, const State& state) {
  if (is_over()) return;
  const int faults = disk_.faults();
  std::vector<std::pair<std::string, std::shared_ptr<Pending<Result<Job>>>>> answers;
  {
    FaultyDisk::Hold hold(disk_);
    start(loop_, store_->load(sample_id(0)));
    loop_.restart();
    loop_.poll();
    hold.wait_for_caller();
    for (const int n : numbers) {
      const std::string mark = new_mark();
      answers.emplace_back(mark, start(loop_, store_->save(next(n, state, mark), line_of("", "", mark))));
    }
    loop_.restart();
    loop_.poll();
  }
  finish(loop_);
  std::size_t failed = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Result<Job>& answer = answers[i].second->value.value();
    note_saved(numbers[i], answer, answers[i].first, state);
    if (answer) continue;
    ++failed;
    judge("saving with others", answer.error(), faults);
    look_unchanged(numbers[i]);
  }
  if (failed != 0 && failed != numbers.size()) note("only some changes of one transaction were made");
  if (failed == 0) return;
  for (const int n : numbers) save(n, state);
}

void StorageRun::save_over_old_version(int n) {
  until_done("saving over an old version", [&]() -> std::optional<Error> {
    Job job = next(n, Resolving{}, new_mark());
    --job.version;
    const Result<Job> answer = wait_for(loop_, store_->save(job, line_of("", "", "never")));
    if (answer) note("a job was saved over an old version");
    if (!answer && answer.error().kind() != ErrorKind::conflict) return answer.error();
    return std::nullopt;
  });
}

/// As the daemon does at its start: it claims every job that is not at rest.
void StorageRun::claim_again() {
  until_done("releasing", [&]() -> std::optional<Error> {
    const Result<void> answer = wait_for(loop_, store_->release_claims(std::nullopt));
    return answer ? std::nullopt : std::optional(answer.error());
  });
  until_done("claiming", [&]() -> std::optional<Error> {
    const Result<std::vector<Job>> answer = wait_for(loop_, store_->claim(100, Admission()));
    if (!answer) return answer.error();
    const auto expected = std::ranges::count_if(
        results_, [](const auto& each) { return !each.second.marks.empty() && !each.second.is_at_rest; });
    if (std::ssize(*answer) != expected) note("claimed " + std::to_string(answer->size()) + " jobs, not all");
    return std::nullopt;
  });
}

/// The marks of the job's history, compared with the row; empty if there is no such job.
std::vector<std::string> StorageRun::marks_in_store(int n) {
  std::vector<std::string> marks;
  until_done("reading", [&]() -> std::optional<Error> {
    const Result<Job> job = wait_for(loop_, store_->load(sample_id(n)));
    const Result<std::vector<HistoryLine>> lines = wait_for(loop_, store_->history(sample_id(n)));
    const bool has_none = !job && job.error().kind() == ErrorKind::not_found;
    if (has_none && !lines && lines.error().kind() == ErrorKind::not_found) return std::nullopt;
    if (!job) return job.error();
    if (!lines) return lines.error();
    marks.clear();
    for (const HistoryLine& line : *lines) marks.push_back(line.detail);
    const auto changes = static_cast<std::size_t>(job->version) + 1;
    if (changes != marks.size()) note("the number of history lines differs from the number of changes of the row");
    if (marks.back() != job->progress.azure_status) note("the last history line does not match the row");
    return std::nullopt;
  });
  return marks;
}

/// After an error: this process sees the job unchanged.
void StorageRun::look_unchanged(int n) {
  if (is_over()) return;
  const std::vector<std::string> marks = marks_in_store(n);
  if (!is_over() && marks != results_.at(n).marks)
    note("a change that was reported as failed is there, or a confirmed change is missing");
}

/// In a new process: confirmed changes are there; of the changes in doubt, one may be there.
void StorageRun::look_at_everything() {
  for (auto& [n, results] : results_) {
    const std::vector<std::string> marks = marks_in_store(n);
    if (is_over()) return;
    if (marks != results.marks) {
      std::vector<std::string> without_last(marks.begin(), marks.end() - (marks.empty() ? 0 : 1));
      const bool was_in_doubt = !marks.empty() && std::ranges::count(results.doubtful, marks.back()) == 1;
      if (without_last != results.marks || !was_in_doubt) {
        return note("job " + std::to_string(n) + " has " + std::to_string(marks.size()) + " changes, of which " +
                    std::to_string(results.marks.size()) + " were confirmed, and they are not the ones");
      }
      const Result<Job> job = wait_for(loop_, store_->load(sample_id(n)));
      if (!job) return note("a job cannot be read: " + job.error().sentence());
      results.marks = marks;
      results.is_at_rest = is_at_rest(job->state);
    }
    results.doubtful.clear();
  }
  std::erase_if(results_, [](const auto& each) { return each.second.marks.empty(); });
  const auto stored = std::ranges::count_if(together_, [&](int n) { return results_.contains(n); });
  if (stored != 0 && stored != std::ssize(together_)) note("only some jobs of one insert are stored");
}

void StorageRun::look_at_file() {
  if (broken_) return;
  try {
    Database database(path_, Database::Mode::read_write);
    const std::string health = database.text("PRAGMA integrity_check");
    if (health != "ok") note("the database is damaged: " + health);
  } catch (const DatabaseFailure& failure) {
    note(std::string("the database cannot be opened: ") + failure.what());
  }
}

void StorageRun::note(std::string sentence) {
  if (!broken_) broken_ = std::move(sentence);
}

}  // namespace azrestored
