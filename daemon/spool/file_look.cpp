#include "daemon/spool/file_look.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "core/jobfile/job_file.hpp"
#include "core/json/document.hpp"
#include "daemon/os/file_descriptor.hpp"
#include "daemon/spool/names.hpp"

namespace azrestored {
namespace {

enum class Ending { whole, inside, moving, unreadable };

/// Whether the file's text ends inside its JSON. `moving`: it is no longer the file that was seen.
Ending ending_of(int folder, const SeenFile& seen) {
  const FileDescriptor file(::openat(folder, seen.name.c_str(), open_to_read));
  if (!file.is_open()) return Ending::unreadable;
  const std::optional<std::string> text = read_text(file.get(), seen.bytes + 1);
  if (!text) return Ending::unreadable;
  struct stat after {};
  ::fstat(file.get(), &after);
  const bool is_same = after.st_ino == seen.inode && nanoseconds(after.st_ctim) == seen.changed_ns;
  if (!is_same || text->size() != seen.bytes) return Ending::moving;
  return ends_inside_json(*text) ? Ending::inside : Ending::whole;
}

}  // namespace

FileLook look_at_file(int folder, const std::string& name, const LookOptions& options) {
  struct stat file {};
  if (::fstatat(folder, name.c_str(), &file, AT_SYMLINK_NOFOLLOW) != 0) return Gone{};
  SeenFile seen{name, file.st_ino, nanoseconds(file.st_ctim), static_cast<std::uint64_t>(file.st_size)};
  // A second link may be temporary (link to the final name, then unlink the first), so the kind is checked only after
  // the file is quiet. For other kinds the wait is harmless.
  const Instant changed = to_instant(file.st_ctim);
  const std::string odd = oddity(file);
  if (!is_quiet(changed, options.now)) {
    return NotQuiet{changed + quiet_time - options.now, odd.empty() ? std::optional(std::move(seen)) : std::nullopt};
  }
  if (!odd.empty()) {
    return Skipped{file.st_ino, "incoming/" + name + " is left alone: " + odd +
                                    "; a job file is a regular file with one name. Copy its content here instead."};
  }
  if (is_settled(changed, options.now, options.settle_time) || seen.bytes > max_job_file_bytes) return seen;
  switch (ending_of(folder, seen)) {
    case Ending::inside:
      return Unfinished{changed + options.settle_time - options.now, seen.inode};
    case Ending::moving:
      return NotQuiet{quiet_time, std::move(seen)};
    case Ending::whole:
      seen.is_whole = true;
      break;
    case Ending::unreadable:  // its claim fails, and says why
      break;
  }
  return seen;
}

std::string oddity(const struct stat& file) {
  if (S_ISLNK(file.st_mode)) return "it is a symbolic link";
  if (S_ISDIR(file.st_mode)) return "it is a folder";
  if (S_ISFIFO(file.st_mode)) return "it is a FIFO";
  if (!S_ISREG(file.st_mode)) return "it is a device or a socket";
  if (file.st_nlink != 1) return "it has " + std::to_string(file.st_nlink) + " hard links";
  return "";
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

Instant to_instant(const timespec& time) {
  return Instant(std::chrono::duration_cast<Millis>(std::chrono::nanoseconds(nanoseconds(time))));
}

std::optional<std::string> read_text(int file, std::size_t most) {
  std::string text(most, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t n = ::read(file, text.data() + size, text.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::nullopt;
    if (n == 0) break;
    size += static_cast<std::size_t>(n);
  }
  text.resize(size);
  return text;
}

}  // namespace azrestored
