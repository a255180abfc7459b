// Result<T>: a value or an Error. Used at every edge where the world may say no.
// An Error names what a caller can do about it (kind) and what to tell a person (sentence). Adapters translate their
// own failures into these; core sees nothing else. Exceptions are left for what cannot happen.
#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <utility>

namespace azrestored {

enum class ErrorKind {
  transient,     // try again later; nothing is wrong with the request
  throttled,     // try again when told
  refused,       // the request is wrong or not allowed; repeating it is useless
  unauthorized,  // the credentials are wrong or missing
  conflict,      // somebody else changed it first: load, look, decide again
  not_found,     // there is no such thing
  corrupt,       // stored or received data cannot be what it claims to be
  cancelled,     // the daemon is stopping
};

class Error {
 public:
  Error() = default;
  Error(ErrorKind kind, std::string sentence) : kind_(kind), sentence_(std::move(sentence)) {}

  [[nodiscard]] ErrorKind kind() const { return kind_; }
  /// One plain sentence, fit to be shown to a person; it never holds a secret.
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
