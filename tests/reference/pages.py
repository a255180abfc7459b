# A man page in scdoc: its sections, and the definitions in them.
import re


class Page:
    def __init__(self, path):
        self.text = path.read_text("utf-8")
        parts = re.split(r"^# (.*)$", self.text, flags=re.MULTILINE)
        self.sections = dict(zip(parts[1::2], parts[2::2]))

    def commands(self):
        """The subsections of COMMANDS."""
        parts = re.split(r"^## (.*)$", self.sections["COMMANDS"], flags=re.MULTILINE)
        return dict(zip(parts[1::2], parts[2::2]))

    def code(self):
        return re.findall(r"^```\n(.*?)^```$", self.text, flags=re.MULTILINE | re.DOTALL)


def definitions(text):
    """Term to (rest of its line, description): a line that starts in bold, with an indented paragraph."""
    found = {}
    for line, told in re.findall(r"^(\*.*)\n((?:\t.*\n|\n(?=\t))+)", text, flags=re.MULTILINE):
        for term, behind in re.findall(r"\*([^*]+)\*((?: _[^_]+_)?)", line):
            found[term.replace("\\", "")] = (behind.strip(), told)
    return found


def plain(text):
    """The text without scdoc markup."""
    return re.sub(r"[*_\\]", "", text)
