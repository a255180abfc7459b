// Removes secrets from URLs before they are shown. Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// The URL without the values of its signature parameters: "?api-version=...&t=...&c=...&s=...&h=..." becomes
/// "?api-version=...&t=(cut)&c=(cut)&s=(cut)&h=(cut)". These are the parameters of ARM (azure-backup-api.md 4.2), and
/// `sig` of storage URLs. Anyone who has them can use the URL, so logs and messages must not contain them.
std::string redact_url(std::string_view url);

}  // namespace azrestored
