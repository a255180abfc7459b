#include "daemon/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "daemon/file_descriptor.hpp"

namespace azrestored {
namespace {

Error unusable(const SecretFile& file, const std::string& why) {
  return {ErrorKind::unauthorized, "the " + file.what + " file " + file.path + " " + why};
}

Error unreadable(const SecretFile& file) {
  if (errno == ELOOP && !file.may_be_link) return unusable(file, "is a symbolic link, which is not followed");
  return unusable(file, "cannot be read: " + std::generic_category().message(errno));
}

std::string trimmed(const std::string& text) {
  static constexpr auto white_space = " \t\r\n";
  const auto begin = text.find_first_not_of(white_space);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

}  // namespace

Result<std::string> read_secret_text(const SecretFile& file) {
  const int no_link = file.may_be_link ? 0 : O_NOFOLLOW;
  const FileDescriptor opened(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | no_link));
  struct stat status {};
  if (!opened.is_open() || ::fstat(opened.get(), &status) != 0) return unreadable(file);
  if (!S_ISREG(status.st_mode)) return unusable(file, "is not a regular file; put the " + file.what + " into one");
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = ::read(opened.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(file);
    if (count == 0) break;
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > file.most_bytes) {
      return unusable(file, "is larger than " + std::to_string(file.most_bytes) + " bytes, and thus no " + file.what);
    }
  }
  if (trimmed(text).empty()) return unusable(file, "is empty; put the " + file.what + " into it");
  return text;
}

Result<std::string> read_secret_line(const SecretFile& file) {
  auto text = read_secret_text(file);
  if (!text) return text;
  const std::string line = trimmed(*text);
  const bool is_one = std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (!is_one) return unusable(file, "holds more than one line of text; it should hold the " + file.what + " alone");
  return line;
}

}  // namespace azrestored
