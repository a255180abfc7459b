// The requests of a cross-region restore alone (azure-backup-api.md 6): AAD properties, access token, POST.
#include "core/json/lenient.hpp"

#include <nlohmann/json.hpp>
#include "core/http/percent_encoding.hpp"
#include "core/wire/cross_region.hpp"
#include "core/wire/paths.hpp"
#include "core/wire/response_body.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// The text of a member of the outermost object of `text`, byte for byte; "" if there is none. `text` must be a JSON
/// object. A value that was parsed and printed could differ in its bytes; the token is signed, and no source says over
/// which bytes.
std::string raw_member(std::string_view text, std::string_view name) {
  const std::string key = '"' + std::string(name) + '"';
  int depth = 0;
  std::size_t begin = std::string_view::npos;  // of the value
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      const std::size_t quote = at;
      while (text[++at] != '"') at += text[at] == '\\' ? 1 : 0;
      const bool is_key = depth == 1 && begin == std::string_view::npos && text.substr(quote, at + 1 - quote) == key;
      const std::size_t next = is_key ? text.find_first_not_of(" \t\r\n", at + 1) : std::string_view::npos;
      if (next != std::string_view::npos && text[next] == ':') {
        begin = text.find_first_not_of(" \t\r\n", next + 1);
        at = begin - 1;
      }
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
      if (depth == 1 && begin != std::string_view::npos) return std::string(text.substr(begin, at + 1 - begin));
    }
  }
  return "";
}

}  // namespace

ArmTarget secondary_region(const ArmTarget& target) {
  ArmTarget other = target;
  other.api_version = target.cross_region_api_version;
  return other;
}

HttpRequest get_aad_properties(const ArmTarget& target, const RestoreScope& place) {
  return request("GET", target, region_path(place) + "/backupAadProperties");
}

HttpRequest post_access_token(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                              const std::string& point_id, const std::string& aad_properties) {
  return post_json(target, points_path(vault, item) + "/" + percent_encode(point_id) + "/accessToken", aad_properties);
}

HttpRequest post_cross_region_restore(const ArmTarget& target, const RestoreScope& place,
                                      const std::string& access_details, const json& properties) {
  std::string body = R"({"crossRegionRestoreAccessDetails":)";
  body += access_details;
  body += R"(,"restoreRequest":)";
  body += properties.dump();
  body += "}";
  HttpRequest made = post_json(target, region_path(place) + "/backupCrossRegionRestore", std::move(body));
  made.fresh_connection = true;  // as in post_restore()
  return made;
}

Result<std::string> read_access_details(const HttpResponse& response) {
  const auto body = body_of(response);
  if (!body) return body.error();
  if (!member(*body, "properties").is_object() || text(member(*body, "properties"), "accessTokenString").empty())
    return Error(ErrorKind::transient, "the response to the request for an access token contains none");
  // If another parser could read the raw text differently (a name with escapes, or given twice), use the parsed value.
  const json& properties = member(*body, "properties");
  const std::string raw = raw_member(response.body, "properties");
  return json::parse(raw, nullptr, false) == properties ? raw : properties.dump();
}

}  // namespace azrestored
