#include "daemon/spool/names.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"
#include "core/job/job_id.hpp"

namespace azrestored {
namespace {

constexpr char separator = '~';
constexpr std::string_view reason_ending = ".reason";

bool is_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

NameKind kind_of_name(std::string_view name) {
  if (name.starts_with('.') || name.ends_with(".tmp")) return NameKind::ignored;
  if (name.empty() || name.size() > max_spool_name_bytes || name.ends_with(reason_ending)) return NameKind::foreign;
  return std::all_of(name.begin(), name.end(), is_safe) ? NameKind::job_file : NameKind::foreign;
}

std::string foreign_name_reason(std::string_view name) {
  const std::string left_alone = "incoming/" + printable(name) + " is left alone: ";
  if (name.size() > max_spool_name_bytes) {
    return left_alone + "its name has " + std::to_string(name.size()) + " bytes; at most " +
           std::to_string(max_spool_name_bytes) + " are allowed. Give it a shorter name.";
  }
  if (name.ends_with(reason_ending)) {
    return left_alone + "names ending in .reason are reserved for the reasons in rejected/; give it another name.";
  }
  return left_alone + "a name may have letters, digits, '.', '_' and '-' only; give it another name.";
}

std::string foreign_claim_reason(std::string_view name) {
  return "claimed/" + printable(name) + " is left alone: azrestored did not put it there; drop job files in incoming/.";
}

std::optional<JobId> job_id_in_name(std::string_view name) {
  const std::string_view stem = name.substr(0, name.rfind('.'));
  if (!is_job_id(stem)) return std::nullopt;
  return JobId(stem);
}

std::string Claim::file_name() const {
  return id + separator + name;
}

std::optional<Claim> Claim::parse(std::string_view file_name) {
  const std::size_t at = file_name.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  Claim claim{JobId(file_name.substr(0, at)), std::string(file_name.substr(at + 1))};
  if (!is_job_id(claim.id) || kind_of_name(claim.name) != NameKind::job_file) return std::nullopt;
  return claim;
}

std::string accepted_name(const JobId& id) {
  return id + ".json";
}

std::string rejected_name(std::string_view name, int choice) {
  return choice == 1 ? std::string(name) : std::string(name) + separator + std::to_string(choice);
}

std::string reason_name(std::string_view rejected_name) {
  return std::string(rejected_name) + std::string(reason_ending);
}

bool is_quiet(Instant changed, Instant now) {
  return now - changed >= quiet_time || changed - now >= quiet_time;
}

}  // namespace azrestored
