// Result<T>: a value or an Error. Every call that the outside world may refuse returns one.
// An Error has a kind (what the caller can do) and a sentence (what a person reads). Adapters translate their own
// failures into Errors; core sees no other form. Exceptions are for what cannot happen.
#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <utility>

namespace azrestored {

enum class ErrorKind {
  transient,     // retry later; the request is correct
  throttled,     // retry after the time that the server names
  refused,       // the request is wrong or not allowed; a retry is useless
  unauthorized,  // the credentials are wrong or missing
  conflict,      // another writer changed it first: reload and decide again
  not_found,     // it does not exist
  corrupt,       // stored or received data is malformed
  cancelled,     // the daemon is stopping
};

class Error {
 public:
  Error() = default;
  Error(ErrorKind kind, std::string sentence) : kind_(kind), sentence_(std::move(sentence)) {}

  [[nodiscard]] ErrorKind kind() const { return kind_; }
  /// One sentence that may be shown to a person. It contains no secret.
  [[nodiscard]] const std::string& sentence() const { return sentence_; }

 private:
  ErrorKind kind_ = ErrorKind::transient;
  std::string sentence_;
};

[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::runtime_error(error.sentence());
}

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace azrestored
