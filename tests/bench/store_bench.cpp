// The rate of accepted jobs and of transitions: the real spool and the real store, compared with bare loops on the same
// disk in the same run. The disk is that of the working folder.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/job/stored_job.hpp"
#include "daemon/os/random_ids.hpp"
#include "daemon/os/system_clock.hpp"
#include "daemon/spool/inbox.hpp"
#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/bench/bare_store.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/spread.hpp"
#include "tests/support/one_entry.hpp"
#include "tests/support/temp_dir.hpp"

namespace azrestored::bench {
namespace {

namespace fs = std::filesystem;

class Nobody final : public Observer {
 public:
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view, const std::string&, const std::string& sentence) override {
    std::fprintf(stderr, "%s\n", sentence.c_str());
  }
};

double seconds_of(const std::function<void()>& deed) {
  const auto begun = std::chrono::steady_clock::now();
  deed();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

std::string job_text(int n) {
  const std::string subscription = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/";
  nlohmann::json job;
  job["name"] = "drill-" + std::to_string(n);
  job["vault"] = subscription + "contoso-backup/providers/Microsoft.RecoveryServices/vaults/contoso-vault";
  job["virtualMachine"] =
      subscription + "contoso-web/providers/Microsoft.Compute/virtualMachines/web" + std::to_string(n);
  job["restore"]["recoveryType"] = "RestoreDisks";
  job["restore"]["storageAccountId"] =
      subscription + "contoso-staging/providers/Microsoft.Storage/storageAccounts/contosostaging";
  job["restore"]["targetResourceGroupId"] =
      "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-restored";
  return job.dump(2);
}

void drop(const fs::path& folder, int count) {
  fs::create_directories(folder);
  for (int n = 0; n < count; ++n) std::ofstream(folder / ("drill-" + std::to_string(n) + ".json")) << job_text(n);
  ::sync();
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));  // files that are quiet for a second are complete
}

std::unique_ptr<SqliteStore> open_store(const std::string& path) {
  auto store = SqliteStore::open(path, "bench");
  if (!store) throw std::runtime_error(store.error().sentence());
  return std::move(*store);
}

