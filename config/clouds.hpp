// The values of arm.cloud: Azure's clouds, with the addresses of Azure Resource Manager and Microsoft Entra in each
// (azure-backup-api.md 8.6).
#pragma once

#include <array>
#include <string_view>

namespace azrestored {

/// The values index the table below.
enum class Cloud { public_cloud, us_government, china };

struct CloudAddresses {
  std::string_view name;       // in the settings file
  std::string_view endpoint;   // the default of arm.endpoint
  std::string_view authority;  // the default of auth.authority
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
