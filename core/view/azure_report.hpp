// What Azure reported about a job's backup job (azure-backup-api.md 5.4, 5.5), for the sentences of this room. Every
// value is a text for people and may be missing. Pure.
#pragma once

#include <string>

#include "core/job/job.hpp"

namespace azrestored {

/// A text of the property bag, such as "Template Blob Uri"; "" if Azure did not report it.
std::string reported_text(const Job& job, const char* key);

/// The task that restores the disks, if Azure completed it. "" otherwise, and if Azure has localized its name.
std::string completed_transfer(const Job& job);

/// The resource group that gets the disks: as Azure reports it, otherwise from the job file; "" if it is not known.
std::string target_group_name(const Job& job);

}  // namespace azrestored
