// Redirects the system calls of one process to a ModelDisk. The test programs are linked with `--wrap` for each call
// that the spool makes (tests/power/CMakeLists.txt), so daemon/spool runs unchanged. Calls for paths outside model_root
// go to the kernel.
//
// `before_call` runs before every call on the model. There a test cuts the power or changes files as another process.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tests/power/model_disk.hpp"

namespace azrestored::power {

inline const std::string model_root = "/model-disk/";

/// One at a time. While it exists, the calls go to it.
class ModelProcess {
 public:
  ModelProcess(ModelDisk& disk, std::function<void()> before_call);
  ModelProcess(const ModelProcess&) = delete;
  ModelProcess& operator=(const ModelProcess&) = delete;
  ~ModelProcess();

  /// From now on every call fails and changes nothing, as for a process that has ended.
  void die() { is_dead_ = true; }
  [[nodiscard]] bool is_dead() const { return is_dead_; }

  // For the calls themselves.
  struct Open {
    InodePtr inode;
    std::size_t position = 0;
  };
  ModelDisk& disk;
  std::map<int, Open> open;
  /// Returns whether the call may continue.
  bool enter();

 private:
  std::function<void()> before_call_;
  bool is_dead_ = false;
};

}  // namespace azrestored::power
