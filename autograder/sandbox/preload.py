"""What a worker finds imported already.

What homework uses is loaded always, as that is quicker than doing it in each worker. Where a
worker cannot read Python's own files, because another user's folder holds them (/root in
Gradescope's containers) or because the filter lets no file be opened, nothing more can be imported
later: there all of the standard library is loaded that code in a worker could use.
"""

from __future__ import annotations

import codecs
import contextlib
import importlib
import pkgutil
import sys
import warnings
from collections.abc import Iterator

import numpy as np

# Not what few would use and is large (unittest, numpy.ma): all that is here makes each fork dearer.
HOMEWORK = """
    __future__ abc array ast bisect cmath codecs collections collections.abc contextlib copy csv
    ctypes dataclasses datetime decimal enum fractions functools gc glob heapq inspect io itertools
    json keyword linecache math numbers operator os pathlib pickle platform pprint queue random re
    reprlib shutil signal site socket statistics string struct sys tempfile textwrap threading time
    timeit tokenize traceback types typing warnings weakref
    numpy.ctypeslib numpy.exceptions numpy.fft numpy.lib.stride_tricks numpy.linalg numpy.random
    numpy.typing
"""

# Encodings that editors save sources in.
CODECS = (
    "utf-8-sig utf-16 utf-32 latin-1 cp1252 iso8859-15 mac-roman cp437 gbk big5 shift-jis euc-kr"
)

# They open a browser or a window, print, run or build something, or hold tests.
OF_NO_USE = """
    __hello__ __phello__ _pyrepl antigravity distutils ensurepip idlelib lib2to3 msilib
    numpy.distutils numpy.f2py pydoc_data test this tkinter turtle turtledemo venv
"""
# Parts of packages with the same fault.
PARTS_OF_NO_USE = "__main__ _pyinstaller conftest setup test tests"


def load_what_homework_uses() -> None:
    """Import what is quicker imported once than in each worker."""
    for name in HOMEWORK.split():
        _load(name)
    for name in CODECS.split():
        codecs.lookup(name)


def load_the_library() -> None:
    """Import the standard library and NumPy as a whole, but for what is of no use here."""
    for _ in library():
        pass
    for name in np.__all__:
        # NumPy loads some of these only when asked: `from numpy import *` asks for all.
        with contextlib.suppress(ImportError):
            getattr(np, name, None)


def library() -> Iterator[str]:
    """Name the modules of the standard library and NumPy; packages are imported to look inside."""
    left_out = {*OF_NO_USE.split()}
    for top in sorted({*sys.stdlib_module_names, "numpy"} - left_out):
        yield from _with_parts(top, left_out)


def _with_parts(name: str, left_out: set[str]) -> Iterator[str]:
    yield name
    _load(name)
    for part in pkgutil.iter_modules(getattr(sys.modules.get(name), "__path__", ())):
        inside = f"{name}.{part.name}"
        if part.name not in PARTS_OF_NO_USE.split() and inside not in left_out:
            yield from _with_parts(inside, left_out)


def _load(name: str) -> None:
    # Some are of another system, some warn of their age, and any may lack a library of C.
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        importlib.import_module(name)
