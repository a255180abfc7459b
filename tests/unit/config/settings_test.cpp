// The settings file: defaults, every key, every fault, and the shipped files. auth_settings_test tests "auth".
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "tests/unit/config/settings_reading.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

const std::filesystem::path config_folder = AZRESTORED_CONFIG_FOLDER;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr std::string_view every_default = R"({
  "arm": {
    "cloud": "public",
    "endpoint": "https://management.azure.com",
    "apiVersion": "2025-02-01",
    "crossRegionApiVersion": "2021-11-15",
    "caFile": ""
  },
  "auth": {
    "method": "managedIdentity",
    "authority": "https://login.microsoftonline.com",
    "tenantId": "",
    "clientId": "",
    "clientSecretFile": "",
    "clientCertificateFile": "",
    "clientCertificateKeyFile": "",
    "clientCertificateAlgorithm": "PS256",
    "federatedTokenFile": "",
    "accessTokenFile": "",
    "objectId": "",
    "resourceId": "",
    "imdsEndpoint": "http://169.254.169.254",
    "arcTokenFolder": "/var/opt/azcmagent/tokens"
  },
  "spool": {
    "directory": "/var/spool/azrestored",
    "settleTime": "10m"
  },
  "store": {
    "path": "/var/lib/azrestored/azrestored.db"
  },
  "control": {
    "socket": "/run/azrestored/control.sock"
  },
  "metrics": {
    "listen": "",
    "public": false
  },
  "polling": {
    "defaultRetryAfter": "1m",
    "minimumInterval": "10s",
    "jobInterval": "1m"
  },
  "inDoubt": {
    "quietPeriod": "5m"
  },
  "budget": {
    "readsPerHour": 150,
    "reservePercent": 10,
    "subscriptionReadsPerSecond": 20,
    "subscriptionWritesPerSecond": 8
  },
  "limits": {
    "activeJobs": 10000,
    "concurrentRestoresPerVault": 1000,
    "concurrentRestoresPerSubscription": 10000,
    "concurrentRestoresPerStorageAccount": 400,
    "concurrentRestoresPerTargetResourceGroup": 800,
    "connections": 16
  },
  "retention": {
    "finishedJobs": "400d"
  },
  "log": {
    "level": "info",
    "format": "text"
  }
})";

