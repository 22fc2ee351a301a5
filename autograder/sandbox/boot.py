"""Start a fork server, given this file's path and where NumPy is.

Python is started without its ``site`` module (-S), so it has no site-packages on its path, and
none is added: only the three folders named here are made importable, NumPy's and this package's
``source`` and ``sandbox``. So nothing that is installed beside NumPy, this package's solutions
least of all, can be imported by a student.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from types import ModuleType


def load(name: str, folder: str) -> None:
    """Import the package in `folder` as `name`."""
    spec = importlib.util.spec_from_file_location(
        name,
        f"{folder}/__init__.py",
        submodule_search_locations=[folder],
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"no package in {folder}", name=name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


def main() -> None:
    """Run ``server.main``; the arguments are NumPy's folder and the server's settings."""
    _, numpy_folder, settings = sys.argv
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    load("numpy", numpy_folder)
    sys.modules["_grader"] = ModuleType("_grader")
    load("_grader.source", f"{package}/source")
    load("_grader.sandbox", f"{package}/sandbox")
    importlib.import_module("_grader.sandbox.server").main(settings)


if __name__ == "__main__":
    main()
