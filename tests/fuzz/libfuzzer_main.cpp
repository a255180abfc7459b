// The program for libFuzzer: fuzz --target=NAME, followed by libFuzzer's own options and folders. `fuzz --target=?`
// lists the names.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/fuzz/targets.hpp"

namespace {

void (*chosen)(std::string_view) = nullptr;

constexpr std::string_view option = "--target=";

}  // namespace

// libFuzzer ignores options with two dashes.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  std::string_view wanted;
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (argument.starts_with(option)) wanted = argument.substr(option.size());
  }
  for (const auto& target : azrestored::fuzz::targets()) {
    if (target.name == wanted) chosen = target.run;
    if (wanted == "?") std::puts(std::string(target.name).c_str());
  }
  if (wanted == "?") std::exit(0);
  if (chosen == nullptr) {
    std::fputs("the target is missing: use --target=NAME; --target=? lists the names\n", stderr);
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
