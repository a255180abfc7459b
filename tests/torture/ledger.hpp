// The daemon's database as any SQLite program sees it, opened for reading only.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace azrestored::test {

/// The rows of a question, each value as text. Throws SQLite's words when it cannot be answered.
std::vector<std::vector<std::string>> ask(const std::filesystem::path& database, const std::string& sql);

}  // namespace azrestored::test
