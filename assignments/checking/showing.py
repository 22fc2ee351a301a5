"""How calls, values, shapes and crashes are put in words for the student."""

import ast
import builtins
import inspect
import linecache
import re
import textwrap
import traceback
from pathlib import Path

import numpy as np

from checking.crash_reasons import reads_none, reason, shapes_told, speaks_of_shapes
from checking.crash_shapes import lines_before
from checking.crashes import Crash, parts
from checking.saying import say

FOLDER = Path(__file__).resolve().parent.parent
OURS = {"check.py", "demo.py", "wiggle.py"}
WIDTH = 72  # of a finding, which is printed behind six spaces
LONGEST_MESSAGE = 60
# What to think of where a list of a network ends too early.
ONE_MORE = "shared.one_more_activation"


# --- values and shapes ---


def describe_call(function, arguments):
    """Write a call as the student would type it, if that is short enough to be read."""
    text = f"{name_of(function)}({', '.join(map(show, arguments))})"
    return text if len(text) <= WIDTH else f"{name_of(function)}(...)"


def show(value):
    """Write a number, a vector or a list of them."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return f"[{', '.join(map(show, value))}]"
    return f"{value:.6g}"


def name_of(function):
    return getattr(function, "__name__", say("call.your_function"))


def shorten(text, limit=80):
    return text if len(text) <= limit else f"{text[:limit]} ..."


def written(value, limit=80):
    """Write a value as Python does, where its own repr lets us."""
    try:
        text = repr(value)
    except Exception:
        text = say("call.of_type", type=type(value).__name__)
    return text if limit is None else shorten(text, limit)


def count(number, what):
    """Write "1 row", "2 rows", "1 entry", "2 entries"."""
    return say(f"quantity.{what}", count=number)


def in_words(shape):
    """Say what an array of some shape is."""
    if shape == ():
        return say("quantity.single_number_alone")
    if len(shape) == 1:
        return say("quantity.vector_of", numbers=count(shape[0], "number"))
    if len(shape) == 2:
        return say(
            "quantity.matrix_of", rows=count(shape[0], "row"), columns=count(shape[1], "column")
        )
    return say("quantity.block", count=len(shape))


# --- crashes ---


def describe_crash(error, with_message=True):
    """Show a crash by the student's own lines, its reason in words, and Python's message."""
    place = describe_place(error)
    if isinstance(error, SystemExit):
        return f"{place}{say('call.exit')}"
    if isinstance(error, SyntaxError):
        return f"{place}    {type(error).__name__}: {error.msg}"
    message = textwrap.shorten(read_message(error), LONGEST_MESSAGE, placeholder=" ...")
    says = f"{type(error).__name__}: {message}"
    crash = read_crash(error)
    if crash is None:
        return f"{place}    {says}"
    why = reason(crash)
    text = say.fill(why)
    first = text[0] if re.match(r"np\.|range\b", text) else text[0].upper()
    told = f"{first}{text[1:]}"
    shapes = shapes_told(crash)
    if shapes and speaks_of_shapes(why) and not reads_none(crash):
        told += f" {say.fill(shapes)}"
    return f"{place}{told}\n{say('call.python_says', says=says)}" if with_message else place + told


def read_message(error):
    try:
        return str(error).strip()
    except Exception:  # an exception of the student's own
        return ""


def describe_place(error):
    """Show the student's line where an error began, and the one where it ended."""
    places = find_places(error)
    return "".join(dict.fromkeys(map(write_place, places[:1] + places[-1:])))


def write_place(place):
    """Write a place on one line if it fits, else the code on the next."""
    file, number, code = place
    code = shorten((code or "").strip(), WIDTH - 12)
    line = f"    {say('call.place', file=file, line=number)}"
    on_one = f"{line}  {code}\n"
    return on_one if len(on_one) <= WIDTH + 1 else f"{line}\n        {code}\n"


def find_places(error):
    """Give the student's lines on the way to an error: file, line number, text."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        places = [(error.filename, error.lineno, error.text)]
    else:
        places = [(frame.filename, frame.lineno, frame.line) for frame in their_frames(error)]
    return [(Path(file).name, number, code) for file, number, code in places]


def their_frames(error):
    """Give the lines of a traceback that stand in the student's own files or notebook."""
    return [f for f in traceback.extract_tb(error.__traceback__) if is_theirs(f.filename)]


