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

constexpr std::size_t most_bytes = std::size_t{64} << 10U;

Error unusable(const std::string& path, const std::string& what, const std::string& why) {
  return {ErrorKind::unauthorized, "the " + what + " file " + path + " " + why};
}

Error unreadable(const std::string& path, const std::string& what) {
  return unusable(path, what, "cannot be read: " + std::generic_category().message(errno));
}

std::string trimmed(const std::string& text) {
  static constexpr auto white_space = " \t\r\n";
  const auto begin = text.find_first_not_of(white_space);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

}  // namespace

Result<std::string> read_secret_file(const std::string& path, const std::string& what) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) return unreadable(path, what);
  if (!S_ISREG(status.st_mode)) return unusable(path, what, "is not a regular file; put the " + what + " into one");
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = ::read(file.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(path, what);
    if (count == 0) break;
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > most_bytes) return unusable(path, what, "is larger than 64 KiB; it should hold one line");
  }
  text = trimmed(text);
  if (text.empty()) return unusable(path, what, "is empty; put the " + what + " into it");
  const bool one_line = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (!one_line) return unusable(path, what, "holds more than one line of text; it should hold the " + what + " alone");
  return text;
}

}  // namespace azrestored
