// Opens the store of the settings for reading, while no daemon runs. Only open_read_only.cpp names a store class.
#pragma once

#include <memory>

#include "config/settings.hpp"
#include "core/base/result.hpp"
#include "core/store/job_store.hpp"

namespace azrestored::cli {

/// The jobs of the store in the settings. An error with a sentence if it cannot be read. The caller runs a loop of its
/// own for each call.
Result<std::unique_ptr<JobStore>> open_read_only_store(const Settings& settings);

}  // namespace azrestored::cli