/// Jobs per second, from the first scan of the spool until all are in the store and moved.
double take_in(int count) {
  const test::TempDir folder(fs::current_path());  // on the disk that is measured
  drop(folder / "spool/incoming", count);
  asio::io_context loop{1};
  const auto store = open_store(folder / "jobs.db");
  RandomIds ids;
  SystemClock clock(loop.get_executor());
  Nobody observer;
  SpoolInbox inbox(
      loop.get_executor(), folder / "spool", *store, ids, SpoolInbox::Clocks{clock, clock}, observer, [] {},
      SpoolInbox::Options{});
  const double took = seconds_of([&] {
    asio::co_spawn(loop, inbox.scan_once(), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
    loop.run();
  });
  if (inbox.counters().accepted != static_cast<std::uint64_t>(count))
    throw std::runtime_error("some were not accepted");
  return count / took;
}

double take_in_barely(int count, std::size_t group) {
  const test::TempDir folder(fs::current_path());  // on the disk that is measured
  drop(folder / "incoming", count);
  fs::create_directories(folder / "accepted");
  return bench::take_in_barely(folder / "incoming", folder / "accepted", folder / "jobs.db", group);
}

Job tracked(int n) {
  Job job;
  char id[40];
  std::snprintf(id, sizeof id, "%08x-0000-4000-8000-%012d", n * 2654435761U, n);
  job.id = id;
  job.name = "drill-" + std::to_string(n);
  job.vault = {"11111111-2222-4333-8444-555555555555", "contoso-backup", "contoso-vault"};
  job.vm = "web" + std::to_string(n);
  job.recovery_type = "RestoreDisks";
  job.progress.item =
      ProtectedItem{"IaasVMContainer;iaasvmcontainerv2;contoso-web;web", "VM;iaasvmcontainerv2;web", "/x"};
  job.progress.region = "westeurope";
  job.progress.request_id = job.id;
  job.progress.azure_job_id = job.id;
  job.progress.operation_url = "https://management.azure.com/" + std::string(300, 'o');
  return job;
}

State state_at(int step) {
  if (step % 2 == 0) return Tracking{Instant(Millis(step)), Instant(Millis(step)), step};
  return Polling{Instant(Millis(step))};
}

HistoryLine line_to(const Job& job) {
  HistoryLine line;
  line.from = "polling";
  line.to = state_name(job.state);
  line.cause = "bench";
  return line;
}

asio::awaitable<void> move_on(JobStore& store, Job job, int steps) {
  for (int step = 0; step < steps; ++step) {
    job.state = state_at(step);
    auto saved = co_await store.save(job, line_to(job));
    if (!saved) throw std::runtime_error(saved.error().sentence());
    job = std::move(*saved);
  }
}

/// Transitions per second of `jobs` jobs that all change at the same time, and the number of jobs per transaction.
std::pair<double, double> transitions(int jobs, int steps) {
  const test::TempDir folder(fs::current_path());  // on the disk that is measured
  asio::io_context loop{1};
  const auto store = open_store(folder / "jobs.db");
  const auto rethrow = [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  };
  for (int n = 0; n < jobs; ++n) {
    asio::co_spawn(loop, store->insert(one_entry(NewJob{tracked(n), "{}"}, HistoryLine{})),
                   [rethrow](std::exception_ptr error, const Result<void>&) { rethrow(error); });
  }
  loop.run();
  loop.restart();
  const std::uint64_t commits = store->commits();
  const double took = seconds_of([&] {
    for (int n = 0; n < jobs; ++n) asio::co_spawn(loop, move_on(*store, tracked(n), steps), rethrow);
    loop.run();
  });
  const double count = static_cast<double>(jobs) * steps;
  return {count / took, count / static_cast<double>(store->commits() - commits)};
}

double transitions_barely(int jobs, int steps, std::size_t group) {
  const test::TempDir folder(fs::current_path());  // on the disk that is measured
  BareStore store(folder / "jobs.db");
  std::vector<BareRow> rows;
  store.begin();
  for (int n = 0; n < jobs; ++n) {
    Job job = tracked(n);
    rows.push_back({job.id, "queued", "{}", progress_to_json(job.progress).dump(), 0});
    store.insert(job.id, job.name, job.vm, "{}");
  }
  store.commit();
  std::size_t open = 0;
  const double took = seconds_of([&] {
    store.begin();
    for (int step = 0; step < steps; ++step) {
      for (BareRow& row : rows) {
        row.state = step % 2 == 0 ? "tracking" : "polling";
        row.members = R"({"startedAt_ms":1,"lastRead_ms":1,"unlisted":1})";
        ++row.version;
        store.update(row);
        if (++open % group != 0) continue;
        store.commit();
        store.begin();
      }
    }
    store.commit();
  });
  return static_cast<double>(jobs) * steps / took;
}

void measure_transitions() {
  const int jobs = 1000;
  const int steps = is_brief() ? 2 : 20;
  std::vector<double> ours;
  std::vector<double> bare;
  for (int round = 0; round < (is_brief() ? 1 : 5); ++round) {
    const auto [rate, grouped] = transitions(jobs, steps);
    ours.push_back(rate);
    bare.push_back(transitions_barely(jobs, steps, static_cast<std::size_t>(std::max(1.0, grouped))));
  }
  const Spread spread = spread_of(ours);
  Figure figure{"transitions durable, 1,000 jobs active", spread.median, "/s"};
  figure.beside = spread_of(bare).median;
  figure.beside_what = "bare SQLite with the same grouping";
  figure.noise = spread.relative;
  print(at_least(figure, 0.6));
}

void measure_intake() {
  const int files = is_brief() ? 200 : 10'000;
  const std::size_t group = 256;
  std::vector<double> ours;
  std::vector<double> bare;
  for (int round = 0; round < (is_brief() ? 1 : 3); ++round) {
    ours.push_back(take_in(files));
    bare.push_back(take_in_barely(files, group));
  }
  const double singly = take_in_barely(is_brief() ? 50 : 500, 1);
  const Spread spread = spread_of(ours);
  Figure figure{"files dropped to durable, 10,000 at once", spread.median, "jobs/s"};
  figure.beside = spread_of(bare).median;
  figure.beside_what = "read, parse, insert 256 at a time, rename";
  figure.noise = spread.relative;
  print(at_least(figure, 0.5));
  figure.name += ", beside one commit a job";
  figure.beside = singly;
  figure.beside_what = "the same, each job by itself";
  print(at_least(figure, 10));
}

}  // namespace
}  // namespace azrestored::bench

int main() {
  try {
    azrestored::bench::measure_transitions();
    azrestored::bench::measure_intake();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "store_bench: %s\n", error.what());
    return 1;
  }
}
