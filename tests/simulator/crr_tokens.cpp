// See crr_tokens.hpp.
#include "crr_tokens.hpp"

#include <utility>

#include "text.hpp"

namespace azsim {
namespace {

/// Members that no document declares. A client that reads the token into its own structure loses them; one that reads
/// every number as floating-point loses the last digit.
void add_odd_members(Json& details) {
  details["stampSequence"] = 9007199254740993;
  details["replicationHints"] = Json::parse(R"({"zeta":[1,{"b":null,"a":[]}],"alpha":{},"":"no name",
    "text":"\u00e9\u2028 \"quoted\" \\ and a tab\t","ratio":0.30000000000000004,"whole":1.0})");
}

/// An XML document in a string, as in the service.
std::string extended_information(const PointSpec& point) {
  std::string xml = "<RecoveryPointMetadata xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" ";
  xml += "i:type=\"Simulated\"><ContainerType i:nil=\"true\" /><OsType>" + point.os_type + "</OsType>";
  xml += "<Note>1 &lt; 2 &amp; \\ / &#233;</Note></RecoveryPointMetadata>";
  return xml;
}

}  // namespace

std::string sorted_text(const Json& json) {
  return nlohmann::json(json).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Json CrrTokens::issue(const CrrTokenSubject& subject, Instant expiry) {
  const auto& [vault, item, point] = subject;
  const std::string container = item->container.substr(item->container.find(';') + 1);
  Json d;
  d["objectType"] = "CrrAccessToken";
  d["accessTokenString"] = "simulated-crr." + base64url(ids_.bytes(180));
  d["subscriptionId"] = segment_after(vault->id, "subscriptions");
  d["resourceGroupName"] = segment_after(vault->id, "resourceGroups");
  d["resourceName"] = last_segment(vault->id);
  d["resourceId"] = ids_.number(19);
  d["protectionContainerId"] = 3141592;
  d["recoveryPointId"] = point->name;
  d["recoveryPointTime"] = us_text(point->time);
  d["containerName"] = container;
  d["containerType"] = "IaasVMContainer";
  d["backupManagementType"] = "AzureIaasVM";
  d["datasourceType"] = "VM";
  d["datasourceName"] = last_segment(item->vm);
  d["datasourceId"] = ids_.number(15);
  d["datasourceContainerName"] = container;
  d["coordinatorServiceStampUri"] = "https://pod01-coord1.simulated.example";
  d["protectionServiceStampId"] = ids_.guid();
  d["protectionServiceStampUri"] = "https://pod01-prot1.simulated.example";
  d["tokenExtendedInformation"] = extended_information(*point);
  d["rpTierInformation"]["HardenedRP"] = "Valid";
  d["rpOriginalSAOption"] = point->original_storage_account_option;
  d["rpIsManagedVirtualMachine"] = point->managed;
  d["rpVMSizeDescription"] = point->vm_size;
  d["bMSActiveRegion"] = vault->location;
  if (item->restore.odd_access_token) add_odd_members(d);
  issued_[d["accessTokenString"]] = Issued{sorted_text(d), expiry, subject};
  return d;
}

CrrTokens::Finding CrrTokens::judge(const Json& details, Instant now) const {
  const auto text = details.find("accessTokenString");
  const auto it = text != details.end() && text->is_string() ? issued_.find(text->get<std::string>()) : issued_.end();
  if (it == issued_.end()) return {};
  const Issued& issued = it->second;
  if (issued.details != sorted_text(details)) return {Verdict::changed, issued.subject};
  return {now < issued.expiry ? Verdict::good : Verdict::expired, issued.subject};
}

}  // namespace azsim
