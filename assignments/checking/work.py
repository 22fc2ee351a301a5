"""The student's four files: import them, with what they print and how they fail kept in hand."""

import ast
import contextlib
import importlib
import io
import linecache
import re
import sys
import threading
import warnings
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec

from checking.asked import EXERCISES, GIVEN
from checking.near_imports import meant, taken_for
from checking.renamed import positional, renamed
from checking.running import run_statements
from checking.saying import say
from checking.showing import FOLDER, OURS, write_place
from checking.statements import is_stub, statements

#: What a place is called.
COUNTERS = ("i", "j", "k", "l")
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
    notes : dict
        By exercise: what was read otherwise than it stands there, left out, or not there later.
    parameters : dict
        By function: that it takes other arguments than the stub does.
    ended : dict
        By function: that lines which belong to it stand outside of it.
    printed : bool
        Whether the student's code printed something (which would drown the report).
    """

    functions: dict = field(default_factory=dict)
    unwritten: set = field(default_factory=set)
    uses: dict = field(default_factory=dict)
    problems: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)
    parameters: dict = field(default_factory=dict)
    ended: dict = field(default_factory=dict)
    printed: bool = False


def load():
    """Import the four files, or find out why not. Call it within `fresh_imports`."""
    work = Work()
    for exercise, names in EXERCISES.items():
        path = FOLDER / f"{exercise}.py"
        missing = explain_missing(path)
        if missing:
            work.problems[exercise] = missing
            continue
        with students_turn(work, path.name):
            module = importlib.import_module(exercise)
        found, error = LOADED[exercise]
        work.notes[exercise] = [say.fill(remark) for _, remark in found.remarks] + foreign_imports(
            found.body
        )
        if found.broken:
            work.problems[exercise] = explain_broken(path, found.broken[0])
            continue
        if isinstance(error, ModuleNotFoundError):  # which is said with its line
            told = say("work.not_there_when_graded", name=error.name)
            work.notes[exercise] = [note for note in work.notes[exercise] if note != told]
        outside = stands_outside(error, found.body)
        if outside:
            function, line = outside
            said = {"function": function, "line": line, "name": error.name}
            work.ended[function] = say("work.outside", **said)
        elif error:
            work.notes[exercise].append(explain_stop(path, error, work.problems))
        known = {name for functions in EXERCISES.values() for name in functions}
        for name, own in renamed(found.body, names, known).items():
            setattr(module, name, getattr(module, own, None))
            work.notes[exercise].append(say("work.taken_for", own=own, name=name))
        there = [*names, *GIVEN.get(exercise, ())]
        work.functions.update((n, getattr(module, n)) for n in there if hasattr(module, n))
        read_source(work, exercise, found.body)
        if isinstance(error, SyntaxError) and "outside function" in error.msg:
            above = [n.name for n in found.body if n.lineno < error.lineno and hasattr(n, "name")]
            for name in above[-1:]:
                work.ended[name] = say("work.ended", function=name, line=error.lineno)
    for exercise in GIVEN.keys() - EXERCISES.keys():
        with contextlib.suppress(ImportError), students_turn(work, f"{exercise}.py"):
            module = importlib.import_module(exercise)
            there = [n for n in GIVEN[exercise] if hasattr(module, n)]
            work.functions.update((n, getattr(module, n)) for n in there)
    return work


LOADED = {}  # by exercise: what could be read of its file, and the first error in running it


class Loader:
    """Imports the student's files statement by statement: one that stops doesn't cost the rest."""

    def find_spec(self, name, path=None, target=None):
        file = FOLDER / f"{name}.py"
        if name not in EXERCISES or not file.is_file():
            return None
        spec = ModuleSpec(name, self, origin=str(file))
        spec.has_location = True
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        file = FOLDER / f"{module.__name__}.py"
        found = statements(file.read_bytes())
        error = run_statements(
            found.body,
            vars(module),
            str(file),
            instead=lambda statement: meant(statement, EXERCISES),
            stop_at=(KeyboardInterrupt,),
        )
        LOADED[module.__name__] = found, error


@contextlib.contextmanager
def fresh_imports():
    """Import the student's files as they are on the disk, and restore a notebook's own after."""
    before, loader = own_modules(), Loader()
    forget(before)
    LOADED.clear()
    sys.meta_path.insert(0, loader)
    sys.path.insert(0, str(FOLDER))
    linecache.checkcache()
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.meta_path.remove(loader)
        sys.path.remove(str(FOLDER))
        forget(own_modules())
        sys.modules.update(before)


@contextlib.contextmanager
def students_turn(work, what):
    """Let the student's code run: no keyboard, prints put aside, a hint if it takes long."""
    output, keyboard = io.StringIO(), sys.stdin
    hint = say("work.still_running", call=what, count=PATIENCE)
    timer = threading.Timer(PATIENCE, print, [hint], {"file": sys.stderr})
    timer.daemon = True
    timer.start()
    sys.stdin = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(output),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
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


