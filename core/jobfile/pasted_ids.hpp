// Takes off what a copied id or name carries with it and what is certainly not meant: blanks and invisible characters
// around any string, and the percent-encoding of ids and names. "restore.extraProperties" and "$schema" stay as they
// are. What remains inside an id is a fault of its reader. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/json/document.hpp"

namespace azrestored {

/// Changes the strings of a job file, before anything else reads them. Locations stay those of the text.
void tidy_pasted_ids(JsonDocument& document);

/// The same for an id outside of a job file.
std::string tidy_id(std::string_view pasted);

}  // namespace azrestored
