#!/usr/bin/env python3
"""check_words.py SOURCE: no identifier and no file name of the C++ code has a word that CONTRIBUTING.md bans.

The words are one indented line below "## Names" there. A word counts as a part between underscores or capitals, also in
its inflected forms: `was_told`, `TellsAll`. Comments and strings are not looked at. Prints one line for each identifier of
a file, with the word to use instead. Ends with 1 when there is one.
"""
import re
import sys
from pathlib import Path

from cpp_source import code, files_below, line_of

FOLDERS = ("core", "daemon", "persistence", "config", "tests")
# What the words mostly stand for. The list of banned words itself is in CONTRIBUTING.md.
INSTEAD = {
    "anew": "again", "crowded": "full or overlapped", "desk": "queries or service", "fare": "health or result",
    "heed": "accept or obey", "mail": "events or pending events", "mend": "fix or normalize",
    "mind": "adjust or check", "news": "event, change or notification", "spare": "headroom or unused",
    "tell": "report, publish or notify", "teller": "reporter", "told": "reported", "whoever": "client or caller",
    "wish": "request"}
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
IDENTIFIER = re.compile(r"\b[A-Za-z_]\w*")


def banned_words(guide):
    """Each banned word and each of its inflected forms, to the word."""
    section = re.search(r"^## Names$(.*?)(?=^## |\Z)", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lists = re.findall(r"^    ([a-z]+(?: [a-z]+){4,})$", section[1] if section else "", re.MULTILINE)
    if len(lists) != 1:
        sys.exit(f"{guide}: {len(lists)} lists of banned words below \"## Names\"; expected one indented line.")
    forms = {}
    for word in lists[0].split():
        stem = word.removesuffix("e")
        forms.update(dict.fromkeys([word, word + "s", word + "es", stem + "ed", stem + "ing"], word))
    return forms


def banned_in(identifier, forms):
    for part in PARTS.findall(identifier):
        if part.lower() in forms:
            return forms[part.lower()]
    return None


def main(source):
    guide = source / "CONTRIBUTING.md"
    if not guide.exists():
        sys.exit(f"{guide} does not exist; it has the list of banned words.")
    forms = banned_words(guide)
    count = 0
    for file in files_below(source, *FOLDERS):
        place = file.relative_to(source).as_posix()
        text = code(file.read_text("utf-8"))
        lines = {}
        for found in IDENTIFIER.finditer(text):
            if banned_in(found[0], forms):
                lines.setdefault(found[0], []).append(line_of(text, found.start()))
        word = banned_in(file.stem, forms)
        if word:
            lines[file.name] = [1]
        for identifier, its in lines.items():
            word = banned_in(identifier, forms)
            more = f" ({len(its)} times)" if len(its) > 1 else ""
            instead = INSTEAD.get(word, "a term of the glossary in CONTRIBUTING.md")
            print(f"{place}:{its[0]}: {identifier}{more} has the banned word \"{word}\"; say {instead}.")
        count += len(lines)
    print(f"{count} identifiers with a banned word.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