constexpr std::string_view every_key = R"({
  "arm": {
    "cloud": "china",
    "endpoint": "http://127.0.0.1:8443",
    "apiVersion": "2019-05-13-preview",
    "crossRegionApiVersion": "2018-12-20",
    "caFile": "/etc/ca.pem"
  },
  "auth": {
    "method": "clientSecret",
    "authority": "https://login.example.com:444",
    "tenantId": "contoso.example.com",
    "clientId": "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
    "clientSecretFile": "/etc/secret",
    "clientCertificateFile": "/etc/client.pem",
    "clientCertificateKeyFile": "/etc/client.key",
    "clientCertificateAlgorithm": "RS256",
    "federatedTokenFile": "/etc/federated",
    "accessTokenFile": "/etc/token",
    "objectId": "5d9f1d0b-8a1c-4a2e-9a55-0a4f6f9f2b10",
    "resourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i",
    "imdsEndpoint": "http://[::1]:40342",
    "arcTokenFolder": "/a/tokens"
  },
  "spool": {
    "directory": "/a/spool",
    "settleTime": "90s"
  },
  "store": {
    "path": "/a/db"
  },
  "control": {
    "socket": "/a/socket"
  },
  "metrics": {
    "listen": "[2001:db8::1]:9633",
    "public": true
  },
  "polling": {
    "defaultRetryAfter": "61s",
    "minimumInterval": "50ms",
    "jobInterval": "3s"
  },
  "inDoubt": {
    "quietPeriod": "2h"
  },
  "budget": {
    "readsPerHour": 800,
    "reservePercent": 0,
    "subscriptionReadsPerSecond": 9,
    "subscriptionWritesPerSecond": 3
  },
  "limits": {
    "activeJobs": 7,
    "concurrentRestoresPerVault": 4,
    "concurrentRestoresPerSubscription": 6,
    "concurrentRestoresPerStorageAccount": 3,
    "concurrentRestoresPerTargetResourceGroup": 1000000,
    "connections": 8
  },
  "retention": {
    "finishedJobs": "30d"
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

TEST(Settings, EveryKeySetsItsOwnMember) {
  const Settings settings = settings_of(every_key);
  EXPECT_EQ(settings.arm.cloud, Cloud::china);
  EXPECT_EQ(settings.arm.endpoint, "http://127.0.0.1:8443");
  EXPECT_EQ(settings.arm.api_version, "2019-05-13-preview");
  EXPECT_EQ(settings.arm.cross_region_api_version, "2018-12-20");
  EXPECT_EQ(settings.arm.ca_file, "/etc/ca.pem");
  ASSERT_EQ(settings.auth.size(), 1U);
  const AuthSettings& auth = settings.auth.front();
  EXPECT_EQ(auth.name, "default");
  EXPECT_EQ(auth.method, AuthSettings::Method::client_secret);
  EXPECT_EQ(auth.authority, "https://login.example.com:444");
  EXPECT_EQ(auth.tenant_id, "contoso.example.com");
  EXPECT_EQ(auth.client_id, "0b1f6471-1bf0-4dda-aec3-cb9272f09590");
  EXPECT_EQ(auth.client_secret_file, "/etc/secret");
  EXPECT_EQ(auth.client_certificate_file, "/etc/client.pem");
  EXPECT_EQ(auth.client_certificate_key_file, "/etc/client.key");
  EXPECT_EQ(auth.client_certificate_algorithm, AuthSettings::Algorithm::rs256);
  EXPECT_EQ(auth.federated_token_file, "/etc/federated");
  EXPECT_EQ(auth.access_token_file, "/etc/token");
  EXPECT_EQ(auth.object_id, "5d9f1d0b-8a1c-4a2e-9a55-0a4f6f9f2b10");
  EXPECT_TRUE(auth.resource_id.ends_with("/userAssignedIdentities/i"));
  EXPECT_EQ(auth.imds_endpoint, "http://[::1]:40342");
  EXPECT_EQ(auth.arc_token_folder, "/a/tokens");
  EXPECT_EQ(settings.spool.directory, "/a/spool");
  EXPECT_EQ(settings.spool.settle_time, std::chrono::seconds(90));
  EXPECT_EQ(settings.store.path, "/a/db");
  EXPECT_EQ(settings.control.socket, "/a/socket");
  EXPECT_EQ(settings.metrics.listen, "[2001:db8::1]:9633");
  EXPECT_TRUE(settings.metrics.is_public);
  EXPECT_EQ(settings.policy.default_retry_after, std::chrono::seconds(61));
  EXPECT_EQ(settings.policy.minimum_interval, std::chrono::milliseconds(50));
  EXPECT_EQ(settings.policy.job_interval, std::chrono::seconds(3));
  EXPECT_EQ(settings.policy.quiet_period, std::chrono::hours(2));
  EXPECT_EQ(settings.limits.active_jobs, 7);
  EXPECT_EQ(settings.limits.connections, 8);
  EXPECT_EQ(settings.retention.finished_jobs, std::chrono::days(30));
  EXPECT_EQ(settings.log.level, Settings::LogLevel::debug);
  EXPECT_EQ(settings.log.format, Settings::LogFormat::json);
}

TEST(Settings, TheShippedFileNamesEveryKeyWithItsDefault) {
  const std::string text = text_of(config_folder / "azrestored.json");
  EXPECT_EQ(to_text(settings_of(text)), every_default);
  json shipped = json::parse(text, nullptr, true, true);
  EXPECT_EQ(shipped.erase("$schema"), 1U) << "it is named to editors";
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
  EXPECT_EQ(count, 25);
}

struct WrongSetting {
  std::string name;
  std::string text;
  std::string fault;
};

void PrintTo(const WrongSetting& wrong, std::ostream* out) {
  *out << wrong.name;
}

const std::string service_url =
    "https://host or https://host:port (http only to this machine), without path and user, or \"\" for the cloud's";
const std::string whole_path = "; write the whole path, beginning with /";
const std::string unit_missing = "; the unit is missing: write \"60s\" for seconds, \"60h\" for hours";
const std::string duration = "a duration above zero such as \"30s\" (units: ms, s, m, h, d)";

WrongSetting endpoint(std::string name, const std::string& url, const std::string& meant = "") {
  return {std::move(name), R"({"arm": {"endpoint": ")" + url + "\"}}",
          "/arm/endpoint, line 1, column 22: found the string \"" + url + "\"; expected " + service_url +
              (meant.empty() ? "" : "; write \"" + meant + "\"")};
}

