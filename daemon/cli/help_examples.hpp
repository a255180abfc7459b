// The examples in the help of each command. Each can be typed as it stands.
#pragma once

#include <string>
#include <string_view>

namespace azrestored::cli {

/// "Examples:" and a line for each example of the command. "" gives the examples of the program itself.
std::string help_examples(std::string_view command);

}  // namespace azrestored::cli
