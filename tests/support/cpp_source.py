# C++ source files as the checks of this folder read them.
import re
from pathlib import Path

_COMMENT_OR_LITERAL = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)"""
    r"""|R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"|"(?:[^"\\\n]|\\.)*"|(?<!\w)'(?:[^'\\\n]|\\.)+'""", re.DOTALL)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]', re.MULTILINE)


def _spaces(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """The text with a space for each character of a comment: lines and columns stay."""
    return _COMMENT_OR_LITERAL.sub(lambda found: _spaces(found[0]) if found["comment"] else found[0], text)


def code(text):
    """The text with spaces for comments and for what is between quotation marks."""
    def blank(found):
        return _spaces(found[0]) if found["comment"] else found[0][0] + _spaces(found[0][1:-1]) + found[0][-1]
    return _COMMENT_OR_LITERAL.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def includes(text):
    """Each include as (line, path)."""
    bare = without_comments(text)
    return [(line_of(bare, found.start(1)), found[1]) for found in _INCLUDE.finditer(bare)]


def files_below(source, *folders):
    """The C++ files of these folders and of their sub-folders, in order."""
    found = [path for folder in folders for path in (Path(source) / folder).rglob("*.[ch]pp")]
    return sorted(path for path in found if path.is_file())
