# Job files and settings for check_schemas.py. Each is a valid document with some changes: {pointer: value}, where GONE
# removes the member.
import copy

GONE = object()

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = SUBSCRIPTION + "/resourceGroups/drill-rg"


def id_of(kind, name="it"):
    return f"{GROUP}/providers/{kind}/{name}"


VM = id_of("Microsoft.Compute/virtualMachines", "web01")
STORAGE = id_of("Microsoft.Storage/storageAccounts")
NETWORK = id_of("Microsoft.Network/virtualNetworks")
ENCRYPTION_SET = id_of("Microsoft.Compute/diskEncryptionSets")
DISK_ACCESS = id_of("Microsoft.Compute/diskAccesses")
IDENTITY = id_of("Microsoft.ManagedIdentity/userAssignedIdentities")

DISKS = {
    "name": "drill",
    "vault": id_of("Microsoft.RecoveryServices/vaults"),
    "virtualMachine": VM,
    "restore": {"recoveryType": "RestoreDisks", "storageAccountId": STORAGE, "targetResourceGroupId": GROUP},
}


def changed(document, changes):
    document = copy.deepcopy(document)
    for pointer, value in changes.items():
        *path, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
        place = document
        for part in path:
            place = place.setdefault(part, {}) if isinstance(place, dict) else place[part]
        if value is GONE:
            del place[last]
        else:
            place[last] = value
    return document


NEW_VM = changed(DISKS, {
    "/restore/recoveryType": "AlternateLocation",
    "/restore/targetVirtualMachineId": VM,
    "/restore/virtualNetworkId": NETWORK,
    "/restore/subnetId": NETWORK + "/subnets/default",
})
REPLACED = changed(DISKS, {
    "/restore/recoveryType": "OriginalLocation",
    "/restore/targetResourceGroupId": GONE,
    "/replaceDisksOf": "web01",
})
ABROAD = changed(DISKS, {"/crossRegion": {"region": "eastus"}})
DELETED_VM = changed(DISKS, {
    "/virtualMachine": GONE,
    "/protectedItem": {"container": "IaasVMContainer;iaasvmcontainerv2;web-rg;web01",
                       "item": "VM;iaasvmcontainerv2;web-rg;web01"},
})
BY_IDENTITY = changed(DISKS, {
    "/restore/storageAccountId": GONE,
    "/restore/identityInfo": {"isSystemAssignedIdentity": True},
    "/restore/identityBasedRestoreDetails": {"targetStorageAccountId": STORAGE},
})
