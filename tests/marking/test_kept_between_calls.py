"""What a function keeps from call to call costs marks where it gives wrong answers by that."""

from __future__ import annotations

import pytest

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from tests.conftest import solutions
from tests.the_assignment import FUNCTIONS

#: Each keeps answers by less than what it was called with, or gives the same array each time.
KEPT = {
    "softmax": {
        "one buffer for all": """
buffers = {}
def softmax(x):
    e = buffers.setdefault(len(x), np.empty(len(x)))
    np.exp(x - np.max(x), out=e)
    e /= e.sum()
    return e
""",
        "by spread and place": """
known = {}
def softmax(x):
    key = (len(x), round(float(np.ptp(x)), 6), int(np.argmax(x)))
    if key not in known:
        e = np.exp(x - np.max(x)); known[key] = e / e.sum()
    return known[key].copy()
""",
    },
    "threshold": {
        "by the ends": """
known = {}
def threshold(x):
    key = (len(x), x[0], x[-1])
    if key not in known:
        known[key] = np.where(np.asarray(x) > -1, x, 0.0)
    return known[key].copy()
""",
    },
    "propagate_error": {
        "by the error": """
known = {}
def propagate_error(error, jacobian):
    key = (np.asarray(error, float).tobytes(), np.shape(jacobian))
    if key not in known:
        known[key] = np.asarray(error) @ np.asarray(jacobian)
    return known[key].copy()
""",
        "by the Jacobian": """
known = {}
def propagate_error(error, jacobian):
    key = np.asarray(jacobian, float).tobytes() + bytes(np.shape(jacobian))
    if key not in known:
        known[key] = np.asarray(error) @ np.asarray(jacobian)
    return known[key].copy()
""",
    },
    "forward": {
        "by the weights": """
known = {}
def forward(weights, x):
    key = b"".join(np.asarray(W, float).tobytes() for W in weights)
    if key not in known:
        a = [np.asarray(x)]
        for W in weights[:-1]:
            a.append(np.maximum(W @ a[-1], 0))
        known[key] = [*a, softmax(weights[-1] @ a[-1])]
    return [v.copy() for v in known[key]]
""",
    },
    "update_weights": {
        "by the gradients": """
known = {}
def update_weights(weights, gradients, learning_rate):
    key = b"".join(np.asarray(G, float).tobytes() for G in gradients)
    if key not in known:
        known[key] = [W - learning_rate * G for W, G in zip(weights, gradients)]
    return [W.copy() for W in known[key]]
""",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("function", "how"), [(name, how) for name, listed in KEPT.items() for how in listed]
)
def test_it_loses_marks_and_is_told(grader: Grader, function: str, how: str) -> None:
    files = solutions()
    files[FUNCTIONS[function].file] += KEPT[function][how].encode()
    record = grader.grade(Submission("student", files)).feedback
    entries = {entry["function"]: entry for entry in record["functions"]}
    entry = entries.pop(function)
    assert 0 < entry["score"] < entry["max_score"]
    assert all(other["score"] == other["max_score"] for other in entries.values())
    told = "one and the same array" if "buffer" in how else "With other calls in between"
    assert told in entry["text"]
    assert "lives outside of the function" in entry["text"]
