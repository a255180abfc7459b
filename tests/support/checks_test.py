#!/usr/bin/env python3
"""checks_test.py: the checks of this folder accept a small tree and refuse it after each kind of fault."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Tree(unittest.TestCase):
    """A tree of two rooms in a temporary folder."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.source = Path(temporary.name).resolve()
        self.write("core/base/CMakeLists.txt", "azrestored_room(\n  SOURCES text.cpp)\n")
        self.write("core/base/text.hpp", "#pragma once\n#include <string>\nstd::string text();\n")
        self.write("core/base/text.cpp", '#include "core/base/text.hpp"\n')
        self.write("core/json/CMakeLists.txt", "azrestored_room(\n  SOURCES fault.cpp  # one\n  USES core/base)\n")
        self.write("core/json/fault.hpp", '#pragma once\n#include "core/base/text.hpp"\n')
        self.write("core/json/fault.cpp", '#include "core/json/fault.hpp"\n')
        self.write("core/job/CMakeLists.txt", "azrestored_room(\n  SOURCES job.cpp\n  USES core/json)\n")
        self.write("core/job/job.cpp", '#include "core/json/fault.hpp"\n')

    def write(self, name, text):
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def add(self, name, text):
        path = self.source / name
        self.write(name, (path.read_text("utf-8") if path.exists() else "") + text)

    def run_check(self, *more):
        interpreter = [sys.executable] if self.check.endswith(".py") else []
        said = subprocess.run([*interpreter, HERE / self.check, self.source, *more], capture_output=True, text=True,
                              check=False)
        self.assertIn(said.returncode, (0, 1), said.stderr)
        return said.returncode, said.stdout + said.stderr

    def accepts(self, *more):
        status, said = self.run_check(*more)
        self.assertEqual(status, 0, said)

    def refuses(self, sentence, *more):
        status, said = self.run_check(*more)
        self.assertEqual(status, 1, said)
        self.assertIn(sentence, said)


