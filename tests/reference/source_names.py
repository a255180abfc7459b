# Public names that are listed only in the source.
import re


def states(source):
    """By the facts of each state."""
    text = (source / "core" / "job" / "state.hpp").read_text("utf-8")
    return set(re.findall(r'string_view name = "([a-z-]+)"', text))
