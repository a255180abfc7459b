// The daemon's database, opened read-only with plain SQLite.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace azrestored::test {

/// The rows of a query, each value as text. Throws SQLite's message if the query fails.
std::vector<std::vector<std::string>> ask(const std::filesystem::path& database, const std::string& sql);

}  // namespace azrestored::test
