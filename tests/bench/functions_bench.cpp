// functions_bench: the pure functions that every poll and every job uses, each compared with the minimum for the same
// work with the same libraries: for a reader, a bare parse of the same text.
#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>

#include "core/http/message.hpp"
#include "core/job/decide.hpp"
#include "core/job/evolve.hpp"
#include "core/job/stored_job.hpp"
#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "core/wire/events.hpp"
#include "core/wire/lists.hpp"
#include "tests/bench/bench_samples.hpp"
#include "tests/bench/function_figures.hpp"

namespace {

using namespace azrestored;
using namespace azrestored::bench;
using nlohmann::json;

template <class T>
void keep(T&& value) {
  benchmark::DoNotOptimize(value);
}

FunctionPair parsing(std::string name, const std::string& text, std::function<void()> ours) {
  return {std::move(name), std::move(ours), "a bare parse", [text] { keep(json::parse(text)); }};
}

std::vector<FunctionPair> pairs() {
  const HttpResponse page = page_of_jobs(), details = job_details();
  const std::string file = job_file();
  const Job job = tracked_job();
  const json progress = progress_to_json(job.progress);
  Event listed(JobListed{"InProgress"});
  const auto copy = [job] { keep(Job(job)); };

  std::vector<FunctionPair> all;
  all.push_back(parsing("read a page of 200 jobs", page.body, [page] { keep(read_jobs(page)); }));
  all.push_back(parsing("read a job's details", details.body, [details] { keep(read_job(details, bench::now)); }));
  all.push_back(parsing("read a job file", file, [file] {
    std::vector<Fault> faults;
    keep(read_job_spec(file, faults));
  }));
  all.push_back({"evolve a tracked job",
                 [job, listed] {
                   keep(evolve(job, listed, Policy{}, Moment{bench::now, 0}));
                 },
                 "a copy of the job", copy});
  all.push_back({"decide", [job] { keep(decide(job, bench::now)); }, "a copy of the job", copy});
  all.push_back({"progress to JSON text", [job] { keep(progress_to_json(job.progress).dump()); }, "a bare dump",
                 [progress] { keep(progress.dump()); }});
  const std::string stored = progress.dump();
  all.push_back(
      parsing("progress from JSON text", stored, [stored] { keep(progress_from_json(json::parse(stored))); }));
  return all;
}

}  // namespace

int main() {
  return measure(pairs());
}
