// The kinds of restore, by Azure's names (azure-backup-api.md 3.2).
#pragma once

#include <string_view>

namespace azrestored {

enum class RecoveryType { RestoreDisks, OriginalLocation, AlternateLocation };

std::string_view to_text(RecoveryType type);

}  // namespace azrestored
