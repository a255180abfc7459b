#include "tests/support/mounts.hpp"

#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <system_error>

namespace azrestored::test {
namespace {

void check(int result, const std::filesystem::path& folder) {
  if (result != 0) throw std::system_error(errno, std::generic_category(), "mounting " + folder.string());
}

}  // namespace

Mounts::Mounts() {
  // Private: mounts must not propagate to the original namespace.
  if (::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) return;
  why_not_ = "this test has to mount file systems, which needs root: " + std::generic_category().message(errno);
}

Mounts::~Mounts() {
  // Lazily: a program of the test may still have open files there, and ends after this object.
  for (const auto& folder : mounted_) ::umount2(folder.c_str(), MNT_DETACH);
}

void Mounts::add_disk(const std::filesystem::path& folder, std::size_t bytes) {
  std::filesystem::create_directories(folder);
  const std::string options = "mode=0700,size=" + std::to_string(bytes);
  check(::mount("tmpfs", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()), folder);
  mounted_.push_back(folder);
}

void Mounts::make_read_only(const std::filesystem::path& folder) {
  check(::mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr), folder);
  mounted_.push_back(folder);
  check(::mount(nullptr, folder.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr), folder);
}

}  // namespace azrestored::test
