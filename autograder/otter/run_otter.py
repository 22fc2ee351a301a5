"""Runs Otter on Gradescope; stands in the zip in place of the file of this name that Otter makes.

Before Otter starts, the student's files are taken out of the folder in which Otter works, and
Otter's folders are closed to everybody but their owner. Whatever happens, a results.json is
written.
"""

import json
import os
import sys
import traceback
from pathlib import Path

#: The folder that holds source/, submission/ and results/.
TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "source" / "package"
RESULTS = TOP / "results" / "results.json"
#: What the plugin leaves there.
RECORD = TOP / "graded.json"

#: What a student reads where nothing could be graded; ``autograder build`` writes it.
FAILED = TOP / "source" / "failed.txt"


def main() -> None:
    # What an earlier run left there must not pass for this one's.
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.unlink(missing_ok=True)
    sys.path.insert(0, str(PACKAGE))
    # The kernel in which the driver notebook runs must find the package too.
    os.environ["PYTHONPATH"] = str(PACKAGE)
    # As for the command: NumPy's products are small here, and threads would only wait in turn.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        run()
        from autograder.feedback.otter_results import formatted

        results = json.loads(RESULTS.read_text(encoding="utf-8"))
        if not results["tests"]:
            raise ValueError("Otter wrote no entries")
        labels = json.loads(RECORD.read_text(encoding="utf-8"))["labels"]
        RESULTS.write_text(json.dumps(formatted(results, labels)), encoding="utf-8")
    except BaseException:
        # Otter may have written its own refusal; an explained failure must stand in its place.
        failed = FAILED.read_text(encoding="utf-8")
        output = {"score": 0, "output": failed, "tests": [{"name": "Autograder", "output": failed}]}
        RESULTS.write_text(json.dumps(output), encoding="utf-8")
        traceback.print_exc()


def run() -> None:
    """Take the student's files away, close the folders, and let Otter work."""
    from autograder.otter.plugin import STUDENT, set_aside

    set_aside(TOP / "submission", TOP / STUDENT)
    for folder in ("source", "submission", "results", STUDENT):
        (TOP / folder).chmod(0o700)
    metadata = TOP / "submission_metadata.json"
    if not metadata.exists():
        metadata.write_text("{}", encoding="utf-8")

    from otter.run.run_autograder import main as run_autograder

    run_autograder(str(TOP))


if __name__ == "__main__":
    main()
