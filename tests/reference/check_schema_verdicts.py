#!/usr/bin/python3
# check_schema_verdicts.py SOURCE PROGRAMS: tries every kind of value at every place of valid job files and settings:
# the schema and the reader accept and refuse the same ones. The exceptions, which only the reader can check, are in the
# tables of the documents and below.
import json
import sys
import unittest
from pathlib import Path

import jsonschema

from documents import (ABROAD, BY_IDENTITY, DELETED_VM, DISK_ACCESS, DISKS, ENCRYPTION_SET, GONE, GROUP, IDENTITY, NEW_VM,
                       REPLACED, STORAGE, VM, changed)
from programs import Programs
from settings_documents import SECRET

SOURCE, PROGRAMS = Path(sys.argv[1]), Programs(sys.argv[2])
JOB, SETTINGS = (json.loads((SOURCE / "config" / f"{name}.schema.json").read_text("utf-8"))
                 for name in ("azrestore-job", "azrestored"))

VALUES = [None, True, False, -1, 0, 7, 1.5, "", "x", "5", "..", "a/b", "30s", "/x", "http://127.0.0.1", "https://h:1",
          "2026-11-20T00:00:00Z", VM, GROUP, STORAGE, [], [""], ["x"], [1], [{}], {}, {"x": 1}, {"name": "x"}]
FEW_VALUES = [None, "x", {}]

RICH = changed(DISKS, {
    "/priority": 5, "/validate": "local", "/auth": "prod", "/guardAuth": "guard",
    "/recoveryPoint": {"before": "2026-11-20T00:00:00Z", "after": "2026-11-01T00:00:00Z", "notOlderThan": "36h",
                       "consistency": ["AppConsistent"], "tier": ["HardenedRP"]},
    "/rehydration": {"priority": "High", "retention": "P15D"},
    "/restore/region": "westus", "/restore/restoreDiskLunList": [0, 2], "/restore/zones": ["1"],
    "/restore/createNewCloudService": False, "/restore/originalStorageAccountOption": False,
    "/restore/restoreWithManagedDisks": True, "/restore/diskEncryptionSetId": ENCRYPTION_SET,
    "/restore/targetDomainNameId": "", "/restore/affinityGroup": "", "/restore/extraProperties": {"more": 1},
    "/restore/encryptionDetails": {"encryptionEnabled": True, "kekUrl": "k", "secretKeyUrl": "s", "kekVaultId": "v",
                                   "secretKeyVaultId": "w"},
    "/restore/extendedLocation": {"name": "losangeles", "type": "EdgeZone"},
    "/restore/securedVMDetails": {"securedVMOsDiskEncryptionSetId": ENCRYPTION_SET},
    "/restore/targetDiskNetworkAccessSettings": {"targetDiskNetworkAccessOption": "EnablePrivateAccessForAllDisks",
                                                 "targetDiskAccessId": DISK_ACCESS},
    "/restore/resourceGuardOperationRequests": ["guard"],
})
BASES = [
    RICH, NEW_VM, REPLACED, ABROAD, DELETED_VM, BY_IDENTITY,
    changed(BY_IDENTITY, {"/restore/identityInfo": {"managedIdentityResourceId": IDENTITY},
                          "/restore/identityBasedRestoreDetails/objectType": "x"}),
    changed(DISKS, {"/vault": {"subscriptionId": "s", "resourceGroup": "g", "name": "v"},
                    "/virtualMachine": {"resourceGroup": "g", "name": "web01"}}),
    changed(DISKS, {"/restore/objectType": "IaasVMRestoreWithRehydrationRequest", "/restore/sourceResourceId": VM,
                    "/restore/recoveryPointRehydrationInfo": {"rehydrationRetentionDuration": "P15D",
                                                              "rehydrationPriority": "High"}}),
    changed(NEW_VM, {"/restore/targetResourceGroupId": GONE, "/restore/targetVirtualMachineId": GONE,
                     "/restore/virtualNetworkId": GONE, "/restore/subnetId": GONE, "/restore/extraProperties":
                     {name: NEW_VM["restore"][name] for name in ("targetResourceGroupId", "targetVirtualMachineId",
                                                                 "virtualNetworkId", "subnetId")}}),
]
# Properties that a kind of restore requires or refuses, and these kinds of restore.
GIVEN = {
    "storageAccountId": STORAGE,
    "identityBasedRestoreDetails": {"targetStorageAccountId": STORAGE},
    "targetResourceGroupId": GROUP,
    "targetVirtualMachineId": VM,
    "virtualNetworkId": NEW_VM["restore"]["virtualNetworkId"],
    "subnetId": NEW_VM["restore"]["subnetId"],
    "zones": ["1"],
    "extendedLocation": {"name": "losangeles"},
    "recoveryPointRehydrationInfo": {"rehydrationRetentionDuration": "P15D", "rehydrationPriority": "High"},
}
KINDS = [
    DISKS, NEW_VM, REPLACED, ABROAD, BY_IDENTITY,
    changed(NEW_VM, {"/crossRegion": {"region": "eastus"}}),
    changed(DISKS, {"/rehydration": {"priority": "High"}}),
    changed(DISKS, {"/restore/objectType": "IaasVMRestoreRequest"}),
    changed(DISKS, {"/restore/objectType": "IaasVMRestoreWithRehydrationRequest"}),
]
# Depends on another member of the file, which no schema can check.
COMPARED = {"/replaceDisksOf", "/restore/sourceResourceId", "/restore/region", "/recoveryPoint/before"}