class Rooms(Tree):
    check = "check_rooms.py"

    def test_a_good_tree(self):
        self.accepts()

    def test_a_transitive_include(self):
        self.add("core/job/job.cpp", '// one\n#include "core/base/text.hpp"\n')
        self.refuses('core/job/job.cpp:3: includes "core/base/text.hpp", and core/job/CMakeLists.txt does not name core/base')

    def test_an_entry_without_a_need(self):
        self.write("core/job/CMakeLists.txt", "azrestored_room(\n  SOURCES job.cpp\n  USES core/json\n       core/base)\n")
        self.refuses("core/job/CMakeLists.txt:4: USES core/base, and no file of core/job includes a header of it")

    def test_an_include_in_a_comment_is_no_need(self):
        self.write("core/job/job.cpp", '/*\n#include "core/json/fault.hpp"\n*/\n')
        self.refuses("core/job/CMakeLists.txt:3: USES core/json, and no file")

    def test_what_is_no_room(self):
        self.add("core/job/job.cpp", '#include "core/job.hpp"\n')
        self.refuses('core/job/job.cpp:2: includes "core/job.hpp", and core is no room')
        self.write("core/job/CMakeLists.txt", "azrestored_room(\n  SOURCES job.cpp\n  USES core/jsn)\n")
        self.refuses("core/job/CMakeLists.txt:3: USES core/jsn, which is no room")

    def test_a_header_of_the_tests(self):
        self.add("core/job/job.cpp", '#include "tests/support/wait.hpp"\n')
        self.refuses('includes "tests/support/wait.hpp", and tests/support is no room')

    def test_a_circle_of_rooms(self):
        self.write("core/base/CMakeLists.txt", "azrestored_room(\n  SOURCES text.cpp\n  USES core/job)\n")
        self.add("core/base/text.cpp", '#include "core/job/job.hpp"\n')
        self.write("core/job/job.hpp", "")
        self.refuses("core/base/CMakeLists.txt:3: the rooms core/base > core/job > core/json > core/base use one another")

    def test_a_circle_of_files(self):
        self.add("core/base/text.cpp", '#include "core/base/utf8.hpp"\n')
        self.write("core/base/utf8.hpp", "")
        self.write("core/base/utf8.cpp", '#include "core/base/utf8.hpp"\n#include "core/base/text.hpp"\n')
        self.refuses("core/base/text.cpp:2: the files text > utf8 > text include one another")

    def test_sources_that_share_a_private_header(self):
        self.write("core/base/text_impl.hpp", '#include "core/base/text.hpp"\n')
        for name in ("core/base/text.cpp", "core/base/more.cpp"):
            self.add(name, '#include "core/base/text_impl.hpp"\n')
        self.accepts()
        self.add("core/base/other.hpp", '#include "core/base/text_impl.hpp"\n')
        self.refuses("include one another")

    def test_an_include_that_looks_up(self):
        self.add("core/job/job.cpp", '#include "../json/fault.hpp"\n')
        self.refuses('core/job/job.cpp:2: includes "../json/fault.hpp", which looks up')

    def test_a_source_that_looks_up(self):
        self.write("core/job/CMakeLists.txt", "azrestored_room(\n  SOURCES job.cpp\n    ../json/fault.cpp\n  USES core/json)\n")
        self.refuses("core/job/CMakeLists.txt:3: the source ../json/fault.cpp lies outside of the folder")

    def test_pointers_as_keys(self):
        for number, written in enumerate((
                "std::map<Job*, int> a;", "std::set<const Job* const> a;", "std::unordered_map<std::shared_ptr<Job>, int> a;",
                "std::map<\n  std::vector<int>*, std::map<int, Job>> a;")):
            with self.subTest(written):
                self.write("core/job/job.cpp", f'#include "core/json/fault.hpp"\n{written}\n')
                self.refuses("core/job/job.cpp:2: a ")

    def test_pointers_in_an_order_of_their_own(self):
        self.add("core/job/job.cpp", "std::set<Job*, ById> a;\nstd::map<Job*, int, ById> b;\nstd::map<int, Job*> c;\n"
                                     "std::map<std::pair<int, int>, Job*> d;\n// std::map<Job*, int> e;\n")
        self.accepts()

    def test_libraries_that_a_part_must_not_know(self):
        for name, header in (("core/job/job.cpp", "<boost/beast/http.hpp>"), ("core/job/job.cpp", "<sqlite3.h>"),
                             ("persistence/sqlite/a.cpp", "<spdlog/spdlog.h>"), ("config/a.cpp", "<boost/asio/post.hpp>"),
                             ("tests/simulator/azure.cpp", '"core/base/text.hpp"')):
            with self.subTest(header):
                self.setUp()
                self.add(name, f"#include {header}\n")
                self.refuses(f"includes {header[1:-1]}, but ")

    def test_awaited_braces(self):
        for written in ("co_await f({a, b});", "co_await f(Options{.a = x});", "co_await f([&] { g(); });"):
            for folder in ("core/job", "daemon/cli/commands", "tests/simulator"):
                with self.subTest(written):
                    self.setUp()
                    self.write(f"{folder}/a.cpp", f"auto b() {{\n  {written}\n}}\n")
                    self.refuses(f"{folder}/a.cpp:2: has a brace or a capture in one expression with co_await")

    def test_awaits_without_braces(self):
        self.add("core/job/job.cpp", 'co_await f(a, "({");  // not co_await f({a})\nif (co_await f(a)) {\n}\n')
        self.accepts()

    def test_many_files_are_reported(self):
        for number in range(30):
            self.write(f"core/base/a{number}.hpp", "")
        status, said = self.run_check()
        self.assertEqual(status, 0, said)
        self.assertIn("core/base has 32 files, more than 30", said)

    def test_the_command_line_links_what_it_includes(self):
        self.write("daemon/cli/CMakeLists.txt", "add_library(azrestored_cli STATIC a.cpp)\n"
                                                "target_link_libraries(azrestored_cli PUBLIC azrestored_core_json)\n")
        self.write("daemon/cli/a.cpp", '#include "core/json/fault.hpp"\n')
        self.accepts()
        self.add("daemon/cli/a.cpp", '#include "core/base/text.hpp"\n')
        self.refuses("daemon/cli/CMakeLists.txt does not name core/base; add core/base to its libraries")


