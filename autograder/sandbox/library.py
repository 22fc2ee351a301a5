"""Python's library for workers that cannot read it, as compiled code in memory that all share.

Where a worker cannot read Python's own files, because another user's folder holds them (/root in
Gradescope's containers) or because the filter lets no file be opened, it could import nothing that
is not loaded yet. To load all of it beforehand would make each fork dearer.
"""

from __future__ import annotations

import marshal
import mmap
import os
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ExtensionFileLoader, ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

import numpy as np

from .preload import load

# They open a browser or a window, print, run or build something, or hold tests.
OF_NO_USE = """
    __hello__ __phello__ _ios_support _pyrepl antigravity cgitb distutils ensurepip idlelib lib2to3
    msilib numpy.distutils pydoc pydoc_data test this tkinter turtle turtledemo venv
"""
# Parts of packages with the same fault.
PARTS_OF_NO_USE = """
    __main__ _multiarray_tests _operand_flag_tests _pyinstaller _rational_tests _simd
    _struct_ufunc_tests _umath_tests conftest setup test tests
"""
# Of those that are no Python code and so must be loaded, which makes each fork dearer: what the
# library does without, what no exercise of ours needs, and what is of no use without a terminal, a
# window, a device, a file or the network.
LEFT_OUT = """
    _asyncio _bz2 _elementtree _lzma _md5 _sha1 _sha256 _sha3 _uuid _zoneinfo
    _crypt _curses _curses_panel _dbm _gdbm _posixshmem _sqlite3 _ssl _tkinter audioop nis
    ossaudiodev readline spwd syslog termios
"""


class Library:
    """Finds modules in memory; stands first in ``sys.meta_path``.

    Parameters
    ----------
    memory : mmap.mmap
        Compiled code, one after another. It is private: what a worker might write there, no other
        one sees.
    index : dict of str to (int, int, str, bool)
        By module: where its code starts and ends, its file, and whether it is a package.
    """

    def __init__(self, memory: mmap.mmap, index: dict[str, tuple[int, int, str, bool]]) -> None:
        self._memory = memory
        self._index = index

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in self._index:
            return None
        _, _, file, is_package = self._index[name]
        spec = ModuleSpec(name, self, origin=file, is_package=is_package)  # type: ignore[arg-type]
        spec.has_location = True
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        start, end, _, _ = self._index[module.__name__]
        exec(marshal.loads(self._memory[start:end]), module.__dict__)


def keep() -> None:
    """Let all of the library be imported without a file, what is of no use here left out."""
    compiled: list[ModuleSpec] = []
    for spec in specs():
        if isinstance(spec.loader, SourceFileLoader):
            compiled.append(spec)
        elif spec.name not in LEFT_OUT.split():
            load(spec.name)
    fd = os.memfd_create("library")
    # To compile and lay out leaves litter, which each fork would copy: another process does it.
    if (child := os.fork()) == 0:
        status = 1
        try:
            _write(fd, [spec for spec in compiled if spec.name not in sys.modules])
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if status:
        raise OSError(f"Python's library could not be read (status {status})")
    memory = mmap.mmap(fd, 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ)
    os.close(fd)
    length = int.from_bytes(memory[-8:], "little")
    index = marshal.loads(memory[-8 - length : -8])
    sys.meta_path.insert(0, Library(memory, index))


def _write(fd: int, found: list[ModuleSpec]) -> None:
    """Write the code of some modules, then the index and its length."""
    index = {}
    end = 0
    with open(fd, "wb") as file:
        for spec in found:
            assert isinstance(spec.loader, SourceFileLoader)
            try:
                code = marshal.dumps(spec.loader.get_code(spec.name))
            except (SyntaxError, ValueError):
                continue  # a file of another version of Python
            is_package = spec.submodule_search_locations is not None
            index[spec.name] = (end, end + len(code), spec.origin or "", is_package)
            end += file.write(code)
        packed = marshal.dumps(index)
        file.write(packed + len(packed).to_bytes(8, "little"))


def specs() -> Iterator[ModuleSpec]:
    """Find the modules of the library and NumPy that are files; none is imported for it."""
    beside_numpy = str(Path(np.__path__[0]).parent)
    for top in sorted({*sys.stdlib_module_names, "numpy"} - {*OF_NO_USE.split()}):
        yield from _with_parts(top, [beside_numpy] if top == "numpy" else None)


def _with_parts(name: str, path: Sequence[str] | None) -> Iterator[ModuleSpec]:
    spec = PathFinder.find_spec(name, path)
    if spec is None or not isinstance(spec.loader, SourceFileLoader | ExtensionFileLoader):
        return
    yield spec
    places = spec.submodule_search_locations or []
    for part in pkgutil.iter_modules(places):
        inside = f"{name}.{part.name}"
        if part.name not in PARTS_OF_NO_USE.split() and inside not in OF_NO_USE.split():
            yield from _with_parts(inside, places)
