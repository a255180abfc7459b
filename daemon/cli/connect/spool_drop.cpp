#include "daemon/cli/connect/spool_drop.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include "daemon/os/file_descriptor.hpp"
#include "daemon/spool/names.hpp"

namespace azrestored::cli {
namespace {

Error refused(const std::string& path, const char* deed) {
  return {ErrorKind::refused, path + ": cannot " + deed + ": " + std::generic_category().message(errno)};
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Writes the file under its temporary name. Returns the step that failed, or nullptr.
const char* write_durably(int folder, const std::string& name, std::string_view text) {
  const FileDescriptor file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open()) return "create a file here";
  // The daemon runs as another user and must be able to read it; a job file holds no secret.
  if (::fchmod(file.get(), 0644) != 0) return "make the file readable";
  if (!write_all(file.get(), text)) return "write the file";
  return ::fsync(file.get()) == 0 ? nullptr : "sync the file to disk";
}

}  // namespace

Result<void> drop_into_spool(const std::string& spool, const JobId& id, std::string_view text) {
  const std::string incoming = spool + "/incoming";
  const FileDescriptor folder(::open(incoming.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return refused(incoming, "open the folder");
  const std::string name = id + ".json";
  const std::string temporary = "." + name + ".tmp";
  const char* failed = write_durably(folder.get(), temporary, text);
  if (failed == nullptr && ::renameat(folder.get(), temporary.c_str(), folder.get(), name.c_str()) != 0) {
    failed = "rename the file";
  }
  if (failed != nullptr) {
    const Error error = refused(incoming, failed);
    ::unlinkat(folder.get(), temporary.c_str(), 0);
    return error;
  }
  if (::fsync(folder.get()) != 0) {
    // The daemon may have read the file already: to remove it and try again could restore twice.
    const std::string doubt =
        "; but the job is in the spool: check it with `azrestorectl list` before you submit it again";
    return Error(ErrorKind::transient, refused(incoming, "sync the folder to disk").sentence() + doubt);
  }
  return {};
}

std::vector<std::string> refusal_in_spool(const std::string& spool, const JobId& id) {
  std::ifstream file(spool + "/rejected/" + reason_name(rejected_name(id + ".json", 1)));
  std::vector<std::string> sentences;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) sentences.push_back(line);
  }
  return sentences;
}

}  // namespace azrestored::cli
