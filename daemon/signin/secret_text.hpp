// The form in which a secret stands in its file. Windows and Azure's tools wrap it: Notepad puts a byte order mark before
// it, PowerShell's ">" writes UTF-16, `az -o json` adds quotes or writes a whole object, and a header is copied with the
// word Bearer. A wrapping that no secret can have is taken off; anything else that is no secret is named. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace azrestored {

enum class SecretKind {
  text,           // taken as it is, one line
  client_secret,  // also from the JSON of `az ad sp create-for-rbac` and `az ad app credential reset`
  token           // also after "Bearer", and from the JSON of `az account get-access-token`
};

/// The bytes of a text file as UTF-8, without a byte order mark: UTF-16 of either order is converted. UTF-16 without a
/// mark is recognized by its zero bytes.
std::string to_utf8(std::string_view bytes);

/// The secret in the text. The error's sentence continues "the client secret file /path " and shows nothing of the
/// content.
Result<std::string> unwrap_secret(std::string_view text, SecretKind kind, const std::string& what);

}  // namespace azrestored
