// The settings file: defaults, every key, every fault, and the files that are shipped.
#include "config/settings.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/job_spec.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

const std::filesystem::path config_folder = AZRESTORED_CONFIG_FOLDER;

std::vector<std::string> faults_of(std::string_view text) {
  std::vector<Fault> faults;
  const auto settings = read_settings(text, faults);
  EXPECT_EQ(settings.has_value(), faults.empty()) << "either settings or faults, never both and never none";
  std::vector<std::string> texts;
  for (const Fault& fault : faults) texts.push_back(fault.text());
  return texts;
}

Settings settings_of(std::string_view text) {
  std::vector<Fault> faults;
  auto settings = read_settings(text, faults);
  for (const Fault& fault : faults) ADD_FAILURE() << fault.text();
  return settings.value_or(Settings{});
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr std::string_view every_default = R"({
  "arm": {
    "endpoint": "https://management.azure.com",
    "apiVersion": "2025-02-01",
    "caFile": ""
  },
  "auth": {
    "method": "managedIdentity",
    "authority": "https://login.microsoftonline.com",
    "tenantId": "",
    "clientId": "",
    "clientSecretFile": "",
    "accessTokenFile": "",
    "imdsEndpoint": "http://169.254.169.254"
  },
  "spool": {
    "directory": "/var/spool/azrestored"
  },
  "store": {
    "path": "/var/lib/azrestored/azrestored.db"
  },
  "control": {
    "socket": "/run/azrestored/control.sock"
  },
  "polling": {
    "defaultRetryAfter": "1m",
    "minimumInterval": "10s",
    "jobInterval": "1m"
  },
  "inDoubt": {
    "quietPeriod": "5m"
  },
  "limits": {
    "activeJobs": 10000,
    "connections": 16
  },
  "log": {
    "level": "info",
    "format": "text"
  }
})";

constexpr std::string_view every_key = R"({
  "arm": {
    "endpoint": "http://127.0.0.1:8443",
    "apiVersion": "2019-05-13-preview",
    "caFile": "/etc/ca.pem"
  },
  "auth": {
    "method": "clientSecret",
    "authority": "https://login.example.com:444",
    "tenantId": "contoso.example.com",
    "clientId": "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
    "clientSecretFile": "/etc/secret",
    "accessTokenFile": "/etc/token",
    "imdsEndpoint": "http://[::1]:40342"
  },
  "spool": {
    "directory": "/a/spool"
  },
  "store": {
    "path": "/a/db"
  },
  "control": {
    "socket": "/a/socket"
  },
  "polling": {
    "defaultRetryAfter": "61s",
    "minimumInterval": "50ms",
    "jobInterval": "3s"
  },
  "inDoubt": {
    "quietPeriod": "2h"
  },
  "limits": {
    "activeJobs": 7,
    "connections": 8
  },
  "log": {
    "level": "debug",
    "format": "json"
  }
})";

TEST(Settings, AnEmptyFileMeansTheDefaults) {
  EXPECT_EQ(to_text(settings_of("{}")), every_default);
}

TEST(Settings, EveryKeyIsReadAndPrinted) {
  EXPECT_EQ(to_text(settings_of(every_key)), every_key);
}

TEST(Settings, EveryKeyLandsInItsPlace) {
  const Settings settings = settings_of(every_key);
  EXPECT_EQ(settings.arm.endpoint, "http://127.0.0.1:8443");
  EXPECT_EQ(settings.arm.api_version, "2019-05-13-preview");
  EXPECT_EQ(settings.arm.ca_file, "/etc/ca.pem");
  EXPECT_EQ(settings.auth.method, Settings::AuthMethod::clientSecret);
  EXPECT_EQ(settings.auth.authority, "https://login.example.com:444");
  EXPECT_EQ(settings.auth.tenant_id, "contoso.example.com");
  EXPECT_EQ(settings.auth.client_id, "0b1f6471-1bf0-4dda-aec3-cb9272f09590");
  EXPECT_EQ(settings.auth.client_secret_file, "/etc/secret");
  EXPECT_EQ(settings.auth.access_token_file, "/etc/token");
  EXPECT_EQ(settings.auth.imds_endpoint, "http://[::1]:40342");
  EXPECT_EQ(settings.spool.directory, "/a/spool");
  EXPECT_EQ(settings.store.path, "/a/db");
  EXPECT_EQ(settings.control.socket, "/a/socket");
  EXPECT_EQ(settings.policy.default_retry_after, std::chrono::seconds(61));
  EXPECT_EQ(settings.policy.minimum_interval, std::chrono::milliseconds(50));
  EXPECT_EQ(settings.policy.job_interval, std::chrono::seconds(3));
  EXPECT_EQ(settings.policy.quiet_period, std::chrono::hours(2));
  EXPECT_EQ(settings.limits.active_jobs, 7);
  EXPECT_EQ(settings.limits.connections, 8);
  EXPECT_EQ(settings.log.level, Settings::LogLevel::debug);
  EXPECT_EQ(settings.log.format, Settings::LogFormat::json);
}

