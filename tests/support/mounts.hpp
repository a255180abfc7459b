// File systems that a test mounts: a small disk, or a folder that nobody can write to, root included. They are in a
// mount namespace of this process, so they are gone with it, whatever becomes of the test; and with this object.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace azrestored::test {

class Mounts {
 public:
  /// Only programs that are started afterwards see what is mounted.
  Mounts();
  ~Mounts();
  Mounts(const Mounts&) = delete;
  Mounts& operator=(const Mounts&) = delete;

  /// Why this machine lets us mount nothing; "" when it does.
  [[nodiscard]] const std::string& why_not() const { return why_not_; }

  /// Makes the folder, with a disk of so many bytes in it.
  void add_disk(const std::filesystem::path& folder, std::size_t bytes);
  /// Nothing in the folder can be written any more.
  void make_read_only(const std::filesystem::path& folder);

 private:
  std::string why_not_;
  std::vector<std::filesystem::path> mounted_;
};

}  // namespace azrestored::test
