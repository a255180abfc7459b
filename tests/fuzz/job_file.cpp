// The job file: either a spec or faults, each with its position. An accepted file can be stored, gives a request with
// the expected JSON, and is accepted again if the same JSON is written in another form.
#include <nlohmann/json.hpp>

#include "core/azure/arm_id.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/http/message.hpp"
#include "core/http/trusted_url.hpp"
#include "core/http/url.hpp"
#include "core/jobfile/intake.hpp"
#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "core/restore/request_body.hpp"
#include "core/restore/rules.hpp"
#include "core/wire/cross_region.hpp"
#include "core/wire/preflight.hpp"
#include "core/wire/requests.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

using nlohmann::json;

const ArmTarget arm = {"https://management.azure.com", "2025-02-01", "2021-11-15"};

RecoveryPoint point_in(std::vector<std::string> tiers) {
  RecoveryPoint point{"31407900891996", *parse_rfc3339("2026-11-20T00:00:00Z"), "AppConsistent", std::move(tiers),
                      true};
  point.extended_location = "losangeles";
  return point;
}

/// The properties that the daemon adds to those of the file, and those that it completes.
bool is_completed(const std::string& property) {
  return property == "objectType" || property == "extendedLocation" || property == "recoveryPointId" ||
         property == "recoveryPointRehydrationInfo";
}

void require_good_url(const std::string& url) {
  require(is_trusted_url(arm.endpoint, url), "a request goes to the endpoint of the settings");
  require(split_url(url).has_value(), "a request has a valid URL");
}

void check_request(const JobSpec& spec, const RecoveryPoint& point) {
  const ProtectedItem item = {
      "IaasVMContainer;iaasvmcontainerv2;vm-rg;web01", "VM;iaasvmcontainerv2;vm-rg;web01",
      "/subscriptions/s/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web01"};
  const std::vector<std::string> guard = {"/subscriptions/s/resourceGroups/g/providers/p/requests/default"};
  const json properties = restore_request(spec, item, point, "westus", guard);
  for (const auto& [name, value] : spec.restore.items()) {
    require(is_completed(name) || properties.at(name) == value, "a property of the file is never replaced");
  }
  const HttpRequest post = post_restore(arm, spec.vault, item, point.id, properties);
  require_body(post.body, json{{"properties", properties}});
  require_good_url(post.url);
  const HttpRequest question = post_preflight(arm, spec.vault, item, point.id, properties);
  require(json::parse(question.body).at("properties").at("restoreRequest") == properties,
          "the pre-flight has the same request");
  require_good_url(question.url);
  const RestoreScope place = {spec.vault, spec.cross_region.value_or("")};
  require_good_url(list_restore_jobs(arm, place, point.time, point.time).url);
  if (!spec.cross_region) return;
  const HttpRequest crossing = post_cross_region_restore(arm, place, R"({"accessTokenString":"t"})", properties);
  require(json::parse(crossing.body).at("restoreRequest") == properties, "another region gets the same request");
  require_good_url(crossing.url);
}

void check_job(const JobSpec& spec, std::string_view text) {
  const Submission from = {"99999999-8888-4777-8666-555555555555", "drill.json", 1000,
                           *parse_rfc3339("2026-11-20T10:00:00Z")};
  const auto [added, line] = new_job(spec, std::string(text), from);
  require(added.spec == text, "the job file is kept verbatim");
  require(!added.job.name.empty() && !added.job.vm.empty(), "a job has a name, and names its VM");
  require_sentence(line.detail);
  require_storable(added.job);
}

}  // namespace

void job_file(std::string_view input) {
  std::vector<Fault> faults;
  const auto spec = read_job_spec(input, faults);
  require(spec.has_value() == faults.empty(), "either a spec or faults");
  require_good_faults(input, faults);
  if (!spec) return;
  require(VaultId::parse(spec->vault.arm_id()).has_value(), "an accepted vault has an ARM id");
  check_job(*spec, input);
  for (const auto& tiers : {std::vector<std::string>{"ArchivedRP"}, {"InstantRP", "HardenedRP"}}) {
    const RecoveryPoint point = point_in(tiers);
    check_request(*spec, point);
    for (const Problem& problem : check_restore_rules(*spec, std::nullopt, point).refusals) {
      require_sentence(problem.message);
    }
  }
  const std::string other_form = json::parse(input).dump(2);
  if (other_form.size() > max_job_file_bytes) return;
  const auto again = read_job_spec(other_form, faults);
  require(again.has_value() && again->restore == spec->restore, "the same JSON in another form is the same job");
}

}  // namespace azrestored::fuzz
