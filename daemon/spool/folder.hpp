// The spool's folders on disk: every system call that touches them. Files are named relative to folder descriptors that
// are opened once. Links are not followed. Files move incoming/ -> claimed/ -> accepted/ or rejected/. They are never
// deleted, with two exceptions: the second name of a file after a power cut, and the files of jobs that finished long
// ago. inbox.hpp lists what is on the disk after each step, and so after a crash at any point.
//
// Everything here blocks: SpoolInbox calls it on its disk thread, one call at a time. A result about one file is a
// value. A fault of a whole folder (it is gone, the disk fails) is thrown as std::runtime_error with a sentence.
#pragma once

#include <dirent.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "daemon/os/file_descriptor.hpp"
#include "daemon/spool/file_look.hpp"
#include "daemon/spool/names.hpp"

namespace azrestored {

/// The names in a folder, in portions, so that memory does not grow with the number of files.
class FolderListing {
 public:
  explicit FolderListing(FileDescriptor folder);
  /// Up to `most` more names, without "." and "..". An empty result is the end.
  std::vector<std::string> next(std::size_t most);

 private:
  struct Closer {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  std::unique_ptr<DIR, Closer> stream_;
};

/// The content of a file in claimed/, and its owner.
struct ClaimedFile {
  std::string text;
  std::int64_t uid = 0;
};
/// In claimed/, but cannot be a job file: to be rejected for this reason.
struct Invalid {
  std::string sentence;
};
/// In claimed/, but not or no longer the finished file that was seen: to be put back.
struct StillChanging {};

class SpoolFolder {
 public:
  enum class Folder { incoming, claimed, accepted, rejected };

  /// Opens the spool, creates missing folders (mode 0770), and syncs what an earlier process left unsynced.
  explicit SpoolFolder(std::string directory);

  [[nodiscard]] std::string path(Folder place) const;
  [[nodiscard]] FolderListing list(Folder place) const;

  /// What `name` in incoming/ is.
  [[nodiscard]] FileLook look_at(const std::string& name, const LookOptions& options) const;

  /// Moves the file into claimed/. False if it has changed since it was seen; an error if it cannot be read or moved.
  /// Durable after sync(claimed) and sync(incoming).
  Result<bool> claim(const SeenFile& file, const JobId& id);

  using Reading = std::variant<Gone, StillChanging, Skipped, Invalid, ClaimedFile>;
  /// Reads a claimed file. `inode`, if known, is that of the file that was seen before the claim. Without it, the claim
  /// is from before a crash, and a move that a power cut interrupted is completed first.
  [[nodiscard]] Reading read(const Claim& claim, std::optional<std::uint64_t> inode) const;

  /// Moves a claimed file back to incoming/. False if that name is in use again.
  Result<bool> put_back(const Claim& claim);
  /// Moves a claimed file to accepted/.
  Result<void> accept(const Claim& claim);
  /// Removes the accepted files of these jobs; missing files are no error. Durable after sync(accepted).
  Result<void> remove_accepted(std::span<const JobId> ids);
  /// Moves a claimed file to rejected/ and writes its reasons, one a line, to a file beside it. Returns its name there.
  Result<std::string> reject(const Claim& claim, std::span<const std::string> reasons);

  /// Makes moves into and out of the folder durable.
  void sync(Folder place) const;

 private:
  void sync_all() const;
  [[nodiscard]] int at(Folder place) const;
  [[nodiscard]] bool exists(Folder place, const std::string& name) const;
  /// Whether the claimed file also has this name.
  [[nodiscard]] bool is_also(Folder place, const std::string& name, const Claim& claim) const;
  /// Removes the name from the folder; its file has another one.
  [[nodiscard]] Result<void> drop_name(Folder place, const std::string& name) const;
  [[nodiscard]] Result<void> finish_move(const Claim& claim) const;
  Result<void> write_reason(const std::string& name, std::span<const std::string> reasons);

  std::string directory_;
  FileDescriptor base_;
  std::array<FileDescriptor, 4> folders_;  // by Folder
};

}  // namespace azrestored
