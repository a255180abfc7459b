#!/usr/bin/env python3
"""check_docs.py SOURCE [PROGRAMS]: what the documents refer to exists.

Documents are README.md, CHANGELOG.md, CONTRIBUTING.md, docs/*.md and findings/README.md. Checked are:
  - relative links, and their anchors
  - scripts (tests/NAME.sh and the like, .ci/run)
  - commands and options of azrestorectl, azrestored and azrestore-sim, in code blocks and code spans, against --help of the
    programs in PROGRAMS; without PROGRAMS, not at all
  - rooms: docs/architecture.md names each room of the tree, and its tables name no other
Prints one line for each fault; ends with 1 when there is one.
"""
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

PROGRAMS = ("azrestorectl", "azrestored", "azrestore-sim")
# What may stand before a program in a line of shell.
WRAPPERS = ("$", "#", "sudo", "systemd-run", "timeout", "while", "until", "if", "do", "then", "!", "exec")
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^()\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^ {0,3}\[[^\]]+\]:\s*(\S+)")
SCRIPT = re.compile(r"(?<![\w./-])((?:tests/[\w./-]*\w\.(?:sh|py))|\.ci/\w+)")
SPAN = re.compile(r"(`+)(.+?)\1")
ROOM_CELL = re.compile(r"^\| *`([a-z_/]+)` *\|")
# Characters of drawings and of sample output: such a line is no command.
DRAWN = re.compile(r"[\u2190-\u21ff\u2500-\u25ff]")


class Line:
    def __init__(self, number, text, is_code, section):
        self.number, self.text, self.is_code, self.section = number, text, is_code, section

    def spans(self):
        return [found[2].strip() for found in SPAN.finditer(self.text)]

    def prose(self):
        return SPAN.sub("", self.text)


def read_lines(path):
    """The lines of a document, and whether each is in a block of code: fenced, or indented by more than its list item."""
    lines, fence, section, margin, was_blank = [], None, "", 0, True
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        bare = text.strip()
        indent = len(text) - len(text.lstrip(" "))
        mark = re.match(r"(`{3,}|~{3,})", bare)
        is_code = fence is not None or bool(mark)
        if fence:
            fence = None if bare == fence else fence
        elif mark:
            fence = mark[1]
        elif bare:
            item = re.match(r"\s*(?:[-*+]|\d+\.)\s+", text)
            was_code = bool(lines) and lines[-1].is_code
            if indent >= margin + 4 and (was_blank or was_code):
                is_code = True
            elif item and (indent < margin + 4):
                margin = item.end()
            elif indent < margin and was_blank:
                margin = 0
                is_code = indent >= 4
            heading = re.match(r"#{1,6}\s+(.*)", text)
            section = heading[1] if heading and not is_code else section
        lines.append(Line(number, text, is_code, section))
        was_blank = not bare
    return lines


