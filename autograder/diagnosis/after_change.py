"""What to do next about a line in which one small change makes all right."""

from __future__ import annotations

import re

from autograder.diagnosis.entry_twice import ENTRY_TWICE
from autograder.sandbox.outcome import Change
from autograder.source.changes.alternatives import NEAR_NAME, POPPED
from autograder.source.changes.call_ends import CALL_ENDS
from autograder.source.changes.carried_on import CARRIED_ON
from autograder.source.changes.flat_columns import FLAT_COLUMN
from autograder.source.changes.forms import NAME_OF_TWO
from autograder.source.changes.index_twice import INDEX_TWICE
from autograder.source.changes.never_read import NEVER_READ
from autograder.source.changes.unread import UNREAD
from autograder.source.changes.which_round import WHICH_ROUND, condition_told
from autograder.source.phrases import Said, said

#: By the step, what is asked of the change: what is to be printed differs with it.
_STEPS = {
    "that_call": {"call"},
    "that_reduced": {"axis"},
    "that_part": {"part", "needed", "slope", "compared"},
    "that_conditional": {"conditional"},
    "that_condition": {"comparison", "branches", "under_condition", "remainder", WHICH_ROUND},
    "that_function": {"gives"},
    "that_number": {"number", "keyword"},
    "that_size": {"size"},
    "those_sizes": {"sizes"},
    "that_entry": {
        "index", "indices", "slice", "range", "backwards", "fixed", "whole", "one_of_all", "end",
        "one_row", "whole_row", "part_of_the_round", "index_never_changes", "index_meant",
    },

    "that_taken": {POPPED, "takes_last", "takes_first"},
    "that_part_of_a_matrix": {"columns", "rows"},
    "that_product": {"product", "turned", "turned_alone"},
    "that_round": {"kept", "anew"},
    "that_often": {"anew_each_round", "once", "indented", "after_the_loop"},
    "that_order": {"order_of_lines"},
    "that_never": {"never"},
    "that_turned": {"vector_turned"},
    "that_reshaped": {"reshaped"},
    "that_range": {"countdown"},
    "that_array": {"in_place", "copied"},
    "those_names": {"two_names"},
    "that_flat_column": {FLAT_COLUMN},
    "that_truth": {"truth"},
    "that_overflow": {"overflows"},
    "that_over": {
        "written_over", "written_over_later", "written_over_there", "written_over_afterwards",
    },
}  # fmt: skip
#: Changes that tell why something is wrong, and not only where.
TELLS_WHY = {
    "truth", UNREAD, NEAR_NAME, INDEX_TWICE, FLAT_COLUMN, CARRIED_ON, CALL_ENDS, "written_over",
    "overflows", NEVER_READ, WHICH_ROUND, ENTRY_TWICE,
}  # fmt: skip
#: What puts something into a list or takes something out of it, and gives nothing back.
_STORES = re.compile(r"[\w.]+(\[[^\]]*\])*\.(append|extend|insert|remove|reverse|sort|clear)\(")
#: What gives the same numbers in another shape.
_RESHAPES = re.compile(r".*\b(reshape|ravel|flatten|squeeze|expand_dims|atleast_2d|transpose)\(")
#: A product, however it is written.
_PRODUCT = re.compile(r"[@*]|\b(dot|matmul|outer|inner|vdot|multiply|einsum|tensordot|kron)\(")
#: Two sides of a product with a matrix, which are exchanged.
_SIDES = re.compile(r".* @ |.*\.dot\(|np\.matmul\(|numpy\.matmul\(")
#: All the sizes of something, of which one is taken or none.
_SHAPE = re.compile(r"([\w.]+\.shape)(\[|$)")
#: One entry of something, by a number that is written down.
_ONE_ENTRY = re.compile(r"([a-zA-Z_][\w.]*)\[-?\d+\]")
#: What gives a name a number, whatever it held: there is nothing that goes in.
_SETS = re.compile(r"([a-zA-Z_]\w*) *= *-?\d[\d.e]*\s*(?:#.*)?$")
#: By the step, how a line begins or what stands on it, of which nothing can be printed there.
_LINES = {
    "that_jump": re.compile(r"(break|continue|pass)\b"),
    "that_condition": re.compile(r"(if|elif|while)\b"),
    "that_loop": re.compile(r"for\b"),
    "that_lambda": re.compile(r".*\blambda\b|def\b"),
}


