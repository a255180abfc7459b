// A sign-in that always has one token, or returns what the test sets.
#pragma once

#include "core/arm/token_source.hpp"
#include "core/base/result.hpp"

namespace azrestored::test {

class OneToken final : public TokenSource {
 public:
  asio::awaitable<Result<std::string>> token() override { co_return answer; }
  void refused(const std::string&) override {}

  Result<std::string> answer = std::string("token");
};

}  // namespace azrestored::test
