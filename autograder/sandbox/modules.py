"""The student's files as modules, found in memory and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import CodeType, ModuleType

from . import source_facts, wire

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

    Parameters
    ----------
    sources : mapping of str to bytes
        Source by module name. A name that Python's own library or NumPy has is never looked up
        here: a student's ``random.py`` does not take the place of Python's.
    blocked : mapping of str to str
        Modules that must not be run again, with the reason that their importer is told.
    begin : callable
        Called with the module's name before its code runs.
    done : callable
        Called with the module's name and the exception, or None, after it ran.
    """

    def __init__(
        self,
        sources: Mapping[str, bytes],
        blocked: Mapping[str, str],
        begin: Callable[[str], None],
        done: Callable[[str, BaseException | None], None],
    ) -> None:
        self.sources = {
            name: source
            for name, source in sources.items()
            if name not in sys.stdlib_module_names and name != "numpy"
        }
        self.failed = dict(blocked)
        self.modules: dict[str, ModuleType] = {}
        self.begin = begin
        self.done = done

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if name in self.failed:
            raise ImportError(self.failed[name], name=name)
        return self.spec(name) if name in self.sources else None

    def spec(self, name: str) -> ModuleSpec:
        spec = ModuleSpec(name, self, origin=file_path(name))  # type: ignore[arg-type]
        spec.has_location = True
        return spec

    def load(self, name: str) -> None:
        """Import a module, unless it is there already, has failed or does not exist.

        This goes past ``sys.meta_path`` and ``builtins.__import__``, which a file that was
        imported before may have changed.
        """
        if name in self.modules or name in self.failed or name not in self.sources:
            return
        module = sys.modules[name] = module_from_spec(self.spec(name))
        try:
            self.exec_module(module)
        except ImportError:
            sys.modules.pop(name, None)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        if self.modules.get(name) is module:
            # importlib.reload: the grader has been told of this file already.
            exec(self.code(name), module.__dict__)
            return
        self.begin(name)
        try:
            vars(module)["get_ipython"] = NoNotebook
            exec(self.code(name), module.__dict__)
        except BaseException as error:
            # Whoever imports it next is told what is the matter instead of seeing it run again.
            reason = f"{name}.py could not be imported: it stopped with {wire.type_name(error)}"
            self.failed[name] = reason
            self.done(name, error)
            raise ImportError(reason, name=name) from error
        self.modules[name] = module
        self.done(name, None)

    def code(self, name: str) -> CodeType:
        """Compile a module; raises SyntaxError, with the place, if it cannot be."""
        path = file_path(name)
        try:
            return compile(self.text(name), path, "exec", dont_inherit=True)
        except SyntaxError as error:
            error.filename = path
            raise
        except (RecursionError, MemoryError) as error:
            raise SyntaxError(source_facts.TOO_DEEP, (path, None, None, None)) from error

    def text(self, name: str) -> str:
        """Return a module's source; raises SyntaxError if it is no text."""
        return source_facts.decode(self.sources[name])


def file_path(module: str) -> str:
    """Name a module's code so that its frames are recognised; no such file exists."""
    return f"{FOLDER}{module}.py"
