// The store that the settings name, as the ports that the daemon works with: the one place of the daemon that knows which
// stores there are, and by which name it claims jobs.
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
  std::unique_ptr<JobStore> jobs;  // owns the store; the others are parts of it
  FinishedJobs& finished;
  BudgetStore& budgets;
  StoreHealth& health;
};

/// Why the daemon cannot begin, and what it then ends with (daemon/app/exit_codes.hpp).
struct StartFailure {
  std::string sentence;
  int exit_code;
};

/// Opens the store, makes it when there is none yet, and keeps other daemons out of it. Destroyed before the io_context
/// of any caller. exit_database_lost when it is damaged, or jobs are known that it should hold and it is not there; then
/// nothing was changed.
boost::system::result<OpenedStore, StartFailure> open_store(const Settings& settings);

}  // namespace azrestored
