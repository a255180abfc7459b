// open() makes every check that can refuse a file before its first write. Each call of the port becomes work for the
// writer thread.
#include "persistence/sqlite/sqlite_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "persistence/sqlite/migrations.hpp"

namespace azrestored {
namespace {

/// Creates an empty file, which SQLite takes as an empty database. Only its owner can read it, because rows hold signed
/// URLs. Called with the lock held. O_EXCL, because opening and closing an existing database outside of SQLite would
/// release SQLite's own locks.
std::optional<Error> make_if_absent(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
  } else if (errno != EEXIST) {
    return Error(ErrorKind::refused, "the database " + path + " cannot be created: " + std::strerror(errno));
  }
  return std::nullopt;
}

/// A database up to this size is checked for damage before it is opened. That takes a fraction of a second.
constexpr std::uintmax_t checked_first_bytes = 32U << 20U;

bool is_large(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size > checked_first_bytes;
}

/// Sets the options of every connection that writes. After identify() and check_health(), because the journal mode is
/// written to the file.
void prepare_for_writing(Database& database, const std::string& path) {
  database.execute("PRAGMA cache_size = -512");  // KiB; the system caches the file as well
  const std::string mode = database.text("PRAGMA journal_mode = WAL");
  if (mode != "wal") {
    throw DatabaseFailure(Error(ErrorKind::refused, "the database " + path + " cannot use a write-ahead log (mode " +
                                                        mode + "); put it on a local file system"));
  }
  database.execute("PRAGMA synchronous = FULL");
  database.execute("PRAGMA foreign_keys = ON");
  database.execute("PRAGMA temp_store = MEMORY");  // a large transaction would make a file in /var/tmp
}

/// Reads the journal mode again after the first writes. If the disk fails just then, SQLite reports "wal" but continues
/// with a rollback journal. A power cut may undo the removal of that journal, and with it a confirmed change.
void require_log(Database& database, const std::string& path) {
  const bool in_log = database.text("PRAGMA journal_mode") == "wal";
  if (in_log) return;
  throw DatabaseFailure(Error(ErrorKind::transient, "the database " + path +
                                                        " could not switch to a write-ahead log, because the disk "
                                                        "failed; check the disk and its free space, and start again"));
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, const std::string& owner) try {
  const auto folder = std::filesystem::absolute(path).parent_path();
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    return Error(ErrorKind::refused,
                 "the folder " + folder.string() + " of the database " + path +
                     " does not exist; create it for the user the daemon runs as, or set store.path");
  }
  auto lock = OwnerLock::take(path);
  if (!lock) return lock.error();
  if (const auto error = make_if_absent(path)) return *error;

  Database database(path, Database::Mode::read_write);
  database.keep_log_on_close(true);
  identify(database, path, migrations());
  const bool checked_later = is_large(path);
  if (!checked_later) check_health(database, path);
  database.keep_log_on_close(false);
  prepare_for_writing(database, path);
  migrate(database, migrations());
  require_log(database, path);
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(*lock), std::move(database), owner));
  if (checked_later) store->health_.emplace(path);
  return store;
} catch (const DatabaseFailure& failure) {
  return failure.error();
}

SqliteStore::SqliteStore(OwnerLock lock, Database database, const std::string& owner)
    : lock_(std::move(lock)),
      database_(std::move(database)),
      reads_(database_),
      writes_(database_),
      claims_(database_, owner),
      removals_(database_),
      budgets_(database_),
      writer_(database_, DatabaseFiles(sqlite3_db_filename(database_.handle(), "main"))) {}

std::optional<Error> SqliteStore::fatal_error() const {
  if (auto known = writer_.fatal_error()) return known;
  return health_ ? health_->damage() : std::nullopt;
}

// These only pass work to the writer. No closure here is in an expression with a co_await (CONTRIBUTING.md).

