#include "tests/fuzz/message.hpp"

#include <charconv>

namespace azrestored::fuzz {

std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  const auto line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return line;
}

HttpResponse answer_of(std::string_view input) {
  HttpResponse response;
  response.status = 200;
  const auto status = take_line(input);
  int number = 0;
  std::from_chars(status.data(), status.data() + status.size(), number);
  if (number >= 100 && number <= 999) response.status = number;
  while (!input.empty()) {
    const auto line = take_line(input);
    if (line.empty()) break;
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  response.body = input;
  return response;
}

}  // namespace azrestored::fuzz