TEST(Settings, TheShippedFileNamesEveryKeyWithItsDefault) {
  const std::string text = text_of(config_folder / "azrestored.json");
  EXPECT_EQ(to_text(settings_of(text)), every_default);
  const json shipped = json::parse(text, nullptr, true, true);
  const json known = json::parse(every_default);
  ASSERT_EQ(shipped.size(), known.size());
  for (const auto& [section, keys] : known.items()) EXPECT_EQ(shipped.at(section).size(), keys.size()) << section;
}

TEST(Settings, TheShippedJobFilesAreCorrect) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(config_folder / "examples")) {
    std::vector<Fault> faults;
    EXPECT_TRUE(read_job_spec(text_of(entry.path()), faults)) << entry.path();
    for (const Fault& fault : faults) ADD_FAILURE() << entry.path() << ": " << fault.text();
    ++count;
  }
  EXPECT_EQ(count, 24);
}

struct WrongSetting {
  std::string name;
  std::string text;
  std::string fault;
};

void PrintTo(const WrongSetting& wrong, std::ostream* out) {
  *out << wrong.name;
}

const std::string service_url = "https://host or https://host:port (http only to this machine), without path and user";
const std::string identity_url =
    "http or https, host and port (http only to this machine or 169.254.*), without path and user";
const std::string duration = "a duration above zero such as \"30s\" (units: ms, s, m, h, d)";

WrongSetting endpoint(std::string name, const std::string& url) {
  return {std::move(name), R"({"arm": {"endpoint": ")" + url + "\"}}",
          "/arm/endpoint, line 1, column 22: found the text \"" + url + "\"; expected " + service_url};
}

std::vector<WrongSetting> wrong_settings() {
  return {
      endpoint("PlainHttp", "http://management.azure.com"),
      endpoint("HttpToANameThatBeginsLikeLoopback", "http://127.example.com"),
      endpoint("OtherScheme", "ftp://management.azure.com"),
      endpoint("WithPath", "https://management.azure.com/"),
      endpoint("WithQuery", "https://management.azure.com?x"),
      endpoint("WithUser", "https://me@management.azure.com"),
      endpoint("WithoutHost", "https://"),
      endpoint("PortZero", "https://a:0"),
      endpoint("PortTooLarge", "https://a:65536"),
      endpoint("PortIsNoNumber", "https://a:x"),
      {"NotAnObject", "5", "line 1, column 1: found the number 5; expected an object with settings"},
      {"UnknownSection", R"({"pooling": {}})",
       "/pooling, line 1, column 13: unknown setting \"pooling\", perhaps meant to be \"polling\""},
      {"UnknownKey", R"({"limits": {"activJobs": 5}})",
       "/limits/activJobs, line 1, column 26: unknown setting \"activJobs\", perhaps meant to be \"activeJobs\""},
      {"UnknownKeyLikeNothing", R"({"log": {"colour": true}})",
       "/log/colour, line 1, column 20: unknown setting \"colour\"; expected \"level\" or \"format\""},
      {"SectionIsNoObject", R"({"log": "info"})",
       "/log, line 1, column 9: found the text \"info\"; expected an object with settings"},
      {"KeyTwice", "{\"log\": {\"level\": \"info\",\n \"level\": \"info\"}}",
       "/log/level, line 2, column 2: the member \"level\" is given twice, the first time on line 1; leave one of the "
       "two"},
      {"ApiVersion", R"({"arm": {"apiVersion": "latest"}})",
       "/arm/apiVersion, line 1, column 24: found the text \"latest\"; expected a version of the API such as "
       "\"2025-02-01\""},
      {"RelativePath", R"({"spool": {"directory": "spool"}})",
       "/spool/directory, line 1, column 25: found the text \"spool\"; expected an absolute path"},
      {"PathIsEmpty", R"({"store": {"path": ""}})",
       "/store/path, line 1, column 20: found the text \"\"; expected an absolute path"},
      {"OptionalPathIsRelative", R"({"arm": {"caFile": "ca.pem"}})",
       "/arm/caFile, line 1, column 20: found the text \"ca.pem\"; expected an absolute path, or \"\" for none"},
      {"TextIsNull", R"({"arm": {"caFile": null}})",
       "/arm/caFile, line 1, column 20: found null; expected an absolute path, or \"\" for none"},
      {"SocketPathTooLong", R"({"control": {"socket": "/)" + std::string(107, 's') + "\"}}",
       "/control/socket, line 1, column 24: found the text \"/" + std::string(107, 's') +
           "\"; expected an absolute path of at most 107 bytes"},
      {"Authority", R"({"auth": {"authority": "http://login.microsoftonline.com"}})",
       "/auth/authority, line 1, column 24: found the text \"http://login.microsoftonline.com\"; expected " +
           service_url},
      {"IdentityService", R"({"auth": {"imdsEndpoint": "http://example.com"}})",
       "/auth/imdsEndpoint, line 1, column 27: found the text \"http://example.com\"; expected " + identity_url},
      {"TenantWithSlash", R"({"auth": {"tenantId": "a/b"}})",
       "/auth/tenantId, line 1, column 23: found the text \"a/b\"; expected letters, digits, dots and dashes"},
      {"UnknownMethod", R"({"auth": {"method": "managedidentity"}})",
       "/auth/method, line 1, column 21: found the text \"managedidentity\", perhaps meant to be \"managedIdentity\"; "
       "expected \"managedIdentity\", \"clientSecret\" or \"accessToken\""},
      {"TokenFileIsMissing", R"({"auth": {"method": "accessToken"}})",
       "/auth/accessTokenFile, line 1, column 10: \"accessTokenFile\" is missing; the method \"accessToken\" needs it"},
      {"TokenFileIsRelative", R"({"auth": {"method": "accessToken", "accessTokenFile": "token"}})",
       "/auth/accessTokenFile, line 1, column 55: found the text \"token\"; expected an absolute path, or \"\" for "
       "none"},
      {"DurationWithoutUnit", R"({"polling": {"jobInterval": "60"}})",
       "/polling/jobInterval, line 1, column 29: found the text \"60\"; expected " + duration},
      {"DurationIsNumber", R"({"polling": {"defaultRetryAfter": 60}})",
       "/polling/defaultRetryAfter, line 1, column 35: found the number 60; expected " + duration},
      {"DurationIsZero", R"({"inDoubt": {"quietPeriod": "0s"}})",
       "/inDoubt/quietPeriod, line 1, column 29: found the text \"0s\"; expected " + duration},
      {"NoConnections", R"({"limits": {"connections": 0}})",
       "/limits/connections, line 1, column 28: found the number 0; expected a whole number from 1 to 1024"},
      {"TooManyConnections", R"({"limits": {"connections": 1025}})",
       "/limits/connections, line 1, column 28: found the number 1025; expected a whole number from 1 to 1024"},
      {"TooManyJobs", R"({"limits": {"activeJobs": 4294967297}})",
       "/limits/activeJobs, line 1, column 27: found the number 4294967297; expected a whole number from 1 to 1000000"},
      {"JobsAreText", R"({"limits": {"activeJobs": "5"}})",
       "/limits/activeJobs, line 1, column 27: found the text \"5\"; expected a whole number from 1 to 1000000"},
      {"LevelIsUnknown", R"({"log": {"level": "warn"}})",
       "/log/level, line 1, column 19: found the text \"warn\", perhaps meant to be \"warning\"; expected \"error\", "
       "\"warning\", \"info\" or \"debug\""},
      {"FormatIsUnknown", R"({"log": {"format": 1}})",
       "/log/format, line 1, column 20: found the number 1; expected \"text\" or \"json\""},
  };
}

