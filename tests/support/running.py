# A simulated Azure and a daemon that restores from it, for tests of the built programs: a vault with VMs whose restores
# have given durations, and a read-only vault. The object removes its processes and files at its end.
import json
import subprocess
import tempfile
import time
from pathlib import Path

from demo import STORAGE, TARGET, TOKEN, VAULT, protected_vm

DEADLINE = 90
READ_ONLY_VAULT = VAULT + "-of-others"  # no client may restore from it


def wait_for(what, condition):
    deadline = time.monotonic() + DEADLINE
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"timeout while waiting for {what}"
        time.sleep(0.1)


class Running:
    def __init__(self, programs, vms):
        """`vms`: name to what its restores are like (jobSeconds, result, error: azrestore-sim(1))."""
        self.programs = Path(programs)
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.processes = []
        self._start_azure(vms)
        self._start_daemon()

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait(timeout=DEADLINE)
        self.temporary.cleanup()

    def ctl(self, *arguments):
        return subprocess.run([self.programs / "azrestorectl", "--config", self.settings, *arguments],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=DEADLINE, check=False)

    def objects(self, *arguments):
        """The output of a command with --json."""
        said = self.ctl(*arguments, "--json")
        assert said.stdout, f"{arguments} printed nothing: {said.stderr}"
        return [json.loads(line) for line in said.stdout.splitlines()]

    def job_file(self, name, vm, **more):
        path = self.folder / f"{name}.json"
        restore = {"recoveryType": "RestoreDisks", "storageAccountId": STORAGE, "targetResourceGroupId": TARGET}
        path.write_text(json.dumps({"name": name, "vault": VAULT, "virtualMachine": vm, "restore": restore, **more}))
        return str(path)

    def submit(self, name, vm):
        assert self.ctl("submit", self.job_file(name, vm)).returncode == 0

    def reach(self, name, *states):
        """Waits for the job to be in one of the states."""
        def state():
            said = self.ctl("show", name, "--json").stdout
            return said and json.loads(said)["state"] in states
        wait_for(f"{name} to be {' or '.join(states)}", state)

    def _start(self, *command):
        with (self.folder / f"{Path(command[0]).name}.log").open("w") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL))

    def _start_azure(self, vms):
        items = [protected_vm(name, str(7001 + number), 2) for number, name in enumerate(vms)]
        for item, script in zip(items, vms.values()):
            item["restore"] = {"operationSeconds": 1, **script}
        read_only = {"id": READ_ONLY_VAULT, "location": "westus", "permissions": [{"actions": ["*/read"], "notActions": []}]}
        state = {"vaults": [{"id": VAULT, "location": "westus", "items": items}, read_only], "accessTokens": [TOKEN]}
        (self.folder / "azure.json").write_text(json.dumps(state))
        ports = self.folder / "ports.json"
        self._start(self.programs / "azrestore-sim", "--state", self.folder / "azure.json", "--http-port", "0",
                    "--port-file", ports, "--retry-after", "1")
        wait_for("the simulated Azure", ports.exists)
        self.endpoint = f"http://127.0.0.1:{json.loads(ports.read_text())['http']}"

    def _start_daemon(self):
        self.settings = self.folder / "azrestored.json"
        (self.folder / "token").write_text(TOKEN)
        self.settings.write_text(json.dumps({
            "arm": {"endpoint": self.endpoint},
            "auth": {"method": "accessToken", "accessTokenFile": str(self.folder / "token")},
            "spool": {"directory": str(self.folder / "spool")},
            "store": {"path": str(self.folder / "jobs.db")},
            "control": {"socket": str(self.folder / "socket")},
            "polling": {"minimumInterval": "500ms", "defaultRetryAfter": "1s", "jobInterval": "1s"},
            "budget": {"readsPerHour": 10000}}))
        self._start(self.programs / "azrestored", "--config", self.settings)
        wait_for("the daemon", lambda: self.ctl("status").returncode == 0)
