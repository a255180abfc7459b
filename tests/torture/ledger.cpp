#include "tests/torture/ledger.hpp"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace azrestored::test {

std::vector<std::vector<std::string>> ask(const std::filesystem::path& database, const std::string& sql) {
  sqlite3* handle = nullptr;
  const int opened = sqlite3_open_v2(database.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection(handle, &sqlite3_close);
  if (opened != SQLITE_OK) throw std::runtime_error(database.string() + ": " + sqlite3_errstr(opened));

  std::vector<std::vector<std::string>> rows;
  const auto collect = [](void* all, int count, char** values, char**) {
    auto& row = static_cast<std::vector<std::vector<std::string>>*>(all)->emplace_back();
    for (int i = 0; i < count; ++i) row.emplace_back(values[i] != nullptr ? values[i] : "");
    return 0;
  };
  if (sqlite3_exec(handle, sql.c_str(), collect, &rows, nullptr) != SQLITE_OK) {
    throw std::runtime_error(database.string() + ": " + sqlite3_errmsg(handle));
  }
  return rows;
}

}  // namespace azrestored::test
