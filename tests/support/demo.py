#!/usr/bin/env python3
"""The parts of tests/demo.sh that use JSON: its simulated Azure, its job files, and its final table.

    demo.py make DIR             writes DIR/azure.json (the simulator's state), DIR/token and the three job files
    demo.py settings DIR         prints the daemon's settings, after the simulator listens
    demo.py service DIR          the same for an installed service: the authority in /etc/azrestored, the token a credential, its own folders
    demo.py endpoint DIR         prints the address of the simulator
    demo.py begun DIR VM         ends with 0 if a restore of the VM has been started
    demo.py table DIR JOB...     prints the outcome of the jobs; ends with 0 if each was restored exactly once
"""
import json
import sys
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import unquote

SUBSCRIPTION = "/subscriptions/11111111-2222-4333-8444-555555555555"
VAULT = SUBSCRIPTION + "/resourceGroups/contoso-backup/providers/Microsoft.RecoveryServices/vaults/contoso-vault"
TARGET = SUBSCRIPTION + "/resourceGroups/contoso-restored"
STORAGE = SUBSCRIPTION + "/resourceGroups/contoso-staging/providers/Microsoft.Storage/storageAccounts/contosostaging"
NETWORK = SUBSCRIPTION + "/resourceGroups/contoso-net/providers/Microsoft.Network/virtualNetworks/contoso-vnet"
TOKEN = "demo-access-token"


def vm_id(group, name):
    return f"{group}/providers/Microsoft.Compute/virtualMachines/{name}"


def protected_vm(name, point, job_seconds):
    yesterday = datetime.now(timezone.utc) - timedelta(days=1)
    return {"vm": vm_id(SUBSCRIPTION + "/resourceGroups/contoso-web", name),
            "points": [{"name": point, "time": yesterday.strftime("%Y-%m-%dT%H:%M:%SZ")}],
            "restore": {"operationSeconds": 20, "jobSeconds": job_seconds}}


def job(name, vm, restore, **more):
    return {"name": name, "vault": VAULT, "virtualMachine": vm,
            "restore": {"storageAccountId": STORAGE, **restore}, **more}


def make(folder):
    azure = {"vaults": [{"id": VAULT, "location": "westus",
                         "items": [protected_vm("web01", "70010001", 120), protected_vm("db01", "70020001", 150),
                                   protected_vm("app01", "70030001", 140)]}],
             "accessTokens": [TOKEN]}
    (folder / "azure.json").write_text(json.dumps(azure, indent=2))
    (folder / "token").write_text(TOKEN)
    files = [job("web01-disks", "web01", {"recoveryType": "RestoreDisks", "targetResourceGroupId": TARGET}),
             job("db01-replace", "db01", {"recoveryType": "OriginalLocation"}, replaceDisksOf="db01"),
             job("app01-copy", "app01", {"recoveryType": "AlternateLocation", "targetResourceGroupId": TARGET,
                                         "targetVirtualMachineId": vm_id(TARGET, "app01-copy"),
                                         "virtualNetworkId": NETWORK, "subnetId": NETWORK + "/subnets/default"})]
    for file in files:
        (folder / (file["name"] + ".json")).write_text(json.dumps(file, indent=2))


def ports(folder):
    return json.loads((folder / "ports.json").read_text())


def endpoint(folder):
    print(f"https://127.0.0.1:{ports(folder)['https']}")


def print_settings(folder, authority, token, **folders):
    print(json.dumps({
        "arm": {"endpoint": f"https://127.0.0.1:{ports(folder)['https']}", "caFile": str(authority)},
        "auth": {"method": "accessToken", "accessTokenFile": str(token)},
        **folders,
        "polling": {"minimumInterval": "500ms", "defaultRetryAfter": "1s", "jobInterval": "1s"},
        "inDoubt": {"quietPeriod": "10s"},
        "budget": {"readsPerHour": 10000}}, indent=2))


def settings(folder):
    print_settings(folder, folder / "ca" / "ca.pem", folder / "token", spool={"directory": str(folder / "spool")},
                   store={"path": str(folder / "azrestored.db")}, control={"socket": str(folder / "control.sock")})


def service(folder):
    print_settings(folder, "/etc/azrestored/ca.pem", "$CREDENTIALS_DIRECTORY/access-token")


def report(folder):
    with urllib.request.urlopen(f"http://127.0.0.1:{ports(folder)['http']}/_sim/report") as answer:
        return json.load(answer)


def begun(folder, vm):
    sys.exit(0 if any(restore["vm"] == vm for restore in report(folder)["restores"]) else 1)


def seconds_since(start, time):
    return (datetime.fromisoformat(time) - datetime.fromisoformat(start)).total_seconds()


def states_with_times(shown):
    states, last = [], None
    for line in shown["history"]:
        if line["to"] != last:
            last = line["to"]
            states.append(f"{last} {seconds_since(shown['created'], line['at']):.1f}s")
    return " > ".join(states)


def requests_for(folder, *words):
    """The number of requests whose address contains one of the words, and of all requests."""
    log = (folder / "requests.log").read_text().splitlines()
    lines = [unquote(json.loads(line)["target"]).lower() for line in log]
    return sum(any(word.lower() in line for word in words) for line in lines), len(lines)


def table(folder, names):
    restores = report(folder)["restores"]
    wrong, own, total = [], 0, 0
    print(f"{'JOB':13} {'END':10} {'AZURE JOB':37} {'REQUESTS':>8} {'RESTORES':>8}")
    for name in names:
        shown = json.loads((folder / (name + ".shown")).read_text())
        vm, azure_job = shown["virtualMachine"], shown["azureJobId"] or "none"
        mine = [restore for restore in restores if restore["vm"] == vm]
        used, total = requests_for(folder, f";{vm}/", azure_job)
        own += used
        print(f"{name:13} {shown['state']:10} {azure_job:37} {used:8} {len(mine):8}")
        print(f"    {states_with_times(shown)}")
        if shown["state"] != "succeeded":
            wrong.append(f"{name} is {shown['state']}")
        if len(mine) != 1:
            wrong.append(f"{name} was restored {len(mine)} times")
        elif mine[0]["jobId"] != azure_job or mine[0]["requestId"] != shown["requestId"]:
            wrong.append(f"{name} names a different restore than Azure")
    print(f"REQUESTS counts those for one job only; {total - own} more were for all three (the vault and its lists).")
    if len(restores) != len(names):
        wrong.append(f"Azure started {len(restores)} restores instead of {len(names)}")
    print("\n" + ("WRONG: " + "; ".join(wrong) if wrong else
                  "Every restore was started exactly once and succeeded, in spite of the kill."))
    sys.exit(1 if wrong else 0)


def main(command, folder, *words):
    commands = {"make": make, "settings": settings, "service": service, "endpoint": endpoint, "begun": begun,
                "table": lambda where, *names: table(where, names)}
    commands[command](Path(folder), *words)


if __name__ == "__main__":
    main(*sys.argv[1:])
