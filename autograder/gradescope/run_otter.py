"""Runs Otter on Gradescope; stands in the zip in place of the file of this name that Otter makes.

Before Otter starts, the student's files are taken out of the folder in which Otter works, and
Otter's folders are closed to everybody but root. Whatever happens, a results.json is written.
"""

import json
import os
import sys
from pathlib import Path

# A plain relative place: the folder that holds source/, submission/ and results/.
TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "source" / "package"

FAILED = (
    "The autograder could not grade this submission. That is not your fault, and your files are "
    "safe. Please tell your instructor; a re-run may help."
)


def main() -> None:
    sys.path.insert(0, str(PACKAGE))
    # The kernel in which the driver notebook runs must find the package too.
    os.environ["PYTHONPATH"] = str(PACKAGE)
    results = TOP / "results" / "results.json"
    try:
        from autograder.otter_plugin import STUDENT, set_aside

        for folder in ("source", "submission", "results"):
            (TOP / folder).chmod(0o700)
        set_aside(TOP / "submission", TOP / STUDENT)
        (TOP / STUDENT).chmod(0o700)

        from otter.run.run_autograder import main as run_autograder

        run_autograder(str(TOP))
    except BaseException as error:
        # Otter may have written its own refusal; an explained failure must stand in its place.
        output = {"score": 0, "output": FAILED, "tests": [{"name": "Autograder", "output": FAILED}]}
        results.write_text(json.dumps(output), encoding="utf-8")
        print(f"{type(error).__name__}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
