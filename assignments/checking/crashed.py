"""Put a crash of the student's code in words. Load it where there is one: the table takes long."""

import ast
import linecache
import re
import textwrap
from pathlib import Path

import numpy as np

from checking.asked import EXERCISES
from checking.crashes.crash import Crash, Listed, columns_of_failure, numpy_named, parts
from checking.crashes.own_classes import own_class
from checking.crashes.reasons import (
    reason,
    says_no_more_than_how,
    shapes_told,
    speaks_of_shapes,
    without_guess,
)
from checking.crashes.shapes import lines_before
from checking.crashes.taken import names_taken
from checking.phrases import Said
from checking.quoted import words_in_quotes
from checking.saying import say
from checking.showing import (
    describe_place,
    is_name,
    is_theirs,
    read_function,
    read_message,
)
from checking.syntax_causes import cause

LONGEST_MESSAGE = 60
#: Of Python's own names those that a slip of the pen may have been meant for.
OFTEN_USED = ("abs", "enumerate", "float", "int", "len", "list", "max", "min", "print", "range",
              "reversed", "sum", "zip", "True", "False", "None")  # fmt: skip
#: Reasons about a value that the line which made it explains: what tells its name.
MADE = {
    "not_called": "name", "two_indices_of_a_vector": "name", "place_in_a_number": "name",
    "number_no_vector": "name", "number_has_no": "what", "row_too_far": "name",
    "column_too_far": "name", "entry_too_far": "name", "array_for_place": "name",
    "named_array_does_not_grow": "of",
    "column_with_a_vector": "named", "made_too_short": "name", "not_called_yet": "name",
    "vector_for_a_number": "of", "one_place_in_a_number": "name", "asks_for_place": "values",
    "value_called_with_nothing": "what", "value_called": "what", "size_of_a_shape": "name",
    "too_far_or_too_short": "name", "list_of_other_shapes": "name", "row_of_one_length": "of",
    "entry_in_a_product": "of", "item_in_a_product": "of",
    "whole_list_in_product": "name", "whole_list_in_a_product": "name",
    "name_is_none": "name", "all_of_a_number": "number", "goes_through_a_number": "number",
    "size_of_an_array": "array", "range_of_an_array": "array", "hidden_function": "name",
    "calculates_with_a_list": "named", "only_arrays_have": "which",
}  # fmt: skip
#: Of these it says nothing that what is collected in a list began as one.
OF_LISTS = ("crash.list_of_other_shapes", "crash.whole_list_in_product",
            "crash.whole_list_in_a_product")  # fmt: skip
LONGEST_LINE = 50
# What to think of where a list of a network ends too early.
ONE_MORE = "shared.one_more_activation"


def describe_crash(error, with_message=True, with_guess=True):
    """Show a crash by the student's own lines, its reason in words, and Python's message."""
    place = describe_place(error)
    if isinstance(error, SystemExit):
        return f"{place}{say('call.exit')}"
    if isinstance(error, SyntaxError):
        why = cause(error.msg, error.text or "")
        told = say.fill(why) if why else f"    {type(error).__name__}: {error.msg}"
        return f"{place}{told[0].upper()}{told[1:]}"
    message = textwrap.shorten(read_message(error), LONGEST_MESSAGE, placeholder=" ...")
    says = f"{type(error).__name__}: {message}"
    crash = read_crash(error)
    if crash is None:
        return f"{place}    {says}"
    why = reason(crash)
    text = say.fill(why if with_guess else without_guess(why)).strip()
    first = text[0] if re.match(r"np\.|range\b|\w+\.py\b", text) else text[0].upper()
    told = f"{first}{text[1:]}"
    shapes = shapes_told(crash)
    if shapes and speaks_of_shapes(why):
        told += f" {say.fill(shapes)}"
    if with_guess:
        told = " ".join(filter(None, (told, where_made(why, error))))
    return f"{place}{told}\n{say('call.python_says', says=says)}" if with_message else place + told


def where_made(why, error):
    """Say which line gives the name that a reason is about its value; empty if several may."""
    reasons = [why, *(value for _, value in why.values if isinstance(value, Said))]
    for one in reasons:
        told_of = dict(one.values).get(MADE.get(one.key.removeprefix("crash."), ""))
        step = last_step(error)
        node = read_function(step.tb_frame.f_globals.get(step.tb_frame.f_code.co_name))
        if not told_of or not node:
            continue
        name = re.search(r"\w+", told_of)[0]
        if one.key == "crash.item_in_a_product":
            return put_in_by(name, node)
        lines = [n for n in ast.walk(node) if gives(n, name)]
        if len(lines) == 1 and lines[0].lineno != step.tb_lineno:
            code = ast.unparse(lines[0])
            collects = isinstance(lines[0].value, ast.List) and one.key in OF_LISTS
            if code.endswith("= []") or collects:
                continue
            if lines[0].lineno > step.tb_lineno:  # in an earlier round of a loop
                return say("call.given_another", name=name, line=lines[0].lineno, code=code)
            key = "call.made_by" if len(code) <= LONGEST_LINE else "call.made_in"
            return say(key, name=name, line=lines[0].lineno, code=code)
    return ""


def put_in_by(name, node):
    """Say which line appends to a list; empty if none does, or several do."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
    lines = [call for call in calls if ast.unparse(call.func) == f"{name}.append"]
    if len(lines) != 1:
        return ""
    return say("call.put_in_by", line=lines[0].lineno, code=ast.unparse(lines[0]))


def gives(node, name):
    """Tell whether a line gives a name a value, alone or with others."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    named = [t for target in targets for t in getattr(target, "elts", [target])]
    return any(is_name(t) and t.id == name for t in named)


