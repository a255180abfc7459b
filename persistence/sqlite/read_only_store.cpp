// Chooses a mode that opens the file without changing it. job_reads.cpp does the reading.
#include "persistence/sqlite/read_only_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "persistence/sqlite/migrations.hpp"

namespace azrestored {
namespace {

/// The mode that also reads the changes in the log (`-wal`). For a database in WAL mode SQLite needs the log's index
/// (`-shm`), and creates both files if they are missing, as they are after a clean end of the daemon. It cannot create
/// them if this user may not write to the folder. In that case, without a log, the file is complete, and `immutable`
/// reads it alone. With a log, `immutable` would miss the last changes, so it is not used: SQLite reads log and index
/// without writing, or returns an error. `immutable` ignores locks: if a daemon starts meanwhile, one result may be
/// wrong or "damaged"; the next is right.
Database::Mode mode_for(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  std::error_code error;
  const bool has_log = std::filesystem::exists(path + "-wal", error);
  const bool may_write = ::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) == 0;
  return has_log || error || may_write ? Database::Mode::read_only : Database::Mode::immutable;
}

Error read_only() {
  return {ErrorKind::refused, "the database was opened for reading only"};
}

/// SQLite's failures, which are exceptions in here, as the caller knows them.
template <class Read>
auto translated(Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const DatabaseFailure& failure) {
    return failure.error();
  }
}

}  // namespace

Result<std::unique_ptr<ReadOnlyStore>> ReadOnlyStore::open(const std::string& path) try {
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0) {
    return Error(ErrorKind::refused, "the database " + path + " cannot be read: " + std::strerror(errno));
  }
  Database database(path, mode_for(path));
  identify(database, path, migrations());
  const int newest = static_cast<int>(migrations().size());
  if (const int version = schema_version(database); version < newest) {
    return Error(ErrorKind::refused, "the database " + path + " is at schema version " + std::to_string(version) +
                                         ", and this program reads version " + std::to_string(newest) +
                                         "; start azrestored once to upgrade it");
  }
  return std::unique_ptr<ReadOnlyStore>(new ReadOnlyStore(std::move(database)));
} catch (const DatabaseFailure& failure) {
  return failure.error();
}

ReadOnlyStore::ReadOnlyStore(Database database) : database_(std::move(database)), reads_(database_) {}

asio::awaitable<Result<Job>> ReadOnlyStore::load(JobId id) {
  co_return translated([&] { return reads_.load(id); });
}

asio::awaitable<Result<std::string>> ReadOnlyStore::spec(JobId id) {
  co_return translated([&] { return reads_.spec(id); });
}

asio::awaitable<Result<std::vector<Job>>> ReadOnlyStore::list(JobQuery query) {
  co_return translated([&] { return reads_.list(query); });
}

asio::awaitable<Result<std::vector<Job>>> ReadOnlyStore::find(std::string text) {
  co_return translated([&] { return reads_.find(text); });
}

asio::awaitable<Result<std::vector<HistoryLine>>> ReadOnlyStore::history(JobId id) {
  co_return translated([&] { return reads_.history(id); });
}

asio::awaitable<Result<std::optional<std::int64_t>>> ReadOnlyStore::queue_position(
    JobId id, std::optional<ConcurrencyLimit> cap) {
  co_return translated([&] { return reads_.queue_position(id, cap); });
}

asio::awaitable<Result<StateCounts>> ReadOnlyStore::count_by_state() {
  co_return translated([&]() -> Result<StateCounts> { return reads_.count_by_state(); });
}

asio::awaitable<Result<void>> ReadOnlyStore::insert(std::vector<NewEntry>) {
  co_return read_only();
}

asio::awaitable<Result<Job>> ReadOnlyStore::save(Job, std::optional<HistoryLine>) {
  co_return read_only();
}

asio::awaitable<Result<std::vector<Job>>> ReadOnlyStore::claim(int, Admission) {
  co_return read_only();
}

asio::awaitable<Result<std::vector<Job>>> ReadOnlyStore::resume(int, std::optional<JobId>) {
  co_return read_only();
}

asio::awaitable<Result<void>> ReadOnlyStore::release_claims(std::optional<JobId>) {
  co_return read_only();
}

}  // namespace azrestored
