// What an operator should do about the problem of a job. It depends on the state of the job as well as on the code of
// the problem: "retry" is right after a failure, and starts a second restore while the first one may run. Pure.
//
// Promise: while a restore of the job may be running, or azrestored will start one by itself, no sentence names a
// command that starts a restore. A test checks each state with each code of the catalogue.
#pragma once

#include <string>

#include "core/job/job.hpp"

namespace azrestored {

/// What the operator has to know about a job before anything is advised.
enum class Prospect {
  continues,     // nothing was started, and azrestored continues by itself
  may_run,       // a restore may be running, and azrestored follows it
  held,          // nothing was started; the job waits for an operator
  held_unknown,  // a restore may be running, and nobody follows it
  done,          // Azure completed the backup job
  failed,        // no restore runs, and azrestored does nothing more
  cancelled      // as failed, because somebody requested it
};

Prospect prospect_of(const Job& job);

/// True while a restore of the job may be running in Azure. Then nobody may start another one.
bool restore_may_run(const Job& job);

/// One or two sentences without the last full stop, with commands. "" if the job has no problem. For an unknown code
/// only what the state requires; "" if it requires nothing.
std::string advice_of(const Job& job);

}  // namespace azrestored
