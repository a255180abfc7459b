#include "core/http/redact.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

constexpr std::array<std::string_view, 5> signature_parameters{"t", "c", "s", "h", "sig"};

bool is_signature(std::string_view parameter) {
  const auto name = parameter.substr(0, parameter.find('='));
  return std::any_of(signature_parameters.begin(), signature_parameters.end(),
                     [&](std::string_view signature) { return iequals(name, signature); });
}

}  // namespace

std::string redact_url(std::string_view url) {
  const auto query = url.find('?');
  if (query == std::string_view::npos) return std::string(url);
  std::string shown(url.substr(0, query + 1));
  std::string_view rest = url.substr(query + 1);
  while (!rest.empty()) {
    const auto parameter = rest.substr(0, rest.find('&'));
    const auto equals = parameter.find('=');
    const bool cut = equals != std::string_view::npos && is_signature(parameter);
    shown += cut ? std::string(parameter.substr(0, equals)) + "=(cut)" : std::string(parameter);
    rest.remove_prefix(parameter.size());
    if (rest.empty()) break;
    shown += '&';
    rest.remove_prefix(1);
  }
  return shown;
}

}  // namespace azrestored
