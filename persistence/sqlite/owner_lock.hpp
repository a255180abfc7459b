// One daemon for each database. Two daemons on one file would each claim and restore the same jobs, so across processes
// this lock is what prevents a second restore. It is an flock() on `<database>.lock`. This object holds it; the kernel
// releases it when the process ends in any way. The file stays: otherwise two processes could lock two different files.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace azrestored {

class OwnerLock {
 public:
  /// `refused` if another process holds it (the sentence names its pid) or the file cannot be created.
  static Result<OwnerLock> take(const std::string& database_path);

  OwnerLock(OwnerLock&& other) noexcept;
  OwnerLock& operator=(OwnerLock&&) = delete;
  ~OwnerLock();

 private:
  explicit OwnerLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace azrestored
