// The kernel's figures about a running process.
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace azrestored::test {

/// Entries of /proc/PID/fd.
std::size_t open_descriptors(pid_t process);
/// VmHWM: the largest resident memory so far.
std::size_t peak_memory_kib(pid_t process);

}  // namespace azrestored::test
