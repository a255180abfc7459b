# The programs as the tests of this folder use them: their verdict on job files and settings, and their names.
import json
import os
import re
import subprocess
import tempfile

FILES_AT_ONCE = 200


class Programs:
    """The programs of a build, found in one folder."""

    def __init__(self, folder):
        self.folder = folder
        self.work = tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)

    def run(self, program, *arguments):
        return subprocess.run([os.path.join(self.folder, program), *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)

    def help_of(self, program, *command):
        said = self.run(program, *command, "--help")
        assert said.returncode == 0, f"{program} --help ended with {said.returncode}: {said.stderr}"
        return said.stdout

    def job_faults(self, documents):
        """For each job file its faults as (pointer, sentence), by `azrestorectl validate`. A text is used unchanged."""
        faults = []
        for first in range(0, len(documents), FILES_AT_ONCE):
            some = documents[first:first + FILES_AT_ONCE]
            paths = [self._file(f"{number}.json", document) for number, document in enumerate(some)]
            said = self.run("azrestorectl", "validate", "--json", *paths)
            answers = [json.loads(line) for line in said.stdout.splitlines()]
            assert len(answers) == len(paths), f"azrestorectl validate reported {len(answers)} files: {said.stderr}"
            faults += [[(fault["pointer"], fault["message"]) for fault in answer["faults"]] for answer in answers]
        return faults

    def settings_faults(self, document):
        """The faults as (pointer, sentence), by `azrestored --check-config`."""
        path = self._file("settings.json", document)
        said = self.run("azrestored", "--config", path, "--check-config")
        assert said.returncode in (0, 2), f"azrestored --check-config ended with {said.returncode}: {said.stderr}"
        faults = [line.removeprefix(path + ": ") for line in said.stderr.splitlines()]
        assert (said.returncode == 2) == bool(faults), f"{said.returncode} does not match {said.stderr!r}"
        parts = [re.fullmatch(r"(?:(/[^ ]*), )?(?:line \d+, column \d+: )?(.*)", fault) for fault in faults]
        return [(part[1] or "", part[2]) for part in parts]

    def effective_settings(self, document):
        path = self._file("settings.json", document)
        said = self.run("azrestored", "--config", path, "--check-config")
        assert said.returncode == 0, said.stderr
        return json.loads(said.stdout)

    def _file(self, name, document):
        path = os.path.join(self.work.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(document if isinstance(document, str) else json.dumps(document))
        return path


def words_expected(sentence):
    """The words of "...; expected "a", "b" or "c"..."."""
    return set(re.findall(r'"([^"]*)"', sentence.split("; expected ", 1)[1].split(";", 1)[0]))