def read_source(work, exercise, body):
    """Find the functions that are still stubs, what the others use, and odd parameters."""
    known = {name for functions in EXERCISES.values() for name in functions}
    for node in body:
        if isinstance(node, ast.FunctionDef):
            named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            work.uses[node.name] = sorted(named & known - {node.name})
            if is_stub(node):
                work.unwritten.add(node.name)
            elif node.name in EXERCISES[exercise]:
                wanted = EXERCISES[exercise][node.name]
                work.parameters[node.name] = explain_parameters(node, wanted)


def explain_parameters(node, wanted):
    """Say that a function takes other arguments than the stub, if it does; else None."""
    own = tuple(positional(node))
    needed = len(own) - len(node.args.defaults)
    if node.args.vararg or (own[: len(wanted)] == wanted and needed <= len(wanted)):
        return None
    if sorted(own) == sorted(wanted):
        odd = "work.parameters_in_another_order"
    elif len(own) < len(wanted):
        odd = "work.too_few_parameters"
    elif needed > len(wanted):
        odd = "work.too_many_parameters"
    else:
        return None
    counts = [name for name in own if name in COUNTERS and name not in wanted]
    if odd == "work.too_many_parameters" and counts:
        odd = "work.asks_for_one"
        told = say(odd, function=node.name, name=counts[0], wanted=say.listing(wanted))
        return f"{told} {say('work.put_back')}"
    told = say(odd, function=node.name, own=say.listing(own), wanted=say.listing(wanted))
    return f"{told} {say('work.put_back')}"


def foreign_imports(body):
    """Name what a file imports that isn't there when it is graded."""
    names = set()
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").partition(".")[0])
    foreign = sorted(names - {*sys.stdlib_module_names, "numpy", ""})
    missing = [name for name in foreign if not (FOLDER / f"{name}.py").is_file()]
    return [say("work.not_there_when_graded", name=name) for name in missing]


def explain_stop(path, error, problems):
    """Say which statement was left out; briefly, if that's because of another file."""
    name = getattr(error, "name", None)
    if isinstance(error, ImportError) and name in problems:
        return say("work.imports_what_stops", file=path.name, name=name)
    from checking.crashed import describe_crash

    line, left_out = line_of(error), "line_stops"
    if found := re.search(r"cannot import name '(\w+)' from '(\w+)'", str(error)):
        line, left_out = f"from {found[2]} import {found[1]}", "name_not_there"
    elif isinstance(error, NameError) and line.startswith(("def ", "async def ")):
        left_out = "type_not_there"
    if isinstance(error, ImportError) and (taken := taken_for(line, EXERCISES)):
        return say("work.taken_for_import", crash=describe_crash(error), taken=taken)
    return say(f"work.{left_out}", crash=describe_crash(error))


def line_of(error):
    """Give the student's line in which an error was raised last; empty if none was."""
    from checking.crashed import last_step

    step = last_step(error)
    return linecache.getline(step.tb_frame.f_code.co_filename, step.tb_lineno) if step else ""


def stands_outside(error, body):
    """Name the function above a line that needs its argument, and that line; None if none does."""
    if not isinstance(error, NameError):
        return None
    from checking.crashed import last_step  # which takes long to load

    step = last_step(error)
    if not step:
        return None
    above = [n for n in body if isinstance(n, ast.FunctionDef) and n.lineno < step.tb_lineno]
    if above and error.name in {argument.arg for argument in above[-1].args.args}:
        return above[-1].name, step.tb_lineno
    return None


def explain_broken(path, broken):
    """Say which line Python can't read, and why."""
    if broken.kind == "null byte":
        return say("work.no_plain_text", file=path.name)
    from checking.syntax_causes import cause

    why = cause(broken.message, broken.text, broken.column)
    text = say.fill(why) if why else ""
    told = f"{text[0].upper()}{text[1:]} " if text else ""
    says = (
        f"{kind_of(broken.message)}: {broken.message}{'' if broken.message[-1:] in '.?' else '.'}"
    )
    return (
        f"{say('work.cannot_be_read', file=path.name)}\n"
        f"{write_place((path.name, broken.line, broken.text))}"
        f"{told}{say('call.python_says', says=says)}"
    )


def kind_of(message):
    """Name the kind of syntax error that Python calls so."""
    if "tabs" in message:
        return "TabError"
    return "IndentationError" if "indent" in message else "SyntaxError"


def explain_missing(path):
    """Say that a file isn't there; None if it is."""
    if path.is_file():
        return None
    alike = [p.name for p in FOLDER.glob(f"{path.stem}?*") if p.name.endswith((".py", ".txt"))]
    if alike:
        return say("work.missing_but_alike", file=path.name, alike=alike[0])
    return say("work.missing", file=path.name)
