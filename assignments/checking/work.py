"""The student's four files: import them, with what they print and how they fail kept in hand."""

import ast
import contextlib
import importlib
import io
import linecache
import sys
import threading
from dataclasses import dataclass, field

from checking.evidence import FOLDER, OURS, describe_crash, find_places

EXERCISES = {
    "practice_6_1": (
        "threshold",
        "threshold_jacobian",
        "softmax",
        "softmax_jacobian",
        "practice_6_1",
    ),
    "practice_6_2": ("propagate_error", "practice_6_2"),
    "practice_6_3": ("propagate_chain", "practice_6_3"),
    "backprop": (
        "forward",
        "backward",
        "weight_gradients",
        "update_weights",
        "train",
        "error_norms",
    ),
}
PATIENCE = 10  # seconds before a hint that a loop may never end


@dataclass
class Work:
    """What stands in the four files right now.

    Attributes
    ----------
    functions : dict
        The functions that could be loaded, by name.
    unwritten : set
        Names of the functions whose body is still the stub's.
    uses : dict
        By function: which of the others it names in its body.
    problems : dict
        By exercise: why its file can't be loaded.
    printed : bool
        Whether the student's code printed something (which would drown the report).
    """

    functions: dict = field(default_factory=dict)
    unwritten: set = field(default_factory=set)
    uses: dict = field(default_factory=dict)
    problems: dict = field(default_factory=dict)
    printed: bool = False


def load():
    """Import the four files, or find out why not. Call it within `fresh_imports`."""
    work = Work()
    for exercise, names in EXERCISES.items():
        path = FOLDER / f"{exercise}.py"
        unreadable = explain_unreadable(path)
        if unreadable:
            work.problems[exercise] = unreadable
            continue
        try:
            with students_turn(work, path.name):
                module = importlib.import_module(exercise)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit too: exit() mustn't end the check
            work.problems[exercise] = explain_problem(path, error, work.problems)
        else:
            work.functions.update((n, getattr(module, n)) for n in names if hasattr(module, n))
            read_source(work, path)
    return work


@contextlib.contextmanager
def fresh_imports():
    """Import the student's files as they are on the disk, and restore a notebook's own after."""
    before = own_modules()
    forget(before)
    sys.path.insert(0, str(FOLDER))
    linecache.checkcache()
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(FOLDER))
        forget(own_modules())
        sys.modules.update(before)


@contextlib.contextmanager
def students_turn(work, what):
    """Let the student's code run: no keyboard, prints put aside, a hint if it takes long."""
    output, keyboard = io.StringIO(), sys.stdin
    hint = f"... {what} has been running for {PATIENCE} seconds. Ctrl-C stops it."
    timer = threading.Timer(PATIENCE, print, [hint], {"file": sys.stderr})
    timer.daemon = True
    timer.start()
    sys.stdin = io.StringIO()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            yield
    finally:
        timer.cancel()
        sys.stdin = keyboard
        work.printed = work.printed or bool(output.getvalue())


def own_modules():
    """Give the imported modules that are the student's own."""
    files = {path.stem: str(path) for path in FOLDER.glob("*.py") if path.name not in OURS}
    return {
        name: module
        for name, module in sys.modules.items()
        if name in files and getattr(module, "__file__", None) == files[name]
    }


def forget(modules):
    for name in modules:
        del sys.modules[name]


def read_source(work, path):
    """Find the functions that are still stubs, and what the others use."""
    known = {name for names in EXERCISES.values() for name in names}
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef):
            named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            work.uses[node.name] = sorted(named & known - {node.name})
            if all(map(does_nothing, node.body)):
                work.unwritten.add(node.name)


def does_nothing(statement):
    """Tell whether a statement is a docstring, `...`, `pass`, or the stub's line."""
    if isinstance(statement, ast.Raise):
        return "NotImplementedError" in ast.dump(statement)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass)


def explain_problem(path, error, earlier):
    """Say why a file doesn't run; briefly, if that's because of another that was shown before."""
    places = find_places(error)
    culprit = places[-1][0] if places else path.name
    if culprit.removesuffix(".py") in earlier:
        return f"{path.name} imports {culprit}, which doesn't run yet."
    return f"{path.name} doesn't run yet:\n{describe_crash(error)}"


def explain_unreadable(path):
    """Say that a file isn't there, or isn't text; None if all is well."""
    if path.is_file():
        if b"\0" in path.read_bytes():
            return f"{path.name} isn't plain text. Save it anew with the encoding UTF-8."
        return None
    alike = [p.name for p in FOLDER.glob(f"{path.stem}?*") if p.name.endswith((".py", ".txt"))]
    hint = f"Is it '{alike[0]}'? Rename that." if alike else "Put it beside check.py."
    return f"There is no {path.name}. {hint}"
