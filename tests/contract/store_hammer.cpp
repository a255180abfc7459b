// `store_hammer DATABASE SEED`, a program that tests kill: it inserts and saves jobs through the real store, several at
// a time, without end. It writes "ID VERSION\n" to standard output for every change that the store has confirmed. Every
// change that it wrote must be in the database afterwards. Each history line says "version N" in its detail.
#include <sys/prctl.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>

#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/contract/sample_jobs.hpp"

namespace azrestored {
namespace {

constexpr int workers = 8;

/// A pipe takes a write this short whole or not at all (pipe(7): PIPE_BUF).
void acknowledge(const Job& job) {
  const std::string line = job.id + " " + std::to_string(job.version) + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(3);
}

std::string version_text(std::int64_t version) {
  return "version " + std::to_string(version);
}

asio::awaitable<void> live_and_let_live(JobStore& store, std::mt19937 random) {
  const std::vector<State> states = every_state();
  for (;;) {
    NewJob made = queued_job(static_cast<int>(random() % 100'000'000));
    made.job.id.replace(24, 8, sample_id(static_cast<int>(random() % 100'000'000)), 0, 8);
    Job job = made.job;
    const HistoryLine first = line_of("", "queued", version_text(0));
    const Result<void> inserted = co_await store.insert(one_entry(made, first));
    if (!inserted) throw std::runtime_error(inserted.error().sentence());
    acknowledge(job);
    for (auto saves = random() % 8; saves > 0; --saves) {
      const State next = states[random() % states.size()];
      const std::string from(state_name(job.state));
      const std::string to(state_name(next));
      const HistoryLine line = line_of(from, to, version_text(job.version + 1));
      const Job changed = later(job, next);
      Result<Job> saved = co_await store.save(changed, line);
      if (!saved) throw std::runtime_error(saved.error().sentence());
      job = *saved;
      acknowledge(job);
    }
  }
}

int hammer(const std::string& path, unsigned seed) {
  asio::io_context loop(1);
  auto store = SqliteStore::open(path, "hammer");
  if (!store) {
    std::fprintf(stderr, "store_hammer: %s\n", store.error().sentence().c_str());
    return 1;
  }
  const auto stop = [](std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
  };
  for (unsigned i = 0; i < workers; ++i) {
    std::seed_seq seeds = {seed, i};
    asio::co_spawn(loop, live_and_let_live(**store, std::mt19937(seeds)), stop);
  }
  loop.run();
  return 0;
}

}  // namespace
}  // namespace azrestored

int main(int count, char** arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // ends with the test, even if the test is killed
  if (count != 3) return 2;
  return azrestored::hammer(arguments[1], static_cast<unsigned>(std::strtoul(arguments[2], nullptr, 10)));
}
