// File names of the spool: an accepted name has only characters of our alphabet, a claim's name is read back unchanged,
// and an ignored name is reported without control characters.
#include "daemon/spool/names.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/job/job_id.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

void check_job_file(std::string_view name) {
  require(!name.empty() && name.size() <= max_spool_name_bytes, "an accepted name has an allowed length");
  require(std::ranges::all_of(name, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; }),
          "an accepted name has only characters of the alphabet");
  const Claim claim = {"99999999-8888-4777-8666-555555555555", std::string(name)};
  const auto again = Claim::parse(claim.file_name());
  require(again && again->id == claim.id && again->name == claim.name, "a claim is read back unchanged");
  require(kind_of_name(reason_name(rejected_name(name, 2))) == NameKind::foreign, "a reason is never a job file");
  constexpr std::size_t longest_on_disk = 255;
  require(
      reason_name(rejected_name(name, 99999)).size() <= longest_on_disk && claim.file_name().size() <= longest_on_disk,
      "every name derived from it fits on the disk");
}

}  // namespace

void spool_names(std::string_view input) {
  switch (kind_of_name(input)) {
    case NameKind::job_file:
      check_job_file(input);
      break;
    case NameKind::ignored:
      break;
    case NameKind::foreign:
      require(printable(foreign_name_reason(input)) == foreign_name_reason(input), "a foreign name is shown in ASCII");
      break;
  }
  require(printable(foreign_claim_reason(input)) == foreign_claim_reason(input), "a foreign claim is shown in ASCII");
  if (const auto claim = Claim::parse(input)) require(claim->file_name() == input, "a claim has one spelling");
  if (const auto id = job_id_in_name(input)) {
    require(is_job_id(*id), "an accepted id is a valid job id");
    require(job_id_in_name(accepted_name(*id)) == id, "an accepted file's name has its job's id");
  }
}

}  // namespace azrestored::fuzz
