"""A simulated Azure with many protected VMs, and a daemon that restores them, for drivers that measure whole runs.

Both run from $AZRESTORED_BIN in a folder that is removed at the end. Nothing is measured here: see measured.py.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

BIN = Path(os.environ.get("AZRESTORED_BIN", "build/release/bin"))
BRIEF = "BENCH_BRIEF" in os.environ
MAKE_CA = Path(__file__).parent.parent / "support" / "make_ca.sh"

SUBSCRIPTION = "/subscriptions/11111111-2222-4333-8444-555555555555"
GROUP, VAULT_NAME = "contoso-backup", "contoso-vault"
VAULT = f"{SUBSCRIPTION}/resourceGroups/{GROUP}/providers/Microsoft.RecoveryServices/vaults/{VAULT_NAME}"
TARGET_GROUP = "contoso-restored"
STORAGE = f"{SUBSCRIPTION}/resourceGroups/contoso-staging/providers/Microsoft.Storage/storageAccounts/contosostaging"
TENANT = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa"
CLIENT, SECRET = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb", "bench-secret"
TOKEN = "bench-access-token"
POINT = "7001"


# SIGTERM must also end the started processes.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


# Limits that are never reached, in the service and in the daemon, for benchmarks that do not measure limits.
NO_LIMIT = ["--read-limit", 1_000_000_000]
NO_BUDGET = {"budget": {"readsPerHour": 1_000_000, "subscriptionReadsPerSecond": 100_000,
                        "subscriptionWritesPerSecond": 100_000}}
NO_CAPS = {"concurrentRestoresPer" + what: 1_000_000
           for what in ("Vault", "Subscription", "StorageAccount", "TargetResourceGroup")}


def log(text):
    print(text, file=sys.stderr, flush=True)


def wait_until(what, is_there, seconds=120.0, pause=0.05):
    deadline = time.monotonic() + seconds
    while not is_there():
        if time.monotonic() > deadline:
            raise SystemExit(f"Timeout: waited {seconds:.0f} s for {what}.")
        time.sleep(pause)


def vm_id(name):
    return f"{SUBSCRIPTION}/resourceGroups/contoso-web/providers/Microsoft.Compute/virtualMachines/{name}"


def vm_names(count):
    return [f"web{number:05}" for number in range(count)]


def protected_vm(name, operation_s, job_s):
    return {"vm": vm_id(name), "points": [{"name": POINT, "time": "2026-01-19T22:00:00Z"}],
            "restore": {"operationSeconds": operation_s, "jobSeconds": job_s}}


def job_file(name, vm, vault=VAULT):
    return {"name": name, "vault": vault, "virtualMachine": vm_id(vm),
            "restore": {"recoveryType": "RestoreDisks", "storageAccountId": STORAGE,
                        "targetResourceGroupId": f"{SUBSCRIPTION}/resourceGroups/{TARGET_GROUP}"}}


class Stage:
    """A folder with a certificate authority; ends every process that it started."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="azrestored-bench."))
        subprocess.run([MAKE_CA, self.folder / "ca"], check=True)
        self.ca = self.folder / "ca" / "ca.pem"
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)  # each is the leader of its own session
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, words, out, environment=None, core=None):
        """Starts a program, on one core if `core` is given; its output goes to the file `out`."""
        if core is not None:
            words = ["taskset", "--cpu-list", str(core), *words]
        with open(self.folder / out, "ab") as file:
            process = subprocess.Popen([str(word) for word in words], stdout=file, stderr=file, stdin=subprocess.DEVNULL,
                                       env={**os.environ, **(environment or {})}, start_new_session=True)
        self.processes.append(process)
        return process


class Azure:
    """azrestore-sim. `items`: see protected_vm(); a list, or a dictionary from vault id to list."""

    def __init__(self, stage, items, *arguments, core=None):
        self.stage = stage
        vaults = items if isinstance(items, dict) else {VAULT: items}
        state = {"vaults": [{"id": vault, "location": "westus", "items": its} for vault, its in vaults.items()],
                 "accessTokens": [TOKEN],
                 "imds": {"tenantId": TENANT},
                 "clients": [{"tenantId": TENANT, "clientId": CLIENT, "secret": SECRET}]}
        (stage.folder / "state.json").write_text(json.dumps(state))
        port_file = stage.folder / "ports.json"
        port_file.unlink(missing_ok=True)
        server = stage.folder / "ca" / "server"
        self.process = stage.start(
            [BIN / "azrestore-sim", "--state", stage.folder / "state.json", "--port", 0, "--http-port", 0,
             "--tls-cert", f"{server}.pem", "--tls-key", f"{server}.key", "--port-file", port_file, *arguments],
            "azure.log", core=core)
        wait_until("the simulated Azure", lambda: port_file.exists() or self.process.poll() is not None)
        ports = json.loads(port_file.read_text())
        self.url, self.plain = f"https://127.0.0.1:{ports['https']}", f"http://127.0.0.1:{ports['http']}"

    def _call(self, path, body=None):
        request = urllib.request.Request(self.plain + path, data=body)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    def report(self):
        return self._call("/_sim/report")

    def reset_counters(self):
        self._call("/_sim/reset-counters", b"{}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Daemon:
    """azrestored, signed in with a token from a file. `settings` override the defaults of its folder."""

    def __init__(self, stage, azure, settings=None, core=None):
        self.stage, self.folder, self.core = stage, stage.folder / "daemon", core
        self.folder.mkdir(exist_ok=True)
        (self.folder / "token").write_text(TOKEN)
        (self.folder / "token").chmod(0o600)
        self.log_file = self.folder / "log"
        self.settings = {
            "arm": {"endpoint": azure.url, "caFile": str(stage.ca)},
            "auth": {"method": "accessToken", "accessTokenFile": str(self.folder / "token")},
            "spool": {"directory": str(self.folder / "spool")},
            "store": {"path": str(self.folder / "azrestored.db")},
            "control": {"socket": str(self.folder / "control.sock")}, **(settings or {})}
        (self.folder / "azrestored.json").write_text(json.dumps(self.settings, indent=2))

    def start(self, prefix=()):
        self.process = self.stage.start([*prefix, BIN / "azrestored", "--config", self.folder / "azrestored.json"],
                                        self.log_file, core=self.core)
        wait_until("azrestored", lambda: self.says("daemon.ready"))

    def says(self, text):
        return text in self.log_file.read_text() or self._ended()

    def _ended(self):
        if self.process.poll() is None:
            return False
        raise SystemExit("azrestored has ended:\n" + self.log_file.read_text()[-2000:])

    def drop(self, files):
        """Puts job files into the spool by a rename, as producers should."""
        incoming = self.folder / "spool" / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        for file in files:
            temporary = incoming / (file["name"] + ".tmp")
            temporary.write_text(json.dumps(file))
            temporary.rename(incoming / (file["name"] + ".json"))

    def count(self, text):
        """The number of occurrences of `text` in the log."""
        return self.log_file.read_text().count(text)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
