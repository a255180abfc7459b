// The content of a job file, as values.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/recovery_type.hpp"

namespace azrestored {

/// A VM by its ARM id (compared with sourceResourceId), by group and name, or by a bare name.
struct VmById {
  ArmId id;
};
struct VmByGroup {
  std::string resource_group;
  std::string name;
};
struct VmByName {
  std::string name;
};
/// A protected item by its own names, for a VM that no longer exists.
struct ItemByName {
  std::string container;
  std::string item;
  std::string source_resource_id;  // given in `restore`, or derived from the container's name
};
using VmSelector = std::variant<VmById, VmByGroup, VmByName, ItemByName>;

/// The VM's name in the selector; for an item, the name in its source id.
std::string vm_name_of(const VmSelector& vm);

/// What is checked before the POST. none: nothing. local: the rules for the file, the point and the vault. service:
/// those rules, and then Azure's own validation of the request.
enum class Validation { none, local, service };

std::string_view to_text(Validation validation);

/// For a point in the archive tier: how fast Azure rehydrates it, and how long the copy stays.
struct Rehydration {
  std::string priority;   // "Standard", "High"
  std::string retention;  // "P15D"
};

struct JobSpec {
  std::string name;  // "" if the file contains none
  int priority = 0;  // min_priority to max_priority; jobs with a higher one start first
  VaultId vault;
  VmSelector vm;
  PointRule point;
  RecoveryType type = RecoveryType::RestoreDisks;
  nlohmann::json restore;                   // Azure's property names, extraProperties merged in
  std::optional<std::string> region;        // of the restore, if given; equals cross_region if that is given
  std::optional<std::string> cross_region;  // the secondary region to restore to
  std::optional<Rehydration> rehydration;
  Validation validation = Validation::service;
  std::string auth;        // the sign-in profile; "" for the default
  std::string guard_auth;  // the profile of the Resource Guard's tenant; "" if it is the same tenant

  /// The VM's name for lists and logs.
  [[nodiscard]] std::string vm_name() const;

  /// The ARM ids of the staging account and of the resource group that receives the disks; if disks are replaced, the
  /// VM's own group. As written; "" if the file does not contain them.
  [[nodiscard]] std::string storage_account() const;
  [[nodiscard]] std::string target_group() const;
};

inline constexpr int min_priority = -100;
inline constexpr int max_priority = 100;

/// The job file as read. Shared, because coroutines take their parameters by value.
using SharedSpec = std::shared_ptr<const JobSpec>;

}  // namespace azrestored
