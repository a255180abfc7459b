// Files of a test: a folder of its own that goes away with it, and whole files as texts.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace azrestored::test {

/// A new folder, removed with everything in it.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// "" when there is no such file.
std::string read_file(const std::filesystem::path& path);
/// Throws when it cannot be written.
void write_file(const std::filesystem::path& path, std::string_view text);
/// The names in a folder, sorted.
std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace azrestored::test
