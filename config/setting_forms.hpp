// The forms that a setting's text may have, and the texts that describe them in a fault ("expected ..."). Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// "https://host[:port]", or the same with http if the host is this machine. No user, path or query.
bool is_service_url(std::string_view text);

/// As is_service_url, or empty for the cloud's URL.
bool is_optional_service_url(std::string_view text);

/// As is_service_url, or http to a link-local address, where Azure's machines find their identity service.
bool is_identity_url(std::string_view text);

/// "2025-02-01", "2025-02-01-preview".
bool is_api_version(std::string_view text);

/// Letters, digits, dots and dashes: ids and domain names of tenants and applications. Empty means none.
bool is_directory_name(std::string_view text);

/// The ARM id of a user-assigned managed identity. Empty means none.
bool is_identity_id(std::string_view text);

bool is_absolute_path(std::string_view text);

/// As is_absolute_path, or empty for none.
bool is_optional_path(std::string_view text);

/// The prefix of the name of a credential that systemd passes to the service (systemd.exec(5), LoadCredential=).
inline constexpr std::string_view credentials_prefix = "$CREDENTIALS_DIRECTORY/";

/// As is_optional_path, or credentials_prefix followed by a credential's name.
bool is_optional_secret_path(std::string_view text);

/// An absolute path that fits into a socket address.
bool is_socket_path(std::string_view text);

/// The form that ListenAddress::parse() reads, or empty for none.
bool is_optional_listen_address(std::string_view text);

/// A suggestion for a text that was refused, for the end of a sentence; "" if there is none.
std::string service_url_hint(std::string_view text);
std::string identity_url_hint(std::string_view text);
std::string identity_id_hint(std::string_view text);
std::string path_hint(std::string_view text);
/// For a setting that takes the path of a file with a secret. The text may be the secret itself and is not repeated.
std::string secret_file_hint(std::string_view text);

namespace forms {

inline constexpr std::string_view service_url =
    "https://host or https://host:port (http only to this machine), without path and user";
inline constexpr std::string_view optional_service_url =
    "https://host or https://host:port (http only to this machine), without path and user, or \"\" for the cloud's";
inline constexpr std::string_view identity_url =
    "http or https, host and port (http only to this machine or 169.254.*), without path and user";
inline constexpr std::string_view api_version = "a version of the API such as \"2025-02-01\"";
inline constexpr std::string_view directory_name = "letters, digits, dots and dashes";
inline constexpr std::string_view identity_id =
    "/subscriptions/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME, or \"\" for none";
inline constexpr std::string_view path = "an absolute path";
inline constexpr std::string_view optional_path = "an absolute path, or \"\" for none";
inline constexpr std::string_view optional_secret_path =
    "an absolute path, $CREDENTIALS_DIRECTORY/NAME for a credential of the systemd service, or \"\" for none";
inline constexpr std::string_view optional_listen_address =
    "a numeric address and a port such as \"127.0.0.1:9633\" or \"[::1]:9633\", or \"\" for none";
inline constexpr std::string_view socket_path = "an absolute path of at most 107 bytes";

}  // namespace forms

}  // namespace azrestored
