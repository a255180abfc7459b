#include "tests/support/process_figures.hpp"

#include <string>

#include "tests/support/files.hpp"

namespace azrestored::test {

std::size_t open_descriptors(pid_t process) {
  return names_in("/proc/" + std::to_string(process) + "/fd").size();
}

std::size_t peak_memory_kib(pid_t process) {
  const std::string status = read_file("/proc/" + std::to_string(process) + "/status");
  return std::stoul(status.substr(status.find("VmHWM:") + 6));
}

}  // namespace azrestored::test
