// The clouds of Azure and where each has Azure Resource Manager and Microsoft Entra (API.md 8.6): arm.cloud.
#pragma once

#include <array>
#include <string_view>

namespace azrestored {

/// The values index the table below.
enum class Cloud { public_cloud, us_government, china };

struct CloudAddresses {
  std::string_view name;       // as the settings spell it
  std::string_view endpoint;   // arm.endpoint unless the settings give one
  std::string_view authority;  // auth.authority unless the settings give one
};

inline constexpr std::array<CloudAddresses, 3> clouds = {{
    {"public", "https://management.azure.com", "https://login.microsoftonline.com"},
    {"usGovernment", "https://management.usgovcloudapi.net", "https://login.microsoftonline.us"},
    {"china", "https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn"},
}};

constexpr const CloudAddresses& addresses_of(Cloud cloud) {
  return clouds[static_cast<std::size_t>(cloud)];
}

}  // namespace azrestored
