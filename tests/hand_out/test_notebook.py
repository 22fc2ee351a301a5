"""The companion notebook: made from `student_notebook.py`, and run with the solutions in place.

`python tests/hand_out/test_notebook.py` writes it anew.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jupytext
import nbclient
import nbformat
import pytest

from tests.conftest import THOROUGH
from tests.student_folder import write_handout

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).parents[1] / "student_notebook.py"
NOTEBOOK = ROOT / "assignments" / "backprop.ipynb"


def build() -> str:
    """Turn the script, one cell to each `# %%`, into the text of a notebook without outputs."""
    _for_linters, script = SOURCE.read_text(encoding="utf-8").split("\n", 1)
    notebook = jupytext.reads(script, fmt="py:percent")
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02}"  # random by default: two builds would differ
        cell.metadata = {}
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def test_notebook_is_made_from_its_source() -> None:
    assert NOTEBOOK.read_text(encoding="utf-8") == build(), f"run python {__file__}"


@pytest.fixture
def hand_out(tmp_path: Path) -> Path:
    """What a student has who wrote everything right."""
    folder = tmp_path / "student"
    write_handout(folder)
    for solution in (ROOT / "solutions").glob("*.py"):
        shutil.copy(solution, folder)
    return folder


def run(folder: Path) -> list[dict[str, Any]]:
    notebook = nbformat.read(folder / NOTEBOOK.name, as_version=4)
    client = nbclient.NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, timeout=120
    )
    client.execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_of(cell: dict[str, Any]) -> str:
    return "".join(o.get("text", "") or json.dumps(o.get("data", "")) for o in cell["outputs"])


def assert_all_well(cells: list[dict[str, Any]], folder: Path, passed: str) -> None:
    checks = [cell for cell in cells if cell["source"].startswith("grader.check")]
    assert len(checks) == 15
    for cell in checks:
        assert passed in text_of(cell), cell["source"]
    pictures = [cell for cell in cells if "image/png" in text_of(cell)]
    assert len(pictures) >= 10
    assert (folder / "hand-in.zip").exists()


def test_notebook_runs_with_otter(hand_out: Path) -> None:
    assert_all_well(run(hand_out), hand_out, "passed!")


@THOROUGH
def test_notebook_runs_without_otter(hand_out: Path) -> None:
    # A module of that name which can't be imported stands for one that isn't installed.
    text = "raise ModuleNotFoundError('No module named otter', name='otter')\n"
    (hand_out / "otter.py").write_text(text)
    assert_all_well(run(hand_out), hand_out, "1 right so far, 0 to fix")


if __name__ == "__main__":
    NOTEBOOK.write_text(build(), encoding="utf-8")
