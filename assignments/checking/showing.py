"""How calls, values, shapes and crashes are put in words for the student."""

import ast
import functools
import inspect
import linecache
import traceback
from pathlib import Path

import numpy as np

from checking.saying import say

FOLDER = Path(__file__).resolve().parent.parent
OURS = {"check.py", "demo.py", "wiggle.py"}
WIDTH = 72  # of a finding, which is printed behind six spaces


INNER = (ast.FunctionDef, ast.Lambda)
#: Functions that change something in place, or show it, and give back nothing.
GIVE_NONE = {"append", "insert", "reverse", "sort", "extend", "remove", "print", "fill_diagonal"}


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
        text = " ".join(repr(value).split())
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


# --- what stands in a function ---


def read_function(function):
    """Give the syntax tree of a student's function; None if there is none."""
    tree = read_module(function)
    if tree is None:
        return None
    named = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name_of(function)]
    return named[-1] if named else None


def read_module(function):
    """Give the syntax tree of the file that a function stands in; None if there is none."""
    try:
        return read_tree("".join(linecache.getlines(inspect.getsourcefile(function))))
    except (TypeError, OSError, SyntaxError, ValueError):
        return None


@functools.lru_cache(maxsize=1)
def read_tree(source):
    return ast.parse(source)


def explain_none(function):
    """Say why a function gives None, from how it returns."""
    node = read_function(function)
    inner = [n for n in ast.walk(node) if isinstance(n, INNER) and n is not node] if node else []
    within = {id(n) for function in inner for n in ast.walk(function)}
    nodes = [n for n in ast.walk(node) if id(n) not in within] if node else []
    given = [n for n in nodes if isinstance(n, ast.Return)]
    returned = {n.value.id for n in given if is_name(n.value)}
    stored = [n for n in ast.walk(node) if is_stored_as(n, returned)] if node else []
    for found in given + stored:
        if isinstance(found.value, ast.Call):
            call = ast.unparse(found.value.func)
            if call.rpartition(".")[2] in GIVE_NONE:
                if call == "print":
                    return say("call.print_gives_none", line=found.lineno)
                return say("call.gives_none", name=call, line=found.lineno)
        if found.value is None:
            return say("call.return_of_nothing", line=found.lineno)
    if node and not given:
        if inner and any(isinstance(n, ast.Return) for n in ast.walk(inner[0])):
            name = getattr(inner[0], "name", "lambda")
            return say("call.return_of_an_inner_function", name=name, line=inner[0].lineno)
        told = say("call.no_return")
        prints = any(is_name(n) and n.id == "print" for n in ast.walk(node))
        return f"{told} {say('call.print_shows')}" if prints else told
    if len(given) == 1 and node and given[0] not in node.body:
        return say("call.one_return_in_a_block", line=given[0].lineno)
    return say("call.return_not_reached")


def is_stored_as(node, names):
    """Tell whether a line gives a value to one of some names."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in names
    return False


def kept_in_loop(function):
    """Give the name that a loop gives one value after the other and that is returned, if any."""
    node = read_function(function)
    nodes = list(ast.walk(node)) if node else []
    returned = {value.id for value in what_is_returned(nodes) if is_name(value)}
    for loop in nodes:
        for inner in ast.walk(loop) if isinstance(loop, (ast.For, ast.While)) else []:
            for target in inner.targets if isinstance(inner, ast.Assign) else []:
                reads = {n.id for n in ast.walk(inner.value) if is_name(n)}
                if is_name(target) and target.id in returned - reads:
                    return target.id
    return None


def what_is_returned(nodes):
    """Give what is returned, and the parts where several are."""
    given = [n.value for n in nodes if isinstance(n, ast.Return)]
    return given + [part for value in given if isinstance(value, ast.Tuple) for part in value.elts]


def only_after_loop(function):
    """Tell whether a function has a loop that keeps nothing but what its last round leaves."""
    node = read_function(function)
    nodes = list(ast.walk(node)) if node else []
    keeps = any(
        (isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store))
        or (isinstance(n, ast.Attribute) and n.attr in ("append", "insert", "extend"))
        or isinstance(n, (ast.AugAssign, ast.ListComp))
        for n in nodes
    )
    loops = any(isinstance(n, (ast.For, ast.While)) for n in nodes)
    return loops and not keeps and not return_in_loop(function)


def added_up_in_loop(function):
    """Give the name of the number that a loop adds up to and that is returned, if any."""
    node = read_function(function)
    nodes = list(ast.walk(node)) if node else []
    returned = {value.id for value in what_is_returned(nodes) if is_name(value)}
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
