// Secrets that live in small files, put there by a person, a mounted volume or systemd's LoadCredential.
#pragma once

#include <string>

#include "core/result.hpp"

namespace azrestored {

/// The one line in the file, without white space around it. `what` names it in sentences ("client secret"). Kind
/// `unauthorized` when there is no such file, it cannot be read, or it holds no secret or more than a line; the
/// sentence says what to do and shows nothing of the content. Reads at most 64 KiB, and only regular files: a pipe
/// would block.
Result<std::string> read_secret_file(const std::string& path, const std::string& what);

}  // namespace azrestored