class Words(Tree):
    check = "check_words.py"

    def setUp(self):
        super().setUp()
        self.write("CONTRIBUTING.md", "## Names\n\nRefused:\n\n    anew mend news tell told wish\n\n## Other\n\n    a b c d e\n")

    def test_a_good_tree(self):
        self.add("core/job/job.cpp", '// told anew\nauto retold = "news"; int wishful_newspaper = R"(news)"[0];\n')
        self.accepts()

    def test_identifiers(self):
        for identifier, word in (("is_news_", "news"), ("TellsAll", "tell"), ("told", "told"), ("mended", "mend"),
                                 ("WISHES", "wish"), ("a1Telling", "tell")):
            with self.subTest(identifier):
                self.write("core/job/job.cpp", f"int a;\nint {identifier}, b = {identifier};\n")
                self.refuses(f'core/job/job.cpp:2: {identifier} (2 times) has the banned word "{word}"; say ')

    def test_names_of_files(self):
        self.write("tests/unit/job/news_test.cpp", "")
        self.refuses("tests/unit/job/news_test.cpp:1: news_test.cpp has the banned word")

    def test_the_list_is_in_the_guide(self):
        self.write("CONTRIBUTING.md", "## Names\n")
        self.refuses('0 lists of banned words below "## Names"')


HELP = """Usage: %s [OPTIONS]

Options:
  -h,--help                   Help
  --config FILE               Settings
"""


