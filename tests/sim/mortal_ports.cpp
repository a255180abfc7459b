#include "tests/sim/mortal_ports.hpp"

namespace azrestored::sim {
namespace {

Error disk_error() {
  return {ErrorKind::transient, "the simulated disk failed"};
}

std::string token_of(int number) {
  return std::string(secret_word) + "-" + std::to_string(number);
}

std::string description_of(const Job& job, const std::optional<HistoryLine>& line) {
  const std::string head = "  " + job.name + " version " + std::to_string(job.version) + " ";
  if (!line) return head + std::string(state_name(job.state));
  return head + line->from + " to " + line->to + ", " + line->cause + ": " + line->detail;
}

std::string description_of(const std::variant<HttpResponse, TransportFailure>& answer) {
  if (const auto* failure = std::get_if<TransportFailure>(&answer)) return failure->sentence;
  const auto& response = std::get<HttpResponse>(answer);
  return std::to_string(response.status) + " " + response.body;
}

}  // namespace

bool CrashingStore::fails() {
  return around_.weather.on && around_.disk.fails(around_.chance, time_.true_now());
}

/// Checks the jobs that were just admitted from the queue.
void CrashingStore::watch(const std::vector<Job>& claimed) {
  std::vector<Job> under_way;
  for (const auto& [id, row] : memory_.rows()) {
    const bool waits = row.claimed_by.empty() && std::holds_alternative<Queued>(row.job.state);
    if (!waits && !is_at_rest(row.job.state)) under_way.push_back(row.job);
  }
  for (const Job& job : claimed) {
    if (std::holds_alternative<Queued>(job.state)) around_.invariants.let_in(job, under_way);
  }
}

asio::awaitable<Result<void>> CrashingStore::insert(std::vector<NewEntry> entries) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  if (fails()) co_return disk_error();
  auto inserted = co_await store_.insert(std::move(entries));
  if (around_.reaper.dies_here()) co_await time_.never_return();
  co_return inserted;
}

asio::awaitable<Result<Job>> CrashingStore::save(Job job, std::optional<HistoryLine> line) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  if (fails()) co_return disk_error();
  const auto row = memory_.rows().find(job.id);
  const std::optional<Job> before = row != memory_.rows().end() ? std::optional(row->second.job) : std::nullopt;
  const std::optional<HistoryLine> written = line;
  auto saved = co_await ForwardingStore::save(std::move(job), std::move(line));
  if (saved && before) around_.invariants.saved(*before, *saved, written);
  if (saved && around_.report) around_.report(description_of(*saved, written));
  if (around_.reaper.dies_here()) co_await time_.never_return();
  co_return saved;
}

asio::awaitable<Result<Job>> CrashingStore::load(JobId id) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  if (fails()) co_return disk_error();
  co_return co_await ForwardingStore::load(std::move(id));
}

asio::awaitable<Result<std::string>> CrashingStore::spec(JobId id) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  if (fails()) co_return disk_error();
  co_return co_await ForwardingStore::spec(std::move(id));
}

asio::awaitable<Result<std::vector<Job>>> CrashingStore::claim(int limit, Admission admission) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  if (fails()) co_return disk_error();
  auto claimed = co_await ForwardingStore::claim(limit, std::move(admission));
  if (claimed) watch(*claimed);
  if (around_.reaper.dies_here()) co_await time_.never_return();
  co_return claimed;
}

asio::awaitable<Result<std::vector<Job>>> CrashingStore::resume(int limit, std::optional<JobId> after) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  if (fails()) co_return disk_error();
  co_return co_await ForwardingStore::resume(limit, std::move(after));
}

asio::awaitable<Result<void>> CrashingStore::release_claims(std::optional<JobId> after) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  if (fails()) co_return disk_error();
  co_return co_await ForwardingStore::release_claims(std::move(after));
}

asio::awaitable<std::variant<HttpResponse, TransportFailure>> CrashingTransport::exchange(HttpRequest request) {
  if (around_.reaper.dies_here()) co_await time_.never_return();
  auto answer = around_.azure.serve(request, time_.true_now());
  if (around_.report) around_.report(request.method + " " + request.url + " -> " + description_of(answer));
  const Millis at_most = std::chrono::seconds(around_.weather.on && around_.chance.one_in(10) ? 60 : 1);
  co_await time_.pass(around_.chance.between(Millis(1), at_most));
  if (around_.reaper.dies_here()) co_await time_.never_return();
  co_return answer;
}

asio::awaitable<Result<std::string>> CrashingTokens::token() {
  if (around_.weather.on && around_.chance.one_in(100)) {
    co_return Error(ErrorKind::transient, "the simulated sign-in does not answer");
  }
  co_return token_of(held_);
}

void CrashingTokens::refused(const std::string& token) {
  if (token == token_of(held_)) held_ = around_.azure.token();
}

}  // namespace azrestored::sim
