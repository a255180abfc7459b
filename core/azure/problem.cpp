#include "core/azure/problem.hpp"

#include <utility>

namespace azrestored {

std::string Problem::text() const {
  if (code.empty()) return message;
  return message.empty() ? code : code + ": " + message;
}

Problem internal_problem(std::string code, std::string sentence) {
  return {std::move(code), std::move(sentence), 0, "", "", {}};
}

}  // namespace azrestored
