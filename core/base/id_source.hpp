// The port to random ids and jitter. Tests implement it with seeds.
#pragma once

#include <string>

namespace azrestored {

/// Request ids, job ids and jitter.
class IdSource {
 public:
  virtual ~IdSource() = default;
  /// A random UUID (RFC 9562 version 4), lower case, without braces.
  virtual std::string uuid() = 0;
  /// Uniform in [0, 1).
  virtual double fraction() = 0;
};

}  // namespace azrestored
