// See fault_effects.hpp. The codes were observed at the service (azure-backup-api.md 4.6, 9.3, 9.5, 12.1). The
// sentences are ours, except the end of a 429's message, which clients parse.
#include "fault_effects.hpp"

#include <cmath>
#include <utility>

#include "azure_json.hpp"

namespace azsim {
namespace {

struct GatewayError {
  const char* code;
  const char* message;
};

GatewayError gateway_error(unsigned status) {
  switch (status) {
    case 400:
      return {"BMSUserErrorInvalidInput", "Injected fault: the input is invalid."};
    case 401:
      return {"InvalidAuthenticationToken", "Injected fault: the token is invalid."};
    case 403:
      return {"AuthorizationFailed", "Injected fault: the caller does not have the permission."};
    case 404:
      return {"ResourceNotFound", "Injected fault: the resource does not exist."};
    case 408:
      return {"RequestTimeout", "Injected fault: the request was too slow."};
    case 409:
      return {"Conflict", "Injected fault: the request conflicts with another one."};
    case 429:
      return {"TooManyRequests", "Injected fault: there were too many requests."};
    case 500:
      return {"InternalServerError", ""};
    case 502:
      return {"InvalidGatewayHost", "Injected fault: the provider's host was not found."};
    case 503:
      return {"ServerTimeout", "Injected fault: the server is busy."};
    case 504:
      return {"GatewayTimeout", "Injected fault: the provider did not respond in time."};
    default:
      return {"Unexpected", "Injected fault."};
  }
}

bool speaks_of_regions(const Request& request) {
  const std::string path = lower(request.target.substr(0, request.target.find('?')));
  return path.find("/microsoft.recoveryservices/locations/") != std::string::npos || path.ends_with("/accesstoken");
}

/// A 500 in a restore across regions comes from the backup service itself, in its envelope (azure-backup-api.md 12.1).
void speak_as_service(Response& response) {
  response.body = to_text(crr_error_body("CloudInternalError", "Injected fault: an internal error."));
  for (auto& [name, value] : response.headers) {
    if (name == "x-ms-failure-cause") value = "service";
  }
}

Response gateway_response(unsigned status, const Request& request, ArmHeaders& headers, Instant now) {
  const GatewayError known = gateway_error(status);
  Response response;
  response.status = status;
  response.close = true;  // as the recorded ones
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  response.body = to_text(error_body(known.code, known.message));
  headers.add_gateway(response, request, now);
  if (status == 500 && speaks_of_regions(request)) speak_as_service(response);
  return response;
}

std::string seconds_text(double seconds) {
  return std::to_string(static_cast<long long>(std::ceil(seconds)));
}

Response throttled(const Fault& fault, const Request& request, ArmHeaders& headers, Instant now) {
  if (fault.kind == FaultKind::too_many_body) {
    Response response = gateway_response(429, request, headers, now);
    response.body = to_text(
        error_body("ResourceRequestsThrottled", "Injected fault: the limit is exhausted. Please try again after '" +
                                                    seconds_text(fault.number) + "' seconds."));
    return response;
  }
  Response response = gateway_response(429, request, headers, now);
  if (fault.kind == FaultKind::too_many_date)
    response.headers.emplace_back("Retry-After", http_date(now + ticks_of_seconds(std::ceil(fault.number))));
  else if (fault.has_number)
    response.headers.emplace_back("Retry-After", seconds_text(fault.number));
  return response;
}

/// The vault takes no more restores today. The argument is the status.
Response over_the_daily_limit(const Fault& fault, const Request& request, ArmHeaders& headers, Instant now) {
  const unsigned status = fault.has_number ? static_cast<unsigned>(fault.number) : fault.status;
  Response response = gateway_response(status, request, headers, now);
  response.body = to_text(
      error_body("CloudDosAbsoluteLimitReached", "Injected fault: the limit of operations in 24 hours is reached."));
  return response;
}

/// The page of a web filter on the way: none of Azure's headers, and no error of Azure's.
Response blocked(const Fault& fault) {
  Response response;
  response.status = fault.has_number ? static_cast<unsigned>(fault.number) : fault.status;
  response.headers.emplace_back("Server", "webfilter");
  response.headers.emplace_back("Content-Type", "text/html");
  response.body =
      "<!DOCTYPE html><html><head><title>Access denied</title></head>"
      "<body>The web filter of this network has blocked this page.</body></html>";
  return response;
}

/// Replaces the status of an operation, of a job, or of every job in a list.
void replace_status(Json& body) {
  constexpr const char* word = "Rechecking";
  if (!body.is_object()) return;
  if (body.contains("status")) body["status"] = word;
  if (body.contains("properties") && body["properties"].is_object() && body["properties"].contains("status"))
    body["properties"]["status"] = word;
  if (body.contains("value") && body["value"].is_array()) {
    for (Json& row : body["value"]) replace_status(row);
  }
}

Answer closing(const Fault& fault) {
  Answer answer;
  answer.delivery.how = Delivery::How::silent_close;
  const bool hangs = fault.kind == FaultKind::hang || fault.kind == FaultKind::lost_hang;
  if (hangs) answer.delivery.pause = ticks_of_seconds(fault.number);
  return answer;
}

}  // namespace

bool without_effect(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::drop:
    case FaultKind::hang:
    case FaultKind::too_many:
    case FaultKind::too_many_date:
    case FaultKind::too_many_body:
    case FaultKind::status:
    case FaultKind::garbage:
    case FaultKind::no_content:
    case FaultKind::redirect:
    case FaultKind::huge:
    case FaultKind::web_filter:
    case FaultKind::daily_limit:
      return true;
    case FaultKind::lost:
    case FaultKind::lost_hang:
    case FaultKind::status_after:
    case FaultKind::torn:
    case FaultKind::bad_json:
    case FaultKind::slow:
    case FaultKind::delay:
    case FaultKind::wrong_cert:
    case FaultKind::unknown_status:
      return false;
  }
  return false;
}

