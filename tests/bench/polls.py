#!/usr/bin/env python3
"""polls.py: polls per second over TLS. The real daemon, bound to one core, polls operations that do not end, as fast as
it can; the real simulator, on the other core, responds. The reference against the same server is bare_polls, a loop
with Beast that reads only the status. Both use the same number of connections and run alternately, so that a change of
the machine's speed affects both.

A poll of the daemon includes all steps: decide, build the request, send it, read and evaluate the response, save the
row.
"""
import json
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import stage
from measured import cpu_seconds, figure
from stage import BRIEF, Azure, Daemon, Stage, log, vm_names, wait_until

JOBS, VAULTS, CONNECTIONS = 1000, 100, 16  # few VMs per vault: finding them is not measured
ROUNDS, SECONDS = (1, 1.0) if BRIEF else (7, 3.0)
DAEMON_CORE, AZURE_CORE = 0, min(1, os.cpu_count() - 1)

# As often as possible; the service sends Retry-After: 0.
SETTINGS = {"polling": {"minimumInterval": "1ms", "defaultRetryAfter": "1ms", "jobInterval": "1h"},
            "limits": {"connections": CONNECTIONS, **stage.NO_CAPS}, **stage.NO_BUDGET}


def polls(azure):
    return azure.report()["requestsByRoute"].get("operationsStatus", 0)


def by_daemon(azure, daemon):
    """Polls per second, and CPU seconds per poll in both processes."""
    before, cpu, azure_cpu, begun = polls(azure), cpu_seconds(daemon.process.pid), cpu_seconds(azure.process.pid), time.monotonic()
    time.sleep(SECONDS)
    done = polls(azure) - before
    return (done / (time.monotonic() - begun), (cpu_seconds(daemon.process.pid) - cpu) / max(done, 1),
            (cpu_seconds(azure.process.pid) - azure_cpu) / max(done, 1))


def by_bare_loop(place, azure, target):
    words = ["taskset", "--cpu-list", DAEMON_CORE, Path(os.environ.get("BENCH_BIN", "build/release/bench")) / "bare_polls", place.ca,
             azure.url.rsplit(":", 1)[1], target, stage.TOKEN, CONNECTIONS, SECONDS]
    said = subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE).stdout
    return [float(word) for word in said.split()]


def middle(values):
    return sorted(values)[len(values) // 2]


def spread(values):
    return (max(values) - min(values)) / middle(values)


def vault_of(number):
    return f"{stage.VAULT}-{number % VAULTS}"


def many_vaults():
    vaults = {vault_of(number): [] for number in range(VAULTS)}
    for number, name in enumerate(vm_names(JOBS)):
        vaults[vault_of(number)].append(stage.protected_vm(name, 1e6, 1))
    return vaults


def operation_target(daemon):
    """The address that the daemon polls for one of its jobs."""
    database = sqlite3.connect(f"file:{daemon.folder}/azrestored.db?mode=ro", uri=True)
    for (row,) in database.execute("SELECT progress FROM job"):
        url = json.loads(row).get("operationUrl")
        if url:
            return "/" + url.split("/", 3)[3]
    raise SystemExit("no job follows an operation")


def main():
    with Stage() as place:
        azure = Azure(place, many_vaults(), "--retry-after", 0, *stage.NO_LIMIT, core=AZURE_CORE)
        daemon = Daemon(place, azure, SETTINGS, core=DAEMON_CORE)
        daemon.start()
        daemon.drop(stage.job_file(name, name, vault_of(number)) for number, name in enumerate(vm_names(JOBS)))
        wait_until("polls of every job", lambda: azure.report()["restorePosts"] == JOBS, pause=0.5)
        azure.reset_counters()
        target = operation_target(daemon)
        ours, bare, cost, bare_cost = [], [], [], []
        for number in range(ROUNDS):
            rate, cpu, azure_cpu = by_daemon(azure, daemon)
            ours.append(rate)
            cost.append(cpu * 1e6)
            daemon.process.send_signal(signal.SIGSTOP)
            bare_rate, bare_us = by_bare_loop(place, azure, target)
            bare.append(bare_rate)
            bare_cost.append(bare_us)
            daemon.process.send_signal(signal.SIGCONT)
            log(f"   round {number}: {rate:.0f}/s of the daemon, {bare_rate:.0f}/s of the bare loop; a poll costs"
                f" {cpu * 1e6:.0f} us in the daemon, {bare_us:.0f} us in the loop, {azure_cpu * 1e6:.0f} us in the simulator")
        report = azure.report()
        ratio = middle(ours) / middle(bare)
        figure("polls per second over TLS, one core", middle(ours), "/s", middle(bare), "a bare Beast loop",
               "at least 0.6", ratio >= 0.6, max(spread(ours), spread(bare)))
        figure("CPU of a poll over TLS", middle(cost), "us", middle(bare_cost), "a bare Beast loop",
               noise=max(spread(cost), spread(bare_cost)))
        figure("connections for all polls", report["connections"] - ROUNDS * CONNECTIONS, "", sum(ours) * SECONDS,
               "polls in that time")
        daemon.stop()


main()
