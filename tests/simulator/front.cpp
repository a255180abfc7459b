// See front.hpp.
#include "front.hpp"

#include <utility>

#include "azure_json.hpp"
#include "digest.hpp"
#include "fault_effects.hpp"
#include "signed_url.hpp"

namespace azsim {
namespace {

constexpr std::size_t most_notes = 1000;  // limits the memory that a faulty client can use

Response json_response(unsigned status, const Json& body) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  response.body = to_text(body, 1);
  return response;
}

void note(Json& list, Json entry) {
  if (list.size() < most_notes) list.push_back(std::move(entry));
}

}  // namespace

Front::Front(State state, FrontSettings settings, const std::vector<std::string>& faults)
    : settings_(settings),
      journal_(settings.journal),
      ids_(settings.seed + journal_.earlier().size()),  // no id may be issued a second time
      key_("simulated key " + std::to_string(settings.seed)),
      world_(std::move(state), settings.world, ids_),
      tokens_(world_.state(), settings.token_lifetime_s, key_, ids_),
      headers_(ids_),
      azure_(world_, UrlSigner(key_), settings.azure, ids_, headers_,
             RateLimits(settings.limits, settings.world.time_scale)) {
  world_.keep(journal_);
  for (const std::string& spec : faults) faults_.add(spec);
}

Answer Front::answer(const Request& request, Instant now) {
  const RouteMatch match = classify(request.method, request.target);
  if (is_sim(match.route)) return Answer{sim_call(request, match, now), {}, {}};
  count(request, match);
  const auto fault = faults_.match(request.method, request.target);
  Answer answer;
  if (fault && without_effect(*fault)) {
    answer = fault_instead(*fault, request, headers_, now);
  } else {
    answer.response = serve(request, match, now);
    note_outcome(request, match, answer.response);
    if (fault) answer = fault_after(*fault, std::move(answer.response), request, headers_, now);
  }
  if (fault) {
    answer.fault = fault->name;
    ++counters_.faults[fault->name];
  }
  return answer;
}

bool Front::wrong_certificate_due() {
  const bool due = faults_.wrong_certificate_due();
  if (due) ++counters_.faults["wrong-cert"];
  return due;
}

void Front::count(const Request& request, const RouteMatch& match) {
  ++counters_.requests;
  ++counters_.by_route[route_name(match.route)];
  if (!is_sign_in(match.route)) ++counters_.by_action[action_of(request.method, match.target)].requests;
  counters_.connections.insert(request.connection);
  if (starts_restore(match.route)) ++counters_.restore_posts;
  if (match.route == Route::unknown || match.route == Route::wrong_method)
    note(counters_.unknown_routes, request.method + " " + cut_signature(request.target));
}

void Front::note_outcome(const Request& request, const RouteMatch& match, const Response& response) {
  const bool resource_manager = !is_sign_in(match.route);
  if (response.status == 401 && resource_manager) ++counters_.unauthenticated;
  if (response.status == 429 && resource_manager)
    ++counters_.by_action[action_of(request.method, match.target)].throttled;
  if (response.status != 400 && response.status != 415) return;
  const Json body = Json::parse(response.body, nullptr, false);
  Json entry;
  entry["request"] = request.method + " " + cut_signature(request.target);
  if (body.contains("ErrorCode")) {
    entry["code"] = body["ErrorCode"];
    entry["message"] = body["Message"]["Value"];
  } else if (resource_manager) {
    entry["code"] = body["error"]["code"];
    entry["message"] = body["error"]["message"];
  } else {
    entry["code"] = body.value("error", Json());
    entry["message"] = body.value("error_description", Json());
  }
  note(counters_.bad_requests, std::move(entry));
}

Response Front::serve(const Request& request, const RouteMatch& match, Instant now) {
  if (is_sign_in(match.route)) return tokens_.answer(request, match, now);
  if (settings_.require_auth) {
    const TokenVerdict verdict = tokens_.judge(request.headers, now);
    if (verdict != TokenVerdict::good) return refuse_token(verdict, request, now);
  }
  return azure_.answer(request, match, tokens_.caller(request.headers, now), now);
}

Response Front::refuse_token(TokenVerdict verdict, const Request& request, Instant now) {
  const char* code = verdict == TokenVerdict::missing   ? "AuthenticationFailed"
                     : verdict == TokenVerdict::expired ? "ExpiredAuthenticationToken"
                                                        : "InvalidAuthenticationToken";
  const char* message = verdict == TokenVerdict::missing   ? "The request has no 'Authorization' header."
                        : verdict == TokenVerdict::expired ? "The access token has expired."
                                                           : "The access token was not issued here.";
  Response response;
  response.status = 401;
  response.body = to_text(error_body(code, message));
  response.headers = {
      {"Content-Type", "application/json; charset=utf-8"},
      {"WWW-Authenticate", std::string("Bearer authorization_uri=\"https://login.microsoftonline.com/\", "
                                       "error=\"invalid_token\", error_description=\"") +
                               message + "\""}};
  headers_.add_gateway(response, request, now);
  return response;
}

Response Front::sim_call(const Request& request, const RouteMatch& match, Instant now) {
  switch (match.route) {
    case Route::sim_report:
      return json_response(200, report_body(counters_, world_, tokens_, now));
    case Route::sim_faults:
      return add_faults(request.body);
    case Route::sim_expire_tokens:
      tokens_.expire_all();
      return json_response(200, Json::object());
    case Route::sim_token_errors:
      return replace_token_errors(request.body);
    case Route::sim_reset_counters:
      counters_ = Counters{};
      tokens_.reset_count();
      return json_response(200, Json::object());
    default:
      return json_response(404, Json::object());
  }
}

/// {"tokenErrors":[...]}, the grammar of the state file.
Response Front::replace_token_errors(const std::string& body) {
  try {
    tokens_.replace_errors(parse_token_errors(body));
  } catch (const StateError& error) {
    Json answer;
    answer["error"] = error.what();
    return json_response(400, answer);
  }
  return json_response(200, Json::object());
}

/// {"clear":true?, "faults":["SPEC",...]}: all of them, or none if one is invalid.
Response Front::add_faults(const std::string& body) {
  const auto refuse = [](const std::string& sentence) {
    Json answer;
    answer["error"] = sentence;
    return json_response(400, answer);
  };
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return refuse("The body must be a JSON object.");
  bool clear = false;
  std::vector<std::string> specs;
  for (const auto& [name, value] : json.items()) {
    if (name == "clear" && value.is_boolean()) {
      clear = value.get<bool>();
    } else if (name == "faults" && value.is_array()) {
      for (const Json& spec : value) {
        if (!spec.is_string()) return refuse("A fault must be a string.");
        specs.push_back(spec.get<std::string>());
      }
    } else {
      return refuse("'" + name + "' is unknown or of the wrong type.");
    }
  }
  try {
    Faults changed = clear ? Faults{} : faults_;
    for (const std::string& spec : specs) changed.add(spec);
    faults_ = std::move(changed);
  } catch (const FaultError& error) {
    return refuse(error.what());
  }
  Json answer;
  answer["added"] = specs.size();
  return json_response(200, answer);
}

}  // namespace azsim
