// Opens the store of the settings, as the ports that the daemon uses. Only open_store.cpp names a store class, and the
// owner under which the daemon claims jobs.
#pragma once

#include <boost/system/result.hpp>
#include <memory>
#include <string>

#include "config/settings.hpp"
#include "core/budget/budget_store.hpp"
#include "core/store/finished_jobs.hpp"
#include "core/store/job_store.hpp"
#include "core/store/store_health.hpp"

namespace azrestored {

struct OpenedStore {
  std::unique_ptr<JobStore> jobs;  // owns the store; the others refer to the same object
  FinishedJobs& finished;
  BudgetStore& budgets;
  StoreHealth& health;
};

/// Why the daemon cannot start, and its exit code (daemon/app/exit_codes.hpp).
struct StartFailure {
  std::string sentence;
  int exit_code;
};

/// Opens the store, or creates it, and locks it against other daemons. Destroy it before the io_context of its callers.
/// Fails with exit_database_lost if the database is damaged, or is missing although the spool holds files of its jobs;
/// nothing is changed then.
boost::system::result<OpenedStore, StartFailure> open_store(const Settings& settings);

}  // namespace azrestored
