// What a name in incoming/ is at one moment: a complete file, one that is still being written, or one that is not
// taken. A file that ends inside its JSON is not complete: a client stalls in the middle of a transfer for seconds or
// minutes, and nothing but the text shows it. Blocks. SpoolFolder and the list of the spool (listing.hpp) use it.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/base/instant.hpp"

namespace azrestored {

/// Another program removed the file in the meantime. Normal.
struct Gone {};
/// Not accepted, or not yet; the file stays where it is. `inode` shows whether this file was already reported.
struct Skipped {
  std::uint64_t inode = 0;
  std::string sentence;
};
/// A file in incoming/, with what identifies it.
struct SeenFile {
  std::string name;
  std::uint64_t inode = 0;
  std::int64_t changed_ns = 0;  // its ctime
  std::uint64_t bytes = 0;
  bool is_whole = false;     // it was read and does not end inside its JSON
  bool is_restless = false;  // it was never quiet, for so long that it is to be refused
};
/// Changed so recently that it may be unfinished: to be examined again after `left`.
struct NotQuiet {
  Millis left{};
  std::optional<SeenFile> file{};  // unless it is no regular file with one name
};
/// Ends inside its JSON: to be examined again when it changes, and to be refused after `left` if it does not.
struct Unfinished {
  Millis left{};
  std::uint64_t inode = 0;
};

using FileLook = std::variant<Gone, NotQuiet, Unfinished, Skipped, SeenFile>;

struct LookOptions {
  Instant now;
  Millis settle_time{};  // spool.settleTime
};

/// What `name` in the folder is. A SeenFile is to be taken: it is complete, or it did not change for `settle_time`.
FileLook look_at_file(int folder, const std::string& name, const LookOptions& options);

/// Non-blocking, because a FIFO may have replaced the file, and opening a FIFO waits for a writer.
inline constexpr int open_to_read = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

/// Why the file is not a regular file with one name, or "" if it is.
std::string oddity(const struct stat& file);

std::int64_t nanoseconds(const timespec& time);
Instant to_instant(const timespec& time);

/// Up to `most` bytes of the file; nullopt with errno on failure.
std::optional<std::string> read_text(int file, std::size_t most);

}  // namespace azrestored
