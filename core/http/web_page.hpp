// Recognizes the page of a web filter, proxy, gateway or captive portal in place of a service's response, and describes
// it for a person. Every service that azrestored calls speaks JSON, so a page of HTML is never from the service. Pure.
#pragma once

#include <string>

#include "core/http/message.hpp"

namespace azrestored {

/// True if the content type or the beginning of the body says HTML.
bool is_web_page(const HttpResponse& response);

/// "HTTP 403, an HTML page with the title "Access denied", from the server "webfilter"". Of the body it shows only the
/// title, at most 80 characters of printable ASCII.
std::string describe_stranger(const HttpResponse& response);

}  // namespace azrestored
