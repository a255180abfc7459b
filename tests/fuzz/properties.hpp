// What the targets hold against their inputs. A broken promise is an exception: libFuzzer takes an uncaught one for a
// crash and keeps the input, GoogleTest tells its sentence.
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

/// Something that a person can read: not empty, and no control character in it.
void require_sentence(const std::string& text);

/// Every fault has a sentence in printable ASCII, and a place that is in the text.
void require_good_faults(std::string_view text, const std::vector<Fault>& faults);

/// What the store writes of the job can be read back, and is the same then.
void require_storable(const Job& job);

/// The job, as it is read back from the store, can be shown and explained.
void require_showable(const Job& job);

/// The text of a request's body is JSON, and this value.
void require_body(const std::string& body, const nlohmann::json& expected);

}  // namespace azrestored::fuzz
