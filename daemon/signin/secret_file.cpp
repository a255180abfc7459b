#include "daemon/signin/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "config/setting_forms.hpp"
#include "core/base/pasted_text.hpp"
#include "daemon/os/file_descriptor.hpp"

namespace azrestored {
namespace {

Error unusable(const SecretFile& file, const std::string& why) {
  return {ErrorKind::unauthorized, "the " + file.what + " file " + file.path + " " + why};
}

/// The remedy for a credential that the service does not have.
std::string hand_it_over(const std::string& name) {
  return "; add LoadCredential=" + name + ":FILE with `systemctl edit azrestored`, and restart the service";
}

/// The path of the file. Only the service to which systemd passes a credential knows the credential's path.
Result<std::string> path_of(const SecretFile& file) {
  if (!file.path.starts_with(credentials_prefix)) return file.path;
  const std::string name = file.path.substr(credentials_prefix.size());
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (folder != nullptr) return folder + ("/" + name);
  return unusable(file, "cannot be read: systemd has passed no credential to this process" + hand_it_over(name));
}

Error unreadable(const SecretFile& file) {
  if (errno == ENOENT && file.path.starts_with(credentials_prefix)) {
    const std::string name = file.path.substr(credentials_prefix.size());
    return unusable(file, "is not among the credentials of the service" + hand_it_over(name));
  }
  if (errno == ELOOP && !file.may_be_link) return unusable(file, "is a symbolic link, which is not followed");
  return unusable(file, "cannot be read: " + std::generic_category().message(errno));
}

}  // namespace

Result<std::string> read_secret_text(const SecretFile& file) {
  const int no_link = file.may_be_link ? 0 : O_NOFOLLOW;
  const auto path = path_of(file);
  if (!path) return path;
  const FileDescriptor opened(::open(path->c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | no_link));
  struct stat status {};
  if (!opened.is_open() || ::fstat(opened.get(), &status) != 0) return unreadable(file);
  if (!S_ISREG(status.st_mode))
    return unusable(file, "is not a regular file; put the " + file.what + " into a regular file");
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = ::read(opened.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(file);
    if (count == 0) break;
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > file.most_bytes) {
      return unusable(file,
                      "is larger than " + std::to_string(file.most_bytes) + " bytes; it must contain the " + file.what);
    }
  }
  text = to_utf8(text);
  if (trim_pasted(text).empty()) return unusable(file, "is empty; put the " + file.what + " into it");
  return text;
}

Result<std::string> read_secret_line(const SecretFile& file, SecretKind kind) {
  auto text = read_secret_text(file);
  if (!text) return text;
  auto secret = unwrap_secret(*text, kind, file.what);
  if (!secret) return unusable(file, secret.error().sentence());
  return secret;
}

}  // namespace azrestored
