// doctor: the spool's folders, the database, and the free space of their file systems.
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iterator>

#include "daemon/cli/connect/open_read_only.hpp"
#include "daemon/cli/doctor/checks.hpp"
#include "daemon/cli/doctor/limits.hpp"
#include "daemon/cli/doctor/under_way.hpp"
#include "daemon/spool/missing_database.hpp"

namespace azrestored::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* spool_subject = "spool";
constexpr const char* database_subject = "database";

/// A folder of the package's spool, as systemd/azrestored.tmpfiles creates it.
struct SpoolPart {
  const char* name;  // below spool.directory
  mode_t mode;
  const char* group;
};
constexpr const char* package_spool = "/var/spool/azrestored";
/// systemd creates it when the service starts (StateDirectory=).
constexpr const char* package_state = "/var/lib/azrestored";
constexpr const char* make_package_spool = "systemd-tmpfiles --create azrestored.conf";
constexpr SpoolPart spool_parts[] = {{"", 0755, "azrestore"},
                                     {"/incoming", 03770, "azrestore"},
                                     {"/claimed", 0700, "azrestored"},
                                     {"/accepted", 0700, "azrestored"},
                                     {"/rejected", 02750, "azrestore"}};

std::string octal(mode_t mode) {
  std::string digits;
  for (mode &= 07777U; mode != 0; mode >>= 3U) digits.insert(digits.begin(), static_cast<char>('0' + (mode & 7U)));
  return "0" + digits;
}

