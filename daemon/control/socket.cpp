#include "daemon/control/socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace azrestored {
namespace {

Error refused(const std::string& path, const std::string& what) {
  return {ErrorKind::refused, "control.socket " + path + ": " + what};
}

std::string reason(int error) {
  return std::generic_category().message(error);
}

FileDescriptor new_socket() {
  return FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

enum class Occupant { nobody, dead, live };

/// Whether a process listens at the address. Only a connection shows it, because a socket file outlives its process.
Occupant occupant_of(const sockaddr_un& address) {
  const FileDescriptor probe = new_socket();
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return Occupant::live;
  if (errno == ENOENT) return Occupant::nobody;
  if (errno == ECONNREFUSED) return Occupant::dead;
  return Occupant::live;  // busy (EAGAIN) or protected (EACCES): a process listens
}

/// Binds with mode 0600 from the start: between bind() and a chmod() of the file, any user could connect. Linux gives
/// the file the mode of the unbound socket. umask() would work too, but applies to all threads.
int bind_private(int descriptor, const sockaddr_un& address) {
  if (::fchmod(descriptor, S_IRUSR | S_IWUSR) != 0) return errno;
  return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
}

}  // namespace

Result<ControlSocket> ControlSocket::listen(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return refused(path, "the path has " + std::to_string(path.size()) + " bytes; a socket's path may have at most " +
                             std::to_string(sizeof address.sun_path - 1));
  }
  std::memcpy(address.sun_path, path.data(), path.size());

  struct stat found {};
  if (::lstat(path.c_str(), &found) == 0) {
    if (!S_ISSOCK(found.st_mode)) return refused(path, "something that is not a socket has this name; move it away");
    switch (occupant_of(address)) {
      case Occupant::live:
        return Error(ErrorKind::conflict, "control.socket " + path +
                                              ": another azrestored listens here; stop it, or give this one a socket "
                                              "(and a store and a spool) of its own");
      case Occupant::dead:
        ::unlink(path.c_str());
        break;
      case Occupant::nobody:
        break;
    }
  }

  FileDescriptor descriptor = new_socket();
  if (!descriptor.is_open()) return refused(path, reason(errno));
  int failed = bind_private(descriptor.get(), address);
  if (failed == 0 && ::listen(descriptor.get(), SOMAXCONN) != 0) failed = errno;
  if (failed == 0 && ::lstat(path.c_str(), &found) != 0) failed = errno;
  if (failed != 0) {
    return refused(path, "cannot listen here: " + reason(failed) + "; the folder must exist and be writable");
  }
  return ControlSocket(std::move(descriptor), path, found.st_dev, found.st_ino);
}

ControlSocket::ControlSocket(FileDescriptor descriptor, std::string path, dev_t device, ino_t inode)
    : descriptor_(std::move(descriptor)), path_(std::move(path)), device_(device), inode_(inode) {}

ControlSocket::ControlSocket(ControlSocket&& other) noexcept
    : descriptor_(std::move(other.descriptor_)),
      path_(std::exchange(other.path_, {})),
      device_(other.device_),
      inode_(other.inode_) {}

ControlSocket::~ControlSocket() {
  struct stat found {};
  if (path_.empty() || ::lstat(path_.c_str(), &found) != 0) return;
  if (found.st_dev == device_ && found.st_ino == inode_) ::unlink(path_.c_str());
}

std::optional<uid_t> peer_uid(int descriptor) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer.uid;
}

}  // namespace azrestored
