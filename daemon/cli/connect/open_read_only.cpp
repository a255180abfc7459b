#include "daemon/cli/connect/open_read_only.hpp"

#include <utility>

#include "persistence/sqlite/read_only_store.hpp"

namespace azrestored::cli {

Result<std::unique_ptr<JobStore>> open_read_only_store(const Settings& settings) {
  auto store = ReadOnlyStore::open(settings.store.path);
  if (!store) return store.error();
  return std::unique_ptr<JobStore>(std::move(*store));
}

}  // namespace azrestored::cli
