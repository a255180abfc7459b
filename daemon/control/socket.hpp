// The Unix socket that azrestored listens on: made so that nobody but its user (and root) can connect, replacing what a
// dead daemon left behind and never what a live one uses. Plain system calls; no event loop.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "daemon/os/file_descriptor.hpp"

namespace azrestored {

/// A listening socket and the file that names it. The file is removed with the object, unless a successor has put its
/// own in the same place meanwhile.
class ControlSocket {
 public:
  /// Listens at `path`, mode 0600, in a folder that exists.
  /// conflict: a live process listens there; refused: the path cannot be used, and why.
  static Result<ControlSocket> listen(const std::string& path);

  ControlSocket(ControlSocket&& other) noexcept;
  ControlSocket& operator=(ControlSocket&&) = delete;
  ~ControlSocket();

  /// Hands over the descriptor (non-blocking, close-on-exec); whoever takes it closes it.
  int release_descriptor() { return descriptor_.release(); }

 private:
  ControlSocket(FileDescriptor descriptor, std::string path, dev_t device, ino_t inode);

  FileDescriptor descriptor_;
  std::string path_;  // "" when moved from
  dev_t device_ = 0;  // device and inode tell our file from a successor's
  ino_t inode_ = 0;
};

/// The user at the other end of a connected Unix socket, as the kernel noted it at connect (SO_PEERCRED).
std::optional<uid_t> peer_uid(int descriptor);

}  // namespace azrestored
