// Reads secrets from small files, which an operator, a mounted volume or systemd's LoadCredential= provides.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.hpp"
#include "daemon/signin/secret_text.hpp"

namespace azrestored {

struct SecretFile {
  std::string path;  // or $CREDENTIALS_DIRECTORY/NAME, as in the settings
  std::string what;  // the secret's name in sentences: "client secret"
  std::size_t most_bytes = std::size_t{64} << 10U;
  bool may_be_link = true;  // mounted volumes and LoadCredential= use links
};

/// The secret in the file, without what surrounds it (secret_text.hpp). Error kind `unauthorized` if the file does not
/// exist, cannot be read, is empty or contains anything else. The sentence says what to do and shows nothing of the
/// content. Reads only regular files, because a pipe would block.
Result<std::string> read_secret_line(const SecretFile& file, SecretKind kind = SecretKind::text);

/// The whole file in UTF-8, for keys and certificates in PEM. The same rules, except that it may have several lines.
Result<std::string> read_secret_text(const SecretFile& file);

}  // namespace azrestored
