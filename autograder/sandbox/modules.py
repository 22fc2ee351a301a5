"""The student's files as modules, found in memory and nowhere else."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

import numpy as np

from ..source.imports import DOTTED, found_here
from ..source.inside import blocks_with
from ..source.near_imports import Contract, meant
from ..source.reading import decode
from ..source.renamed import bound, renamed
from ..source.running import compiled, run_statements
from ..source.statements import Statements, statements
from . import wire
from .older_numpy import do_as_older
from .stand_ins import StandIns

# The one folder that is there on every machine: a student's os.chdir(os.path.dirname(__file__))
# must work, and nothing of anyone's is in it.
FOLDER = "/"


class NoNotebook:
    """What a notebook's ``get_ipython()`` is here: the magics that it is asked for do nothing.

    A notebook saved as a script, as students are told to, calls it for each ``%`` and ``!`` line.
    """

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments, **options: None


class Files:
    """Finds and loads the files of one submission; stands first in ``sys.meta_path``.

    Files of the contract with the same source, such as those made of one notebook, are one module.

    A file that stops costs what it would have defined after that; what imports that, or a file of
    the contract that was not handed in, gets a function in its place that stops whoever calls it.

    Parameters
    ----------
    sources : mapping of str to bytes
        Source by module name. A name that Python's own library or NumPy has is never looked up
        here: a student's ``random.py`` does not take the place of Python's.
    contract : mapping of str to (mapping of str to sequence of str)
        For each module of the contract: its functions, with their parameters.
    blocked : mapping of str to str
        Modules that must not be run again, with the reason that who uses them is told.
    left_out : mapping of str to (collection of int)
        By module: the lines of statements that must not be run again.
    begin : callable
        Called with the module's name before its code runs.
    at : callable
        Called with the module's name before a statement of it that may take long or end the
        process, with its line and whether it gives nothing a name.
    done : callable
        Called after its code ran with the module's name, the first exception or None, and whether
        there is something to tell of how the file was read.
    stand_ins : StandIns, optional
        What takes the places of functions as soon as they are defined.
    """

    def __init__(
        self,
        sources: Mapping[str, bytes],
        contract: Contract,
        blocked: Mapping[str, str],
        left_out: Mapping[str, Collection[int]],
        begin: Callable[[str], None],
        at: Callable[[str, int, bool], None],
        done: Callable[[str, BaseException | None, bool], None],
        stand_ins: StandIns | None = None,
    ) -> None:
        self.sources = {
            name: source
            for name, source in sources.items()
            if name not in sys.stdlib_module_names and name != "numpy"
        }
        self.modules: dict[str, ModuleType] = {}
        self._contract = contract
        self._first = _first_of_the_same(self.sources, contract)
        self._reasons = {
            **{name: f"{name}.py was not handed in" for name in contract},
            **{name: f"{name}.py has no such function" for name in self.sources},
            **blocked,
        }
        self._left_out = left_out
        self._begin, self._at, self._done = begin, at, done
        self._stand_ins = stand_ins
        self._placeholders: list[Callable[..., Any]] = []
        self._as_older = False

    def function(self, module: str, name: str) -> Any:
        """What a file has under a function's name; None if it has nothing."""
        found = vars(self.modules[module]).get(name)
        return None if any(found is placeholder for placeholder in self._placeholders) else found

    def tell_no_more(self) -> None:
        """Say nothing of what a function imports when called: an answer is waited for then."""
        self._begin = lambda name: None
        self._at = lambda name, line, nameless: None
        self._done = lambda name, error, odd: None

    def do_as_older_numpy(self) -> bool:
        """Have all functions do as with NumPy 1.26; False if they do already."""
        if self._as_older:
            return False
        self._as_older = True
        for name, module in self.modules.items():
            do_as_older(module, self.body(name), file_path(name))
        return True

    # --- finding ------------------------------------------------------------------------------

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        return self.spec(self._first.get(name, name)) if name in self._reasons else None

    def spec(self, name: str) -> ModuleSpec:
        spec = ModuleSpec(name, self, origin=file_path(name))  # type: ignore[arg-type]
        spec.has_location = True
        return spec

    def load(self, name: str) -> None:
        """Import a module, unless it is there already or does not exist.

        This goes past ``sys.meta_path`` and ``builtins.__import__``, which a file that was
        imported before may have changed.
        """
        if name in self.modules or name not in self.sources:
            return
        first = self._first.get(name, name)
        module = sys.modules[first] = module_from_spec(self.spec(first))
        self.exec_module(module)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    # --- running ------------------------------------------------------------------------------

    def exec_module(self, module: ModuleType) -> None:
        name, space = module.__name__, vars(module)
        if self.modules.get(name) is module:
            # importlib.reload: the grader has been told of this file already.
            exec(compiled(self.body(name), file_path(name)), space)
            return
        # Two files that import each other find here what is not defined yet.
        space["__getattr__"] = lambda attribute: self._placeholder(module, attribute)
        if name not in self.sources:
            self._fill(module)
            return
        self._begin(name)
        same = self._same(name)
        for other in same:
            sys.modules[other] = module
        space["get_ipython"] = NoNotebook
        error, odd = self._run(module)
        sys.modules["numpy"] = np  # as the other files find it, whatever this one did to it
        if error is None:
            space.pop("__getattr__")
        else:
            self._reasons[name] = f"{name}.py stopped with {wire.type_name(error)} before it"
        self._fill(module)
        for other in same:
            self.modules[other] = module
            if other != name:
                self._begin(other)
            self._done(other, error, odd)

    def _same(self, name: str) -> list[str]:
        """The files that are one module with this one; it alone, mostly."""
        return [name, *(other for other, first in self._first.items() if first == name != other)]

    def asked(self, module: str) -> dict[str, Sequence[str]]:
        """The functions of the contract that belong into a module, with their parameters."""
        listed = (self._contract.get(name, {}) for name in self._same(module))
        return {name: parameters for functions in listed for name, parameters in functions.items()}

    def _run(self, module: ModuleType) -> tuple[BaseException | None, bool]:
        """Run a file's statements but for those that stop.

        Returns
        -------
        tuple
            The first exception, and whether there is something to tell of how the file was read.
        """
        name = module.__name__
        found = self._read(name)
        body = self._body(name, found)
        first = run_statements(
            body,
            vars(module),
            file_path(name),
            begin=partial(self._at, name),
            left_out=self._left_out.get(name, ()),
            after_each=self._putting(module),
            instead=partial(meant, contract=self._contract),
        )
        moved_out = self._move_out(module, body)
        named_anew = self._name_anew(module, body)
        odd = bool(found.broken or found.remarks or moved_out or named_anew)
        return self._unread(name, found) or first, odd

    def _putting(self, module: ModuleType) -> Callable[[], None] | None:
        """What puts stand-ins into a module after each statement, if some of its own get one."""
        functions = list(self.asked(module.__name__))
        stand_ins = self._stand_ins
        if stand_ins is None or not stand_ins.wanted(functions):
            return None
        return lambda: stand_ins.put_into(module, functions)

    def _move_out(self, module: ModuleType, body: list[ast.stmt]) -> bool:
        """Have functions at the file's top level that stand inside of something else."""
        space = vars(module)
        missing = [name for name in self._contract.get(module.__name__, ()) if name not in space]
        blocks = list(blocks_with(body, missing)) if missing else []
        for _, block in blocks:
            there = [one for one in block if not set(bound(one)) & space.keys()]
            run_statements(there, space, file_path(module.__name__))
        return bool(blocks)

    def _name_anew(self, module: ModuleType, body: list[ast.stmt]) -> dict[str, str]:
        """Have functions that go by nearly their names there under the contract's too."""
        functions = self.asked(module.__name__)
        known = {name for listed in self._contract.values() for name in listed}
        found = renamed(body, functions, known)
        for function, own in found.items():
            if own in vars(module):
                vars(module)[function] = vars(module)[own]
        return found

    def _unread(self, name: str, found: Statements) -> SyntaxError | None:
        """The exception for what cannot be read of a file."""
        if not found.broken:
            return None
        broken = found.broken[0]
        return SyntaxError(broken.message, (file_path(name), broken.line, None, broken.text))

    def _fill(self, module: ModuleType) -> None:
        """Have a function of the contract under each name, so that the name can be imported."""
        functions = list(self.asked(module.__name__))
        for function in functions:
            if function not in vars(module):
                vars(module)[function] = self._placeholder(module, function)
        if self._stand_ins:
            self._stand_ins.put_into(module, functions)

    def _placeholder(self, module: ModuleType, name: str) -> Callable[..., Any]:
        """A function in the place of one that is not there, or not yet."""
        if name.startswith("__"):
            raise AttributeError(name)

        def placeholder(*arguments: Any, **named: Any) -> Any:
            found = vars(module).get(name)
            if callable(found) and found is not placeholder:
                return found(*arguments, **named)
            raise ImportError(f"{name}: {self._reasons[module.__name__]}", name=name)

        self._placeholders.append(placeholder)
        return placeholder

    # --- reading ------------------------------------------------------------------------------

    def _read(self, name: str) -> Statements:
        return statements(self.sources[name])

    def body(self, name: str) -> list[ast.stmt]:
        """Return a module's statements as they are run."""
        return self._body(name, self._read(name))

    def _body(self, name: str, found: Statements) -> list[ast.stmt]:
        if DOTTED.search(self.sources[name]):
            return found_here(found.body, self._reasons)
        return found.body

    def text(self, name: str) -> str:
        """Return a module's source; raises SyntaxError if it is no text."""
        return decode(self.sources[name])


def _first_of_the_same(sources: Mapping[str, bytes], contract: Contract) -> dict[str, str]:
    """Of the contract's files with the same source the first, by the name of each."""
    firsts: dict[bytes, str] = {}
    return {
        name: firsts.setdefault(source, name)
        for name, source in sources.items()
        if name in contract and source.strip()
    }


def file_path(module: str) -> str:
    """Name a module's code so that its frames are recognised; no such file exists."""
    return f"{FOLDER}{module}.py"
