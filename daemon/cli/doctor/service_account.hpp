// The user that azrestored runs as, and its access to files: the service may not be able to read a file that we can
// read. Root asks the kernel as that user, so that the folders above and access control lists are included. Other users
// can only ask for themselves.
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

/// From the user database. A user that is not in it has its number as name, and no groups.
Account account_of(uid_t uid);

/// The owner of the control socket, otherwise the user azrestored, otherwise the user of this process.
Account service_account(const std::string& socket);

/// "azrestored:azrestore". Numbers where there are no names.
std::string owner_text(uid_t uid, gid_t gid);

/// 0 if `account` may access the file with `mode` (R_OK, W_OK, X_OK combined), otherwise the errno. nullopt if this
/// process cannot find out. The process acts as that user meanwhile: call it only while there is one thread.
std::optional<int> access_as(const Account& account, const std::string& path, int mode);

}  // namespace azrestored::cli
