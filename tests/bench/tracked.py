#!/usr/bin/env python3
"""tracked.py: the CPU cost of 10,000 running restores in the daemon, with the default intervals.

First, with short intervals, the jobs reach the state in which Azure runs their restores. The daemon is then restarted
with its default intervals (with a quota that does not stretch them) and runs until its reads at the start are finished.
From then on its CPU time per wall time, its requests, and its memory once a second are measured; the figures are the
median of the memory and its maximum. The same is measured for an idle daemon. Before that, the daemon is started once
with the default quota, to count the requests of its first 10 s: a fifth of an action's hourly reads may be sent
immediately.
"""
import sqlite3
import time
from statistics import median

import stage
from measured import cpu_seconds, figure, proportional_memory
from stage import BRIEF, Azure, Daemon, Stage, log, vm_names, wait_until

JOBS, VAULTS = (50, 5) if BRIEF else (10_000, 100)
IDLE_S, SETTLE_S, MEASURE_S = (1, 2, 3) if BRIEF else (20, 90, 180)
PLENTY = {"limits": stage.NO_CAPS, **stage.NO_BUDGET}
DEFAULT_BUDGET = {"limits": stage.NO_CAPS}
AT_ONCE = 150 // 5
HURRY = {"polling": {"minimumInterval": "100ms", "defaultRetryAfter": "1s", "jobInterval": "1h"}, **PLENTY}


def vault_of(number):
    return f"{stage.VAULT}-{number % VAULTS}"


def vaults():
    all_of_them = {vault_of(number): [] for number in range(VAULTS)}
    for number, name in enumerate(vm_names(JOBS)):
        all_of_them[vault_of(number)].append(stage.protected_vm(name, 0.5, 1e6))
    return all_of_them


def watch(daemon, azure, seconds):
    """Fraction of a core, requests per minute, and the memory of each second."""
    azure.reset_counters()
    cpu, begun, memory = cpu_seconds(daemon.process.pid), time.monotonic(), []
    while time.monotonic() - begun < seconds:
        memory.append(proportional_memory(daemon.process.pid))
        time.sleep(1)
    passed = time.monotonic() - begun
    return (cpu_seconds(daemon.process.pid) - cpu) / passed, azure.report()["requests"] / passed * 60, memory


def restart(place, azure, settings, log_name):
    """Starts a daemon on the same jobs, without quotas of earlier settings."""
    daemon = Daemon(place, azure, settings)
    daemon.log_file = daemon.folder / log_name
    with sqlite3.connect(daemon.folder / "azrestored.db") as database:
        database.execute("DELETE FROM rate_budget")
    azure.reset_counters()
    daemon.start()
    return daemon


def main():
    with Stage() as place:
        azure = Azure(place, vaults(), "--retry-after", 0, *stage.NO_LIMIT)
        daemon = Daemon(place, azure, HURRY)
        daemon.start()
        idle_memory = proportional_memory(daemon.process.pid)
        idle, _, _ = watch(daemon, azure, IDLE_S)
        daemon.drop(stage.job_file(name, name, vault_of(number)) for number, name in enumerate(vm_names(JOBS)))
        wait_until("10,000 running restores", lambda: daemon.count(" to=tracking") >= JOBS, seconds=1800, pause=2)
        daemon.stop()
        daemon.process.wait()
        log(f"   {JOBS} restores run")

        daemon = restart(place, azure, DEFAULT_BUDGET, "log1")
        time.sleep(10)
        most = max(azure.report()["requestsByAction"].values(), default=0)
        figure(f"requests of one action in the first 10 s with {JOBS} jobs in flight", most, "requests", AT_ONCE,
               "what may go out at once", "at most 1.0", most <= AT_ONCE)
        daemon.stop()
        daemon.process.wait()

        daemon = restart(place, azure, PLENTY, "log2")
        time.sleep(SETTLE_S)
        share, requests, samples = watch(daemon, azure, MEASURE_S)
        memory = median(samples)
        figure(f"CPU with {JOBS} jobs tracked", share * 100, "% of a core", bar="under 1 % of a core", ok=share < 0.01)
        figure("CPU at rest", idle * 100, "% of a core")
        figure(f"requests with {JOBS} jobs tracked", requests, "a minute")
        figure(f"memory of a tracked job at {JOBS}", (memory - idle_memory) / JOBS, "bytes",
               bar="under 2,048 bytes", ok=None if BRIEF else memory - idle_memory < 2048 * JOBS)
        figure(f"the same in its largest second of {MEASURE_S}", (max(samples) - idle_memory) / JOBS, "bytes")
        daemon.stop()


main()
