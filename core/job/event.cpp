#include "core/job/event.hpp"

#include "core/base/variant_names.hpp"

namespace azrestored {

std::string_view event_name(const Happening& happening) {
  return names_of<Happening::variant>.at(happening.index());
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
