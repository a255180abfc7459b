// Calls SQLite and turns its failures into sentences.
#include "persistence/sqlite/database.hpp"

#include <array>
#include <utility>

#include "core/base/case_folding.hpp"

namespace azrestored {
namespace {

/// The failure as a sentence with a remedy. `what` is SQLite's own message.
Error describe_failure(int code, const std::string& file, const std::string& what) {
  const std::string database = "the database " + file;
  switch (code & 0xff) {  // the low byte is the primary code, the rest is detail (sqlite.org/rescode.html)
    case SQLITE_FULL:
      return {ErrorKind::transient,
              database + " cannot grow: the disk or its quota is full (" + what +
                  "); nothing of this change was saved; free some space and start azrestored again"};
    case SQLITE_IOERR:
      return {ErrorKind::transient, database + " cannot be read or written: " + what +
                                        "; nothing of this change was saved; check the disk and its free space"};
    case SQLITE_NOMEM:
      return {ErrorKind::transient, database + ": SQLite ran out of memory"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::transient, database + " is locked by another program (" + what +
                                        "); close the program that has it open, such as an sqlite3 shell"};
    case SQLITE_CORRUPT:
      return {ErrorKind::corrupt, database + " is damaged (" + what +
                                      "); keep the file and its -wal, restore them from a backup, or move them away"};
    case SQLITE_NOTADB:
      return {ErrorKind::corrupt, file + " is not an SQLite database (" + what +
                                      "); it was not changed; set store.path to another file or move this one away"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return {ErrorKind::refused, database + " cannot be opened with the access that is needed (" + what +
                                      "); give this user access to the file and its folder"};
    default:
      return {ErrorKind::refused, database + ": " + what};
  }
}

/// Throws the error of the last call on this connection.
[[noreturn]] void fail(sqlite3* handle) {
  const char* file = sqlite3_db_filename(handle, "main");
  throw DatabaseFailure(
      describe_failure(sqlite3_extended_errcode(handle), file ? file : "(unknown)", sqlite3_errmsg(handle)));
}

/// The path as a URI, because SQLite accepts options only there. Characters with a meaning in a URI are escaped.
std::string file_uri(const std::string& path, const char* options) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%') {
      uri += "%25";
    } else if (c == '?') {
      uri += "%3f";
    } else if (c == '#') {
      uri += "%23";
    } else {
      uri += c;
    }
  }
  return uri + options;
}

/// Configures SQLite for the whole process, before its first use. SQLite refuses it later; then it is only slower.
/// - SQLite allocates 80 KiB at once for each page cache, and makes one for each UPDATE of a table with triggers.
///   Outside the main thread the C library returns that memory to the system each time. Allocated page by page, it is
///   reused.
/// - SQLite counts all memory under a lock, for statistics that azrestored does not use.
void configure_memory() {
  static const std::array<int, 2> once = {sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0),
                                          sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0)};
  (void)once;
}

/// fold_case(text) in SQL.
void sql_fold_case(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  if (text == nullptr) return sqlite3_result_null(context);
  const std::string folded = fold_case({text, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
  sqlite3_result_text(context, folded.data(), static_cast<int>(folded.size()), SQLITE_TRANSIENT);
}

}  // namespace

Database::Database(const std::string& path, Mode mode) {
  configure_memory();
  const bool writes = mode == Mode::read_write;
  const std::string uri = file_uri(path, mode == Mode::immutable ? "?immutable=1" : "");
  const int flags = (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(uri.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);  // a failed open also leaves a handle
  if (code != SQLITE_OK) {
    throw DatabaseFailure(describe_failure(code, path, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code)));
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);
  constexpr int flags_of_function = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  if (sqlite3_create_function(handle, "fold_case", 1, flags_of_function, nullptr, sql_fold_case, nullptr, nullptr) !=
      SQLITE_OK)
    fail(handle);
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle());
}

std::int64_t Database::integer(const std::string& sql) {
  Statement statement(*this, sql);
  Cursor row = statement.run();
  return row.step() ? row.integer(0) : 0;
}

std::string Database::text(const std::string& sql) {
  Statement statement(*this, sql);
  Cursor row = statement.run();
  return row.step() ? row.text(0) : "";
}

void Database::keep_log_on_close(bool keep) {
  if (sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr) != SQLITE_OK) fail(handle());
}

Cursor::~Cursor() {
  sqlite3_reset(statement_);  // returns the error of the last step again, which is already reported
  sqlite3_clear_bindings(statement_);
}

bool Cursor::step() {
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      fail(sqlite3_db_handle(statement_));
  }
}

std::int64_t Cursor::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Cursor::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Statement::Statement(Database& database, const std::string& sql) {
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(database.handle(), sql.c_str(), static_cast<int>(sql.size()) + 1,
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(database.handle());
}

void Statement::bind(int index, std::string_view text) {
  const char* bytes = text.data() ? text.data() : "";  // a null pointer would bind NULL
  if (sqlite3_bind_text64(handle_.get(), index, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK) {
    fail(sqlite3_db_handle(handle_.get()));
  }
}

void Statement::bind_integer(int index, std::int64_t number) {
  if (sqlite3_bind_int64(handle_.get(), index, number) != SQLITE_OK) fail(sqlite3_db_handle(handle_.get()));
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // Some failures (a full disk) end the transaction themselves. A ROLLBACK would then be another error.
  if (sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
}

}  // namespace azrestored
