#include "tests/support/stage.hpp"

#include <cmath>
#include <cstdlib>
#include <ctime>

namespace azrestored::test {
namespace {

Json sign_in_settings(Stage::SignIn way, const SimProcess& sim, const std::filesystem::path& secret_file) {
  switch (way) {
    case Stage::SignIn::by_token:
      return Json::object();
    case Stage::SignIn::by_secret:
      write_file(secret_file, client_secret);
      return {{"method", "clientSecret"}, {"authority", sim.https_url()},    {"tenantId", tenant_id},
              {"clientId", client_id},    {"clientSecretFile", secret_file}, {"accessTokenFile", nullptr}};
    case Stage::SignIn::by_identity:
      return {{"method", "managedIdentity"}, {"imdsEndpoint", sim.http_url()}, {"accessTokenFile", nullptr}};
  }
  return Json();
}

double seconds_of(const std::string& time) {
  std::tm parts{};
  const char* const rest = ::strptime(time.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  return static_cast<double>(::timegm(&parts)) + (rest != nullptr ? std::strtod(rest, nullptr) : NAN);
}

}  // namespace

Stage::Stage(const Options& options)
    : sim(path("simulator"), certificates() / options.certificate, options.azure, options.simulator) {
  Json settings = {{"auth", sign_in_settings(options.sign_in, sim, path("secret"))}};
  settings.merge_patch(options.settings);
  configure(sim.https_url(), settings);
}

std::chrono::duration<double> time_between(const Json& earlier, const Json& later) {
  return std::chrono::duration<double>(seconds_of(later.at("time")) - seconds_of(earlier.at("time")));
}

}  // namespace azrestored::test
