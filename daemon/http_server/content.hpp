// The metrics as text, as both HTTP servers return them.
#pragma once

#include <string>

namespace azrestored {

struct MetricsText {
  std::string content_type;
  std::string text;
};

}  // namespace azrestored
