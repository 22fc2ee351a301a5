"""What turns an order round, where a line that only goes through it would turn it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.sandbox.outcome import Change
from autograder.source.changes.alternatives import POPPED

#: What goes from the last to the first, or puts each entry before those that are there.
_TURNS = re.compile(
    r"\[::-1\]|\breversed\(|\bflip(ud|lr)?\(|\.pop\((-1)?\)|\.insert\(0,|\brange\(.*, -1\)"
)
#: Changes that may do no more than to turn an order.
_OF_ORDER = {"backwards", "slice", "end", "call", POPPED}


def what_turns(changes: Sequence[Change]) -> Sequence[Change]:
    """The changes without those that only turn back what another is about.

    A plain loop through a list that is emptied from its end could go backwards as well; it is the
    other line that turns the order.

    Parameters
    ----------
    changes : sequence of Change
    """
    of_order = [one for one in changes if one.kind in _OF_ORDER]
    turns = [one for one in of_order if _TURNS.search(one.place)]
    if not turns:
        return changes
    return [one for one in changes if one in turns or one not in of_order or one.kind == "call"]
