// The text of what a job is queued for. Pure.
#pragma once

#include <string>

#include "core/admission/wait_reason.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// Follows "waits for": "a slot in vault contoso-vault, where 4 of 4 are in use
/// (limits.concurrentRestoresPerVault); position 3 in queue".
std::string waiting_text(const Job& job, const WaitReason& reason);

}  // namespace azrestored
