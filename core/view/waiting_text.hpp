// What a job waits for, in words. Pure.
#pragma once

#include <string>

#include "core/admission/wait_reason.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// Words that follow "waits for": "a place in vault contoso-vault, where 4 of 4 are taken
/// (limits.concurrentRestoresPerVault); place 3 in line".
std::string waiting_text(const Job& job, const WaitReason& reason);

}  // namespace azrestored
