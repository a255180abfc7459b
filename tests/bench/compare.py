"""compare.py: the same restores, each to its end, by azrestored, by azure-cli and by a script on Microsoft's client.

Each client has its own simulated Azure with the same behaviour, at the speed of the wall clock, so that every client
waits as in reality: an operation takes 5 s, Retry-After is 10 s. azrestored runs with its default settings.
Two scenes: jobs of a minute without limits; jobs of five minutes while Azure accepts 800 reads per hour for each
action. In the second one, a client that is refused for the rest of the hour is stopped. Measured are: CPU of all its
processes, peak memory (shared pages in proportion), requests to Resource Manager, responses with 429, finished
restores, and the time until the last end was reported.

azure-cli runs a process for each step, with as many restores at a time as fit into half of the free memory, and at most
50. On a busy machine BENCH_COUNT=20 lets each client restore only 20, under a proportionally lower limit; the rows show
it.
"""
import json
import os
import subprocess
from pathlib import Path

import stage
from measured import Cost, figure
from stage import BRIEF, Azure, Daemon, Stage, log, vm_names, wait_until

HERE = Path(__file__).parent
COUNT = 2 if BRIEF else int(os.environ.get("BENCH_COUNT", 100))
NODE_POLLS_EVERY_MS = 30_000  # as azure-cli between two polls of a job


class Scene:
    def __init__(self, title, job_s, most_s, arguments):
        self.title, self.job_s, self.most_s, self.arguments = title, job_s, most_s, ["--retry-after", 10, *arguments]

    def azure(self, place):
        shortest, longest = self.job_s
        step = (longest - shortest) / max(COUNT - 1, 1)
        items = [stage.protected_vm(name, 5, shortest + step * number) for number, name in enumerate(vm_names(COUNT))]
        return Azure(place, items, *self.arguments)


def result(azure, cost, ended):
    report = azure.report()
    return {"cpu": cost.cpu / COUNT, "requests": sum(report["requestsByAction"].values()) / COUNT,
            "throttled": report["throttled"], "memory": cost.peak_memory / 1e6, "ended": ended, "wall": cost.wall}


def by_azrestored(scene, place):
    azure = scene.azure(place)
    daemon = Daemon(place, azure)
    daemon.start()
    cost = Cost(daemon.process)
    daemon.drop(stage.job_file(name, name) for name in vm_names(COUNT))
    wait_until("the restores", lambda: daemon.count(" to=succeeded") >= COUNT or cost.age() > scene.most_s,
               seconds=2 * scene.most_s, pause=0.5)
    daemon.stop()
    cost.wait()
    return result(azure, cost, daemon.count(" to=succeeded"))


def az_environment(place, azure):
    """Signs in, with a registered cloud whose endpoints are all the simulator."""
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
    return max(1, min(COUNT, 50, int(free / 2 / az_process)))


def by_azure_cli(scene, place):
    azure = scene.azure(place)
    environment = az_environment(place, azure)
    azure.reset_counters()
    done = place.folder / "done"
    done.touch()
    process = place.start([HERE / "az_restores.sh", az_at_once(), done, *vm_names(COUNT)], "az.log", environment)
    cost = Cost(process)
    cost.wait(scene.most_s)
    log((place.folder / "az.log").read_text()[-500:])
    return result(azure, cost, len(done.read_text().split()))


def by_javascript(scene, place):
    azure = scene.azure(place)
    script = HERE.parent / "conformance" / "restores.mjs"
    environment = {"NODE_EXTRA_CA_CERTS": str(place.ca), "BENCH_TOKEN": stage.TOKEN}
    process = place.start(["node", script, azure.url, NODE_POLLS_EVERY_MS, *vm_names(COUNT)], "node.log", environment)
    cost = Cost(process)
    cost.wait(scene.most_s)
    text = (place.folder / "node.log").read_text()
    return result(azure, cost, len(set(text.split("\n")) & set(vm_names(COUNT))))


FIGURES = (("ended", "brought to their end", ""), ("cpu", "CPU of a restore", "s"),
           ("requests", "requests for a restore", ""), ("throttled", "429s", ""), ("memory", "peak memory", "MB"),
           ("wall", "wall time", "s"))


def compare(scene):
    ours = None
    for name, run in (("azrestored", by_azrestored), ("azure-cli", by_azure_cli), ("JavaScript", by_javascript)):
        log(f"   {COUNT} restores{scene.title}, {name} ...")
        with Stage() as place:
            got = run(scene, place)
        log(f"   {name}: {json.dumps(got)}")
        if ours is None:
            ours = got
            continue
        for key, words, unit in FIGURES:
            figure(f"{COUNT} restores{scene.title}: {words}", ours[key], unit, got[key], name)


compare(Scene("", (1, 2) if BRIEF else (45, 75), 900, []))
if not BRIEF:
    compare(Scene(f", {8 * COUNT} reads an hour", (270, 330), 720, ["--read-limit", 8 * COUNT]))
