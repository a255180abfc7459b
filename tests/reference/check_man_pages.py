#!/usr/bin/python3
# check_man_pages.py SOURCE PROGRAMS: the man pages name the existing commands, options, exit codes, settings and job
# members, and no others. Settings and members come from the schemas, which check_schemas.py compares with the programs.
import json
import re
import sys
import unittest
from pathlib import Path

from pages import Page, definitions, plain
from programs import Programs
from source_names import states

SOURCE, PROGRAMS = Path(sys.argv[1]), Programs(sys.argv[2])
PAGES = {path.name.removesuffix(".scd"): Page(path) for path in (SOURCE / "man").glob("*.scd")}


def schema(name):
    return json.loads((SOURCE / "config" / f"{name}.schema.json").read_text("utf-8"))


def options_of_help(text):
    """Each option of a help text, and whether a value follows it."""
    options = {}
    for names, value in re.findall(r"^  (-\S+)( [A-Z]\S*)?", text, flags=re.MULTILINE):
        for name in names.split(","):
            options[re.sub(r"\{.*", "", name)] = bool(value)
    return options


def options_of_page(text):
    return {term: bool(value) for term, (value, _) in definitions(text).items() if term.startswith("-")}


def section_of_help(text, title):
    return re.search(rf"^{title}:\n((?:  .*\n)+)", text, flags=re.MULTILINE)[1]


def members(properties, prefix=""):
    for name, part in properties.items():
        yield prefix + name
        yield from members(part.get("properties", {}), f"{prefix}{name}.")


class Programs1And8(unittest.TestCase):
    maxDiff = None

    def test_options_of_programs_without_commands(self):
        for program, page in (("azrestored", "azrestored.8"), ("azrestore-sim", "azrestore-sim.1")):
            with self.subTest(program):
                self.assertEqual(options_of_page(PAGES[page].sections["OPTIONS"]),
                                 options_of_help(PROGRAMS.help_of(program)))

    def test_options_of_azrestorectl(self):
        listed = options_of_page(PAGES["azrestorectl.1"].sections["OPTIONS"])
        self.assertEqual(listed, options_of_help(PROGRAMS.help_of("azrestorectl")))

    def test_commands(self):
        listed = section_of_help(PROGRAMS.help_of("azrestorectl"), "Subcommands")
        commands = re.findall(r"^  ([a-z-]+)", listed, flags=re.MULTILINE)
        self.assertGreater(len(commands), 10)
        self.assertEqual(set(PAGES["azrestorectl.1"].commands()), set(commands))

    def test_options_and_arguments_of_each_command(self):
        for command, text in PAGES["azrestorectl.1"].commands().items():
            help_text = PROGRAMS.help_of("azrestorectl", command)
            options = {name: value for name, value in options_of_help(help_text).items() if name not in ("-h", "--help")}
            usage = re.search(r"^Usage: \S+ (.*)$", help_text, flags=re.MULTILINE)[1]
            synopsis = plain(re.search(r"^\*azrestorectl .*$", text, flags=re.MULTILINE)[0]).split(" ", 1)[1]
            with self.subTest(command):
                self.assertEqual(options_of_page(text), options)
                self.assertLessEqual(set(re.findall(r"--[a-z-]+", synopsis)), set(options))
                self.assertTrue(synopsis.startswith(command), synopsis)
                self.assertTrue(synopsis.endswith(usage.split("[OPTIONS]")[1].strip()), f"{synopsis!r} is not {usage!r}")

    def test_help_of_each_command_has_examples_that_fit_it(self):
        everywhere = options_of_help(PROGRAMS.help_of("azrestorectl"))
        for command in PAGES["azrestorectl.1"].commands():
            help_text = PROGRAMS.help_of("azrestorectl", command)
            examples = re.findall(r"^  azrestorectl (\S+)(.*)$", section_of_help(help_text, "Examples"), flags=re.MULTILINE)
            with self.subTest(command):
                self.assertNotEqual(examples, [])
                self.assertEqual({name for name, _ in examples}, {command})
                used = {option for _, words in examples for option in re.findall(r"--[a-z-]+", words)}
                self.assertLessEqual(used, set(options_of_help(help_text)) | set(everywhere))

    def test_exit_codes_of_azrestorectl(self):
        listed = section_of_help(PROGRAMS.help_of("azrestorectl"), "Exit codes")
        codes = re.findall(r"^  (\d+)", listed, flags=re.MULTILINE)
        self.assertEqual(list(definitions(PAGES["azrestorectl.1"].sections["EXIT STATUS"])), codes)

    def test_states(self):
        self.assertGreater(len(states(SOURCE)), 10)
        self.assertEqual(set(definitions(PAGES["azrestorectl.1"].sections["STATES"])), states(SOURCE))


    def test_faults_of_the_simulator(self):
        """Compared with the table of the parser."""
        table = (SOURCE / "tests" / "simulator" / "faults.cpp").read_text("utf-8")
        faults = re.findall(r'\{"([a-z0-9-]+)", FaultKind::', table)
        self.assertGreater(len(faults), 20)
        listed = {term.rstrip(":") for term in definitions(PAGES["azrestore-sim.1"].sections["FAULTS"])}
        self.assertEqual(listed - {""}, set(faults))