/// The nearest existing folder at or above the path.
fs::path existing_at(fs::path path) {
  std::error_code error;
  while (!fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
  return path;
}

Remedy give_to_service(const DoctorContext& context, const std::string& path) {
  return as_root("chown " + owner_text(context.service.uid, context.service.gid) + " " + shell_word(path));
}

/// Checks the folders of the spool, one after the other. told() is true after the first finding.
class SpoolLook {
 public:
  explicit SpoolLook(DoctorContext& context)
      : context_(context),
        directory_(context.settings->spool.directory),
        is_package_(directory_ == package_spool && context.service.uid != 0) {}

  void look() {
    struct stat base {};
    for (const SpoolPart& part : spool_parts) {
      const std::string path = directory_ + part.name;
      struct stat found {};
      if (::stat(path.c_str(), &found) != 0) {
        if (!report_missing(path, errno)) return;
        continue;
      }
      if (&part == std::begin(spool_parts)) base = found;
      look_at(part, path, found, base);
    }
  }

  [[nodiscard]] bool reported() const { return reported_; }

 private:
  void problem(const std::string& sentence, std::vector<Remedy> remedies) {
    context_.report.add(Finding::problem(spool_subject, ExitCode::failed, sentence, std::move(remedies)));
    reported_ = true;
  }

  /// Returns false if the other folders need no check.
  bool report_missing(const std::string& path, int error) {
    if (error == EACCES && ::geteuid() != 0) {
      context_.report.add(
          Finding::not_checked(spool_subject, path + " cannot be checked: " + reason_of(error), {again_as_root()}));
      reported_ = true;
      return false;
    }
    if (is_package_) {
      problem(path + " is missing: " + reason_of(error), {as_root(make_package_spool)});
      return false;
    }
    const fs::path above = existing_at(path);
    if (error == ENOENT && access_as(context_.service, above, W_OK | X_OK).value_or(0) == 0) {
      context_.report.add(
          Finding::note(spool_subject, path + " does not exist yet; azrestored creates it when it starts"));
      reported_ = true;
      return false;
    }
    problem(path + " is missing, and user " + context_.service.name + " may not create it in " + above.string(),
            {as_root("install -d -m 0770 -o " + context_.service.name + " " + shell_word(directory_))});
    return false;
  }

  void look_at(const SpoolPart& part, const std::string& path, const struct stat& found, const struct stat& base) {
    if (!S_ISDIR(found.st_mode))
      return problem(path + " is not a folder", {Remedy::advice("Move it away; azrestored creates the folder.")});
    const auto access = access_as(context_.service, path, R_OK | W_OK | X_OK);
    const std::string rights = owner_text(found.st_uid, found.st_gid) + ", mode " + octal(found.st_mode);
    if (access.value_or(0) != 0) {
      return problem(path + " cannot be used by user " + context_.service.name +
                         " (the user of azrestored): " + reason_of(*access) + " (" + rights + ")",
                     is_package_
                         ? std::vector{as_root(make_package_spool)}
                         : std::vector{give_to_service(context_, path), as_root("chmod u+rwx " + shell_word(path))});
    }
    if (found.st_dev != base.st_dev) {
      return problem(
          path + " is on another file system than " + directory_ + ", but azrestored moves files between them",
          {Remedy::advice("Put all of " + directory_ + " on one file system.")});
    }
    if ((found.st_mode & S_IWOTH) != 0) {
      return problem("every user of this machine can put job files into " + path + " (" + rights + ")",
                     {as_root("chmod o-w " + shell_word(path))});
    }
    if (is_package_) compare(part, path, found);
  }

  void compare(const SpoolPart& part, const std::string& path, const struct stat& found) {
    const std::string wanted = std::string("azrestored:") + part.group + ", mode " + octal(part.mode);
    const std::string rights = owner_text(found.st_uid, found.st_gid) + ", mode " + octal(found.st_mode);
    if (wanted == rights) return;
    context_.report.add(Finding::warning(spool_subject,
                                         path + " is " + rights + "; the package creates it as " + wanted,
                                         {as_root(make_package_spool)}));
    reported_ = true;
  }

  DoctorContext& context_;
  const std::string directory_;
  const bool is_package_;
  bool reported_ = false;
};

/// Reports a missing database: lost, or not created yet.
void report_missing_database(DoctorContext& context, const std::string& path) {
  if (const auto lost = missing_database(path, context.settings->spool.directory)) {
    context.report.add(Finding::problem(database_subject, ExitCode::failed, *lost, {}));
    return;
  }
  const fs::path folder = fs::path(path).parent_path();
  const bool is_made = folder == package_state && !fs::exists(folder);
  if (is_made || access_as(context.service, existing_at(folder), W_OK | X_OK).value_or(0) == 0) {
    context.report.add(
        Finding::note(database_subject, path + " does not exist yet; azrestored creates it when it starts"));
    return;
  }
  context.report.add(Finding::problem(
      database_subject, ExitCode::failed,
      path + " is missing, and user " + context.service.name + " may not create it in " + existing_at(folder).string(),
      {as_root("install -d -m 0700 -o " + context.service.name + " " + shell_word(folder.string()))}));
}

/// Reports what is wrong with owner and mode of the database or its folder. Returns true if something is.
bool report_database_rights(DoctorContext& context, const std::string& path, const struct stat& file) {
  const std::string folder = fs::path(path).parent_path().string();
  for (const std::string& each : {folder, path}) {
    const int mode = each == folder ? R_OK | W_OK | X_OK : R_OK | W_OK;
    const auto access = access_as(context.service, each, mode);
    if (access.value_or(0) == 0) continue;
    context.report.add(Finding::problem(
        database_subject, ExitCode::failed,
        each + " cannot be written by user " + context.service.name +
            " (the user of azrestored): " + reason_of(*access),
        {as_root("chown " + owner_text(context.service.uid, context.service.gid) + " " + shell_word(each))}));
    return true;
  }
  if ((file.st_mode & 0077U) == 0) return false;
  context.report.add(
      Finding::warning(database_subject,
                       path + " is open to other users (mode " + octal(file.st_mode) +
                           "); azrestored creates it with mode 0600, because it contains signed URLs of Azure",
                       {as_root("chmod 0600 " + shell_word(path))}));
  return true;
}

/// "120 jobs", or why the database cannot tell.
Result<std::string> job_count(const Settings& settings) {
  auto store = open_read_only_store(settings);
  if (!store) return store.error();
  using Counts = Result<std::vector<std::pair<std::string, std::int64_t>>>;
  asio::io_context loop(1);
  const Counts counts = UnderWay<Counts>(loop, (*store)->count_by_state()).get();
  if (!counts) return counts.error();
  std::int64_t jobs = 0;
  for (const auto& [state, count] : *counts) jobs += count;
  return std::to_string(jobs) + (jobs == 1 ? " job" : " jobs");
}

std::optional<Room> room_at(const fs::path& path) {
  struct statvfs found {};
  if (::statvfs(path.c_str(), &found) != 0) return std::nullopt;
  return Room{std::uint64_t{found.f_bavail} * found.f_frsize, std::uint64_t{found.f_blocks} * found.f_frsize,
              found.f_favail, found.f_files};
}

void report_room(DoctorContext& context, const std::string& what, const fs::path& path) {
  const auto room = room_at(path);
  if (!room) {
    context.report.add(Finding::not_checked("disk", what + " at " + path.string() + ": " + reason_of(errno)));
    return;
  }
  const CheckStatus verdict = verdict_on(*room);
  const std::string sentence = what + " at " + path.string() + ": " + room_text(*room);
  const std::vector<Remedy> remedies = {
      Remedy::advice("Free some space: on a full disk azrestored accepts no job and saves no progress. "
                     "It continues when there is space again."),
      as_root("du -xhd1 " + shell_word(path.string()) + " | sort -h")};
  if (verdict == CheckStatus::ok) context.report.add(Finding::ok("disk", sentence));
  if (verdict == CheckStatus::warning) context.report.add(Finding::warning("disk", sentence, remedies));
  if (verdict == CheckStatus::problem)
    context.report.add(Finding::problem("disk", ExitCode::failed, sentence, remedies));
}

}  // namespace

