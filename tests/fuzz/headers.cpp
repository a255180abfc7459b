// The headers of responses: a server's wait is bounded; a trusted operation URL leads to the endpoint, and to no user,
// host or port hidden by an odd spelling; a shown URL has no signature.
#include <algorithm>

#include "core/azure/problem.hpp"
#include "core/base/text.hpp"
#include "core/http/redact.hpp"
#include "core/http/retry_after.hpp"
#include "core/http/trusted_url.hpp"
#include "core/http/url.hpp"
#include "core/job/retry.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/paths.hpp"
#include "tests/fuzz/message.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

const Instant now = *parse_rfc3339("2026-11-20T10:00:00Z");

constexpr std::string_view endpoints[] = {"https://management.azure.com", "https://management.azure.com:443",
                                          "https://127.0.0.1:8443", "https://[::1]:8443", "http://localhost:8080"};

void check_wait(const HttpResponse& response) {
  const auto hint = server_hint(response, now);
  if (!hint) return;
  require(*hint >= Millis(0) && *hint <= longest_server_wait, "a server's wait is bounded");
  const Moment moment = {now, 0.999};
  require(next_poll(hint, Policy{}, moment) >= now + *hint, "the next poll is not earlier than the server allows");
  require(next_attempt(1000, hint, Policy{}, moment) >= now + *hint, "nor after failures");
}

/// Compares the host that the transport would connect to with the trusted one.
void check_trust(const std::string& url) {
  for (const std::string_view endpoint : endpoints) {
    if (!is_trusted_url(endpoint, url)) continue;
    const auto ours = split_url(endpoint);
    const auto theirs = split_url(url);
    if (!theirs) continue;  // the transport refuses it
    require(theirs->tls == ours->tls && theirs->port == ours->port,
            "a token goes only to the endpoint's scheme and port");
    const bool is_below = theirs->host.size() > ours->host.size() && theirs->host.ends_with("." + ours->host);
    require(theirs->host == ours->host || is_below, "a token goes only to the endpoint's host or its subdomains");
    require(theirs->authority.find('@') == std::string::npos, "a trusted URL names no user");
  }
}

/// Signature parameters are recognised by their names: no part of their values is shown.
void check_shown(const std::string& url) {
  const std::string shown = redact_url(url);
  const auto query = url.find('?');
  require(shown.substr(0, query) == url.substr(0, query), "the part before the query is shown unchanged");
  if (query == std::string::npos) return;
  std::string_view rest = std::string_view(shown).substr(query + 1);
  while (!rest.empty()) {
    const auto parameter = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
    const bool is_signature = istarts_with(parameter, "sig=") || istarts_with(parameter, "t=");
    require(!is_signature || parameter.ends_with("=(cut)"), "no signature is shown");
  }
}

}  // namespace

void headers(std::string_view input) {
  const HttpResponse response = answer_of(input);
  check_wait(response);
  const ResponseIds trace = trace_of(response);
  require(trace.http_status == response.status, "the history has the response's status");
  const std::string url = url_in(response);
  check_trust(url);
  check_shown(url);
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (std::ranges::any_of(url, is_odd)) require(!is_trusted_url(endpoints[0], url), "an odd URL is not followed");
}

}  // namespace azrestored::fuzz
