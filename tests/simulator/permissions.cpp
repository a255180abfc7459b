// See permissions.hpp.
#include "permissions.hpp"

#include <algorithm>

#include "azure_call.hpp"
#include "text.hpp"

namespace azsim {
namespace {

/// The action must contain the parts of the pattern between its stars in this order, with the outer parts at its ends.
bool is_named(const std::string& pattern, const std::string& action) {
  const std::string text = lower(action);
  const std::string wanted = lower(pattern);
  const std::size_t first = wanted.find('*');
  if (first == std::string::npos) return text == wanted;
  const std::size_t last = wanted.rfind('*');
  const std::string head = wanted.substr(0, first), tail = wanted.substr(last + 1);
  if (text.size() < head.size() + tail.size() || !text.starts_with(head) || !text.ends_with(tail)) return false;
  const std::string middle = text.substr(head.size(), text.size() - head.size() - tail.size());
  std::size_t at = 0;
  for (const std::string& part : split(std::string_view(wanted).substr(first, last + 1 - first), '*')) {
    at = middle.find(part, at);
    if (at == std::string::npos) return false;
    at += part.size();
  }
  return true;
}

bool any_names(const std::vector<std::string>& patterns, const std::string& action) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return is_named(pattern, action); });
}

}  // namespace

bool permits(const VaultSpec& vault, const std::string& action) {
  return std::any_of(vault.permissions.begin(), vault.permissions.end(), [&](const PermissionSpec& each) {
    return any_names(each.actions, action) && !any_names(each.not_actions, action);
  });
}

Json permissions_body(const VaultSpec& vault) {
  Json body;
  body["value"] = Json::array();
  for (const PermissionSpec& each : vault.permissions) {
    Json row;
    row["actions"] = each.actions;
    row["notActions"] = each.not_actions;
    row["dataActions"] = row["notDataActions"] = Json::array();
    body["value"].push_back(std::move(row));
  }
  return body;
}

Response forbidden(const std::string& action, const std::string& scope) {
  return error(403, "AuthorizationFailed",
               "The client 'simulated' with object id 'simulated' does not have authorization to perform action '" +
                   action + "' over scope '" + scope +
                   "' or the scope is invalid. If access was recently granted, please refresh your credentials.",
               "gateway");
}

}  // namespace azsim
