"""The reference solutions, loaded once from their own folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from autograder.notes6.contract import FUNCTIONS, QUESTIONS

_PACKAGE = Path(__file__).parent.parent


def _folder(name: str) -> Path:
    """An installed package carries the folder inside; a checkout has it beside the package."""
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


SOLUTIONS = _folder("solutions")
ASSIGNMENTS = _folder("assignments")


@cache
def functions(folder: Path = SOLUTIONS) -> dict[str, Callable[..., object]]:
    """The fifteen reference functions by name, or the stubs of ``ASSIGNMENTS``.

    The files import one another by their plain names, which are taken back afterwards:
    a module called ``backprop`` elsewhere on the path is neither used nor hidden.
    """
    before = {name: sys.modules.pop(name) for name in QUESTIONS if name in sys.modules}
    try:
        modules = {name: _load(name, folder) for name in QUESTIONS}
    finally:
        for name in QUESTIONS:
            sys.modules.pop(name, None)
        sys.modules.update(before)
    return {f.name: getattr(modules[f.question], f.name) for f in FUNCTIONS.values()}


def _load(name: str, folder: Path) -> object:
    spec = spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@cache
def wiggle_source() -> bytes:
    """The hand-out's ``wiggle.py``, which students may import."""
    return (ASSIGNMENTS / "wiggle.py").read_bytes()
