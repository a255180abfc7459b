// See state_file.hpp and state_reader.hpp: the clients, their sign-in methods, and injected errors of the token
// endpoints.
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "certificate.hpp"
#include "state_reader.hpp"

namespace azsim {
namespace {

/// The PEM text itself, or the text of the named file.
std::string read_certificate(const std::string& given, const std::string& path) {
  if (given.empty() || given.starts_with("-----BEGIN")) return given;
  std::ifstream file(given, std::ios::binary);
  if (!file) fail(path, "is neither PEM text nor the path of a readable file");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void check_certificate(const std::string& pem, const std::string& path) {
  if (pem.empty()) return;
  try {
    (void)Certificate(pem);
  } catch (const std::runtime_error& error) {
    fail(path, error.what());
  }
}

ClientSpec read_client(const Json& json, const std::string& path) {
  Reader in(json, path);
  ClientSpec client;
  client.tenant_id = in.required_text("tenantId");
  client.client_id = in.required_text("clientId");
  in.optional_text("secret", client.secret);
  in.optional_text("certificate", client.certificate);
  client.certificate = read_certificate(client.certificate, in.where("certificate"));
  check_certificate(client.certificate, in.where("certificate"));
  in.optional_texts("federatedAssertions", client.federated_assertions);
  if (client.secret.empty() && client.certificate.empty() && client.federated_assertions.empty())
    fail(path, "needs a 'secret', a 'certificate' or 'federatedAssertions' to sign in with");
  in.finish();
  return client;
}

StaticToken read_token(const Json& json, const std::string& path) {
  if (json.is_string()) return {json.get<std::string>(), {}};
  Reader in(json, path);
  StaticToken token;
  token.token = in.required_text("token");
  in.optional_text("tenantId", token.tenant_id);
  in.finish();
  return token;
}

void read_identities(Reader& in, HostIdentities& host) {
  in.optional_text("tenantId", host.tenant_id);
  in.optional_flag("systemAssigned", host.system_assigned);
  if (in.find("identities") != nullptr) host.user_assigned.emplace();
  in.each("identities", [&](const Json& value, const std::string& where) {
    Reader identity_in(value, where);
    IdentitySpec identity;
    identity_in.optional_text("clientId", identity.client_id);
    identity_in.optional_text("objectId", identity.object_id);
    identity_in.optional_text("resourceId", identity.resource_id);
    identity_in.finish();
    host.user_assigned->push_back(identity);
  });
}

AppServiceSpec read_app_service(const Json& json) {
  Reader in(json, "appService");
  AppServiceSpec app;
  app.header = in.required_text("header");
  read_identities(in, app.identities);
  in.finish();
  return app;
}

ArcSpec read_arc(const Json& json) {
  Reader in(json, "arc");
  ArcSpec arc;
  arc.file = in.required_text("file");
  in.optional_fact("content", arc.content);
  in.optional_text("tenantId", arc.tenant_id);
  in.finish();
  return arc;
}

}  // namespace

TokenError read_token_error(const Json& json, const std::string& path) {
  Reader in(json, path);
  TokenError error;
  int status = 0;
  in.optional_integer("status", status);
  if (status < 400 || status > 599) fail(in.where("status"), "is required and must be from 400 to 599");
  error.status = static_cast<unsigned>(status);
  if (const Json* body = in.find("body")) error.body = *body;
  if (!error.body.is_object()) fail(in.where("body"), "must be a JSON object");
  if (const Json* headers = in.find("headers")) {
    if (!headers->is_object()) fail(in.where("headers"), "must be a JSON object");
    for (const auto& [name, value] : headers->items()) {
      if (!value.is_string()) fail(in.where("headers") + "." + name, "must be a string");
      error.headers.emplace_back(name, value.get<std::string>());
    }
  }
  in.optional_integer("times", error.times);
  in.optional_text("endpoint", error.endpoint);
  in.optional_text("tenantId", error.tenant_id);
  in.finish();
  return error;
}

void read_sign_in(Reader& in, State& state) {
  in.each("clients",
          [&](const Json& value, const std::string& where) { state.clients.push_back(read_client(value, where)); });
  in.each("accessTokens", [&](const Json& value, const std::string& where) {
    state.access_tokens.push_back(read_token(value, where));
  });
  if (const Json* imds = in.find("imds")) {
    Reader imds_in(*imds, "imds");
    imds_in.optional_flag("enabled", state.imds_enabled);
    read_identities(imds_in, state.imds);
    imds_in.finish();
  }
  if (const Json* app = in.find("appService")) state.app_service = read_app_service(*app);
  if (const Json* arc = in.find("arc")) state.arc = read_arc(*arc);
  in.each("tokenErrors", [&](const Json& value, const std::string& where) {
    state.token_errors.push_back(read_token_error(value, where));
  });
}

}  // namespace azsim
