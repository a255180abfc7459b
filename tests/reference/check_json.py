#!/usr/bin/python3
# check_json.py SOURCE PROGRAMS: the --json output of each command of azrestorectl has the members that its man page
# lists under JSON OUTPUT, and no others. Uses only the programs and a simulated Azure.
import json
import re
import sys
import unittest
from pathlib import Path

from pages import Page, definitions

SOURCE, PROGRAMS = Path(sys.argv[1]), sys.argv[2]
sys.path.append(str(SOURCE / "tests" / "support"))
from running import READ_ONLY_VAULT, VAULT, Running  # noqa: E402: found by the line above

PAGE = Page(SOURCE / "man" / "azrestorectl.1.scd")
MEMBER = r"_([A-Za-z]+)_"
INHERITED = r"members of \*([a-z]+)\*(?: but ((?:_[A-Za-z]+_(?: and )?)+))?"
OPEN = {"outcome", "body", "headers"}  # their content comes from Azure


def documented():
    """Command to (its members, {member: (required members, optional members)}), from the parenthesis after the member."""
    commands = {}
    for command, (_, text) in definitions(PAGE.sections["JSON OUTPUT"]).items():
        text = " ".join(text.split())
        own = re.sub(INHERITED, "", re.sub(r"\([^()]*\)", "", text))
        members = set(re.findall(MEMBER, own))
        nested = {member: [set(re.findall(MEMBER, part)) for part in more.partition("where Azure tells")[::2]]
                  for member, more in re.findall(MEMBER + r" \(([^()]*)\)", text) if re.search(MEMBER, more)}
        for parent, without in re.findall(INHERITED, re.sub(r"\([^()]*\)", "", text)):
            members |= commands[parent][0] - set(re.findall(MEMBER, without or ""))
            nested = {**commands[parent][1], **nested}
        commands[command] = (members, {member: parts for member, parts in nested.items() if member in members})
    return commands


def names_in(value):
    if isinstance(value, dict):
        return set(value).union(*(names_in(part) for name, part in value.items() if name not in OPEN))
    return set().union(*(names_in(part) for part in value)) if isinstance(value, list) else set()


class JsonOutput(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        refused = {"jobSeconds": 1, "result": "Failed",
                   "error": {"errorCode": 400003, "errorString": "No.", "recommendations": ["Again."]}}
        cls.azure = Running(PROGRAMS, {"web01": {"jobSeconds": 1}, "db01": refused, "app01": {"jobSeconds": 300}})
        cls.addClassCleanup(cls.azure.close)
        for name, vm in (("good", "web01"), ("bad", "db01"), ("slow", "app01")):
            cls.azure.submit(name, vm)
        cls.azure.reach("good", "succeeded", "succeeded-with-findings")
        cls.azure.reach("bad", "failed")
        assert cls.azure.ctl("retry", "bad").returncode == 0
        cls.azure.reach("bad", "failed")
        cls.azure.reach("slow", "tracking")
        assert cls.azure.ctl("cancel", "slow").returncode == 0
        cls.azure.reach("slow", "cancelled")

    def assert_members(self, command, *calls):
        """The members in the output of all calls are the documented ones of the command."""
        members, nested = documented()[command]
        objects = [printed for call in calls for printed in self.azure.objects(*call)]
        with self.subTest(command):
            for printed in objects:
                self.assertEqual(set(printed), members)
            for member, (always, at_times) in nested.items():
                found = set().union(*(names_in(printed[member]) for printed in objects))
                self.assertEqual(found - at_times, always, member)

    def test_jobs(self):
        every = [("good",), ("bad",), ("slow",)]
        self.assert_members("list", ("list",))
        self.assert_members("show", *[("show", *job) for job in every])
        self.assert_members("wait", ("wait", "good", "bad", "slow"))
        self.assert_members("watch", ("watch", "good", "bad", "slow"))
        self.assert_members("events", *[("events", *job) for job in every])
        self.assert_members("events", ("events", "--follow", "good"))
        self.assert_members("explain", *[("explain", *job) for job in every])

    def test_totals(self):
        self.assert_members("watch --compact", ("watch", "--compact", "good", "slow"))

    def test_commands(self):
        self.azure.submit("steered", "app01")
        self.azure.reach("steered", "tracking")
        self.assert_members("cancel", ("cancel", "steered"))
        self.azure.reach("steered", "cancelled")
        self.assert_members("retry", ("retry", "steered"))
        for command in ("hold", "release"):
            self.assertEqual(documented()[command], documented()["cancel"])

    def test_job_files(self):
        good, stray = self.azure.job_file("try", "web01"), self.azure.job_file("stray", "mail")
        wrong = self.azure.job_file("wrong", "web01", colour="red")
        self.assert_members("submit --dry-run", ("submit", "--dry-run", good), ("submit", "--dry-run", stray))
        self.assert_members("validate --online", ("validate", "--online", good), ("validate", "--online", stray))
        self.assert_members("validate", ("validate", good, wrong))
        self.assert_members("submit", ("submit", self.azure.job_file("more", "web01")))

    def test_inventory(self):
        self.assert_members("vms", ("vms", "--vault", VAULT))
        self.assert_members("points", ("points", "--vault", VAULT, "--vm", "web01"))

    def test_status(self):
        self.assert_members("status", ("status",))

    def test_spool(self):
        (self.azure.folder / "spool" / "incoming" / "left.txt").write_text("no job file")
        self.assert_members("spool", ("spool",))

    def test_doctor(self):
        self.assert_members("doctor", ("doctor", "--vault", VAULT), ("doctor", "--vault", READ_ONLY_VAULT))

    def test_errors(self):
        said = self.azure.ctl("show", "nobody", "--json")
        self.assertEqual((said.returncode, said.stdout), (5, ""))
        self.assertEqual({name: set(part) for name, part in json.loads(said.stderr).items()}, {"error": {"code", "message"}})

    def test_every_command_is_documented(self):
        self.assertEqual({command.split(" ")[0] for command in documented()}, set(PAGE.commands()))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
