// The daemon's settings: one struct, defaults in one place, names as in the file (a contract: README "Settings").
// The file is JSON with comments; unknown keys are faults; every fault is told at once with its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_document.hpp"
#include "core/policy.hpp"

namespace azrestored {

struct Settings {
  enum class AuthMethod { managedIdentity, clientSecret, accessToken };
  enum class LogLevel { error, warning, info, debug };
  enum class LogFormat { text, json };

  struct {
    std::string endpoint = "https://management.azure.com";
    std::string api_version = "2025-02-01";
    std::string ca_file;  // "" means the system's certificate authorities
  } arm;
  struct {
    AuthMethod method = AuthMethod::managedIdentity;
    std::string authority = "https://login.microsoftonline.com";
    std::string tenant_id;
    std::string client_id;  // of the application, or of a user-assigned managed identity
    std::string client_secret_file;
    std::string access_token_file;
    std::string imds_endpoint = "http://169.254.169.254";
  } auth;
  struct {
    std::string directory = "/var/spool/azrestored";
  } spool;
  struct {
    std::string path = "/var/lib/azrestored/azrestored.db";
  } store;
  struct {
    std::string socket = "/run/azrestored/control.sock";
  } control;
  Policy policy;  // polling.*, inDoubt.*
  struct {
    int active_jobs = 10000;
    int connections = 16;
  } limits;
  struct {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::text;
  } log;
};

inline constexpr std::string_view default_settings_file = "/etc/azrestored/azrestored.json";

/// Reads the text of a settings file. Either settings, or at least one fault.
std::optional<Settings> read_settings(std::string_view text, std::vector<Fault>& faults);

/// Reads the file; a file that cannot be read is a fault as well.
std::optional<Settings> read_settings_file(const std::string& path, std::vector<Fault>& faults);

/// The effective settings in the file's own form, every key present: what --check-config prints.
std::string to_text(const Settings& settings);

}  // namespace azrestored