def is_theirs(filename):
    file = Path(filename)
    return (file.parent == FOLDER and file.name not in OURS) or "ipykernel" in file.parent.name


def read_crash(error):
    """Gather what the reasons for crashes are read from; None if it isn't in the student's code."""
    found = None
    step = error.__traceback__
    while step is not None:
        if is_theirs(step.tb_frame.f_code.co_filename):
            found = step
        step = step.tb_next
    if found is None:
        return None
    frame, number = found.tb_frame, found.tb_lineno
    file = frame.f_code.co_filename
    lines = [line.rstrip("\n") for line in linecache.getlines(file)][:number]
    line = whole_statement(file, number)
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
        before=lines_before(lines, number) if len(lines) == number else (),
        file=Path(file).name,
        function=None if function.startswith("<") else function,
        shapes={text: kind_of(value) for text, value in operands.items()},
        name=getattr(error, "name", None),
        known=[*frame.f_locals, *frame.f_globals, *dir(builtins)],
        beyond=find_beyond(line, frame) if isinstance(error, IndexError) else None,
        too_far=ONE_MORE if Path(file).name == "backprop.py" and function != "error_norms" else "",
    )


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
        return (len(value),)
    return type(value).__name__


# --- what stands in a function ---


def read_function(function):
    """Give the syntax tree of a student's function; None if there is none."""
    try:
        file = inspect.getsourcefile(function)
        tree = ast.parse("".join(linecache.getlines(file)))
    except (TypeError, OSError, SyntaxError, ValueError):
        return None
    named = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name_of(function)]
    return named[-1] if named else None


def explain_none(function):
    """Say why a function gives None, from how it returns."""
    node = read_function(function)
    given = [n for n in ast.walk(node) if isinstance(n, ast.Return)] if node else []
    for found in given:
        if isinstance(found.value, ast.Call):
            call = ast.unparse(found.value.func)
            if call.rpartition(".")[2] in ("append", "insert", "reverse", "sort", "extend", "print",
                                           "fill_diagonal"):  # fmt: skip
                if call == "print":
                    return say("call.print_gives_none", line=found.lineno)
                return say("call.gives_none", name=call, line=found.lineno)
        if found.value is None:
            return say("call.return_of_nothing", line=found.lineno)
    if node and not given:
        return say("call.no_return")
    return say("call.return_not_reached")


def kept_in_loop(function):
    """Give the name that a loop gives one value after the other and that is returned, if any."""
    node = read_function(function)
    nodes = list(ast.walk(node)) if node else []
    given = [n.value for n in nodes if isinstance(n, ast.Return)]
    given += [part for value in given if isinstance(value, ast.Tuple) for part in value.elts]
    returned = {value.id for value in given if is_name(value)}
    for loop in nodes:
        for inner in ast.walk(loop) if isinstance(loop, (ast.For, ast.While)) else []:
            for target in inner.targets if isinstance(inner, ast.Assign) else []:
                reads = {n.id for n in ast.walk(inner.value) if is_name(n)}
                if is_name(target) and target.id in returned - reads:
                    return target.id
    return None


def added_up_in_loop(function):
    """Give the name of the number that a loop adds up to and that is returned, if any."""
    node = read_function(function)
    nodes = list(ast.walk(node)) if node else []
    returned = {n.value.id for n in nodes if isinstance(n, ast.Return) and is_name(n.value)}
    for loop in nodes:
        for inner in ast.walk(loop) if isinstance(loop, (ast.For, ast.While)) else []:
            target = inner.target if isinstance(inner, ast.AugAssign) else None
            if is_name(target) and target.id in returned:
                return target.id
    return None


def is_name(node):
    return isinstance(node, ast.Name)


def return_in_loop(function):
    """Give the line of a `return` that stands inside a loop; None if there is none."""
    node = read_function(function)
    for loop in ast.walk(node) if node else []:
        if isinstance(loop, (ast.For, ast.While)):
            for inner in ast.walk(loop):
                if isinstance(inner, ast.Return):
                    return inner.lineno
    return None