void check_spool(DoctorContext& context) {
  SpoolLook look(context);
  look.look();
  const std::string incoming = context.settings->spool.directory + "/incoming";
  if (!look.reported()) {
    context.report.add(Finding::ok(spool_subject, context.settings->spool.directory +
                                                      " and its folders can be used by user " + context.service.name));
  }
  std::error_code error;
  if (fs::is_directory(incoming, error) && ::access(incoming.c_str(), W_OK | X_OK) != 0) {
    context.report.add(Finding::note(spool_subject, "you may not drop job files into " + incoming,
                                     {as_root("adduser " + account_of(::geteuid()).name + " azrestore")}));
  }
}

void check_database(DoctorContext& context) {
  const std::string& path = context.settings->store.path;
  struct stat file {};
  const bool is_there = ::stat(path.c_str(), &file) == 0;
  const bool may_read = ::access(path.c_str(), R_OK) == 0 || errno == ENOENT;
  if (!may_read && ::geteuid() != 0) {
    context.report.add(
        Finding::not_checked(database_subject, path + " can be read by azrestored and root only", {again_as_root()}));
    return;
  }
  if (!is_there || file.st_size == 0) return report_missing_database(context, path);
  if (report_database_rights(context, path, file)) return;
  const auto jobs = job_count(*context.settings);
  if (jobs) {
    context.report.add(Finding::ok(database_subject, path + ": " + *jobs));
  } else {
    context.report.add(Finding::problem(database_subject, ExitCode::failed, jobs.error().sentence(), {}));
  }
}

void check_disks(DoctorContext& context) {
  const fs::path spool = existing_at(context.settings->spool.directory);
  const fs::path store = existing_at(fs::path(context.settings->store.path).parent_path());
  struct stat spool_place {};
  struct stat store_place {};
  const bool are_known = ::stat(spool.c_str(), &spool_place) == 0 && ::stat(store.c_str(), &store_place) == 0;
  if (are_known && spool_place.st_dev == store_place.st_dev) return report_room(context, "database and spool", store);
  report_room(context, "database", store);
  report_room(context, "spool", spool);
}

}  // namespace azrestored::cli
