// The user as whom azrestored runs, and what that user may do: what `doctor` needs to tell whether a file that we can
// read can be read by the service as well. Root asks the kernel in that user's name, so that folders above, access
// lists and all else count; others can ask only for themselves.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace azrestored::cli {

struct Account {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;
};

/// As in the user database; a user that is not in it is named by its number and has no groups.
Account account_of(uid_t uid);

/// The owner of the control socket, else the user azrestored, else whoever runs this.
Account service_account(const std::string& socket);

/// "azrestored:azrestore", by their numbers where they have no names.
std::string owner_text(uid_t uid, gid_t gid);

/// 0 when `account` may use the file so (R_OK, W_OK, X_OK together), else the reason's errno. nullopt when that cannot
/// be told from here. While it is asked, the whole process acts as that user: only as long as there is one thread.
std::optional<int> access_as(const Account& account, const std::string& path, int mode);

}  // namespace azrestored::cli
