// Tells Azure's responses from those of a web filter, proxy or gateway between azrestored and Azure. Such a response
// says nothing about a right, a resource or a request in Azure (azure-backup-api.md 4.6). Pure.
#pragma once

#include <optional>
#include <string>

#include "core/http/message.hpp"

namespace azrestored {

/// The sentence about a response that is not Azure's; nullopt for one that may be Azure's. A response is Azure's if it
/// has one of ARM's headers (x-ms-..., Azure-AsyncOperation) or an error in one of Azure's envelopes. Of the others,
/// a web page is not, and neither is a 4xx that is not 408 or 429: ARM sends none without headers and error.
std::optional<std::string> stranger_in(const HttpResponse& response);

}  // namespace azrestored
