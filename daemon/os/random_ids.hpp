// The IdSource port over the kernel's random numbers: request ids must be ours alone among all who ask Azure.
#pragma once

#include "core/base/id_source.hpp"

namespace azrestored {

class RandomIds final : public IdSource {
 public:
  std::string uuid() override;
  double fraction() override;
};

}  // namespace azrestored
