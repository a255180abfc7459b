// The Azure of the system tests: one vault, its VMs with their recovery points, and job files that restore them.
// tests/simulator/state_file.hpp has the grammar of the simulator's state file.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace azrestored::test {

using Json = nlohmann::json;

std::string group_id(const std::string& name);
std::string vm_id(const std::string& name);
std::string vault_id();
std::string storage_id();

/// An item of the vault with two points: "7001" of 19 November 2025, and "7002" a day later. `script` says how its
/// restores run; by default they end at once.
Json protected_vm(const std::string& name, const Json& script = Json::object());
/// As above, and restorable in the vault's secondary region from the points "9001" (26 h older) and "9002".
Json replicated_vm(const std::string& name, const Json& script = Json::object());
/// The state file: the vault with these items, and the client secret and the access token that the simulator accepts.
/// The vault's secondary region is eastus; `vault` changes or adds members of it (RFC 7396).
Json azure_with(const Json& items, const Json& vault = Json::object());

inline constexpr const char* access_token = "system-test-access-token-0123456789";
inline constexpr const char* tenant_id = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
inline constexpr const char* client_id = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb";
inline constexpr const char* client_secret = "system-test~client.secret&with=odd+signs%";

/// A job file that restores disks of web01 or of another VM.
Json disks_job(const std::string& name, const std::string& vm = "web01");
Json replace_disks_job(const std::string& name, const std::string& vm = "web01");
Json new_vm_job(const std::string& name, const std::string& vm = "web01");
/// Disks into the vault's secondary region.
Json cross_region_job(const std::string& name, const std::string& vm = "web01");

}  // namespace azrestored::test
