"""That what `map` and the like make is used as if it were a list or an array."""

from __future__ import annotations

import re

from ..phrases import Said, said
from .crash import Crash

_KINDS = ("map", "filter", "zip", "enumerate", "generator")
_NAMED = re.compile(rf"(?:'|of type )({'|'.join(_KINDS)})\b")
#: What NumPy says of it without its name.
_UNNAMED = re.compile(r"enough dimensions|1- or 2-d|needs to be a sequence|as a \"sequence\"")
#: What is said of something else that it cannot do, which has a reason of its own.
_OTHERWISE = re.compile(r"not callable|not reversible|not an iterator")


def used_as_a_list(crash: Crash, text: str) -> Said | None:
    """Say that it holds no values, and gives them one by one.

    Parameters
    ----------
    crash : Crash
    text : str
        Its message in small letters.
    """
    if crash.type not in ("TypeError", "AttributeError", "ValueError") or _OTHERWISE.search(text):
        return None
    named = _NAMED.search(crash.message)
    if named:
        kind = named[1]
    elif held := _UNNAMED.search(text) and crash.holding(*_KINDS):
        kind = str(crash.shapes[held[0]])
    else:
        return None
    made_by = "(... for ...)" if kind == "generator" else kind
    return said("crash.one_by_one", made_by=made_by)
