// What a fault does to an answer: the part of the front door that turns good answers into bad ones.
#pragma once

#include "front.hpp"

namespace azsim {

/// True when the request must not reach the service at all.
[[nodiscard]] bool without_effect(const Fault& fault);

/// The answer of a fault without effect.
[[nodiscard]] Answer fault_instead(const Fault& fault, const Request& request, ArmHeaders& headers, Instant now);
/// The answer of a fault that comes after the service did its work.
[[nodiscard]] Answer fault_after(const Fault& fault, Response served, const Request& request, ArmHeaders& headers,
                                 Instant now);

}  // namespace azsim
