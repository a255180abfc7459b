// Somebody who drops one file, in steps between which anything may happen: by the contract of the README (write under
// another name, sync, rename, sync the folder) or not. What it may expect of the spool depends on that.
#pragma once

#include <string>

#include "tests/power/model_disk.hpp"

namespace azrestored::power {

struct Drop {
  enum class Way {
    by_contract,
    not_synced,  // as by contract, but nothing is synced: safe from crashes of the daemon, not from power cuts
    in_place,    // written under its final name, over the file that has it
  };
  std::string name;
  Way way = Way::by_contract;
  bool is_good = true;
};

class Producer {
 public:
  /// `text` and `number` are no other's.
  Producer(Drop drop, std::string text, std::size_t number);

  [[nodiscard]] bool is_done() const;
  /// Does the next step.
  void act(ModelDisk& disk, const InodePtr& incoming);
  /// The power went. What is not finished is not finished any more.
  void lose_power();
  /// Somebody wrote over the file, or renamed another one over it.
  void lose_file() { is_replaced_ = true; }

  [[nodiscard]] const Drop& drop() const { return drop_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const InodePtr& file() const { return file_; }
  /// The file that act() is about to write over or to replace, or nullptr.
  [[nodiscard]] InodePtr victim(const InodePtr& incoming) const;
  /// Whether the file was dropped, for good, so that the daemon answers for it.
  [[nodiscard]] bool is_owed() const { return is_done() && !is_replaced_ && !is_at_risk_; }

 private:
  [[nodiscard]] bool is_about_to_rename() const;
  void act_in_place(ModelDisk& disk, const InodePtr& incoming);

  Drop drop_;
  std::string text_;
  std::string temporary_;  // the name it writes under, by contract
  int step_ = 0;
  InodePtr file_;
  bool is_replaced_ = false;
  bool is_at_risk_ = false;  // lost bytes or names may be its own fault
};

}  // namespace azrestored::power
