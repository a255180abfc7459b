// azrestore-sim: a simulated Azure (Resource Manager's backup part, token endpoint, metadata endpoint) for tests and
// demos. This file: the command line, the order in which the objects are built, and the port file. Exit codes: 0 ended
// by SIGTERM or SIGINT, 1 could not start, others: CLI11's codes for a wrong command line.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>
#include <CLI/CLI.hpp>

#include "front.hpp"
#include "json.hpp"
#include "request_log.hpp"
#include "server.hpp"
#include "state_file.hpp"

namespace {

struct Options {
  std::string state, port_file, log;
  std::vector<std::string> faults;
  bool example_state = false;
  azsim::FrontSettings front;
  azsim::ServerSettings server;
};

void describe(CLI::App& app, Options& o) {
  app.set_version_flag("--version", std::string("azrestore-sim ") + AZRESTORED_VERSION);
  app.add_option("--state", o.state, "state file (see --example-state)")->type_name("FILE");
  app.add_option("--port", o.server.https_port,
                 "HTTPS port on 127.0.0.1; 0 selects a free one; default: 0 with a certificate, otherwise no HTTPS")
      ->check(CLI::Range(0, 65535));
  app.add_option("--http-port", o.server.http_port,
                 "plain HTTP port on 127.0.0.1; 0 selects a free one; default: no plain HTTP")
      ->check(CLI::Range(0, 65535));
  auto* cert = app.add_option("--tls-cert", o.server.tls_cert, "file with the certificate chain")->type_name("PEM");
  auto* key = app.add_option("--tls-key", o.server.tls_key, "file with its private key")->type_name("PEM");
  cert->needs(key);
  key->needs(cert);
  auto* wrong_cert =
      app.add_option("--wrong-cert", o.server.wrong_cert, "certificate that the fault 'wrong-cert' presents")
          ->type_name("PEM");
  auto* wrong_key = app.add_option("--wrong-key", o.server.wrong_key, "file with its private key")->type_name("PEM");
  wrong_cert->needs(wrong_key);
  wrong_key->needs(wrong_cert);
  app.add_option("--port-file", o.port_file, "file for the ports, written as {\"https\":PORT,\"http\":PORT,\"pid\":N}")
      ->type_name("FILE");
  app.option_defaults()->always_capture_default();  // from here on the help shows the default values
  app.add_option("--seed", o.front.seed, "seed of all ids and tokens");
  app.add_option("--time-scale", o.front.world.time_scale, "the service's durations run this many times faster")
      ->check(CLI::Range(0.001, 1e6));
  app.add_option("--retry-after", o.front.azure.retry_after_s, "seconds in Retry-After")->check(CLI::Range(0, 86400));
  app.add_option("--page-size", o.front.azure.page_size, "rows on a page of a list")->check(CLI::Range(1, 1000000));
  app.add_option("--job-list-lag", o.front.world.job_list_lag_s,

                 "seconds, in the service's time, until a new backup job appears in the list")
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--read-limit", o.front.limits.reads_per_hour,
                 "reads per hour that the backup provider accepts for each action and subscription; 0: no limit")
      ->check(CLI::Range(0, 1000000000));
  app.add_option("--token-lifetime", o.front.token_lifetime_s, "seconds that a token is valid for")
      ->check(CLI::Range(0, 1000000));
  app.add_flag("--require-auth,!--no-require-auth", o.front.require_auth, "require a token for calls (default: yes)");
  app.option_defaults()->always_capture_default(false);
  app.add_flag("--arm-buckets", o.front.limits.arm_buckets,
               "enforce Resource Manager's limits: 250 reads and 25/s, 200 writes and 10/s per subscription");
  app.add_flag("!--throttle-without-retry-after", o.front.limits.says_retry_after,
               "refusals by these limits have no Retry-After; only their message has the time to wait");
  app.add_option("--fault", o.faults, "REGEX@N[xCOUNT]=NAME[:ARG]; may be repeated")
      ->type_name("SPEC")
      ->allow_extra_args(false);
  app.add_option("--journal", o.front.journal,
                 "file that keeps restores, validations and cancels for the next start with the same state file")
      ->type_name("FILE");
  app.add_option("--log", o.log, "file that gets one JSON line per request")->type_name("FILE");
  app.add_flag("--example-state", o.example_state, "print a complete state file and exit");
}

/// Checks that CLI11 cannot do: which options require each other.
void check(Options& o) {
  if (o.state.empty()) throw CLI::RequiredError("--state");
  const bool has_cert = !o.server.tls_cert.empty();
  if (o.server.https_port >= 0 && !has_cert)
    throw CLI::ValidationError("--port", "HTTPS needs --tls-cert and --tls-key");
  if (o.server.https_port < 0 && has_cert) o.server.https_port = 0;
  if (o.server.https_port < 0 && o.server.http_port < 0)
    throw CLI::ValidationError("--port", "nothing to listen on: give --tls-cert and --tls-key, or --http-port");
}

/// The file appears complete or not at all: tests wait until it exists and read it immediately.
void write_port_file(const std::string& path, const azsim::Server& server) {
  azsim::Json json;
  json["https"] = server.https_port();
  json["http"] = server.http_port();
  json["pid"] = getpid();
  const std::string temporary = path + ".tmp" + std::to_string(getpid());
  std::ofstream file(temporary);
  file << azsim::to_text(json) << '\n';
  file.close();
  if (!file) throw std::runtime_error("the port file '" + path + "' cannot be written");
  std::filesystem::rename(temporary, path);
}

void announce(const char* scheme, std::uint16_t port) {
  if (port != 0) std::cout << "azrestore-sim: listening on " << scheme << "://127.0.0.1:" << port << std::endl;
}

int run(const Options& options) {
  azsim::RequestLog log(options.log);
  azsim::Front front(azsim::read_state_file(options.state), options.front, options.faults);
  azsim::Server server(options.server, front, log);
  announce("https", server.https_port());
  announce("http", server.http_port());
  if (!options.port_file.empty()) write_port_file(options.port_file, server);
  server.run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("A simulated Azure Backup service for tests and demos", "azrestore-sim");
  Options options;
  describe(app, options);
  try {
    app.parse(argc, argv);
    if (options.example_state) {
      std::cout << azsim::example_state();
      return 0;
    }
    check(options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << "azrestore-sim: " << error.what() << std::endl;
    return 1;
  }
}