@lru_cache(maxsize=None)
def anchors(path):
    """The anchors of a document's headings, as GitHub makes them, and those written in HTML."""
    found, count = set(), {}
    for line in read_lines(path):
        heading = None if line.is_code else re.match(r"#{1,6}\s+(.*?)\s*#*$", line.text)
        if heading:
            shown = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading[1])
            slug = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
            number = count.get(slug, 0)
            count[slug] = number + 1
            found.add(f"{slug}-{number}" if number else slug)
        found.update(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", line.text))
    return found


class Commands:
    """What --help of the programs knows."""

    def __init__(self, folder):
        self.folder = folder

    @lru_cache(maxsize=None)
    def help_of(self, *words):
        said = subprocess.run([self.folder / words[0], *words[1:], "--help"], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=60, check=False)
        if said.returncode:
            sys.exit(f"{' '.join(words)} --help ended with {said.returncode}: {said.stderr}")
        return said.stdout

    def options(self, *words):
        names = [name for line in re.findall(r"^  (-\S+)", self.help_of(*words), re.MULTILINE) for name in line.split(",")]
        return {re.sub(r"\{.*", "", name) for name in names}

    def commands(self, program):
        part = re.search(r"^Subcommands:\n((?:  .*\n)+)", self.help_of(program), re.MULTILINE)
        return set(re.findall(r"^  ([a-z-]+)", part[1], re.MULTILINE)) if part else set()

    def options_with_value(self, *words):
        lines = re.findall(r"^  (-\S+) [A-Z]", self.help_of(*words), re.MULTILINE)
        return {name for line in lines for name in line.split(",")}

    def fault(self, words):
        """The sentence about the first wrong word of a command, or nothing."""
        program, rest = words[0], words[1:]
        command = [program]
        known, valued = self.options(program), self.options_with_value(program)
        awaits_command, skip = bool(self.commands(program)), False
        for word in rest:
            if skip:
                skip = False
            elif word.startswith("-") and re.fullmatch(r"--?[a-z][\w-]*(=.*)?", word):
                option = word.split("=")[0]
                if option not in known:
                    return f"{' '.join(command)} has no option {option}; `{' '.join(command)} --help` lists them"
                skip = option in valued and "=" not in word
            elif awaits_command and re.fullmatch(r"[a-z][a-z-]*", word):
                if word not in self.commands(program):
                    return f"{program} has no command {word}; `{program} --help` lists them"
                command.append(word)
                known, valued = known | self.options(*command), valued | self.options_with_value(*command)
                awaits_command = False
            elif awaits_command:
                awaits_command = False  # a placeholder, such as COMMAND
        return None


def command_lines(lines):
    """Each line of code blocks with its continuations, and each code span, as (line, text)."""
    begin, text = None, ""
    for line in lines:
        if not line.is_code:
            yield from ((line.number, span) for span in line.spans())
            continue
        begin, text = begin or line.number, text + " " + line.text.strip()
        if text.endswith("\\"):
            text = text[:-1]
            continue
        yield begin, text.strip()
        begin, text = None, ""


def calls(text):
    """The calls of our programs in a line of shell, each as a list of words."""
    if DRAWN.search(text):
        return
    text = re.sub(r"(^|\s)#.*", "", text)
    text = re.sub(r"\"[^\"]*\"|'[^']*'", "QUOTED", text)
    for part in re.split(r"[|&;()<>`]", text):
        words = part.split()
        if words and words[0] in WRAPPERS:
            words = words[next((at for at, word in enumerate(words) if program_of(word)), len(words)):]
        if words and program_of(words[0]):
            yield [program_of(words[0]), *(word.strip("[],.") for word in words[1:])]


def program_of(word):
    name = word.rsplit("/", 1)[-1]
    return name if name in PROGRAMS else None


def rooms_of(source):
    found = set()
    for part in ("core", "persistence", "config", "daemon"):
        for path in (source / part).rglob("CMakeLists.txt"):
            if re.search(r"^azrestored_room\(", path.read_text("utf-8"), re.MULTILINE):
                found.add(path.parent.relative_to(source).as_posix())
    return found


class Check:
    def __init__(self, source, programs):
        self.source = source
        self.commands = Commands(programs) if programs else None
        self.faults = []
        self.calls = 0

    def fault(self, path, line, sentence):
        self.faults.append(f"{path.relative_to(self.source).as_posix()}:{line}: {sentence}.")

    def link(self, path, line, target):
        if re.match(r"[a-z]+:", target):
            return
        name, _, anchor = unquote(target).partition("#")
        other = (path.parent / name).resolve() if name else path
        if not other.is_relative_to(self.source):
            self.fault(path, line, f"the link {target} leads out of the repository; use an address, or move the target")
        elif not other.exists():
            self.fault(path, line, f"the link {target} leads nowhere; correct the path, which is relative to {path.name}")
        elif anchor and other.suffix == ".md" and anchor not in anchors(other):
            self.fault(path, line, f"the link {target} leads to no heading; correct the part after #")

    def document(self, path):
        lines = read_lines(path)
        for line in lines:
            if not line.is_code:
                for found in LINK.finditer(line.prose()):
                    self.link(path, line.number, found[1] or found[2])
            for script in SCRIPT.findall(line.text):
                if not (self.source / script).exists():
                    self.fault(path, line.number, f"names the script {script}, which does not exist; correct its name")
        if self.commands:
            for number, text in command_lines(lines):
                for words in calls(text):
                    self.calls += 1
                    sentence = self.commands.fault(words)
                    if sentence:
                        self.fault(path, number, sentence)

    def rooms(self, path):
        rooms = rooms_of(self.source)
        if not rooms:
            self.faults.append("Found no CMakeLists.txt that calls azrestored_room(); the rooms cannot be checked.")
            return
        lines = read_lines(path)
        named = {span for line in lines for span in line.spans() if line.section != "Reserved"}
        for room in sorted(rooms - named):
            self.fault(path, 1, f"does not name the room `{room}`; add it to the table of its folder")
        for line in lines:
            cell = ROOM_CELL.match(line.text)
            if cell and line.section != "Reserved" and cell[1] not in rooms and cell[1].split("/")[0] in (
                    "core", "persistence", "config", "daemon"):
                self.fault(path, line.number, f"names the room {cell[1]}, which does not exist; correct or remove it")


def main(source, programs=None):
    check = Check(Path(source).resolve(), programs and Path(programs).resolve())
    top = [check.source / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "findings/README.md")]
    documents = [*top, *sorted((check.source / "docs").glob("*.md"))]
    for path in documents:
        if path.exists():
            check.document(path)
        else:
            check.faults.append(f"{path.relative_to(check.source).as_posix()} does not exist; write it.")
    architecture = check.source / "docs" / "architecture.md"
    if architecture.exists():
        check.rooms(architecture)
    for sentence in check.faults:
        print(sentence)
    print(f"{len(documents)} documents, {check.calls} calls of the programs, {len(check.faults)} faults.")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
