// The effects of faults on responses: the part of the Front that turns good responses into bad ones.
#pragma once

#include "front.hpp"

namespace azsim {

/// True if the request must not reach the service.
[[nodiscard]] bool without_effect(const Fault& fault);

/// The response of a fault that prevents the effect of the request.
[[nodiscard]] Answer fault_instead(const Fault& fault, const Request& request, ArmHeaders& headers, Instant now);
/// The response of a fault that occurs after the service handled the request.
[[nodiscard]] Answer fault_after(const Fault& fault, Response served, const Request& request, ArmHeaders& headers,
                                 Instant now);

}  // namespace azsim
