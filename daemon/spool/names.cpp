#include "daemon/spool/names.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/job/job_id.hpp"

namespace azrestored {
namespace {

constexpr char separator = '~';
constexpr std::string_view reason_ending = ".reason";
constexpr std::string_view job_file_ending = ".json";

/// The endings that clients give to a file until it is complete: WinSCP, rclone, browsers and others.
constexpr std::array<std::string_view, 5> endings_while_written = {".tmp", ".temp", ".part", ".partial", ".filepart"};

bool is_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

bool is_being_written(std::string_view name) {
  return name.starts_with('.') || std::ranges::any_of(endings_while_written, [&](std::string_view ending) {
           return name.size() >= ending.size() && iequals(name.substr(name.size() - ending.size()), ending);
         });
}

/// Whether the name can be part of a name in claimed/ and rejected/. This was the whole rule of earlier versions, and a
/// crash may have left any such file in claimed/: it must stay readable.
bool is_fit_for_claim(std::string_view name) {
  if (name.empty() || name.size() > max_spool_name_bytes || name.ends_with(reason_ending)) return false;
  return !name.starts_with('.') && !name.ends_with(".tmp") && std::ranges::all_of(name, is_safe);
}

}  // namespace

NameKind kind_of_name(std::string_view name) {
  if (is_being_written(name)) return NameKind::ignored;
  return is_fit_for_claim(name) && name.ends_with(job_file_ending) ? NameKind::job_file : NameKind::foreign;
}

std::string why_not_taken(std::string_view name) {
  if (is_being_written(name)) {
    return "a name that begins with a dot or ends in .tmp, .temp, .part, .partial or .filepart is that of a file which "
           "is still being written; when it is complete, rename it to a name that ends in .json.";
  }
  if (name.size() > max_spool_name_bytes) {
    return "its name has " + std::to_string(name.size()) + " bytes; at most " + std::to_string(max_spool_name_bytes) +
           " are allowed. Give it a shorter name.";
  }
  if (name.ends_with(reason_ending)) {
    return "names ending in .reason are reserved for the reasons in rejected/; give it another name.";
  }
  if (!name.ends_with(job_file_ending)) {
    return "its name does not end in .json (in lower case); rename it if it is a job file.";
  }
  return "a name may have letters, digits, '.', '_' and '-' only; give it another name.";
}

std::string foreign_name_reason(std::string_view name) {
  return "incoming/" + printable(name) + " is left alone: " + why_not_taken(name);
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
  if (!is_job_id(claim.id) || !is_fit_for_claim(claim.name)) return std::nullopt;
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
  return is_settled(changed, now, quiet_time);
}

bool is_settled(Instant changed, Instant now, Millis settle_time) {
  return now - changed >= settle_time || changed - now >= settle_time;
}

}  // namespace azrestored
