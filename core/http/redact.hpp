// Making URLs fit to be shown. Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// The URL with the values of its signature parameters cut: "?api-version=...&t=...&c=...&s=...&h=..." becomes
/// "?api-version=...&t=(cut)&c=(cut)&s=(cut)&h=(cut)". Those are ARM's (API.md 4.2), and `sig` of storage URLs. Whoever
/// has them can use the URL, so they stay out of logs and of what people are shown.
std::string redact_url(std::string_view url);

}  // namespace azrestored
