#include "daemon/spool/folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>

#include "core/jobfile/job_file.hpp"
#include "daemon/os/crash_point.hpp"

namespace azrestored {
namespace {

constexpr std::array<const char*, 4> folder_names = {"incoming", "claimed", "accepted", "rejected"};

std::string reason_for(int error) {
  return std::generic_category().message(error);
}

[[noreturn]] void fail(const std::string& what, int error, const std::string& remedy) {
  throw std::runtime_error(what + ": " + reason_for(error) + "; " + remedy);
}

/// The folder `name` below `parent`, created if it is missing.
FileDescriptor open_folder(int parent, const char* name, const std::string& path) {
  const std::string remedy = "make it a folder that the user of azrestored may read and write, or set spool.directory";
  if (::mkdirat(parent, name, 0770) != 0 && errno != EEXIST) {
    fail("the spool folder " + path + " cannot be made", errno, remedy);
  }
  FileDescriptor folder(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) fail("the spool folder " + path + " cannot be opened", errno, remedy);
  if (::faccessat(folder.get(), ".", R_OK | W_OK | X_OK, AT_EACCESS) != 0) {
    fail("the spool folder " + path + " cannot be used", errno, remedy);
  }
  return folder;
}

void sync_folder(const FileDescriptor& folder, const std::string& path) {
  if (::fsync(folder.get()) != 0) fail("the spool folder " + path + " cannot be synced", errno, "look at the disk");
}

Error moving_failed(const std::string& from, const std::string& to, int error) {
  return {ErrorKind::transient, from + " cannot be moved to " + to + ": " + reason_for(error) +
                                    "; it stays there, and azrestored tries again later."};
}

}  // namespace

FolderListing::FolderListing(FileDescriptor folder) : stream_(::fdopendir(folder.get())) {
  if (!stream_) fail("a spool folder cannot be listed", errno, "look at the disk");
  static_cast<void>(folder.release());  // the stream owns it now
}

std::vector<std::string> FolderListing::next(std::size_t most) {
  std::vector<std::string> names;
  while (names.size() < most) {
    errno = 0;
    const dirent* const entry = ::readdir(stream_.get());
    if (entry == nullptr && errno != 0) fail("a spool folder cannot be listed", errno, "look at the disk");
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  return names;
}

SpoolFolder::SpoolFolder(std::string directory) : directory_(std::move(directory)) {
  base_ = open_folder(AT_FDCWD, directory_.c_str(), directory_);
  struct stat base {};
  ::fstat(base_.get(), &base);
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    const std::string folder_path = path(static_cast<Folder>(i));
    folders_[i] = open_folder(base_.get(), folder_names[i], folder_path);
    struct stat folder {};
    ::fstat(folders_[i].get(), &folder);
    if (folder.st_dev != base.st_dev) {
      fail("the spool folder " + folder_path + " is on another file system than " + directory_, EXDEV,
           "a file can be claimed by one atomic rename only within one file system");
    }
  }
  sync_all();
}

/// A killed process may have left new folders and moves that are not durable. They must be durable before a job is
/// inserted: if a power cut undid the claim of a file whose job is stored, the file would become a second job. Folders
/// that files moved to are synced before the folders that they came from.
void SpoolFolder::sync_all() const {
  // azrestored may lack the permission to open the parent folder. Then it did not create the spool there.
  if (const FileDescriptor above(::openat(base_.get(), "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)); above.is_open()) {
    // The parent may be on a read-only file system, which has nothing to sync.
    if (::fsync(above.get()) != 0 && errno != EINVAL && errno != EROFS)
      fail("the folder above " + directory_ + " cannot be synced", errno, "look at the disk");
  }
  sync_folder(base_, directory_);
  for (const Folder place : {Folder::accepted, Folder::rejected, Folder::claimed, Folder::incoming}) sync(place);
}

int SpoolFolder::at(Folder place) const {
  return folders_[static_cast<std::size_t>(place)].get();
}

std::string SpoolFolder::path(Folder place) const {
  return directory_ + "/" + folder_names[static_cast<std::size_t>(place)];
}

bool SpoolFolder::exists(Folder place, const std::string& name) const {
  struct stat file {};
  return ::fstatat(at(place), name.c_str(), &file, AT_SYMLINK_NOFOLLOW) == 0;
}

FolderListing SpoolFolder::list(Folder place) const {
  // A descriptor keeps working after its folder was replaced, and azrestored would not see files in the new folder.
  struct stat ours {};
  struct stat named {};
  ::fstat(at(place), &ours);
  const bool found = ::fstatat(AT_FDCWD, path(place).c_str(), &named, 0) == 0;
  if (!found || ours.st_ino != named.st_ino || ours.st_dev != named.st_dev) {
    fail("the spool folder " + path(place) + " was removed or replaced while azrestored ran", found ? ESTALE : errno,
         "start azrestored again to use the new one");
  }
  // Opened again, because a duplicated descriptor would share the read position of the last listing.
  FileDescriptor folder(::openat(at(place), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open())
    fail("the spool folder " + path(place) + " cannot be listed", errno, "look at its permissions");
  return FolderListing(std::move(folder));
}

FileLook SpoolFolder::look_at(const std::string& name, const LookOptions& options) const {
  return look_at_file(at(Folder::incoming), name, options);
}

Result<bool> SpoolFolder::claim(const SeenFile& file, const JobId& id) {
  const std::string from = "incoming/" + file.name;
  const FileDescriptor opened(::openat(at(Folder::incoming), file.name.c_str(), open_to_read));
  if (!opened.is_open()) {
    if (errno == ENOENT || errno == ELOOP || errno == ENXIO) return false;  // removed or replaced
    return Error(ErrorKind::transient, from + " is left alone: azrestored cannot read it (" + reason_for(errno) +
                                           "); let its user or group read the file. azrestored tries again later.");
  }
  struct stat now {};
  ::fstat(opened.get(), &now);
  if (now.st_ino != file.inode || nanoseconds(now.st_ctim) != file.changed_ns) return false;

  crash_point("spool.before-claim");
  const std::string claimed = Claim{id, file.name}.file_name();
  if (::renameat(at(Folder::incoming), file.name.c_str(), at(Folder::claimed), claimed.c_str()) == 0) return true;
  if (errno == ENOENT) return false;
  return moving_failed(from, "claimed/", errno);
}

SpoolFolder::Reading SpoolFolder::read(const Claim& claim, std::optional<std::uint64_t> inode) const {
  const std::string name = claim.file_name();
  struct stat named {};
  if (!inode.has_value()) {
    const Result<void> finished = finish_move(claim);
    if (!finished) return Skipped{0, finished.error().sentence()};
  }
  if (::fstatat(at(Folder::claimed), name.c_str(), &named, AT_SYMLINK_NOFOLLOW) != 0) return Gone{};
  if (inode.has_value() && *inode != named.st_ino) return StillChanging{};
  const std::string odd = oddity(named);
  if (!odd.empty()) return Invalid{"This is not a job file: " + odd + "; expected a regular file with one name."};

  const FileDescriptor file(::openat(at(Folder::claimed), name.c_str(), open_to_read));
  const auto unreadable = [&] {
    return Skipped{named.st_ino, "claimed/" + name + " cannot be read: " + reason_for(errno) +
                                     "; it stays there, and azrestored tries again later."};
  };
  if (!file.is_open()) return unreadable();
  struct stat before {};
  ::fstat(file.get(), &before);
  if (before.st_ino != named.st_ino || !oddity(before).empty()) return StillChanging{};
  const auto size = static_cast<std::size_t>(before.st_size);
  if (size > max_job_file_bytes) {
    return Invalid{"The file has " + std::to_string(size) + " bytes; a job file may have at most " +
                   std::to_string(max_job_file_bytes) + "."};
  }
  std::optional<std::string> text = read_text(file.get(), size + 1);  // one byte more shows whether the file grows
  if (!text) return unreadable();
  struct stat after {};
  ::fstat(file.get(), &after);
  const bool is_same = text->size() == size && nanoseconds(after.st_ctim) == nanoseconds(before.st_ctim);
  if (!is_same) return StillChanging{};  // its writer is not finished
  return ClaimedFile{std::move(*text), after.st_uid};
}

bool SpoolFolder::is_also(Folder place, const std::string& name, const Claim& claim) const {
  struct stat claimed {};
  struct stat other {};
  return ::fstatat(at(Folder::claimed), claim.file_name().c_str(), &claimed, AT_SYMLINK_NOFOLLOW) == 0 &&
         ::fstatat(at(place), name.c_str(), &other, AT_SYMLINK_NOFOLLOW) == 0 && claimed.st_ino == other.st_ino;
}

Result<void> SpoolFolder::drop_name(Folder place, const std::string& name) const {
  if (::unlinkat(at(place), name.c_str(), 0) != 0) {
    return Error(ErrorKind::transient, path(place) + "/" + name + " is a second name of a file, left by a power cut, " +
                                           "and cannot be removed: " + reason_for(errno) +
                                           "; it stays there, and azrestored tries again later.");
  }
  return {};
}

/// If each folder is durable independently, a power cut between the two syncs after a move leaves the file under both
/// names, and it would be taken twice. Removes the old name. (reject.cpp does the same.)
Result<void> SpoolFolder::finish_move(const Claim& claim) const {
  const bool is_in_incoming = is_also(Folder::incoming, claim.name, claim);
  if (!is_in_incoming && !is_also(Folder::accepted, accepted_name(claim.id), claim)) return {};
  const Folder old_place = is_in_incoming ? Folder::incoming : Folder::claimed;
  const Result<void> dropped = drop_name(old_place, is_in_incoming ? claim.name : claim.file_name());
  if (dropped) sync(old_place);
  return dropped;
}

Result<bool> SpoolFolder::put_back(const Claim& claim) {
  const std::string name = claim.file_name();
  if (::renameat2(at(Folder::claimed), name.c_str(), at(Folder::incoming), claim.name.c_str(), RENAME_NOREPLACE) == 0) {
    return true;
  }
  if (errno == EEXIST) return false;
  return moving_failed("claimed/" + name, "incoming/", errno);
}

Result<void> SpoolFolder::accept(const Claim& claim) {
  const std::string name = claim.file_name();
  // Replaces an older accepted/ID.json, which can only come from a store that no longer exists: the id is new in this
  // store.
  if (::renameat(at(Folder::claimed), name.c_str(), at(Folder::accepted), accepted_name(claim.id).c_str()) != 0) {
    return moving_failed("claimed/" + name, "accepted/", errno);
  }
  crash_point("spool.accepted");
  return {};
}

Result<void> SpoolFolder::remove_accepted(std::span<const JobId> ids) {
  for (const JobId& id : ids) {
    const std::string name = accepted_name(id);
    if (::unlinkat(at(Folder::accepted), name.c_str(), 0) != 0 && errno != ENOENT) {
      return Error(ErrorKind::transient, path(Folder::accepted) + "/" + name + " of a job that finished long ago " +
                                             "cannot be removed: " + reason_for(errno));
    }
  }
  return {};
}

void SpoolFolder::sync(Folder place) const {
  sync_folder(folders_[static_cast<std::size_t>(place)], path(place));
}

}  // namespace azrestored
