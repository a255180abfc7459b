#include "tests/support/spool_world.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace azrestored {
namespace fs = std::filesystem;

std::string CountedIds::uuid() {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%08x-0000-4000-8000-%012d", static_cast<unsigned>(::getpid()), ++given_);
  return text.data();
}

int RememberingObserver::count(std::string_view part) const {
  return static_cast<int>(std::count_if(notices.begin(), notices.end(), [part](const Notice& notice) {
    return notice.sentence.find(part) != std::string::npos;
  }));
}

asio::awaitable<Result<void>> TroubledStore::insert(std::vector<NewEntry> entries) {
  if (insert_throws) throw std::runtime_error("the disk is full");
  most_inserts_under_way = std::max(most_inserts_under_way, ++inserts_under_way);
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  co_await asio::post(executor, asio::use_awaitable);  // answers later, as a real store does
  --inserts_under_way;
  if (on_insert) on_insert();
  if (insert_fails) co_return Error(ErrorKind::transient, "The database is busy.");
  co_return co_await ForwardingStore::insert(std::move(entries));
}

asio::awaitable<Result<Job>> TroubledStore::load(JobId id) {
  if (on_load) on_load();
  if (load_fails) co_return Error(ErrorKind::transient, "The database is busy.");
  co_return co_await ForwardingStore::load(std::move(id));
}

SpoolWorld::SpoolWorld() {
  restart();
}

void SpoolWorld::restart() {
  inbox_.reset();
  inbox_ = std::make_unique<SpoolInbox>(
      loop_.get_executor(), spool().string(), store_, ids_, SpoolInbox::Clocks{clock_, job_clock_}, observer_,
      [this] { ++accepted_calls_; }, options_);
}

void SpoolWorld::scan() {
  run_to_end(loop_, inbox_->scan_once());
}

void SpoolWorld::run_loop_until(const std::function<bool()>& reached) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!reached()) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "what the test waits for did not happen";
    loop_.restart();
    loop_.run_one_for(std::chrono::milliseconds(100));
  }
}

void run_to_end(asio::io_context& loop, asio::awaitable<void> work) {
  bool ended = false;
  std::exception_ptr failure;
  const auto done = [&](std::exception_ptr thrown) {
    failure = thrown;
    ended = true;
  };
  asio::co_spawn(loop, std::move(work), done);
  loop.restart();
  loop.run_for(std::chrono::seconds(60));
  if (!ended) throw std::runtime_error("no end within 60 seconds");
  if (failure) std::rethrow_exception(failure);
}

std::string good_job() {
  return R"({
  "vault": "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v1",
  "virtualMachine": "web01",
  "restore": {
    "recoveryType": "RestoreDisks",
    "storageAccountId": "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stage1",
    "targetResourceGroupId": "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/target"
  }
}
)";
}

void write_file(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return "(no file " + path.string() + ")";
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

Instant changed_at(const fs::path& path) {
  struct stat file {};
  if (::lstat(path.c_str(), &file) != 0) throw std::runtime_error("no file " + path.string());
  return Instant(std::chrono::seconds(file.st_ctim.tv_sec) +
                 std::chrono::duration_cast<Millis>(std::chrono::nanoseconds(file.st_ctim.tv_nsec)));
}

}  // namespace azrestored
