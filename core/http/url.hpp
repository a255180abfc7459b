// Splits absolute URLs into the parts that a connection and a request line need. Pure.
// The target keeps every byte. ARM signs the URLs that it returns, with raw ';' in their paths and up to 8 KB of query
// (azure-backup-api.md 4.2, 13 (7)); decoding and encoding would change them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

struct Url {
  bool tls = true;
  std::string host;       // lower case, without the brackets of an IPv6 address
  std::string port;       // "443" and "80" filled in
  std::string authority;  // as written in the URL; the value of the Host header
  std::string target;     // path and query, verbatim; "/" when there is no path

  /// "management.azure.com:443", for messages.
  [[nodiscard]] std::string place() const;
  /// Equal for all URLs that one kept-alive connection can serve.
  [[nodiscard]] std::string origin() const;
};

/// nullopt if the text is not an absolute http or https URL of visible ASCII. Also refuses a user name before the host:
/// "https://management.azure.com@example.net/" would send a token to another host.
std::optional<Url> split_url(std::string_view url);

}  // namespace azrestored
