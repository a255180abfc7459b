#include "core/wire/permissions.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "core/json/lenient.hpp"
#include "core/wire/paths.hpp"
#include "core/wire/response_body.hpp"

namespace azrestored {

HttpRequest list_permissions(const ArmTarget& target, const VaultId& vault) {
  ArmTarget authorization = target;
  authorization.api_version = "2022-04-01";
  return request("GET", authorization, vault_path(vault) + "/providers/Microsoft.Authorization/permissions");
}

Result<Page<Permission>> read_permissions(const HttpResponse& response) {
  const auto body = body_of(response);
  if (!body) return body.error();
  const nlohmann::json& rows = member(*body, "value");
  if (!rows.is_array()) return Error(ErrorKind::transient, "the response contains no list \"value\"");
  Page<Permission> page;
  for (const nlohmann::json& row : rows) page.rows.push_back({texts(row, "actions"), texts(row, "notActions")});
  page.next = text(*body, "nextLink");
  return page;
}

bool names_action(std::string_view pattern, std::string_view action) {
  const std::string wanted = to_lower(pattern);
  const std::string given = to_lower(action);
  // After a star the rest is tried at each position. A later star makes further tries for an earlier one needless.
  std::size_t at = 0;
  std::size_t in = 0;
  std::size_t star = std::string::npos;
  std::size_t tried = 0;
  while (in < given.size()) {
    if (at < wanted.size() && wanted[at] == '*') {
      star = at++;
      tried = in;
    } else if (at < wanted.size() && wanted[at] == given[in]) {
      ++at;
      ++in;
    } else if (star != std::string::npos) {
      at = star + 1;
      in = ++tried;
    } else {
      return false;
    }
  }
  return wanted.find_first_not_of('*', at) == std::string::npos;
}

bool allows(std::span<const Permission> permissions, std::string_view action) {
  const auto names = [&](const std::string& pattern) { return names_action(pattern, action); };
  return std::ranges::any_of(permissions, [&](const Permission& each) {
    return std::ranges::any_of(each.actions, names) && std::ranges::none_of(each.not_actions, names);
  });
}

}  // namespace azrestored
