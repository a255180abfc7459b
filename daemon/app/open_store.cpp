#include "daemon/app/open_store.hpp"

#include <utility>

#include "daemon/app/exit_codes.hpp"
#include "daemon/spool/missing_database.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace azrestored {
namespace {

/// The owner of the daemon's claims.
constexpr const char* owner = "azrestored";

}  // namespace

boost::system::result<OpenedStore, StartFailure> open_store(const Settings& settings) {
  if (auto problem = missing_database(settings.store.path, settings.spool.directory))
    return StartFailure{std::move(*problem), exit_database_lost};
  auto opened = SqliteStore::open(settings.store.path, owner);
  if (!opened) {
    const Error& error = opened.error();
    return StartFailure{error.sentence(), error.kind() == ErrorKind::corrupt ? exit_database_lost : exit_cannot_run};
  }
  SqliteStore& store = **opened;
  return OpenedStore{std::move(*opened), store, store, store};
}

}  // namespace azrestored
