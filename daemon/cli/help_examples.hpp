// What the help of each command shows as its use: lines that can be typed as they stand.
#pragma once

#include <string>
#include <string_view>

namespace azrestored::cli {

/// "Examples:" and a line each; of the program itself for "".
std::string help_examples(std::string_view command);

}  // namespace azrestored::cli
