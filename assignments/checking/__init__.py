"""What check.py and the checks in tests/ are made of. You needn't read it to do the assignment."""

import sys
from pathlib import Path

if sys.version_info < (3, 10):  # noqa: UP036 (students may have any Python)
    sys.exit("This is Python {}.{}; check.py needs 3.10 or newer.".format(*sys.version_info[:2]))

# A scratch file called random.py would be found before Python's own, by NumPy too.
_here = {path.stem for path in Path(__file__).parent.parent.glob("*.py")}
_hiding = sorted(_here & ({"numpy"} | sys.stdlib_module_names - {"test"}))
if _hiding:
    sys.exit(f"Rename your file {_hiding[0]}.py: it hides the part of Python of that name.")

try:
    import numpy  # noqa: F401
except ModuleNotFoundError:
    _in_folder = r".venv\Scripts\python" if sys.platform == "win32" else ".venv/bin/python"
    from checking.saying import say

    sys.exit(say("check.no_numpy", python=sys.executable, own=_in_folder))
