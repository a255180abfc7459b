// The location of every value in a JSON text. The text has been accepted by nlohmann_json, so the scanner checks no
// grammar. It records locations and finds what nlohmann_json accepts: a name that is given twice, and nesting that is
// too deep. Only for JsonDocument.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json/fault.hpp"

namespace azrestored {

/// The location of a value, and of everything inside it by name or index. It is a tree and not a map of pointers: in a
/// hostile file (one long name around many values) the total length of the pointers grows with the square of its size.
struct JsonPlace {
  std::string name;
  int line = 1;
  int column = 1;
  std::vector<JsonPlace> inside;
};

/// The locations of everything in `text`. A name that is given twice is a fault. Nesting deeper than `max_depth` is a
/// fault that ends the scan, so that neither the scan nor later code recurses deeper.
JsonPlace scan_places(std::string_view text, int max_depth, std::vector<Fault>& faults);

}  // namespace azrestored
