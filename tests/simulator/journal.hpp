// A file of what the service has started: one JSON line for each restore, validation and cancel, flushed immediately. A
// simulator that is restarted with the same file still has them, as Azure does after an outage. Only facts of the World
// are saved; counters, faults and issued tokens are not.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "json.hpp"

namespace azsim {

struct RestoreOrder;
struct Validation;
class World;

class Journal {
 public:
  /// Reads the file. With an empty path nothing is saved. Throws std::runtime_error if the file cannot be opened.
  explicit Journal(const std::string& path);

  /// The lines of earlier runs, without a line that a kill cut off: its request got no response.
  [[nodiscard]] const std::vector<Json>& earlier() const { return earlier_; }
  void write(const Json& line);

 private:
  std::vector<Json> earlier_;
  std::ofstream file_;
};

[[nodiscard]] Json to_json(const RestoreOrder& order);
[[nodiscard]] RestoreOrder restore_order(const Json& json, const World& world);
[[nodiscard]] Json to_json(const Validation& validation);
[[nodiscard]] Validation validation_of(const Json& json, const World& world);

}  // namespace azsim
