// The proof that Azure Arc's agent requires: it names a file that only its group can read, and accepts the content
// (azure-backup-api.md 8.4). The name comes over HTTP from an unverified program. So azrestored reads only files in the
// agent's folder; otherwise that program could make it read any file.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// The Authorization header ("Basic ...") for a 401 response with the WWW-Authenticate header "Basic realm=FILE". The
/// file must be directly in `token_folder`, end in ".key", be a regular file and not a link, and have at most 4096
/// bytes. Error kind `unauthorized` if one of these is not true or the file cannot be read.
Result<std::string> answer_arc_challenge(const HttpResponse& response, const std::string& token_folder);

}  // namespace azrestored
