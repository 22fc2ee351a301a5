"""A small class whose mistakes the pages have to show, graded once, and a large one made of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from autograder.assignment.config import Level
from autograder.feedback import page
from autograder.intake.file_names import safe_name
from autograder.intake.submission import Submission
from tests.the_assignment import SAY, class_report, grader_of, load_config

HOSTILE = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>\'& Söhne'

HAND = """
import numpy as np
def practice_6_1():
    return np.diag([1, 0, 0, 1, 1])
"""
CHAIN = """
import numpy as np
def propagate_chain(error, jacobians):
    return [error @ J for J in jacobians]
def practice_6_3():
    return [np.array([11, -11]), np.array([1, 2])]
"""
SIGN = """
import numpy as np
def forward(weights, x):
    a = [np.asarray(x, float)]
    for k, W in enumerate(weights):
        z = W @ a[-1]
        e = np.exp(z - z.max())
        a.append(np.maximum(z, 0) if k < len(weights) - 1 else e / e.sum())
    return a
def backward(weights, activations, target):
    s = activations[-1]
    e = (target - s) @ (np.diag(s) - np.outer(s, s))
    errors = [e]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        e = (e @ W) * (a > 0)
        errors.insert(0, e)
    return errors
def error_norms(error, jacobians):
    return np.array([np.nan] * (len(jacobians) + 1))
"""
SOFTMAX = """
import numpy as np
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()
def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s * (1 - s))
def threshold(x):
    return np.zeros((300, 300))
"""
LEAVES = """
import os
def propagate_error(error, jacobian):
    os._exit(3)
"""

SUBMISSIONS = {
    "hand": {"practice_6_1.py": HAND},
    "chain": {"practice_6_3.py": CHAIN},
    "sign": {"backprop.py": SIGN},
    "softmax": {"practice_6_1.py": SOFTMAX, "practice_6_3.py": CHAIN, "backprop.py": SIGN},
    "leaves": {"practice_6_2.py": LEAVES},
}


def grade(
    names: list[str],
    level: Level = "explain",
    submissions: dict[str, dict[str, str]] = SUBMISSIONS,
) -> dict[str, dict[str, Any]]:
    """Grade some of the submissions: the feedback record of each."""
    config = load_config().model_copy(update={"level": level})
    with grader_of(config, seed=6) as grader:
        return {
            name: grader.grade(
                Submission(name, {f: text.encode() for f, text in submissions[name].items()}, {})
            ).feedback
            for name in names
        }


def write_class(
    out: Path, records: list[dict[str, Any]], *, anonymous: bool = False, pages: bool = True
) -> dict[str, Any]:
    """Write the pages and the report of a class; give the report's figures."""
    (out / "feedback").mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    for record in records:
        path = out / "feedback" / safe_name(record["student"])
        path.with_name(f"{path.name}.json").write_text(json.dumps(record), encoding="utf-8")
        if pages:
            html = page.render(record, SAY)
            path.with_name(f"{path.name}.html").write_text(html, encoding="utf-8")
        rows.append({"student": record["student"], "total": record["score"]})
    rows.append({"student": "nobody", "status": "unreadable"})
    for name, text in class_report(out, rows, load_config(), anonymous=anonymous).items():
        (out / name).write_text(text, encoding="utf-8")
    figures: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return figures


def hostile(record: dict[str, Any]) -> None:
    """Put what attacks a page into everything that a student can have a say in."""
    for entry in record["functions"]:
        told = f"{HOSTILE} `{HOSTILE}` javascript:window.hacked=1"
        entry["text"] = told
        entry["file_notes"] = [told]
        for item in entry["parts"]:
            words = ("title", "did", "example", "of_numbers", "why", "next", "section", "carried")
            item.update(dict.fromkeys(words, told))
            item["notes"] = [told]
            lines = [[1, HOSTILE], [2, HOSTILE]]
            item["line"] = {"number": 1, "code": lines, "made": lines}


def renamed(record: dict[str, Any], student: str) -> dict[str, Any]:
    """The same record under another name."""
    return {**copy.deepcopy(record), "student": student}
