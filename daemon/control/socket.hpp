// The Unix socket that azrestored listens on. Only its own user and root can connect. It replaces the socket file of a
// dead daemon, and never that of a live one. Plain system calls; no event loop.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "daemon/os/file_descriptor.hpp"

namespace azrestored {

/// A listening socket and the file that names it. The destructor removes the file, unless another process has put its
/// own file at the path in the meantime.
class ControlSocket {
 public:
  /// Listens at `path`, mode 0600, in a folder that exists.
  /// conflict: a live process listens there; refused: the path cannot be used, and why.
  static Result<ControlSocket> listen(const std::string& path);

  ControlSocket(ControlSocket&& other) noexcept;
  ControlSocket& operator=(ControlSocket&&) = delete;
  ~ControlSocket();

  /// Passes the descriptor (non-blocking, close-on-exec) to the caller, who closes it.
  int release_descriptor() { return descriptor_.release(); }

 private:
  ControlSocket(FileDescriptor descriptor, std::string path, dev_t device, ino_t inode);

  FileDescriptor descriptor_;
  std::string path_;  // "" when moved from
  dev_t device_ = 0;  // device and inode distinguish this file from a later one at the path
  ino_t inode_ = 0;
};

/// The user at the other end of a connected Unix socket, as the kernel recorded it at connect (SO_PEERCRED).
std::optional<uid_t> peer_uid(int descriptor);

}  // namespace azrestored
