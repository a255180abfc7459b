// Owners of SQLite's handles: Database closes, Statement finalises, Cursor resets, Transaction rolls back. No
// destructor throws.
//
// In this room a failure of SQLite is an exception, DatabaseFailure, so that no return code can be forgotten. It never
// leaves the room: the open() functions and the writer thread return the Error that it carries. One thread at a time
// uses a connection (SQLITE_OPEN_NOMUTEX); the owner decides which.
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

/// A failure of SQLite. error() names the file and the remedy. Its kind is `transient` if the disk is full or fails or
/// another program holds the file, `corrupt` if the file is not a valid database, otherwise `refused`.
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
    read_write,  // an existing file; a file without bytes is an empty database
    read_only,   // with locks and write-ahead log
    immutable,   // ignores locks and log: correct only if no process can write
  };

  Database(const std::string& path, Mode mode);

  /// Runs one or more statements without parameters.
  void execute(const std::string& sql);

  /// The first column of the first row: for PRAGMAs and counts.
  [[nodiscard]] std::int64_t integer(const std::string& sql);
  [[nodiscard]] std::string text(const std::string& sql);

  /// If true, closing does not change the write-ahead log. For a file that azrestored refuses and must not change.
  void keep_log_on_close(bool keep);

  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// One execution of a statement. Its destructor ends it and makes the statement available again.
class Cursor {
 public:
  explicit Cursor(sqlite3_stmt* statement) : statement_(statement) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor();

  /// Moves to the next row; false after the last.
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

  /// Begins an execution with the values as ?1, ?2 and so on. Copies texts. Nothing runs before step().
  template <class... Values>
  [[nodiscard]] Cursor run(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return Cursor(handle_.get());
  }

  /// Executes the statement to its end. Returns how many rows it changed.
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
    if (value) bind(index, *value);  // otherwise it stays NULL: a Cursor clears the bindings at its end
  }
  void bind_integer(int index, std::int64_t number);

  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// BEGIN IMMEDIATE: if the database cannot be written, the error comes at the start and not in the middle.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// On return everything is on disk. If it throws, nothing is certain, and the destructor rolls back.
  void commit();

 private:
  Database& database_;
};

}  // namespace azrestored
