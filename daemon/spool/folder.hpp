// The spool's folders on disk: every system call that touches them. Files are named relative to folder descriptors that
// are opened once, never followed through links, and never deleted (but for the second name of one that has two after
// a power cut, and for those of jobs that ended long ago): they move incoming/ -> claimed/ -> accepted/ or rejected/.
// What is on the disk after each step, and hence after a crash anywhere, is told in inbox.hpp.
//
// All of it blocks: SpoolInbox calls it from its disk thread, one call at a time. What concerns one file comes back as
// a value; what concerns a whole folder (it is gone, the disk fails) is thrown as std::runtime_error with a sentence.
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
#include "daemon/spool/names.hpp"

namespace azrestored {

/// The names in a folder, a few at a time, so that a full folder costs no more memory than an ordinary one.
class FolderListing {
 public:
  explicit FolderListing(FileDescriptor folder);
  /// Up to `most` more names ("." and ".." left out); none means that all have been given.
  std::vector<std::string> next(std::size_t most);

 private:
  struct Closer {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  std::unique_ptr<DIR, Closer> stream_;
};

/// Somebody took it away meanwhile. Normal.
struct Gone {};
/// Changed so lately that it may be unfinished: to be looked at again after `left`.
struct NotQuiet {
  Millis left{};
};
/// Not for us, or not now; it stays where it is. `inode` tells whether this was already said of the same file.
struct Skipped {
  std::uint64_t inode = 0;
  std::string sentence;
};
/// A finished file in incoming/, with what it takes to know it again.
struct SeenFile {
  std::string name;
  std::uint64_t inode = 0;
  std::int64_t changed_ns = 0;  // its ctime
  std::uint64_t bytes = 0;
};
/// The content of a file in claimed/, and whose it is.
struct ClaimedFile {
  std::string text;
  std::int64_t uid = 0;
};
/// In claimed/, but nothing that could be a job file: to be rejected for this reason.
struct Invalid {
  std::string sentence;
};
/// In claimed/, but not (or no longer) the finished file that was seen: to be put back.
struct StillChanging {};

class SpoolFolder {
 public:
  enum class Folder { incoming, claimed, accepted, rejected };

  /// Opens the spool, making the folders that are missing (mode 0770), and makes durable what a process before us left
  /// unsynced.
  explicit SpoolFolder(std::string directory);

  [[nodiscard]] std::string path(Folder place) const;
  [[nodiscard]] FolderListing list(Folder place) const;

  using Look = std::variant<Gone, NotQuiet, Skipped, SeenFile>;
  /// What `name` in incoming/ is at `now`.
  [[nodiscard]] Look look_at(const std::string& name, Instant now) const;

  /// Moves the file into claimed/. False when it is no longer what was seen; an error when it cannot be read or moved.
  /// Durable after sync(claimed) and sync(incoming).
  Result<bool> claim(const SeenFile& file, const JobId& id);

  using Reading = std::variant<Gone, StillChanging, Skipped, Invalid, ClaimedFile>;
  /// Reads a claimed file. `inode`, when known, is the file that was seen before the claim; without one, the claim is
  /// from before a crash, and a move that a power cut has left half done is finished first.
  [[nodiscard]] Reading read(const Claim& claim, std::optional<std::uint64_t> inode) const;

  /// Moves a claimed file back to incoming/. False when that name is in use again.
  Result<bool> put_back(const Claim& claim);
  /// Moves a claimed file to accepted/.
  Result<void> accept(const Claim& claim);
  /// Removes the accepted files of these jobs, as far as they are there. Durable after sync(accepted).
  Result<void> remove_accepted(std::span<const JobId> ids);
  /// Moves a claimed file to rejected/, where a file with the reasons, one a line, is beside it; the name it has there.
  Result<std::string> reject(const Claim& claim, std::span<const std::string> reasons);

  /// Makes what was moved into or out of the folder survive a power cut.
  void sync(Folder place) const;

 private:
  void sync_all() const;
  [[nodiscard]] int at(Folder place) const;
  [[nodiscard]] bool exists(Folder place, const std::string& name) const;
  /// Whether the claimed file has that name, too.
  [[nodiscard]] bool is_also(Folder place, const std::string& name, const Claim& claim) const;
  /// Takes the name from the folder, since its file has another one.
  [[nodiscard]] Result<void> drop_name(Folder place, const std::string& name) const;
  [[nodiscard]] Result<void> finish_move(const Claim& claim) const;
  Result<void> write_reason(const std::string& name, std::span<const std::string> reasons);

  std::string directory_;
  FileDescriptor base_;
  std::array<FileDescriptor, 4> folders_;  // by Place
};

}  // namespace azrestored