def places(value, pointer=""):
    """Every place in a document, and one unused name in each object."""
    if isinstance(value, dict):
        yield pointer + "/unheard"
        for name, member in value.items():
            yield f"{pointer}/{name}"
            yield from places(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index in range(len(value)):
            yield f"{pointer}/{index}"


def changed_bases():
    """(number of the base, change): every value at each place; fewer at places of an earlier base."""
    seen = set()
    for number, base in enumerate(BASES):
        for place in places(base):
            if not place.endswith("/unheard"):
                yield number, {place: GONE}
            for value in FEW_VALUES if place in seen else VALUES:
                yield number, {place: value}
            seen.add(place)


def kinds_with_properties():
    """(kind, change): each property given, or as null, in "restore" and in its "extraProperties"."""
    for kind in KINDS:
        for name, good in GIVEN.items():
            without = changed(kind, {f"/restore/{name}": GONE} if name in kind["restore"] else {})
            for value in (good, None):
                for place in ("/restore/", "/restore/extraProperties/"):
                    yield without, {place + name: value}


class Verdicts(unittest.TestCase):
    def compare(self, rows):
        """Rows of (valid or nearly valid document, change)."""
        validator = jsonschema.Draft7Validator(JOB)
        documents = [changed(base, change) for base, change in rows]
        differing = []
        for document, (_, change), faults in zip(documents, rows, PROGRAMS.job_faults(documents)):
            refused = not validator.is_valid(document)
            only_compared = {pointer for pointer, _ in faults} <= COMPARED
            if refused != bool(faults) and (refused or not only_compared):
                differing.append((list(change), document, refused, faults))
        self.assertEqual(differing[:5], [], f"(place, document, refused by the schema, faults); {len(differing)} in all")

    def test_every_place_of_job_files(self):
        rows = [(BASES[number], change) for number, change in changed_bases()]
        self.assertGreater(len(rows), 1000)
        self.compare(rows)

    def test_properties_given_in_two_ways(self):
        self.compare(list(kinds_with_properties()))

    def test_settings_but_auth(self):
        """Every key at once: the reader and the schema report every fault with its place."""
        validator = jsonschema.Draft7Validator(SETTINGS)
        sections = {name: part for name, part in SETTINGS["properties"].items() if name not in ("auth", "$schema")}
        for value in VALUES:
            document = {name: {key: value for key in part["properties"]} for name, part in sections.items()}
            with self.subTest(value=value):
                refused = {"/" + "/".join(error.absolute_path) for error in validator.iter_errors(document)}
                self.assertEqual({pointer for pointer, _ in PROGRAMS.settings_faults(document)}, refused)

    def test_settings_of_auth(self):
        """One profile for each key; returns the refused ones."""
        validator = jsonschema.Draft7Validator(SETTINGS)
        keys = [*SETTINGS["definitions"]["profile"]["properties"], "unheard"]
        for value in VALUES:
            for base in ({}, SECRET):
                profiles = [{"name": f"p{index}", **base, key: value} for index, key in enumerate(keys)]
                document = {"auth": profiles}
                with self.subTest(value=value):
                    refused = {keys[error.absolute_path[1]] for error in validator.iter_errors(document)}
                    told = {keys[int(pointer.split("/")[2])] for pointer, _ in PROGRAMS.settings_faults(document)}
                    self.assertEqual(told, refused)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