asio::awaitable<Result<void>> SqliteStore::insert(std::vector<NewEntry> entries) {
  std::vector<NewRow> rows;
  for (NewEntry& entry : entries) {
    JobTexts texts = texts_of(entry.added.job);
    rows.push_back({std::move(entry), std::move(texts)});
  }
  return writer_.perform([this, rows = std::move(rows)] { return writes_.insert(rows); });
}

asio::awaitable<Result<Job>> SqliteStore::save(Job job, std::optional<HistoryLine> line) {
  auto texts = texts_of(job);
  return writer_.perform([this, job = std::move(job), texts = std::move(texts), line = std::move(line)]() mutable {
    return writes_.save(std::move(job), texts, line);
  });
}

asio::awaitable<Result<Job>> SqliteStore::load(JobId id) {
  return writer_.perform([this, id = std::move(id)] { return reads_.load(id); });
}

asio::awaitable<Result<std::string>> SqliteStore::spec(JobId id) {
  return writer_.perform([this, id = std::move(id)] { return reads_.spec(id); });
}

asio::awaitable<Result<std::vector<Job>>> SqliteStore::claim(int limit, Admission admission) {
  return writer_.perform(
      [this, limit, admission = std::move(admission)]() mutable { return claims_.claim(limit, std::move(admission)); });
}

asio::awaitable<Result<std::vector<Job>>> SqliteStore::resume(int limit, std::optional<JobId> after) {
  return writer_.perform([this, limit, after = std::move(after)] { return claims_.resume(limit, after); });
}

asio::awaitable<Result<void>> SqliteStore::release_claims(std::optional<JobId> after) {
  return writer_.perform([this, after = std::move(after)] { return claims_.release(after); });
}

asio::awaitable<Result<std::optional<std::int64_t>>> SqliteStore::queue_position(JobId id,
                                                                                 std::optional<ConcurrencyLimit> cap) {
  return writer_.perform([this, id = std::move(id), cap] { return reads_.queue_position(id, cap); });
}

asio::awaitable<Result<std::vector<Job>>> SqliteStore::list(JobQuery query) {
  return writer_.perform([this, query = std::move(query)] { return reads_.list(query); });
}

asio::awaitable<Result<std::vector<Job>>> SqliteStore::find(std::string text) {
  return writer_.perform([this, text = std::move(text)] { return reads_.find(text); });
}

asio::awaitable<Result<std::vector<HistoryLine>>> SqliteStore::history(JobId id) {
  return writer_.perform([this, id = std::move(id)] { return reads_.history(id); });
}

asio::awaitable<Result<StateCounts>> SqliteStore::count_by_state() {
  return writer_.perform([this]() -> Result<StateCounts> { return reads_.count_by_state(); });
}

asio::awaitable<Result<std::optional<Instant>>> SqliteStore::last_success() {
  return writer_.perform([this]() -> Result<std::optional<Instant>> { return reads_.last_success(); });
}

asio::awaitable<Result<std::vector<StoredBudget>>> SqliteStore::budgets() {
  return writer_.perform([this]() -> Result<std::vector<StoredBudget>> { return budgets_.all(); });
}

asio::awaitable<Result<void>> SqliteStore::save_budgets(std::vector<StoredBudget> budgets) {
  return writer_.perform([this, budgets = std::move(budgets)]() -> Result<void> {
    for (const StoredBudget& each : budgets) budgets_.save(each);
    return {};
  });
}

asio::awaitable<Result<std::vector<JobId>>> SqliteStore::finished(Instant before, int limit) {
  return writer_.perform(
      [this, before, limit]() -> Result<std::vector<JobId>> { return removals_.finished(before, limit); });
}

asio::awaitable<Result<int>> SqliteStore::remove(std::vector<JobId> ids, Instant before) {
  return writer_.perform(
      [this, ids = std::move(ids), before]() -> Result<int> { return removals_.remove(ids, before); });
}

}  // namespace azrestored
