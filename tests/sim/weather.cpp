#include "tests/sim/weather.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace azrestored::sim {

PostFate Weather::next_post(Chance& chance) {
  if (!posts.empty()) {
    const PostFate fate = posts.front();
    posts.pop_front();
    return fate;
  }
  if (!on || !chance.one_in(bad_post_one_in)) return PostFate::accepted;
  return static_cast<PostFate>(1 + chance.below(static_cast<int>(PostFate::url_lost)));
}

bool is_without_effect(PostFate fate) {
  return fate > PostFate::operation_fails && fate < PostFate::timeout_504;
}

std::string http_date(Instant at) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

HttpResponse error_answer(int status, const std::string& code) {
  return {status, {}, R"({"error":{"code":")" + code + R"(","message":"Simulated."}})"};
}

HttpResponse throttled(Chance& chance, Instant now) {
  HttpResponse answer = error_answer(429, "TooManyRequests");
  switch (chance.below(4)) {
    case 0:
      answer.headers.emplace_back("Retry-After", std::to_string(chance.below(90)));
      break;
    case 1:
      answer.headers.emplace_back("Retry-After", http_date(now + std::chrono::seconds(chance.below(90))));
      if (chance.one_in(2)) answer.headers.emplace_back("Date", http_date(now));
      break;
    case 2:
      answer.headers.emplace_back("Retry-After", "0");
      break;
    default:
      break;
  }
  return answer;
}

std::variant<HttpResponse, TransportFailure> disturbance(Chance& chance, Instant now, bool& arrived) {
  const int kind = chance.below(10);
  arrived = kind >= 3 && chance.one_in(2);
  switch (kind) {
    case 0:
      return TransportFailure{"the connection was refused", false};
    case 1:
    case 2:
      return throttled(chance, now);
    case 3:
      return TransportFailure{"the connection was reset", true};
    case 4:
      return error_answer(500, "InternalServerError");
    case 5:
      return error_answer(502, "BadGateway");
    case 6:
      return error_answer(503, "ServerBusy");
    case 7:
      return error_answer(504, "GatewayTimeout");
    case 8:
      return error_answer(408, "RequestTimeout");
    default:
      return HttpResponse{200, {}, "{\"value\": ["};  // torn
  }
}

}  // namespace azrestored::sim
