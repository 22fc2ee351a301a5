"""How what is found is printed."""

import re
import textwrap

from checking.showing import WIDTH

SHORT_CODE = re.compile(r"`[^`]{1,50}`")
HELD = "\u00a0"  # a space at which no line is broken


def print_status(name, told):
    """Print on one line how a function stands."""
    print(f"  {name:20}{told}")


def print_indented(text):
    """Print a finding, wrapped but for the lines that are indented already."""
    for line in text.splitlines():
        wrapped = line if line.startswith(" ") else fill(line)
        print(textwrap.indent(wrapped, "      "))


def fill(text, width=WIDTH):
    """Wrap words, but break none: not code that fits on a line, not a path."""
    kept = SHORT_CODE.sub(lambda code: code[0].replace(" ", HELD), text)
    wrapped = textwrap.fill(kept, width, break_long_words=False, break_on_hyphens=False)
    return wrapped.replace(HELD, " ")
