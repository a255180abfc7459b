// Applies the settings of the section "log", at the start and at a reload.
#pragma once

#include "config/settings.hpp"

namespace azrestored {

void apply_log_settings(const Settings& settings);

}  // namespace azrestored