std::vector<WrongSetting> wrong_settings() {
  return {
      endpoint("PlainHttp", "http://management.azure.com", "https://management.azure.com"),
      endpoint("HttpToANameThatBeginsLikeLoopback", "http://127.example.com", "https://127.example.com"),
      endpoint("OtherScheme", "ftp://management.azure.com"),
      endpoint("WithPath", "https://management.azure.com/", "https://management.azure.com"),
      endpoint("WithQuery", "https://management.azure.com?x", "https://management.azure.com"),
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
       "/log, line 1, column 9: found the string \"info\"; expected an object with \"level\" or \"format\""},
      {"KeyTwice", "{\"log\": {\"level\": \"info\",\n \"level\": \"info\"}}",
       "/log/level, line 2, column 2: the member \"level\" is given twice, first on line 1; remove one of the two"},
      {"UnknownCloud", R"({"arm": {"cloud": "usgovernment"}})",
       "/arm/cloud, line 1, column 19: found the string \"usgovernment\", perhaps meant to "
       "be \"usGovernment\"; expected "
       "\"public\", \"usGovernment\" or \"china\""},
      {"CrossRegionApiVersion", R"({"arm": {"crossRegionApiVersion": ""}})",
       "/arm/crossRegionApiVersion, line 1, column 35: found the string \"\"; expected a version of the API such as "
       "\"2025-02-01\""},
      {"ApiVersion", R"({"arm": {"apiVersion": "latest"}})",
       "/arm/apiVersion, line 1, column 24: found the string \"latest\"; expected a version of the API such as "
       "\"2025-02-01\""},
      {"RelativePath", R"({"spool": {"directory": "spool"}})",
       "/spool/directory, line 1, column 25: found the string \"spool\"; expected an absolute path" + whole_path},
      {"SettleTimeIsZero", R"({"spool": {"settleTime": "0s"}})",
       "/spool/settleTime, line 1, column 26: found the string \"0s\"; expected a duration above zero such as \"30s\" "
       "(units: ms, s, m, h, d)"},
      {"PathIsEmpty", R"({"store": {"path": ""}})",
       "/store/path, line 1, column 20: found the string \"\"; expected an absolute path" + whole_path},
      {"OptionalPathIsRelative", R"({"arm": {"caFile": "ca.pem"}})",
       "/arm/caFile, line 1, column 20: found the string \"ca.pem\"; expected an absolute path, or \"\" for none" +
           whole_path},
      {"TextIsNull", R"({"arm": {"caFile": null}})",
       "/arm/caFile, line 1, column 20: found null; expected a string in double quotes: an "
       "absolute path, or \"\" for none"},
      {"SocketPathTooLong", R"({"control": {"socket": "/)" + std::string(107, 's') + "\"}}",
       "/control/socket, line 1, column 24: found the string \"/" + std::string(107, 's') +
           "\"; expected an absolute path of at most 107 bytes"},
      {"ListenHasNoPort", R"({"metrics": {"listen": "127.0.0.1"}})",
       "/metrics/listen, line 1, column 24: found the string \"127.0.0.1\"; expected a numeric address and a port such "
       "as \"127.0.0.1:9633\" or \"[::1]:9633\", or \"\" for none"},
      {"ListenIsPublic", R"({"metrics": {"listen": "0.0.0.0:9633"}})",
       "/metrics/listen, line 1, column 24: other machines can connect to \"0.0.0.0:9633\" and read the metrics "
       "without a password or certificate; expected a loopback address, 127.0.0.1 or [::1], or \"public\": true in the "
       "same section"},
      {"FlagIsAText", R"({"metrics": {"public": "yes"}})",
       "/metrics/public, line 1, column 24: found the string \"yes\"; expected true or false"},
      {"DurationWithoutUnit", R"({"polling": {"jobInterval": "60"}})",
       "/polling/jobInterval, line 1, column 29: found the string \"60\"; expected " + duration + unit_missing},
      {"DurationIsNumber", R"({"polling": {"defaultRetryAfter": 60}})",
       "/polling/defaultRetryAfter, line 1, column 35: found the number 60; expected " + duration + unit_missing},
      {"DurationIsZero", R"({"inDoubt": {"quietPeriod": "0s"}})",
       "/inDoubt/quietPeriod, line 1, column 29: found the string \"0s\"; expected " + duration},
      {"NoConnections", R"({"limits": {"connections": 0}})",
       "/limits/connections, line 1, column 28: found the number 0; expected a whole number from 1 to 1024"},
      {"TooManyConnections", R"({"limits": {"connections": 1025}})",
       "/limits/connections, line 1, column 28: found the number 1025; expected a whole number from 1 to 1024"},
      {"TooManyJobs", R"({"limits": {"activeJobs": 4294967297}})",
       "/limits/activeJobs, line 1, column 27: found the number 4294967297; expected a whole number from 1 to 1000000"},
      {"JobsAreText", R"({"limits": {"activeJobs": "5"}})",
       "/limits/activeJobs, line 1, column 27: found the string \"5\"; expected a whole number from 1 to 1000000; "
       "write 5 without quotes"},
      {"NoRestores", R"({"limits": {"concurrentRestoresPerVault": 0}})",
       "/limits/concurrentRestoresPerVault, line 1, column 43: found the number 0; expected a whole "
       "number from 1 to 1000000"},
      {"TooManyRestores", R"({"limits": {"concurrentRestoresPerTargetResourceGroup": 1000001}})",
       "/limits/concurrentRestoresPerTargetResourceGroup, line 1, column 57: found the number 1000001; expected a "
       "whole number from 1 to 1000000"},
      {"LevelIsUnknown", R"({"log": {"level": "warn"}})",
       "/log/level, line 1, column 19: found the string \"warn\", perhaps meant to be \"warning\"; expected \"error\", "
       "\"warning\", \"info\" or \"debug\""},
      {"FormatIsUnknown", R"({"log": {"format": 1}})",
       "/log/format, line 1, column 20: found the number 1; expected \"text\" or \"json\""},
  };
}

