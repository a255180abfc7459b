// What the text of a setting may look like. Pure; a sentence about each is beside its name in settings.cpp.
#pragma once

#include <string_view>

namespace azrestored {

/// "https://host[:port]", or the same with http where the host is this machine. No user, path or query.
bool is_service_url(std::string_view text);

/// As is_service_url, or http to a link-local address: where Azure's machines find their identity service.
bool is_identity_url(std::string_view text);

/// "2025-02-01", "2025-02-01-preview".
bool is_api_version(std::string_view text);

/// Letters, digits, dots and dashes: ids and domain names of tenants and applications. Empty means none.
bool is_directory_name(std::string_view text);

bool is_absolute_path(std::string_view text);

/// As is_absolute_path, or empty for none.
bool is_optional_path(std::string_view text);

/// An absolute path that fits into a socket's address.
bool is_socket_path(std::string_view text);

}  // namespace azrestored
