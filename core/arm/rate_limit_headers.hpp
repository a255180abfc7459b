// Reads Azure's rate limits from responses (azure-backup-api.md 9.1, 9.2). Pure.
#pragma once

#include "core/base/instant.hpp"
#include "core/budget/rate_limit_report.hpp"
#include "core/http/message.hpp"

namespace azrestored {

RateLimitReport read_rate_limit(const HttpResponse& response, Instant now);

}  // namespace azrestored
