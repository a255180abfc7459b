// Metrics as Prometheus reads them: what every server of them hands out, without a word of how they come about.
#pragma once

#include <string>

namespace azrestored {

struct MetricsText {
  std::string content_type;
  std::string text;
};

}  // namespace azrestored
