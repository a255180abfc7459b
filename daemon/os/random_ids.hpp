// Implements the IdSource port with the kernel's random numbers. A request id must be unique among all clients of
// Azure.
#pragma once

#include "core/base/id_source.hpp"

namespace azrestored {

class RandomIds final : public IdSource {
 public:
  std::string uuid() override;
  double fraction() override;
};

}  // namespace azrestored
