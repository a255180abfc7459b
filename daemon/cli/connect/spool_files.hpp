// The files of the spool that became no job: from the daemon or, if it does not run or accept the user, from the
// folders themselves.
#pragma once

#include "daemon/cli/connect/context.hpp"
#include "daemon/cli/terminal/failure.hpp"

namespace azrestored::cli {

/// As as_json() in daemon/spool/listing.hpp: at most `limit` files of each folder. A note reports that the folders are
/// read. "notFound" or "notAuthorized" if none of them can be.
Answer read_spool(Context& context, int limit);

}  // namespace azrestored::cli
