// Secrets that live in small files, put there by a person, a mounted volume or systemd's LoadCredential.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.hpp"

namespace azrestored {

struct SecretFile {
  std::string path;  // or $CREDENTIALS_DIRECTORY/NAME, as the settings have it
  std::string what;  // names it in sentences: "client secret"
  std::size_t most_bytes = std::size_t{64} << 10U;
  bool may_be_link = true;  // mounted volumes and LoadCredential hand out links
};

/// The one line in the file, without white space around it. Kind `unauthorized` when there is no such file, it cannot
/// be read, or it holds no secret or more than a line; the sentence says what to do and shows nothing of the content.
/// Reads only regular files: a pipe would block.
Result<std::string> read_secret_line(const SecretFile& file);

/// All of the file, with the same rules but that of the one line: keys and certificates in PEM.
Result<std::string> read_secret_text(const SecretFile& file);

}  // namespace azrestored