class WrongSettings : public testing::TestWithParam<WrongSetting> {};

TEST_P(WrongSettings, AreRefusedWithOneSentenceAndItsPosition) {
  EXPECT_EQ(faults_of(GetParam().text), std::vector<std::string>{GetParam().fault});
}

INSTANTIATE_TEST_SUITE_P(Each, WrongSettings, testing::ValuesIn(wrong_settings()),
                         [](const auto& row) { return row.param.name; });

TEST(Settings, AllFaultsAreReportedAtOnce) {
  EXPECT_EQ(faults_of(R"({"arm": {"endpoint": 1, "apiVersion": 2}, "x": 3, "log": {"level": 4}})").size(), 4U);
}

TEST(Settings, TheCloudGivesTheAddresses) {
  struct {
    std::string cloud;
    std::string endpoint;
    std::string authority;
  } const rows[] = {
      {"public", "https://management.azure.com", "https://login.microsoftonline.com"},
      {"usGovernment", "https://management.usgovcloudapi.net", "https://login.microsoftonline.us"},
      {"china", "https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn"},
  };
  for (const auto& row : rows) {
    const Settings settings = settings_of(R"({"arm": {"cloud": ")" + row.cloud + "\"}}");
    EXPECT_EQ(settings.arm.endpoint, row.endpoint);
    EXPECT_EQ(settings.auth.front().authority, row.authority);
    const json printed = json::parse(to_text(settings));
    EXPECT_EQ(printed.at("arm").at("endpoint"), row.endpoint) << "the effective address is printed";
    EXPECT_EQ(printed.at("auth").at("authority"), row.authority);
  }
}

TEST(Settings, AnAddressThatIsGivenWinsOverTheClouds) {
  const Settings settings = settings_of(
      R"({"auth": {"authority": "https://login.example"}, "arm": {"endpoint": "https://arm.example", "cloud": "china"}})");
  EXPECT_EQ(settings.arm.endpoint, "https://arm.example");
  EXPECT_EQ(settings.auth.front().authority, "https://login.example");
}

TEST(Settings, AnEmptyAddressMeansTheClouds) {
  const Settings settings =
      settings_of(R"({"arm": {"endpoint": "", "cloud": "usGovernment"}, "auth": {"authority": ""}})");
  EXPECT_EQ(settings.arm.endpoint, "https://management.usgovcloudapi.net");
  EXPECT_EQ(settings.auth.front().authority, "https://login.microsoftonline.us");
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
