// An flock() belongs to the open file description. So two openers in one process also exclude each other, and closing
// another descriptor of the file does not release the lock, as it would with fcntl() locks.
#include "persistence/sqlite/owner_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace azrestored {
namespace {

/// The holder's pid from the file, for the sentence only. The lock does not depend on it.
std::string holder(int descriptor) {
  std::array<char, 16> text{};
  const ssize_t length = ::pread(descriptor, text.data(), text.size(), 0);
  std::string pid;
  for (ssize_t i = 0; i < length && text[i] >= '0' && text[i] <= '9'; ++i) pid += text[i];
  return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

Result<OwnerLock> OwnerLock::take(const std::string& database_path) {
  const std::string path = database_path + ".lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) {
    return Error(ErrorKind::refused, "the lock file " + path + " cannot be opened: " + std::strerror(errno) +
                                         "; its folder must exist and belong to the user that the daemon runs as");
  }
  OwnerLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return Error(ErrorKind::refused, "the database " + database_path + " is in use by " + holder(descriptor) +
                                           "; stop that process first, or set store.path to another file");
    }
    return Error(ErrorKind::refused, "the lock file " + path + " cannot be locked: " + std::strerror(errno));
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  // If the pid cannot be written, only the sentence for the next opener is less precise.
  if (::ftruncate(descriptor, 0) == 0) (void)!::pwrite(descriptor, pid.data(), pid.size(), 0);
  return lock;
}

OwnerLock::OwnerLock(OwnerLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

OwnerLock::~OwnerLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace azrestored
