// A producer that drops one file in steps; anything may happen between two steps. It follows the contract (write under
// another name, sync, rename, sync the folder) or not. What it may expect of the spool depends on that.
#pragma once

#include <string>

#include "tests/power/model_disk.hpp"

namespace azrestored::power {

struct Drop {
  enum class Way {
    by_contract,
    not_synced,  // by contract, but without syncs: safe if the daemon crashes, not if the power fails
    in_place,    // written under its final name, over an existing file; a half of it is waited for
  };
  std::string name;
  Way way = Way::by_contract;
  bool is_good = true;
};

class Producer {
 public:
  /// `text` and `number` are unique.
  Producer(Drop drop, std::string text, std::size_t number);

  [[nodiscard]] bool is_done() const;
  /// Does the next step.
  void act(ModelDisk& disk, const InodePtr& incoming);
  /// The power failed. Unfinished steps are lost.
  void lose_power();
  /// Another producer wrote over the file, or renamed another file over it.
  void lose_file() { is_replaced_ = true; }

  [[nodiscard]] const Drop& drop() const { return drop_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const InodePtr& file() const { return file_; }
  /// The file that act() will overwrite or replace, or nullptr.
  [[nodiscard]] InodePtr victim(const InodePtr& incoming) const;
  /// Whether the file was dropped durably, so that the daemon is responsible for it.
  [[nodiscard]] bool is_owed() const { return is_done() && !is_replaced_ && !is_at_risk_; }

 private:
  [[nodiscard]] bool is_about_to_rename() const;
  void act_in_place(ModelDisk& disk, const InodePtr& incoming);

  Drop drop_;
  std::string text_;
  std::string temporary_;  // its name while it is written, by contract
  int step_ = 0;
  InodePtr file_;
  bool is_replaced_ = false;
  bool is_at_risk_ = false;  // lost bytes or names may be the producer's own fault
};

}  // namespace azrestored::power
