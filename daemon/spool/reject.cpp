// How a refused file moves from claimed/ to rejected/ with its reason beside it (SpoolFolder::reject). A crash at any
// point leaves no file without its reason. A repetition of the steps after a crash leaves no trace of the first run.
//
//   1. Choose a name X that no file in rejected/ has.
//   2. Write X.reason under a temporary name, fsync it, rename it, fsync the folder.
//      A crash here: the job file is still in claimed/. The next scan refuses it again; X is still free, and X.reason
//      is replaced by one with the same text.
//   3. Move the job file to X, without replacing any file.
//      A crash here: nothing is left to do.
//
// Therefore a reason may be replaced exactly if its file does not exist.
#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "daemon/os/crash_point.hpp"
#include "daemon/spool/folder.hpp"

namespace azrestored {
namespace {

/// The maximum number of refused files of one name. More than that is a fault of the program that drops them.
constexpr int most_of_one_name = 10'000;

Error cannot_reject(const Claim& claim, const std::string& why) {
  return {ErrorKind::transient, "claimed/" + claim.file_name() + " is refused, but cannot be moved to rejected/: " +
                                    why + "; it stays there, and azrestored tries again later."};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(file, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<std::string> SpoolFolder::reject(const Claim& claim, std::span<const std::string> reasons) {
  crash_point("spool.before-reject");
  for (int choice = 1; choice <= most_of_one_name; ++choice) {
    std::string name = rejected_name(claim.name, choice);
    // A power cut left the file under both names of this move. claimed/ is not synced here: other files that just left
    // it are not durable in their new folders yet.
    if (is_also(Folder::rejected, name, claim)) {
      const Result<void> dropped = drop_name(Folder::claimed, claim.file_name());
      if (!dropped) return dropped.error();
      return name;
    }
    if (exists(Folder::rejected, name)) continue;
    if (const Result<void> written = write_reason(name, reasons); !written) {
      return cannot_reject(claim, written.error().sentence());
    }
    sync(Folder::rejected);
    crash_point("spool.reason-written");
    if (::renameat2(at(Folder::claimed), claim.file_name().c_str(), at(Folder::rejected), name.c_str(),
                    RENAME_NOREPLACE) == 0) {
      return name;
    }
    if (errno != EEXIST) return cannot_reject(claim, std::generic_category().message(errno));
  }
  std::string sentence = std::to_string(most_of_one_name);
  sentence += " files of that name are there; remove them";
  return cannot_reject(claim, sentence);
}

Result<void> SpoolFolder::write_reason(const std::string& name, std::span<const std::string> reasons) {
  std::string text;
  for (const std::string& reason : reasons) text += reason + "\n";

  const std::string final_name = reason_name(name);
  const std::string temporary = "." + final_name + ".tmp";
  const int folder = at(Folder::rejected);
  const FileDescriptor file(
      ::openat(folder, temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640));
  if (!file.is_open() || !write_all(file.get(), text) || ::fsync(file.get()) != 0 ||
      ::renameat(folder, temporary.c_str(), folder, final_name.c_str()) != 0) {
    return Error(ErrorKind::transient, "its reason cannot be written (" + std::generic_category().message(errno) + ")");
  }
  return {};
}

}  // namespace azrestored