def after_change(change: Change, code: str) -> Said:
    """What to do next: what to print, and what to lay beside it.

    Parameters
    ----------
    change : Change
    code : str
        Its line; empty if that is not known.
    """
    told = dict(change.told.values)
    if "factor" in told:
        return said("step.that_factor", line=change.line, factor=told["factor"])
    if "quantity" in told:
        return said("step.that_value", line=change.line, quantity=told["quantity"])
    if change.kind == UNREAD and "name" in told:
        return said("step.that_unread", line=change.line, name=told["name"])
    if change.kind == NEAR_NAME and "name" in told:
        names = {"name": told["name"], "other": told["other"]}
        return said("step.that_near_name", line=change.line, **names)
    if change.kind == INDEX_TWICE and "other" in told:
        names = {"name": told["name"], "other": told["other"]}
        return said("step.that_index_twice", line=change.line, place=change.place, **names)
    if change.kind == CARRIED_ON and "name" in told:
        return said("step.that_carried_on", line=change.line, name=told["name"])
    if change.kind == WHICH_ROUND and (condition := condition_told(change.told)):
        return said("step.that_which_round", line=change.line, condition=condition)
    if change.kind == NEVER_READ and "code" in told:
        return said("step.that_never_read", line=change.line, code=told["code"])
    question = told.get("question")
    if change.kind == CALL_ENDS and isinstance(question, Said) and question.values:
        function = dict(question.values)["function"]
        return said("step.that_bracket", line=change.line, function=function)
    about = question.key.removeprefix("change.") if isinstance(question, Said) else change.kind
    if isinstance(question, Said) and about == "index_of_two":
        names = dict(question.values)
        of_both = {key: names[key] for key in ("name", "other", "of")}
        return said("step.that_counter", line=change.line, **of_both)
    if isinstance(question, Said) and question.key == NAME_OF_TWO:
        names = {"name": change.place, "other": dict(question.values)["other"]}
        return said("step.that_near_name", line=change.line, **names)
    if isinstance(question, Said) and about == "written_over_below":
        read = dict(question.values)["line"]
        return said("step.that_over_below", line=change.line, name=told["name"], read=read)
    if asks_for_sides(change):
        return said("step.those_sides", line=change.line)
    if returns_in_loop(change):
        return said("step.that_return", line=change.line)
    step = next((step for step, of in _STEPS.items() if about in of), "that_line")
    if step == "that_product" and code and not _PRODUCT.search(code):
        step = "that_turned" if is_turned_alone(change) and ".T" in code else "that_line"
    if step == "that_entry" and (entry := _ONE_ENTRY.fullmatch(change.place)):
        return said("step.that_place", line=change.line, of=entry[1])
    if step == "that_size" and (sizes := _SHAPE.match(change.place)):
        return said("step.that_shape_taken", line=change.line, shape=sizes[1])
    if change.kind == "needed" and (set_there := _SETS.match(code)):
        return said("step.that_set", line=change.line, name=set_there[1])
    if step == "that_entry" and _LINES["that_loop"].match(code):
        step = "that_loop"  # It takes no entries: it counts them, or what it goes through.
    if step in ("that_line", "that_part", "that_number", "that_call"):
        step = next((other for other, of in _LINES.items() if of.match(code)), step)
    if step == "that_call" and _STORES.match(change.place):
        step = "that_stored"
    if step == "that_call" and _RESHAPES.match(change.place):
        step = "that_shape"
    return said(f"step.{step}", line=change.line)


def returns_in_loop(change: Change) -> bool:
    """Whether a change takes a `return` out of a loop.

    Parameters
    ----------
    change : Change
    """
    return change.kind == "indented" and re.match(r"return\b", change.place) is not None


def is_turned_alone(change: Change) -> bool:
    """Whether a change turns a matrix, or leaves it as it is, and does nothing else.

    Parameters
    ----------
    change : Change
    """
    question = dict(change.told.values).get("question")
    return isinstance(question, Said) and question.key == "change.turned_alone"


def asks_for_sides(change: Change) -> bool:
    """Whether a change exchanges the two sides of a product with a matrix.

    Parameters
    ----------
    change : Change
    """
    return change.kind in ("order", "arguments") and _SIDES.match(change.place) is not None
