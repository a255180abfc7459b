// Each act is one or two system calls of a producer.
#include "tests/power/producer.hpp"

#include <utility>

namespace azrestored::power {

using Way = Drop::Way;

Producer::Producer(Drop drop, std::string text, std::size_t number)
    : drop_(std::move(drop)), text_(std::move(text)), temporary_("." + std::to_string(number) + ".tmp") {}

bool Producer::is_done() const {
  return step_ == (drop_.way == Way::by_contract ? 4 : 2);
}

bool Producer::is_about_to_rename() const {
  return (drop_.way == Way::by_contract && step_ == 2) || (drop_.way == Way::not_synced && step_ == 1);
}

InodePtr Producer::victim(const InodePtr& incoming) const {
  const bool is_about_to_open = drop_.way == Way::in_place && step_ == 0;
  if (!is_about_to_rename() && !is_about_to_open) return nullptr;
  const auto found = incoming->names.find(drop_.name);
  return found == incoming->names.end() ? nullptr : found->second;
}

void Producer::act(ModelDisk& disk, const InodePtr& incoming) {
  if (drop_.way == Way::in_place) return act_in_place(disk, incoming);
  const bool renames = is_about_to_rename();
  const int step = step_++;
  if (renames) {
    disk.rename(incoming, temporary_, incoming, drop_.name, true);
  } else if (step == 0) {
    file_ = disk.create(incoming, temporary_);
    disk.set_bytes(*file_, text_);
  } else if (step == 1) {
    disk.sync(*file_);
  } else {
    disk.sync_in_order(*incoming);
  }
}

void Producer::act_in_place(ModelDisk& disk, const InodePtr& incoming) {
  if (step_++ == 1) return disk.set_bytes(*file_, text_);
  const auto found = incoming->names.find(drop_.name);
  // A file that did not change for a while may be in claimed/ when the producer writes to it: then azrestored owes
  // nothing.
  is_at_risk_ = found != incoming->names.end();
  file_ = is_at_risk_ ? found->second : disk.create(incoming, drop_.name);
  disk.set_bytes(*file_, text_.substr(0, text_.size() / 2));
}

void Producer::lose_power() {
  if (step_ == 0) return;
  if (is_done() && drop_.way == Way::by_contract) return;
  is_at_risk_ = true;
  step_ = drop_.way == Way::by_contract ? 4 : 2;
}

}  // namespace azrestored::power