def says_why(error):
    """Tell whether there are words that say why an error is raised, and not only how."""
    crash = read_crash(error)
    return crash is not None and not says_no_more_than_how(reason(crash))


def read_crash(error):
    """Gather what the reasons for crashes are read from; None if it isn't in the student's code."""
    found = last_step(error)
    if found is None:
        return None
    frame, number = found.tb_frame, found.tb_lineno
    file = frame.f_code.co_filename
    all_lines = [line.rstrip("\n") for line in linecache.getlines(file)]
    lines = all_lines[:number]
    line = whole_statement(file, number)
    as_written = linecache.getline(file, number)
    columns = columns_of_failure(found, as_written)
    function = frame.f_code.co_name
    if function.startswith("<") and len(lines) == number:
        function = next(
            (n.split("(")[0][4:] for n in reversed(lines) if n.startswith("def ")), function
        )
    operands = dict(find_operands(line, frame))
    return Crash(
        type=type(error).__name__,
        message=read_message(error),
        line=line,
        expression=as_written[slice(*columns)] if columns else "",
        before=lines_before(lines, number) if len(lines) == number else (),
        file=Path(file).name,
        function=None if function.startswith("<") else function,
        shapes={text: kind_of(value) for text, value in operands.items()},
        name=getattr(error, "name", None),
        known=[*frame.f_locals, *frame.f_globals, *OFTEN_USED],
        beyond=find_beyond(line, frame) if isinstance(error, IndexError) else None,
        elsewhere=functions_of_others(Path(file).stem),
        by_hand=any(names.get(function) == () for names in EXERCISES.values()),
        numpy_as=numpy_named(linecache.getlines(file)),
        own_class=own_class(read_message(error), all_lines),
        quoted=words_in_quotes(all_lines),
        taken=names_taken(all_lines, number) if len(lines) == number else {},
        described=described(frame.f_globals.get(function)),
        too_far=ONE_MORE if Path(file).name == "backprop.py" and function != "error_norms" else "",
    )


def last_step(error):
    """Give the step of a traceback that is the last in the student's code; None if none is."""
    found = None
    step = error.__traceback__
    while step is not None:
        if is_theirs(step.tb_frame.f_code.co_filename):
            found = step
        step = step.tb_next
    return found


def described(function):
    """Give the lines of a docstring, but for its examples."""
    text = (getattr(function, "__doc__", None) or "").partition("Examples\n")[0]
    return [line.strip() for line in text.splitlines()]


def functions_of_others(exercise):
    """Give the functions that stand in other files, each with its file's name."""
    others = [other for other in EXERCISES if other != exercise]
    return {name: f"{other}.py" for other in others for name in EXERCISES[other]}


def whole_statement(file, number):
    """Give a statement that runs over several lines as one, but only the head of a block."""
    source = "".join(linecache.getlines(file))
    line = linecache.getline(file, number).strip()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return line
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt)
        and not hasattr(node, "body")
        and node.lineno <= number <= node.end_lineno
    ]
    return ast.get_source_segment(source, found[-1]) if found else line


def find_operands(line, frame):
    """Find what names, entries and transposes on a line hold: their text and value."""
    for node in parts(line):
        if isinstance(node, (ast.Name, ast.Subscript, ast.Attribute, ast.Call)):
            try:
                yield ast.unparse(node), evaluate(node, frame)
            except (LookupError, TypeError, ValueError, AttributeError):
                continue


def find_beyond(line, frame):
    """Find an index that its list hasn't: list, index, length and the index's value."""
    for node in parts(line):
        if isinstance(node, ast.Subscript):
            try:
                values, place = evaluate(node.value, frame), evaluate(node.slice, frame)
            except (LookupError, TypeError, ValueError, AttributeError):
                continue
            listed = isinstance(values, (list, tuple, np.ndarray)) and len(values) > 0
            if listed and isinstance(place, (int, np.integer)):
                index = place if place >= 0 else -1 - place
                if index >= len(values):
                    parts_of = ast.unparse(node.value), ast.unparse(node.slice)
                    return (*parts_of, len(values), int(place))
    return None


def evaluate(node, frame):
    """Look up a name, an entry or a transpose, without running any of the student's code."""
    if isinstance(node, ast.Name):
        return frame.f_locals[node.id] if node.id in frame.f_locals else frame.f_globals[node.id]
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -plain_number(evaluate(node.operand, frame))
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        left = plain_number(evaluate(node.left, frame))
        right = plain_number(evaluate(node.right, frame))
        return left + right if isinstance(node.op, ast.Add) else left - right
    if isinstance(node, ast.Call) and len(node.args) == 1:
        values = evaluate(node.args[0], frame)
        if isinstance(values, (list, tuple, np.ndarray)):
            called = ast.unparse(node.func)
            if called == "len":
                return len(values)
            if called in ("np.array", "np.asarray"):
                return np.asarray(values)
    if isinstance(node, (ast.Subscript, ast.Attribute)):
        values = evaluate(node.value, frame)
        if isinstance(values, (list, tuple, np.ndarray)):
            if isinstance(node, ast.Subscript):
                return values[plain_number(evaluate(node.slice, frame))]
            if node.attr == "T" and isinstance(values, np.ndarray):
                return values.T
    raise LookupError


def plain_number(value):
    if isinstance(value, (int, np.integer)):
        return value
    raise TypeError


def kind_of(value):
    """Give the shape of an array, a number or a list of numbers, else the name of the type."""
    if isinstance(value, (np.ndarray, np.generic, bool, int, float)):
        return np.shape(value)
    if isinstance(value, (list, tuple)) and all(type(v) in (bool, int, float) for v in value):
        return Listed([len(value)], type(value).__name__)
    return type(value).__name__
