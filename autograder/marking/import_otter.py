"""The parts of Otter that give marks, without all else that ``import otter`` brings."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec

#: With these come pandas, nbconvert and IPython's shell: a second, and 50 MB of each process.
_PACKAGES = ("otter", "otter.run", "otter.run.run_autograder")
_PARTS = ("otter.test_files", "otter.run.run_autograder.autograder_config")


def import_test_files() -> None:
    """Import the parts that read and run test files, so that imports of them find them.

    The packages around them are not executed, and can be imported whole later.
    """
    if "otter" in sys.modules or _PARTS[-1] in sys.modules:
        return
    try:
        for name in _PACKAGES:
            spec = find_spec(name)
            if spec is not None:
                sys.modules[name] = module_from_spec(spec)
        for part in _PARTS:
            import_module(part)
    finally:
        for name in _PACKAGES:
            sys.modules.pop(name, None)