class Documents(Tree):
    check = "check_docs.py"

    def setUp(self):
        super().setUp()
        for name in ("CHANGELOG.md", "CONTRIBUTING.md", "findings/README.md"):
            self.write(name, "# A\n")
        self.write("tests/run.sh", "")
        self.write("docs/architecture.md", "# Architecture\n\n| `core/base` |\n| `core/json` |\n| `core/job` |\n\n"
                                           "## Reserved\n\n| `core/plan` |\n")
        self.write("README.md", "# A tool\n\n## What `it` does, in short\n\n[there](docs/architecture.md#reserved), "
                                "[here](#what-it-does-in-short), [web](https://example.org/x)\n\n    tests/run.sh\n")
        self.programs = self.source / "bin"
        self.write("bin/azrestorectl", "#!/bin/sh\ncase $1 in\nlist) cat <<'END'\n" + HELP % "list" +
                   "  --state STATE               State\nEND\n;;\n*) cat <<'END'\n" + HELP % "azrestorectl" +
                   "\nSubcommands:\n  list                        Jobs\n  show                        A job\nEND\nesac\n")
        for name in ("azrestored", "azrestore-sim"):
            self.write(f"bin/{name}", "#!/bin/sh\ncat <<'END'\n" + HELP % name + "END\n")
        for path in self.programs.iterdir():
            path.chmod(0o755)

    def test_good_documents(self):
        self.add("README.md", "\n1. Do:\n\n       sudo azrestorectl list --state failed --config x | grep y\n\n"
                              "```\nazrestorectl --config list show JOB \\\n  --config y  # --wrong\n```\n\n"
                              "`azrestorectl COMMAND`, `azrestorectl`, azrestorectl that is prose\n\n    azrestorectl ──► socket\n")
        self.accepts(self.programs)

    def test_links(self):
        for link, sentence in (("docs/none.md", "leads nowhere"), ("docs/architecture.md#none", "leads to no heading"),
                               ("#none", "leads to no heading"), ("../else.md", "leads out of the repository")):
            with self.subTest(link):
                self.setUp()
                self.add("README.md", f"\nSee [it]({link}).\n")
                self.refuses(f"README.md:9: the link {link} {sentence}")

    def test_links_in_code_are_none(self):
        self.add("README.md", "\n`[a](none.md)`\n\n    [a](none.md)\n\n```\n[a](none.md)\n```\n")
        self.accepts()

    def test_scripts(self):
        self.add("README.md", "\nand `tests/sim/none.sh`\n")
        self.refuses("README.md:9: names the script tests/sim/none.sh, which does not exist")

    def test_commands(self):
        for written, sentence in (
                ("\n    azrestorectl lst\n", "README.md:9: azrestorectl has no command lst"),
                ("\n    sudo azrestorectl list --stat failed\n", "README.md:9: azrestorectl list has no option --stat"),
                ("\n```\ntrue && azrestored --conf x\n```\n", "README.md:10: azrestored has no option --conf"),
                ("\n    systemd-run --unit=azure azrestore-sim \\\n      --port 1\n", "README.md:9: azrestore-sim has no option --port"),
                ("\nthen `azrestorectl shw JOB`\n", "README.md:9: azrestorectl has no command shw")):
            with self.subTest(written):
                self.setUp()
                self.add("README.md", written)
                self.refuses(sentence, self.programs)
                self.accepts()  # without programs

    def test_rooms(self):
        self.write("core/wire/CMakeLists.txt", "azrestored_room(SOURCES)\n")
        self.refuses("docs/architecture.md:1: does not name the room `core/wire`")
        self.write("core/plan/CMakeLists.txt", "azrestored_room(SOURCES)\n")  # no longer reserved
        self.refuses("docs/architecture.md:1: does not name the room `core/plan`")
        (self.source / "core/plan/CMakeLists.txt").unlink()
        self.write("docs/architecture.md", "| `core/base` |\n| `core/json` |\n| `core/job` |\n| `core/wire` |\n| `core/arm` |\n")
        self.refuses("docs/architecture.md:5: names the room core/arm, which does not exist")

    def test_a_document_is_missing(self):
        (self.source / "CHANGELOG.md").unlink()
        self.refuses("CHANGELOG.md does not exist")


class Headers(Tree):
    check = "check_headers.sh"

    def setUp(self):
        super().setUp()
        self.build = self.source / "build"
        command = f"c++ -DVERSION='\"1\"' -I{self.source} -o core/base/CMakeFiles/azrestored_core_base.dir/a.o -c a.cpp"
        self.write("build/compile_commands.json", json.dumps([{"command": command}]))
        self.write(".gitignore", "build\n")
        for folder in ("daemon", "persistence", "config", "tests"):
            (self.source / folder).mkdir()
        self.write("core/json/version.hpp", '#include "core/base/text.hpp"\ninline std::string v = VERSION;\n')
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()

    def git(self, *words):
        subprocess.run(["git", "-c", "user.name=n", "-c", "user.email=e", *words], cwd=self.source, check=True,
                       capture_output=True)

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=one")

    def test_good_headers(self):
        self.accepts(self.build, "--all")

    def test_a_header_that_lacks_an_include(self):
        self.write("core/json/bad.hpp", "#pragma once\nstd::vector<int> bad();\n")
        sentence = "core/json/bad.hpp does not compile on its own"
        self.refuses(sentence, self.build)  # not committed
        self.commit()
        self.refuses(sentence, self.build)  # in the last commit of main
        self.git("checkout", "--quiet", "-b", "topic")
        self.commit()
        self.commit()
        self.accepts(self.build)  # on a branch, and in main already
        self.refuses(sentence, self.build, "--all")
        self.write("core/json/bad.hpp", "#pragma once\n#include <vector>\nstd::vector<int> bad();\n")
        self.accepts(self.build)


if __name__ == "__main__":
    unittest.main(verbosity=2)
