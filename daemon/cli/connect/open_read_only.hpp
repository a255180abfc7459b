// The store that the daemon left behind, read-only: the one place of azrestorectl that knows which stores there are.
#pragma once

#include <memory>

#include "config/settings.hpp"
#include "core/base/result.hpp"
#include "core/store/job_store.hpp"

namespace azrestored::cli {

/// The jobs of the store that the settings name. An error, with a sentence, when it cannot be read. Its calls need
/// nothing but a loop that is run until they end.
Result<std::unique_ptr<JobStore>> open_read_only_store(const Settings& settings);

}  // namespace azrestored::cli