Answer fault_instead(const Fault& fault, const Request& request, ArmHeaders& headers, Instant now) {
  Answer answer;
  switch (fault.kind) {
    case FaultKind::drop:
    case FaultKind::hang:
      return closing(fault);
    case FaultKind::too_many:
    case FaultKind::too_many_date:
    case FaultKind::too_many_body:
      answer.response = throttled(fault, request, headers, now);
      break;
    case FaultKind::status:
      answer.response = gateway_response(fault.status, request, headers, now);
      if (fault.has_number) answer.response.headers.emplace_back("Retry-After", seconds_text(fault.number));
      break;
    case FaultKind::garbage:
      answer.delivery.how = Delivery::How::garbage;
      break;
    case FaultKind::no_content:
      answer.response.status = 204;
      break;
    case FaultKind::redirect:
      answer.response.status = 307;
      answer.response.headers.emplace_back("Location", fault.text);
      break;
    case FaultKind::huge:
      answer.delivery.how = Delivery::How::huge;
      answer.delivery.bytes = static_cast<std::uint64_t>(fault.number);
      break;
    case FaultKind::web_filter:
      answer.response = blocked(fault);
      break;
    case FaultKind::daily_limit:
      answer.response = over_the_daily_limit(fault, request, headers, now);
      break;
    case FaultKind::lost:
    case FaultKind::lost_hang:
    case FaultKind::status_after:
    case FaultKind::torn:
    case FaultKind::bad_json:
    case FaultKind::slow:
    case FaultKind::delay:
    case FaultKind::wrong_cert:
    case FaultKind::unknown_status:
      break;  // handled by fault_after
  }
  return answer;
}

Answer fault_after(const Fault& fault, Response served, const Request& request, ArmHeaders& headers, Instant now) {
  Answer answer;
  answer.response = std::move(served);
  switch (fault.kind) {
    case FaultKind::lost:
    case FaultKind::lost_hang:
      return closing(fault);
    case FaultKind::status_after:
      answer.response = gateway_response(fault.status, request, headers, now);
      break;
    case FaultKind::torn:
      answer.delivery.how = Delivery::How::torn;
      break;
    case FaultKind::bad_json: {
      std::string& body = answer.response.body;
      if (body.size() < 8)
        body = R"({"value":[{"id":"/subscriptions/1111)";
      else
        body.resize(body.size() / 2);
      answer.response.status = 200;
      break;
    }
    case FaultKind::slow:
      answer.delivery.how = Delivery::How::slow;
      answer.delivery.pause = ticks_of_seconds(fault.number / 1000);
      break;
    case FaultKind::delay:
      answer.delivery.pause = ticks_of_seconds(fault.number / 1000);
      break;
    case FaultKind::unknown_status: {
      Json body = Json::parse(answer.response.body, nullptr, false);
      replace_status(body);
      if (!body.is_discarded()) answer.response.body = to_text(body);
      break;
    }
    case FaultKind::drop:
    case FaultKind::hang:
    case FaultKind::too_many:
    case FaultKind::too_many_date:
    case FaultKind::too_many_body:
    case FaultKind::status:
    case FaultKind::garbage:
    case FaultKind::no_content:
    case FaultKind::redirect:
    case FaultKind::huge:
    case FaultKind::web_filter:
    case FaultKind::daily_limit:
    case FaultKind::wrong_cert:
      break;  // handled by fault_instead or in the handshake
  }
  return answer;
}

}  // namespace azsim
