// SQLite with owners: Database closes, Statement finalises, Cursor resets, Transaction rolls back. No destructor
// throws.
//
// Inside persistence a failure of SQLite is an exception, DatabaseFailure, so that no line of SQL can forget to look at
// a return code. It never leaves the folder: open() functions and the writer thread turn it into the core Error it
// carries. A connection is used by one thread at a time (SQLITE_OPEN_NOMUTEX); which one, the owner says.
#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace azrestored {

/// SQLite could not do what it was asked. error() names the file and what to do: transient when the disk is full or
/// fails, or another program holds the file; corrupt when the file is not a sound database; refused for the rest.
class DatabaseFailure : public std::runtime_error {
 public:
  explicit DatabaseFailure(Error error) : std::runtime_error(error.sentence()), error_(std::move(error)) {}
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

class Database {
 public:
  enum class Mode {
    read_write,  // an existing file; one of no bytes is an empty database
    read_only,   // locks and write-ahead log as usual
    immutable,   // no locks and no log are looked at: right only when nobody can be writing
  };

  Database(const std::string& path, Mode mode);

  /// Runs one or more statements that take no values.
  void execute(const std::string& sql);

  /// The first column of the first row: for PRAGMAs and counts.
  [[nodiscard]] std::int64_t integer(const std::string& sql);
  [[nodiscard]] std::string text(const std::string& sql);

  /// With true, closing leaves the write-ahead log as it is: a file that we refuse must not be changed by us.
  void keep_log_on_close(bool keep);

  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// One execution of a statement. Ends, and gives the statement back, with its scope.
class Cursor {
 public:
  explicit Cursor(sqlite3_stmt* statement) : statement_(statement) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor();

  /// To the next row; false after the last.
  bool step();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;

 private:
  sqlite3_stmt* statement_;
};

/// Prepared once, run often: `auto rows = statement.run(a, b); while (rows.step()) ...`. One Cursor at a time.
class Statement {
 public:
  Statement(Database& database, const std::string& sql);

  /// Begins an execution with the values as ?1, ?2 and so on. Texts are copied. Nothing happens before step().
  template <class... Values>
  [[nodiscard]] Cursor run(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return Cursor(handle_.get());
  }

  /// Executes to the end; says how many rows it changed.
  template <class... Values>
  int execute(const Values&... values) {
    Cursor cursor = run(values...);
    while (cursor.step()) {
    }
    return sqlite3_changes(sqlite3_db_handle(handle_.get()));
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };

  void bind(int index, std::string_view text);
  void bind(int index, const std::integral auto& number) { bind_integer(index, static_cast<std::int64_t>(number)); }
  template <class Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value) bind(index, *value);  // else it stays NULL: a Cursor clears the bindings behind it
  }
  void bind_integer(int index, std::int64_t number);

  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// BEGIN IMMEDIATE, so that whoever cannot write learns it at the start and not in the middle.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// On return everything is on disk. On failure nothing may be relied upon, and the destructor rolls back.
  void commit();

 private:
  Database& database_;
};

}  // namespace azrestored
