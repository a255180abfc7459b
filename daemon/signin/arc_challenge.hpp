// The proof that Azure Arc's agent wants: it names a file that its own group alone can read, and takes what is in it
// (API.md 8.4). The name comes over HTTP from whoever listens on the port, so it is believed only inside the agent's
// folder: otherwise we would read any file for it.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// The Authorization header ("Basic ...") that answers a 401 with a WWW-Authenticate of "Basic realm=FILE". The file
/// has to lie in `token_folder` itself, end in ".key", be a regular file and no link, and hold at most 4096 bytes.
/// Error kind `unauthorized` when one of these is not so, or the file cannot be read.
Result<std::string> answer_arc_challenge(const HttpResponse& response, const std::string& token_folder);

}  // namespace azrestored
