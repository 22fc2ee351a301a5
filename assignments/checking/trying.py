"""Find the one small change of a student's code with which all checks of a function pass."""

import warnings

from checking.changes.forms import Forms, kinds_in, rank, told
from checking.changes.reached import can_be_tried, reached
from checking.changes.rewritten import CannotBeTried
from checking.saying import say
from checking.showing import name_of, read_function, read_module

LONGEST = 1  # second, which only what is slow by itself takes


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
    if change is None:
        return "", "", 0
    key = "change.one_more_place" if change.kind == "missing" else "change.one"
    return say.fill(told(change, key)), change.kind, change.line


def find_change(function, results, functions):
    """Give the first change with which all checks pass; None if none of those tried does."""
    node = read_function(function)
    if not node or not can_be_tried(node):
        return None
    cases = [case for case, _, _ in results]
    quickest, _ = min(((case, took) for case, finding, took in results if finding), key=took_of)
    space = function.__globals__
    reach = reached(node, read_module(function).body, functions)
    kinds = kinds_in(function, reach.units, lambda: passes(quickest, functions))
    try:
        forms = Forms(reach, kinds, space, LONGEST)
    except CannotBeTried:
        return None
    for number in sorted(range(len(forms.edits)), key=lambda n: rank(forms.edits[n])):
        changed = {**functions, name_of(function): forms.form(number)}
        if passes(quickest, changed) and all(passes(case, changed) for case in cases):
            return forms.edits[number]
        if forms.time_is_up:
            break
    return None


def took_of(run):
    return run[1]


def passes(case, functions):
    try:
        case.call_func(functions)
    except Exception:  # not a Finding alone: it may give what no check has thought of
        return False
    return True
