// What a job file asks for, as values.
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
/// A protected item named outright, for a VM that no longer exists.
struct ItemByName {
  std::string container;
  std::string item;
  std::string source_resource_id;  // given in `restore`, or what the container's name stands for
};
using VmSelector = std::variant<VmById, VmByGroup, VmByName, ItemByName>;

/// The VM's name as far as the selector tells it.
std::string vm_name_of(const VmSelector& vm);

/// What is checked before the POST: nothing; what this program can tell from the file, the point and the vault; that
/// and the service's own validation of the request.
enum class Validation { none, local, service };

std::string_view to_text(Validation validation);

/// For a point of the archive: how fast it is brought back, and for how long it stays.
struct Rehydration {
  std::string priority;   // "Standard", "High"
  std::string retention;  // "P15D"
};

struct JobSpec {
  std::string name;  // "" when the file gives none
  int priority = 0;  // least_priority to most_priority; jobs with a higher one begin first
  VaultId vault;
  VmSelector vm;
  PointRule point;
  RecoveryType type = RecoveryType::RestoreDisks;
  nlohmann::json restore;                   // properties as the service names them, extraProperties merged in
  std::optional<std::string> region;        // of the restore, when the file gives it; with cross_region the same
  std::optional<std::string> cross_region;  // the secondary region, to which this restores
  std::optional<Rehydration> rehydration;
  Validation validation = Validation::service;
  std::string auth;        // the profile to sign in with; "" for the default one
  std::string guard_auth;  // the profile of the Resource Guard's tenant, when it is another

  /// The VM's name as far as the file tells it: what lists and logs call it.
  [[nodiscard]] std::string vm_name() const;

  /// The ARM id of the account that the disks are staged in, and of the resource group that takes them: of the VM's own
  /// group when its disks are replaced. As written; "" when the file does not tell.
  [[nodiscard]] std::string storage_account() const;
  [[nodiscard]] std::string target_group() const;
};

inline constexpr int least_priority = -100;
inline constexpr int most_priority = 100;

/// The job file as read; shared, because a coroutine keeps what it is given.
using SharedSpec = std::shared_ptr<const JobSpec>;

}  // namespace azrestored
