"""Find the one small change of a student's code with which all checks of a function pass."""

import ast
import sys
import time

import numpy as np

from checking.calls import Finding
from checking.evidence import Example, Waiting
from checking.showing import name_of, read_function
from checking.switched import BOUNDED, OUTER, PICK, Switched

MOST_CHANGES, MOST_LINES, MOST_ROUNDS = 500, 40, 2000
LARGEST = 10_000
LONGEST = 1  # second, which only what is slow by itself takes
SHORT, WIDEST = 8, 44
#: What code would use that has an effect outside of itself: it isn't called a hundred times.
EFFECTS = {"open", "input", "exec", "eval", "compile", "exit", "quit", "breakpoint"}
NOT_TRIED = (ast.While, ast.Global, ast.Nonlocal, ast.Yield, ast.With)
#: What is asked of each kind of change; they are tried in this order, the plainest first.
QUESTIONS = {
    "sign": "plus or minus?",
    "order": "which of the two comes first?",
    "comparison": "which comparison is meant, and what of two numbers that are equal?",
    "product": "which product is meant: number by number (`*`), rows with columns (`@`), or each "
    "with each (np.outer)?",
    "turned": "which of the two stands on the left, and is one of them turned (`.T`)?",
    "arguments": "in which order are these arguments taken?",
    "index": "is that the right entry, or a neighbour of it?",
    "indices": "which index says the row, and which the column?",
    "call": "what does that function do there, and is it asked for?",
    "part": "is everything in it asked for?",
    "brackets": "what is calculated first, and what should be?",
    "function": "does that function do what you mean?",
    "name": "is that the value that is meant there?",
    "one of all": "is all of it meant there, or one entry?",
    "whole": "is one entry meant there, or all of them?",
    "operation": "which calculation belongs there: `+`, `-`, `*`, `/` or another?",
    "number": "is that the right number?",
    "keyword": "look up what that last argument does.",
    "range": "at which number does it begin, and which is the last that it reaches?",
    "slice": "which entries go in there: all, or all but one, and from which end?",
    "backwards": "from which end does the loop go?",
    "branches": "which case belongs where?",
    "anew": "is the value set anew there, or added to what was there before?",
    "end": "at which end of the list does it belong?",
    "fixed": "should it be the same one in every round of the loop?",
    "kept": "is what this gives kept for the next round of the loop? Under which name?",
    "anew each round": "how often is this line to be done: once, or in each round of a loop?",
    "once": "how often is this line to be done: once, or in each round of the loop?",
    "indented": "to which loop does this line belong? Its indentation tells.",
    "order of lines": "does this line come before the one above it, or after it?",
    "needed": "what is this line for?",
}
RANKS = {kind: rank for rank, kind in enumerate(QUESTIONS)}


class TooLong(Exception):
    """A loop goes on and on."""


def bounded(values):
    """Go through values, but not for ever."""
    for number, value in enumerate(values):
        if number > MOST_ROUNDS:
            raise TooLong
        yield value


def outer(a, b):
    if np.size(a) * np.size(b) > LARGEST:
        raise TooLong
    return np.outer(a, b)


def one_change(function, results, functions):
    """Say at which place one change makes all checks pass; empty if none of those tried does.

    Parameters
    ----------
    function : function
        A student's, which is wrong.
    results : list
        The checks, each with what it found.
    functions : dict
        The student's.
    """
    node = read_function(function)
    if not node or not can_be_tried(node):
        return ""
    cases = [case for case, finding in results if not isinstance(finding, Waiting)]
    failed = [case for case, finding in results if finding and case in cases]
    quickest = min(failed, key=lambda case: time_of(case, functions))
    kinds = kinds_in(function, quickest, functions)
    try:
        switched = Switched(node, kinds)
        code = compile(switched.tree, "a change", "exec")
    except (RecursionError, SyntaxError, ValueError, TypeError):
        return ""
    if len(switched.changes) > MOST_CHANGES:
        return ""
    there = {**function.__globals__, BOUNDED: bounded, OUTER: outer, PICK: -1}
    exec(code, there)
    changed = {**functions, name_of(function): there[node.name]}
    ends = time.process_time() + LONGEST
    for number in sorted(range(len(switched.changes)), key=lambda n: rank(switched.changes[n])):
        there[PICK] = number
        if all(passes(case, changed) for case in [quickest, *cases]):
            return told(switched.changes[number])
        if time.process_time() > ends:
            return ""
    return ""


def can_be_tried(node):
    """Tell whether a function may be called some hundred times with changes in it."""
    if not node.args.args or node.end_lineno - node.body[0].end_lineno > MOST_LINES:
        return False
    if node.decorator_list or node.args.defaults or node.args.vararg or node.args.kwarg:
        return False
    parts = list(ast.walk(node))
    return not any(
        isinstance(part, NOT_TRIED) or (isinstance(part, ast.Name) and part.id in EFFECTS)
        for part in parts
    )


def time_of(case, functions):
    began = time.process_time()
    passes(case, functions)
    return time.process_time() - began


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
    place = f"`{text}`"
    around = [ast.unparse(one) for one in change.around if isinstance(one, (ast.BinOp, ast.Call))]
    if len(text) < SHORT and (wider := [one for one in around if len(one) <= WIDEST]):
        place += f" in `{wider[0]}`"
    return (
        f"With one change in line {change.line} all checks pass. At {place}: "
        + (QUESTIONS[change.kind])
    )
