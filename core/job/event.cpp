#include "core/job/event.hpp"

#include "core/base/variant_names.hpp"

namespace azrestored {

std::string_view event_name(const EventPayload& happening) {
  return names_of<EventPayload::variant>.at(happening.index());
}

EventPayload::EventPayload() = default;
EventPayload::~EventPayload() = default;
EventPayload::EventPayload(const EventPayload&) = default;
EventPayload::EventPayload(EventPayload&&) noexcept = default;
EventPayload& EventPayload::operator=(const EventPayload&) = default;
EventPayload& EventPayload::operator=(EventPayload&&) noexcept = default;

Event::Event() = default;
Event::~Event() = default;
Event::Event(const Event&) = default;
Event::Event(Event&&) noexcept = default;
Event& Event::operator=(const Event&) = default;
Event& Event::operator=(Event&&) noexcept = default;
Event::Event(EventPayload happening) : what(std::move(happening)) {}
Event::Event(EventPayload happening, ResponseIds trace) : what(std::move(happening)), answer(std::move(trace)) {}

}  // namespace azrestored
