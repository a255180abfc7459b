// The properties that the targets check. A violated property is an exception: libFuzzer handles an uncaught one as a
// crash and keeps the input, GoogleTest prints its sentence.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/json/fault.hpp"

namespace azrestored::fuzz {

class PropertyBroken : public std::logic_error {
  using std::logic_error::logic_error;
};

void require(bool holds, std::string_view promise);

/// The text is readable: not empty, and without control characters.
void require_sentence(const std::string& text);

/// Every fault has a sentence in printable ASCII, and a position in the text.
void require_good_faults(std::string_view text, const std::vector<Fault>& faults);

/// The stored form of the job can be read back and is the same job.
void require_storable(const Job& job);

/// The job can be shown and explained after it was read back from the store.
void require_showable(const Job& job);

/// The text of a request's body is JSON with this value.
void require_body(const std::string& body, const nlohmann::json& expected);

}  // namespace azrestored::fuzz
