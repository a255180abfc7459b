#include "daemon/cli/terminal/confirm.hpp"

#include <unistd.h>

#include <iostream>

#include "core/base/text.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {

bool is_person_there() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

bool is_confirmed(const std::string& question) {
  std::cerr << wrapped(harmless(question) + " [y/N]", error_width(), 0) << " " << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer))
    std::cerr << std::endl;  // at the end of input the cursor stays after the question
  return iequals(answer, "y") || iequals(answer, "yes");
}

}  // namespace azrestored::cli
