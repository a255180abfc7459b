# What a man page in scdoc says: its sections, and in each what is defined and how.
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
    """Term to (what stands behind it, what is told about it): a line that begins in bold, with a paragraph indented."""
    found = {}
    for line, told in re.findall(r"^(\*.*)\n((?:\t.*\n|\n(?=\t))+)", text, flags=re.MULTILINE):
        for term, behind in re.findall(r"\*([^*]+)\*((?: _[^_]+_)?)", line):
            found[term.replace("\\", "")] = (behind.strip(), told)
    return found


def plain(text):
    """Without the marks of scdoc."""
    return re.sub(r"[*_\\]", "", text)