class WrongSettings : public testing::TestWithParam<WrongSetting> {};

TEST_P(WrongSettings, AreRefusedWithOneSentenceAndItsPlace) {
  EXPECT_EQ(faults_of(GetParam().text), std::vector<std::string>{GetParam().fault});
}

INSTANTIATE_TEST_SUITE_P(Each, WrongSettings, testing::ValuesIn(wrong_settings()),
                         [](const auto& row) { return row.param.name; });

TEST(Settings, AClientSecretNeedsThreeThingsToldAtOnce) {
  const std::vector<std::string> expected = {
      "/auth/tenantId, line 1, column 10: \"tenantId\" is missing; the method \"clientSecret\" needs it",
      "/auth/clientId, line 1, column 10: \"clientId\" is missing; the method \"clientSecret\" needs it",
      "/auth/clientSecretFile, line 1, column 10: \"clientSecretFile\" is missing; the method \"clientSecret\" needs "
      "it"};
  EXPECT_EQ(faults_of(R"({"auth": {"method": "clientSecret"}})"), expected);
}

TEST(Settings, AllFaultsAreToldAtOnce) {
  EXPECT_EQ(faults_of(R"({"arm": {"endpoint": 1, "apiVersion": 2}, "x": 3, "log": {"level": 4}})").size(), 4U);
}

TEST(Settings, UnencryptedEndpointsAreForThisMachineAlone) {
  for (const std::string url :
       {"http://localhost:1", "http://127.0.0.1", "http://127.1.2.3:65535", "http://[::1]:80"}) {
    EXPECT_EQ(settings_of(R"({"arm": {"endpoint": ")" + url + "\"}}").arm.endpoint, url);
  }
}

std::string fault_of_file(const std::filesystem::path& path) {
  std::vector<Fault> faults;
  EXPECT_FALSE(read_settings_file(path, faults));
  return faults.size() == 1 ? faults.front().text() : std::to_string(faults.size()) + " faults";
}

TEST(Settings, AFileIsRead) {
  std::vector<Fault> faults;
  EXPECT_TRUE(read_settings_file(config_folder / "azrestored.json", faults));
}

TEST(Settings, AFileThatIsNotThereIsAFault) {
  EXPECT_EQ(fault_of_file("/nonexistent/azrestored.json"),
            "the settings file /nonexistent/azrestored.json cannot be read: No such file or directory");
}

TEST(Settings, AFolderIsNoFile) {
  EXPECT_EQ(fault_of_file("/"), "the settings file / cannot be read: Is a directory");
}

}  // namespace
}  // namespace azrestored
