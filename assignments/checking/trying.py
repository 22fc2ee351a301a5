"""Find the one small change of a student's code with which all checks of a function pass."""

import ast
import sys
import time
import warnings

import numpy as np

from checking.saying import say
from checking.showing import name_of, read_function
from checking.switched import BOUNDED, OUTER, PICK, Switched

MOST_CHANGES, MOST_LINES, MOST_ROUNDS = 500, 40, 2000
LARGEST = 10_000
LONGEST = 1  # second, which only what is slow by itself takes
SHORT, WIDEST = 4, 44
#: What code would use that has an effect outside of itself: it isn't called a hundred times.
EFFECTS = {"open", "input", "exec", "eval", "compile", "exit", "quit", "breakpoint"}
NOT_TRIED = (ast.While, ast.Global, ast.Nonlocal, ast.Yield, ast.With)
#: What a change can be about; the likeliest and plainest are tried first.
KINDS = (
    "one_row", "sign", "order", "comparison", "product", "arguments", "turned", "index",
    "indices", "call", "part", "brackets", "slope", "compared", "whole_row", "function", "name",
    "one_of_all", "whole", "operation", "number", "keyword", "range", "size", "slice",
    "backwards", "branches", "anew", "end", "fixed", "kept", "anew_each_round", "once",
    "indented", "order_of_lines", "after_the_loop", "missing", "start", "needed",
)  # fmt: skip
#: What is asked about anything that stands in a call of these.
ASKED_WITHIN = {"len": "size", "range": "range"}
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class TooLong(Exception):
    """A loop goes on and on."""


def bounded(ends):
    """Give what goes through values, but not for ever."""

    def go(values):
        for number, value in enumerate(values):
            if number > MOST_ROUNDS or time.process_time() > ends:
                raise TooLong
            yield value

    return go


def outer(a, b):
    """Give np.outer, if that isn't too large: what is made of it again and again grows so."""
    if np.size(a) * np.size(b) > LARGEST:
        raise TooLong
    return np.outer(a, b)


def one_change(function, results, functions):
    """Say at which place one change makes all checks pass, and what the change is about.

    Parameters
    ----------
    function : function
        A student's, which is wrong.
    results : list
        The checks, each with what it found and how long it took.
    functions : dict
        The student's.

    Returns
    -------
    told, kind : str
        Both empty if none of the changes that are tried does.
    line : int
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        change = find_change(function, results, functions)
    return (told(change), change.kind, change.line) if change else ("", "", 0)


def find_change(function, results, functions):
    """Give the first change with which all checks pass; None if none of those tried does."""
    node = read_function(function)
    if not node or not can_be_tried(node):
        return None
    cases = [case for case, _, _ in results]
    quickest, _ = min(((case, took) for case, finding, took in results if finding), key=took_of)
    kinds = kinds_in(function, quickest, functions)
    try:
        switched = Switched(node, kinds)
        code = compile(switched.tree, "a change", "exec")
    except (RecursionError, SyntaxError, ValueError, TypeError):
        return None
    if len(switched.changes) > MOST_CHANGES:
        return None
    ends = time.process_time() + LONGEST
    there = {**function.__globals__, BOUNDED: bounded(ends), OUTER: outer, PICK: -1}
    exec(code, there)
    changed = {**functions, name_of(function): there[node.name]}
    for number in sorted(range(len(switched.changes)), key=lambda n: rank(switched.changes[n])):
        there[PICK] = number
        if passes(quickest, changed) and all(passes(case, changed) for case in cases):
            return switched.changes[number]
        if time.process_time() > ends:
            break
    return None


def can_be_tried(node):
    """Tell whether a function may be called some hundred times with changes in it."""
    if not node.args.args or node.end_lineno - node.body[0].end_lineno > MOST_LINES:
        return False
    if node.decorator_list or node.args.defaults or node.args.vararg or node.args.kwarg:
        return False
    parts = list(ast.walk(node))
    if any(puts_into_itself(part) for part in parts):
        return False  # NumPy would make an array of that for ever
    return not any(
        isinstance(part, NOT_TRIED) or (isinstance(part, ast.Name) and part.id in EFFECTS)
        for part in parts
    )


def puts_into_itself(part):
    match part:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[*_, ast.Name(id=other)]):
            return name == other
    return False


def took_of(run):
    return run[1]


def kinds_in(function, case, functions):
    """Find of which kind the values of a function's names are when a check calls it."""
    kinds = {}

    def look(frame, event, value):
        if event == "return" and frame.f_code is function.__code__:
            kinds.update((name, kind(value)) for name, value in frame.f_locals.items())

    before = sys.getprofile()
    sys.setprofile(look)
    passes(case, functions)
    sys.setprofile(before)
    return kinds


def kind(value):
    return "list" if isinstance(value, (list, tuple)) else "numbers"


def passes(case, functions):
    try:
        case.call_func(functions)
    except Exception:  # not a Finding alone: it may give what no check has thought of
        return False
    return True


def rank(change):
    return RANKS[change.kind], change.line


def told(change):
    text = ast.unparse(change.node).partition("\n")[0]
    text = text if len(text) <= WIDEST else f"{text[:WIDEST]} ..."
    at = max((i for i, one in enumerate(change.around) if isinstance(one, ast.stmt)), default=0)
    whole, *around = [ast.unparse(one).partition("\n")[0] for one in change.around[at:]] or [text]
    wider = [one for one in around[::-1] if len(text) < len(one) <= WIDEST if whole.count(one) == 1]
    unclear = len(text) < SHORT or whole.count(text) != 1
    place = f"`{text}`"
    if unclear and wider:
        place = say("change.place_in", place=text, around=wider[0])
    within = around[-1].partition("(")[0] if around else ""
    of_a_slice = any(isinstance(one, ast.Slice) for one in change.around)
    kind = "slice" if of_a_slice else ASKED_WITHIN.get(within, change.kind)
    if kind == "turned" and not isinstance(change.node, ast.BinOp):
        kind = "turned_alone"
    kind = "size" if kind == "range" and change.kind == "name" else kind
    question = say(f"change.{kind}")
    return say("change.one", line=change.line, place=place, question=question)
