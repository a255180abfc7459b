// File systems that a test mounts: a small disk, or a folder that not even root can write to. They are in a mount
// namespace of this process, so they end with the process, however the test ends, and with this object.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace azrestored::test {

class Mounts {
 public:
  /// Only programs that start afterwards see the mounts.
  Mounts();
  ~Mounts();
  Mounts(const Mounts&) = delete;
  Mounts& operator=(const Mounts&) = delete;

  /// Why this machine does not allow mounts; "" if it does.
  [[nodiscard]] const std::string& why_not() const { return why_not_; }

  /// Creates the folder with a disk of that many bytes in it.
  void add_disk(const std::filesystem::path& folder, std::size_t bytes);
  /// Makes the folder read-only.
  void make_read_only(const std::filesystem::path& folder);

 private:
  std::string why_not_;
  std::vector<std::filesystem::path> mounted_;
};

}  // namespace azrestored::test
