#include "daemon/cli/doctor/service_account.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace azrestored::cli {
namespace {

constexpr const char* service_user = "azrestored";

std::vector<gid_t> groups_of(const char* name, gid_t gid) {
  int count = 64;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  if (::getgrouplist(name, gid, groups.data(), &count) < 0) {
    groups.resize(static_cast<std::size_t>(count));
    ::getgrouplist(name, gid, groups.data(), &count);
  }
  groups.resize(static_cast<std::size_t>(count));
  return groups;
}

Account account_from(const passwd& entry) {
  return {entry.pw_name, entry.pw_uid, entry.pw_gid, groups_of(entry.pw_name, entry.pw_gid)};
}

/// The process acts as the account while this object lives. Needs root.
class InTheNameOf {
 public:
  explicit InTheNameOf(const Account& account) {
    const int count = ::getgroups(0, nullptr);
    groups_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (::getgroups(static_cast<int>(groups_.size()), groups_.data()) < 0) return;
    acts_ = ::setgroups(account.groups.size(), account.groups.data()) == 0 && ::setegid(account.gid) == 0 &&
            ::seteuid(account.uid) == 0;
  }
  ~InTheNameOf() {
    // The real user is still root, so this cannot fail.
    const bool is_back = ::seteuid(0) == 0 && ::setegid(0) == 0 && ::setgroups(groups_.size(), groups_.data()) == 0;
    static_cast<void>(is_back);
  }
  InTheNameOf(const InTheNameOf&) = delete;
  InTheNameOf& operator=(const InTheNameOf&) = delete;

  [[nodiscard]] bool acts() const { return acts_; }

 private:
  std::vector<gid_t> groups_;
  bool acts_ = false;
};

int access_now(const std::string& path, int mode) {
  return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0 ? 0 : errno;
}

}  // namespace

Account account_of(uid_t uid) {
  if (const passwd* entry = ::getpwuid(uid)) return account_from(*entry);
  return {std::to_string(uid), uid, static_cast<gid_t>(-1), {}};
}

Account service_account(const std::string& socket) {
  struct stat found {};
  if (::stat(socket.c_str(), &found) == 0) return account_of(found.st_uid);
  if (const passwd* entry = ::getpwnam(service_user)) return account_from(*entry);
  return account_of(::geteuid());
}

std::string owner_text(uid_t uid, gid_t gid) {
  const passwd* user = ::getpwuid(uid);
  const std::string name = user != nullptr ? user->pw_name : std::to_string(uid);
  const group* entry = ::getgrgid(gid);
  return name + ":" + (entry != nullptr ? entry->gr_name : std::to_string(gid));
}

std::optional<int> access_as(const Account& account, const std::string& path, int mode) {
  if (account.uid == ::geteuid()) return access_now(path, mode);
  if (::geteuid() != 0 || account.gid == static_cast<gid_t>(-1)) return std::nullopt;
  const InTheNameOf acting(account);
  if (!acting.acts()) return std::nullopt;
  return access_now(path, mode);
}

}  // namespace azrestored::cli
