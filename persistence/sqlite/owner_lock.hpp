// One daemon per database. Two writers on one file would each claim, submit and restore: the lock is what "never twice"
// rests on across processes. It is an flock() on `<database>.lock`, held while this object lives and dropped by the
// kernel however the process ends. The file stays: removing it would let two processes lock two different files.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace azrestored {

class OwnerLock {
 public:
  /// `refused` when another process holds it (the sentence names its pid) or the file cannot be made.
  static Result<OwnerLock> take(const std::string& database_path);

  OwnerLock(OwnerLock&& other) noexcept;
  OwnerLock& operator=(OwnerLock&&) = delete;
  ~OwnerLock();

 private:
  explicit OwnerLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace azrestored
