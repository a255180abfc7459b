#!/usr/bin/python3
# check_mistakes.py SOURCE PROGRAMS [--rewrite]: checks the messages about invalid job files and settings. Each
# jobs/NAME.json and settings/NAME.json has one typical mistake; NAME.txt has the complete output of `azrestorectl
# validate`, or `azrestored --check-config`, with the file's path cut to its name. A large file is NAME.json.gz.
# --rewrite writes the texts again, so that the difference can be reviewed.
import difflib
import gzip
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(sys.argv[1]) / "tests" / "mistakes"
PROGRAMS = Path(sys.argv[2])
REWRITE = "--rewrite" in sys.argv[3:]

# folder: the command, the exit status for invalid files, the minimum number of files
KINDS = {
    "jobs": (["azrestorectl", "validate"], 1, 30),
    "settings": (["azrestored", "--check-config", "--config"], 2, 20),
}
SECRET = "hunter2"  # part of every secret in the files
UNREAD = {"too-large"}  # a fault of the whole file has no position


def files(folder):
    return sorted([*(HERE / folder).glob("*.json"), *(HERE / folder).glob("*.json.gz")])


def text_of(file):
    return file.with_name(file.name.split(".")[0] + ".txt")


def said(command, file):
    """The exit status, and the output with the file's path cut to its name."""
    with tempfile.TemporaryDirectory() as work:
        path = file
        if file.suffix == ".gz":
            path = Path(work) / file.stem
            path.write_bytes(gzip.decompress(file.read_bytes()))
        program, *arguments = command
        run = subprocess.run([PROGRAMS / program, *arguments, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return run.returncode, run.stdout.replace(str(path), path.name)


def each():
    for folder, (command, status, _) in KINDS.items():
        for file in files(folder):
            yield command, status, file


class Mistakes(unittest.TestCase):
    def test_there_are_many_and_each_has_its_text(self):
        for folder, (_, _, fewest) in KINDS.items():
            self.assertGreaterEqual(len(files(folder)), fewest, folder)
            self.assertEqual({text_of(file) for file in files(folder)}, set((HERE / folder).glob("*.txt")))

    def test_each_is_told_in_these_words(self):
        for command, status, file in each():
            with self.subTest(f"{file.parent.name}/{file.name}"):
                found, text = said(command, file)
                self.assertEqual(found, status, text)
                expected = text_of(file).read_text("utf-8")
                if text != expected:
                    lines = difflib.unified_diff(expected.splitlines(), text.splitlines(), "expected", "said", lineterm="")
                    self.fail("\n".join(["", *lines]))

    def test_every_fault_has_a_place_and_none_tells_a_secret(self):
        for _, _, file in each():
            with self.subTest(f"{file.parent.name}/{file.name}"):
                text = text_of(file).read_text("utf-8")
                self.assertNotEqual(text, "")
                self.assertNotIn(SECRET, text)
                name = file.name.removesuffix(".gz")
                place = "" if text_of(file).stem in UNREAD else r"(/\S+, )?line [1-9]\d*, column [1-9]\d*: "
                for line in text.splitlines():
                    self.assertRegex(line, "^" + re.escape(name) + ": " + place + r"\S")


def rewrite():
    for folder, (command, _, _) in KINDS.items():
        for file in files(folder):
            text_of(file).write_text(said(command, file)[1], "utf-8")


if __name__ == "__main__":
    if REWRITE:
        rewrite()
        sys.exit()
    unittest.main(argv=sys.argv[:1])
