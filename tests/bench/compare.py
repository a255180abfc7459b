"""compare.py: the same 100 restores, each to its end, by azrestored, by azure-cli and by a script on Microsoft's client.

Each client has a simulated Azure of its own that behaves the same: an operation takes 5 s and a job 45 to 75 s, at the
pace of the wall clock, so that every client waits as it would in earnest; Retry-After is 10 s. azrestored runs with its
default settings. What is counted: CPU of all its processes, most memory at a time (shared pages in parts), requests to
Resource Manager, those answered 429, and the time until it has told the last end.

azure-cli runs a process for each step, as many restores at a time as half of the free memory holds, and no more than 50.
On a busy machine BENCH_AZ_COUNT=10 lets it restore only so many; rows that compare with it say so, and what grows with
the number is told for each restore.
"""
import json
import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

import stage
from measured import Cost, figure
from stage import BRIEF, Azure, Daemon, Stage, log, vm_names, wait_until

HERE = Path(__file__).parent
COUNT = 2 if BRIEF else 100
AZ_COUNT = min(COUNT, int(os.environ.get("BENCH_AZ_COUNT", COUNT)))
NODE_POLLS_EVERY_MS = 30_000  # as azure-cli does between two looks at a job


def items():
    shortest, longest = (1, 2) if BRIEF else (45, 75)
    spread = (longest - shortest) / max(COUNT - 1, 1)
    return [stage.protected_vm(name, 5, shortest + spread * number) for number, name in enumerate(vm_names(COUNT))]


def result(azure, cost, ended, wanted=COUNT):
    report = azure.report()
    restores = len(report["restores"])
    if ended != wanted or restores != wanted:
        log(f"   {ended} of {wanted} were brought to their end; {restores} restores were started")
    return {"cpu": cost.cpu / wanted, "requests": sum(report["requestsByAction"].values()) / wanted,
            "memory": cost.peak_memory / 1e6, "throttled": report["throttled"], "wall": cost.wall, "ended": ended}


def by_azrestored(extra):
    with Stage() as place:
        azure = Azure(place, items(), "--retry-after", 10, *extra)
        daemon = Daemon(place, azure)
        daemon.start()
        cost = Cost(daemon.process)
        daemon.drop(stage.job_file(name, name) for name in vm_names(COUNT))
        wait_until("the restores", lambda: daemon.count(" to=succeeded") >= COUNT, seconds=1800, pause=0.5)
        daemon.stop()
        cost.wait()
        return result(azure, cost, daemon.count(" to=succeeded"))


def az_environment(place, azure):
    """Signed in, in a cloud of its own whose every endpoint is the simulator."""
    environment = {"AZURE_CONFIG_DIR": str(place.folder / "az"), "REQUESTS_CA_BUNDLE": str(place.ca),
                   "MSI_ENDPOINT": azure.plain + "/oauth2/token", "AZURE_CORE_COLLECT_TELEMETRY": "0",
                   "AZURE_CORE_ONLY_SHOW_ERRORS": "1", "BENCH_STORAGE": stage.STORAGE}
    endpoints = ["resource-manager", "management", "active-directory", "active-directory-resource-id",
                 "active-directory-graph-resource-id", "gallery", "sql-management", "vm-image-alias-doc"]
    register = ["cloud", "register", "--name", "simulated"]
    for endpoint in endpoints:
        register += ["--endpoint-" + endpoint, azure.url]
    for words in (register, ["cloud", "set", "--name", "simulated"], ["login", "--identity"]):
        subprocess.run(["az", *words, "--output", "none"], check=True, env={**os.environ, **environment})
    return environment


def az_at_once():
    az_process = 100e6
    free = next(int(line.split()[1]) * 1024 for line in open("/proc/meminfo") if line.startswith("MemAvailable"))
    return max(1, min(AZ_COUNT, 50, int(free / 2 / az_process)))


def by_azure_cli(extra):
    with Stage() as place:
        azure = Azure(place, items(), "--retry-after", 10, *extra)
        environment = az_environment(place, azure)
        azure.reset_counters()
        done = place.folder / "done"
        done.touch()
        process = place.start([HERE / "az_restores.sh", az_at_once(), done, *vm_names(AZ_COUNT)], "az.log", environment)
        cost = Cost(process)
        cost.wait()
        log((place.folder / "az.log").read_text()[-1500:])
        return result(azure, cost, len(done.read_text().split()), AZ_COUNT)


def by_javascript(extra):
    with Stage() as place:
        azure = Azure(place, items(), "--retry-after", 10, *extra)
        script = HERE.parent / "conformance" / "restores.mjs"
        environment = {"NODE_EXTRA_CA_CERTS": str(place.ca), "BENCH_TOKEN": stage.TOKEN}
        process = place.start(["node", script, azure.url, NODE_POLLS_EVERY_MS, *vm_names(COUNT)], "node.log", environment)
        cost = Cost(process)
        cost.wait()
        text = (place.folder / "node.log").read_text()
        log(text[:500] if len(text.split()) != COUNT else "")
        return result(azure, cost, len(set(text.split()) & set(vm_names(COUNT))))


FIGURES = (("cpu", "CPU of a restore", "s"), ("requests", "requests for a restore", ""), ("throttled", "429s", ""),
           ("memory", "peak memory", "MB"), ("wall", "wall time", "s"))


def compare(title, extra):
    ours = None
    for name, run in (("azrestored", by_azrestored), ("azure-cli", by_azure_cli), ("JavaScript", by_javascript)):
        log(f"   {title} {name} ...")
        got = run(extra)
        log(f"   {name}: {json.dumps(got)}")
        if ours is None:
            ours = got
            continue
        beside = name if name != "azure-cli" or AZ_COUNT == COUNT else f"{name}, {AZ_COUNT} restores only"
        for key, words, unit in FIGURES:
            figure(f"{COUNT} restores{title}: {words}", ours[key], unit, got[key], beside)


compare("", [])