class Files5(unittest.TestCase):
    maxDiff = None

    def test_settings(self):
        sections = schema("azrestored")
        keys_of_file = {"$schema", "auth"}
        profile = sections["properties"]["auth"]["then"]["items"]["properties"]
        sections["properties"]["auth"] = {"properties": profile}
        keys = {key for key in members(sections["properties"]) if "." in key} | keys_of_file
        self.assertEqual({term for term in definitions(PAGES["azrestored.json.5"].text)}, keys)

    def test_defaults_and_bounds_of_settings(self):
        page = PAGES["azrestored.json.5"]
        parts = schema("azrestored")
        parts["properties"]["auth"] = parts["definitions"]["profile"]
        del parts["properties"]["$schema"]  # its default is to be absent
        for section, part in parts["properties"].items():
            for key, value in part["properties"].items():
                term = f"{section}.{key}"
                around = next(text for text in page.sections.values() if term in definitions(text))
                listed = plain(definitions(page.text)[term][1])
                with self.subTest(term):
                    default = value["default"]
                    self.assertIn(json.dumps(default) if isinstance(default, bool) else str(default), listed)
                    self.assertIn(str(value.get("minimum", "")), around)
                    self.assertIn(str(value.get("maximum", "")), around)
                    self.assertEqual([word for word in value.get("enum", []) if word not in listed], [])

    def test_members_of_job_files(self):
        self.assertEqual({term for term in definitions(PAGES["azrestore-job.5"].text)},
                         set(members(schema("azrestore-job")["properties"])))

    def test_examples_are_good(self):
        checks = {"azrestored.json.5": PROGRAMS.settings_faults, "azrestore-sim.1": PROGRAMS.settings_faults,
                  "azrestore-job.5": lambda text: PROGRAMS.job_faults([text])[0]}
        for page, check in checks.items():
            examples = [code for code in PAGES[page].code() if code.startswith("{")]
            self.assertNotEqual(examples, [], page)
            for example in examples:
                with self.subTest(page):
                    self.assertEqual(check(example), [])


class EveryPage(unittest.TestCase):
    def test_has_what_a_page_has(self):
        for name, page in PAGES.items():
            wanted = {"NAME", "SYNOPSIS", "DESCRIPTION", "FILES", "EXAMPLES", "SEE ALSO"}
            if name[-1] in "18":
                wanted |= {"OPTIONS", "EXIT STATUS", "ENVIRONMENT"}
            with self.subTest(name):
                self.assertEqual(wanted - set(page.sections), set())
                title, section = name.rsplit(".", 1)
                self.assertTrue(page.text.startswith(f"{title}({section}) "))

    def test_is_made_by_the_build(self):
        rule = (SOURCE / "man" / "CMakeLists.txt").read_text("utf-8")
        self.assertEqual([name for name in PAGES if name not in rule], [])

    def test_points_to_pages_that_there_are(self):
        for name, page in PAGES.items():
            named = {f"{title}.{section}" for title, section in re.findall(r"\*(azrestore[a-z.-]*)\*\((\d)\)", page.text)}
            with self.subTest(name):
                self.assertEqual(named - set(PAGES), set())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
