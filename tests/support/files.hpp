// Files of a test: whole ones as texts, and the folder of its own (tests/support/temp_dir.hpp).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temp_dir.hpp"

namespace azrestored::test {

/// "" when there is no such file.
std::string read_file(const std::filesystem::path& path);
/// Throws when it cannot be written.
void write_file(const std::filesystem::path& path, std::string_view text);
/// The names in a folder, sorted.
std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace azrestored::test
