// doctor: the settings file, and the files with secrets that it names.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "config/setting_forms.hpp"
#include "core/json/fault.hpp"
#include "daemon/cli/doctor/checks.hpp"

namespace azrestored::cli {
namespace {

constexpr const char* settings_subject = "settings";
constexpr const char* secrets_subject = "secrets";

/// A file with a secret that a profile names.
struct SecretUse {
  std::string what;
  std::string path;
};

std::vector<SecretUse> secrets_of(const AuthSettings& profile) {
  switch (profile.method) {
    case AuthSettings::Method::client_secret:
      return {{"client secret", profile.client_secret_file}};
    case AuthSettings::Method::client_certificate:
      if (profile.client_certificate_key_file.empty())
        return {{"client certificate and key", profile.client_certificate_file}};
      return {{"client certificate's key", profile.client_certificate_key_file}};
    case AuthSettings::Method::workload_identity:
      return {{"federated token", profile.federated_token_file}};
    case AuthSettings::Method::access_token:
      return {{"access token", profile.access_token_file}};
    case AuthSettings::Method::managed_identity:
      break;
  }
  return {};
}

void report_unreadable(DoctorContext& context, const std::string& path, int error) {
  const bool may_not = error == EACCES || error == EPERM;
  const std::string sentence = path + " cannot be read: " + reason_of(error);
  if (may_not && ::geteuid() != 0) {
    Finding hidden =
        Finding::not_checked(settings_subject, sentence + ", and all other checks depend on it", {again_as_root()});
    hidden.code = ExitCode::not_authorised;
    context.report.add(std::move(hidden));
    return;
  }
  std::vector<Remedy> remedies;
  if (error == ENOENT && path == default_settings_file) {
    remedies = {Remedy::advice("Restore the file of the package, then edit it:"),
                as_root("apt install --reinstall -o Dpkg::Options::=--force-confmiss azrestored")};
  } else {
    remedies = {Remedy::advice("Give the file that azrestored is started with: azrestorectl --config FILE doctor")};
  }
  context.report.add(Finding::problem(settings_subject, ExitCode::usage,
                                      sentence + "; azrestored does not start without it", std::move(remedies)));
}

void report_faults(DoctorContext& context, const std::string& path, const std::vector<Fault>& faults) {
  for (const Fault& fault : faults)
    context.report.add(Finding::problem(settings_subject, ExitCode::usage, path + ": " + fault.text(), {}));
  context.report.add(Finding::not_checked(
      settings_subject, "all other checks depend on the settings: correct them, then run doctor again",
      {as_root("editor " + shell_word(path)), as_root("azrestored --check-config --config " + shell_word(path))}));
}

/// Reports what is wrong with the file's owner and mode. Returns true if something is.
bool report_rights(DoctorContext& context, const std::string& path, const struct stat& file) {
  bool any = false;
  const auto problem = [&](const std::string& sentence, std::vector<Remedy> remedies) {
    context.report.add(Finding::problem(settings_subject, ExitCode::usage, sentence, std::move(remedies)));
    any = true;
  };
  if ((file.st_mode & S_IWOTH) != 0)
    problem(path + " can be changed by every user of this machine", {as_root("chmod o-w " + shell_word(path))});
  if (file.st_uid != 0 && file.st_uid != context.service.uid) {
    problem(path + " belongs to " + owner_text(file.st_uid, file.st_gid) + ", who can change what azrestored does",
            {as_root("chown root:root " + shell_word(path))});
  }
  const auto access = access_as(context.service, path, R_OK);
  if (access.value_or(0) != 0) {
    problem(
        path + " cannot be read by user " + context.service.name + " (the user of azrestored): " + reason_of(*access),
        {as_root("chmod 0644 " + shell_word(path)), as_root("namei -l " + shell_word(path))});
  }
  return any;
}

/// True if the file does not exist. The check of the sign-in reports the consequence.
bool is_missing(const std::string& path) {
  return ::access(path.c_str(), F_OK) != 0 && errno == ENOENT;
}

/// Reports what is wrong with the file. Returns true if something is.
bool report_secret(DoctorContext& context, const SecretUse& secret) {
  struct stat file {};
  const std::string name = "the " + secret.what + " file " + secret.path;
  if (::stat(secret.path.c_str(), &file) != 0) {
    context.report.add(
        Finding::not_checked(secrets_subject, name + " cannot be checked: " + reason_of(errno), {again_as_root()}));
    return true;
  }
  const std::vector<Remedy> remedies = {
      as_root("chown " + owner_text(0, context.service.gid) + " " + shell_word(secret.path)),
      as_root("chmod 0640 " + shell_word(secret.path))};
  const auto access = access_as(context.service, secret.path, R_OK);
  if (access.value_or(0) != 0) {
    context.report.add(Finding::problem(
        secrets_subject, ExitCode::not_authorised,
        name + " cannot be read by user " + context.service.name + " (the user of azrestored): " + reason_of(*access),
        remedies));
    return true;
  }
  if ((file.st_mode & (S_IROTH | S_IWOTH)) == 0) return false;
  const bool may_change = (file.st_mode & S_IWOTH) != 0;
  context.report.add(Finding::warning(
      secrets_subject, name + " can be " + (may_change ? "changed" : "read") + " by every user of this machine",
      remedies));
  return true;
}

}  // namespace

void check_settings(DoctorContext& context) {
  const std::string path = context.context.settings_file();
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0 || ::access(path.c_str(), R_OK) != 0)
    return report_unreadable(context, path, errno);
  std::vector<Fault> faults;
  context.settings = read_settings_file(path, faults);
  if (!context.settings) return report_faults(context, path, faults);
  const auto socket = context.context.socket();
  context.service = service_account(socket ? *socket : context.settings->control.socket);
  if (!report_rights(context, path, file)) context.report.add(Finding::ok(settings_subject, path + " has no faults"));
}

void check_secrets(DoctorContext& context) {
  std::size_t files = 0;
  bool any_reported = false;
  for (const AuthSettings& profile : context.settings->auth) {
    for (const SecretUse& secret : secrets_of(profile)) {
      // systemd sets the permissions of a credential.
      if (secret.path.empty() || secret.path.starts_with(credentials_prefix) || is_missing(secret.path)) continue;
      ++files;
      any_reported = report_secret(context, secret) || any_reported;
    }
  }
  if (files == 0 || any_reported) return;
  context.report.add(
      Finding::ok(secrets_subject, files == 1 ? "azrestored can read the file with the secret, other users cannot"
                                              : "azrestored can read the files with secrets, other users cannot"));
}

}  // namespace azrestored::cli
