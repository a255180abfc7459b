// The system calls of one process, led to a ModelDisk: the test programs are linked with `--wrap` for each call that
// the spool makes (tests/power/CMakeLists.txt), so that daemon/spool_*.cpp runs unchanged. What is not below
// model_root goes to the kernel as ever.
//
// Before every call on the model, `before_call` is told: there a test cuts the power, or lets others touch the files.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tests/power/model_disk.hpp"

namespace azrestored::power {

inline const std::string model_root = "/model-disk/";

/// One at a time; while it lives, it is where the calls go.
class ModelProcess {
 public:
  ModelProcess(ModelDisk& disk, std::function<void()> before_call);
  ModelProcess(const ModelProcess&) = delete;
  ModelProcess& operator=(const ModelProcess&) = delete;
  ~ModelProcess();

  /// From now on every call fails and changes nothing: what a process can do that is no more.
  void die() { is_dead_ = true; }
  [[nodiscard]] bool is_dead() const { return is_dead_; }

  // For the calls themselves.
  struct Open {
    InodePtr inode;
    std::size_t position = 0;
  };
  ModelDisk& disk;
  std::map<int, Open> open;
  /// Whether the call may go on.
  bool enter();

 private:
  std::function<void()> before_call_;
  bool is_dead_ = false;
};

}  // namespace azrestored::power
