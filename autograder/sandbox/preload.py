"""What a worker finds imported already: to do it once is quicker than to do it in each."""

from __future__ import annotations

import codecs
import contextlib
import importlib
import sys
import warnings
from importlib.util import LazyLoader, find_spec, module_from_spec

import numpy as np

# Not what few would use and is large (unittest, numpy.ma): all that is here makes each fork dearer.
HOMEWORK = """
    __future__ abc array ast bisect cmath codecs collections collections.abc contextlib copy csv
    ctypes dataclasses datetime decimal enum fractions functools gc glob heapq inspect io itertools
    json keyword linecache math numbers operator os pathlib pickle platform pprint queue random re
    reprlib signal site socket statistics string struct sys textwrap threading time timeit
    tokenize traceback types typing warnings weakref
    numpy.ctypeslib numpy.exceptions numpy.fft numpy.lib.stride_tricks numpy.linalg numpy.random
    numpy.typing
"""

# What `from numpy import *` asks for too, and hardly anybody then uses.
SELDOM = "char core f2py ma polynomial rec testing"

# Encodings that editors save sources in.
CODECS = (
    "utf-8-sig utf-16 utf-32 latin-1 cp1252 iso8859-15 mac-roman cp437 gbk big5 shift-jis euc-kr"
)


def load_what_homework_uses() -> None:
    """Import what is quicker imported once than in each worker."""
    for name in HOMEWORK.split():
        load(name)
    for name in CODECS.split():
        codecs.lookup(name)


def load_numpy_when_used() -> None:
    """Have the parts of NumPy there that are seldom used, to be loaded where they are."""
    for part in SELDOM.split():
        name = f"numpy.{part}"
        spec = None if name in sys.modules else find_spec(name)
        if spec is None or spec.loader is None:
            continue
        spec.loader = LazyLoader(spec.loader)
        module = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(module)
        setattr(np, part, module)


def load(name: str) -> None:
    """Import a module, if that is possible here."""
    # Some are of another system, some warn of their age, and any may lack a library of C.
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        importlib.import_module(name)
