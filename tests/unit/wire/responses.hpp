// Azure's answers for tests of the codec, made from the facts of azure-backup-api.md 2 to 5, 12.1 and 13.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "core/http/message.hpp"
#include "core/job/event.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {

using nlohmann::json;

inline HttpResponse answer(int status, std::string body = "", Headers headers = {}) {
  headers.emplace_back("x-ms-request-id", "azure-request");
  headers.emplace_back("x-ms-correlation-request-id", "azure-correlation");
  return {status, std::move(headers), std::move(body)};
}
inline HttpResponse answer(int status, const json& body, Headers headers = {}) {
  return answer(status, body.dump(), std::move(headers));
}
inline HttpResponse answer(int status, const char* body, Headers headers = {}) {
  return answer(status, std::string(body), std::move(headers));
}

inline HttpResponse error_answer(int status, const std::string& code, Headers headers = {}) {
  return answer(
      status,
      json{{"error", {{"code", code}, {"message", "words of the service"}, {"target", nullptr}, {"details", nullptr}}}},
      std::move(headers));
}

/// Text that is not JSON, or cut off: a proxy's page, a torn chunk, nothing.
inline const std::string garbage[] = {"",
                                      "<html><body>502 Bad Gateway</body></html>",
                                      R"({"status":"Succeeded","properties":{"jobId":"aaaa)",
                                      "{",
                                      "nul",
                                      "\xFF\xFE\x00",
                                      "1f40\r\n{\"status\"",
                                      R"({"a":1} trailing)"};

/// JSON of another form than the expected one.
inline const std::string foreign[] = {"null",
                                      "true",
                                      "17",
                                      "\"text\"",
                                      "[]",
                                      "[1,2]",
                                      "{}",
                                      R"({"value":null})",
                                      R"({"value":{}})",
                                      R"({"value":"x"})",
                                      R"({"status":null,"properties":null})",
                                      R"({"status":{"a":1},"properties":[1]})",
                                      R"({"name":null,"properties":"text"})",
                                      R"({"location":7.5,"error":"text","ErrorCode":[]})"};

inline const HttpResponse throttled_answer = error_answer(429, "TooManyRequests", {{"Retry-After", "324"}});

/// The expected kind of event; any other kind fails the test.
template <class Wanted>
Wanted as(const Event& event) {
  if (const auto* what = std::get_if<Wanted>(&event.what)) return *what;
  ADD_FAILURE() << "the event is " << event_name(event.what);
  return {};
}

template <class Wanted>
bool is(const Event& event) {
  return std::holds_alternative<Wanted>(event.what);
}

}  // namespace azrestored::test
