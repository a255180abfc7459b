#include "core/job/event.hpp"

#include <array>

namespace azrestored {

std::string_view event_name(const Happening& happening) {
  // In the order of the variant.
  static constexpr std::array<std::string_view, std::variant_size_v<Happening::variant>> names = {"begun",
                                                                                                  "item-found",
                                                                                                  "vault-read",
                                                                                                  "guard-read",
                                                                                                  "point-chosen",
                                                                                                  "resolve-failed",
                                                                                                  "preflight-asked",
                                                                                                  "preflight-running",
                                                                                                  "preflight-passed",
                                                                                                  "preflight-failed",
                                                                                                  "preflight-skipped",
                                                                                                  "submit-prepared",
                                                                                                  "not-sent",
                                                                                                  "throttled",
                                                                                                  "accepted",
                                                                                                  "refused",
                                                                                                  "outcome-unknown",
                                                                                                  "interrupted",
                                                                                                  "search-found",
                                                                                                  "search-empty",
                                                                                                  "search-contradicted",
                                                                                                  "operation-running",
                                                                                                  "operation-succeeded",
                                                                                                  "operation-failed",
                                                                                                  "operation-gone",
                                                                                                  "job-listed",
                                                                                                  "job-read",
                                                                                                  "job-gone",
                                                                                                  "watched",
                                                                                                  "read-failed",
                                                                                                  "not-asked",
                                                                                                  "read-refused",
                                                                                                  "spec-unreadable",
                                                                                                  "cancel-requested",
                                                                                                  "cancel-accepted",
                                                                                                  "cancel-running",
                                                                                                  "cancel-done",
                                                                                                  "cancel-refused",
                                                                                                  "hold-requested",
                                                                                                  "release-requested",
                                                                                                  "retry-requested"};
  return names.at(happening.index());
}

Happening::Happening() = default;
Happening::~Happening() = default;
Happening::Happening(const Happening&) = default;
Happening::Happening(Happening&&) noexcept = default;
Happening& Happening::operator=(const Happening&) = default;
Happening& Happening::operator=(Happening&&) noexcept = default;

Event::Event() = default;
Event::~Event() = default;
Event::Event(const Event&) = default;
Event::Event(Event&&) noexcept = default;
Event& Event::operator=(const Event&) = default;
Event& Event::operator=(Event&&) noexcept = default;
Event::Event(Happening happening) : what(std::move(happening)) {}
Event::Event(Happening happening, AnswerTrace trace) : what(std::move(happening)), answer(std::move(trace)) {}

}  // namespace azrestored
