"""What NumPy's and Python's own messages tell of a value that cannot be used so.

Of a message only that is repeated which stands in the student's own file.
"""

from __future__ import annotations

import re

from ..phrases import Said, said
from .crash import Crash

_NORM = re.compile(r"Invalid norm order(?: '(?P<order>[^']*)')? for (?P<of>vectors|matrices)")
_DTYPE = re.compile(r"data type '(\w+)' not understood")
#: Orders of np.linalg.norm that only matrices have.
_OF_MATRICES = ("fro", "nuc")

#: By what a ValueError says: the reason for it.
_BY_MESSAGE = {
    re.compile(pattern): key
    for pattern, key in {
        "improper number of dimensions to norm": "norm_of_other_axes",
        "only specify one unknown dimension": "reshape_open_twice",
        "zero-dimensional arrays cannot be concatenated": "joins_numbers",
        "need at least one array to": "joins_nothing",
        "arg 3 must not be zero|step cannot be zero": "step_of_zero",
        r"\bnot in (?:list|tuple|deque)": "not_in_the_list",
        "size not equal to one": "squeezes_no_size_1",
        "only convert an array of size 1": "item_of_several",
        r"zip\(\) argument \d+ is (?:longer|shorter)": "zip_of_other_lengths",
        "result in an equal division": "no_equal_parts",
        "too many subscripts for operand|dimensions than subscripts": "einsum_letters",
        "(?:fewer|more) operands provided to einstein": "einsum_groups",
        "convert float nan": "nan_is_no_whole_number",
        "maximum supported dimension": "numbers_for_a_shape",
    }.items()
}
#: What a message speaks of where it is about shapes.
_SIZES = re.compile(
    r"dimension|\bsizes?\b|\bdepth\b|too deep|\bsquare\b|same (?:length|number)|\b[12]-?d\b"
)


def argument_cause(crash: Crash, text: str) -> Said | None:
    """Say which value cannot be used so, where the message tells it.

    Parameters
    ----------
    crash : Crash
    text : str
        Its message in small letters.
    """
    if crash.type == "TypeError" and (found := _DTYPE.match(crash.message)):
        return said("crash.no_such_dtype", called=_quoted(found[1], crash))
    if crash.type != "ValueError":
        return None
    if found := _NORM.match(crash.message):
        return _norm(found["order"] or "", found["of"], crash)
    return next((said(f"crash.{key}") for of, key in _BY_MESSAGE.items() if of.search(text)), None)


def any_value(crash: Crash) -> Said:
    """Say of a ValueError that no other reason is known for whether it is one of shapes.

    Parameters
    ----------
    crash : Crash
    """
    of_sizes = _SIZES.search(crash.message.lower())
    return said("crash.value_of_such_a_shape" if of_sizes else "crash.ValueError")


def _norm(order: str, of: str, crash: Crash) -> Said:
    """That np.linalg.norm has no such norm of what it gets."""
    if of == "matrices":
        return said("crash.norm_of_no_matrix")
    if order in _OF_MATRICES:
        return said("crash.norm_of_matrices", called=_quoted(order, crash))
    return said("crash.no_such_norm", called=_quoted(order, crash))


def _quoted(word: str, crash: Crash) -> str:
    """A word of a message as it is added to a reason, if the file has it in quotes itself."""
    return f", `'{word}'`," if word in crash.quoted else ""
