// Where every value of a JSON text stands. The scanner only ever sees text that nlohmann_json has accepted, so it
// checks no grammar; it notes places and finds what that library lets pass: a name given twice, and too deep nesting.
// Used by JsonDocument alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json/fault.hpp"

namespace azrestored {

/// A value's place and, under their names or indices, the places of everything in it. A tree, not a map of pointers: a
/// hostile megabyte (one long name around many values) would make the pointers as long together as the text squared.
struct JsonPlace {
  std::string name;
  int line = 1;
  int column = 1;
  std::vector<JsonPlace> inside;
};

/// The places of everything in `text`. Names given twice are faults; nesting deeper than `max_depth` is one as well,
/// and ends the scan: so neither this nor anything behind it recurses deeper than that.
JsonPlace scan_places(std::string_view text, int max_depth, std::vector<Fault>& faults);

}  // namespace azrestored
