// Reads and writes whole files of a test as strings; temp_dir.hpp makes the folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temp_dir.hpp"

namespace azrestored::test {

/// "" if the file does not exist.
std::string read_file(const std::filesystem::path& path);
/// Throws if the file cannot be written.
void write_file(const std::filesystem::path& path, std::string_view text);
/// The names in a folder, sorted.
std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace azrestored::test
