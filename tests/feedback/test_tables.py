"""What stands before the arrays of an answer, and what is said of those that bear no mark."""

from __future__ import annotations

import re
from typing import Any

import pytest

from autograder.feedback import page
from autograder.feedback.layout import numbers
from tests.page_class import grade
from tests.the_assignment import SAY

_NP = "import numpy as np\n"
_TRAIN = "def train(weights, inputs, targets, learning_rate, epochs):\n"
ALL = {
    "each with each": {
        "backprop.py": f"{_NP}def update_weights(weights, gradients, learning_rate):\n"
        "    return [np.array(W, dtype=float) for W in weights for G in gradients]\n"
    },
    "turned": {
        "backprop.py": f"{_NP}def weight_gradients(errors, activations):\n"
        "    return [np.outer(a, e) for e, a in zip(errors, activations)]\n"
    },
    "rows left out": {
        "practice_6_1.py": f"{_NP}def threshold_jacobian(x):\n"
        "    return np.eye(len(x))[np.asarray(x) > -1]\n"
    },
    "too many weights": {
        "backprop.py": f"{_NP}{_TRAIN}    kept = [*weights, *weights, *weights, *weights]\n"
        "    return [np.array(W, dtype=float) for W in kept], [1.0] * epochs\n"
    },
}


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    return grade(list(ALL), submissions=ALL)


def entry(record: dict[str, Any], function: str) -> dict[str, Any]:
    (found,) = [f for f in record["functions"] if f["function"] == function]
    return dict(found)


def test_entries_of_a_list_of_another_length_bear_no_name_of_the_notes(records: Any) -> None:
    found = entry(records["each with each"], "update_weights")
    table, html = numbers(found, SAY), page.render(records["each with each"], SAY)
    given, asked = found["evidence"]["picture"]["length"]
    assert given == asked * asked
    for k in range(min(given, 8)):
        assert f"your entry [{k}]" in table
        assert f"Your entry [{k}]" in html
    assert "W_1" not in table
    assert f"has {given} entries; asked for: {asked}" in table
    assert f"has {given} entries; {asked} are asked for" in html


def test_of_another_shape_both_shapes_are_told(records: Any) -> None:
    found = entry(records["turned"], "weight_gradients")
    items = found["evidence"]["picture"]["items"]
    table = numbers(found, SAY)
    for k, item in enumerate(items, 1):
        has, asked = (" by ".join(map(str, item[key])) for key in ("shape", "asked"))
        assert f"(Your G_{k}: {has}; asked for: {asked}.)" in table
    # Who has met no mark is told of none.
    assert "?" not in table
    alone = entry(records["rows left out"], "threshold_jacobian")
    assert "(Yours: 3 by 4; asked for: 4 by 4.)" in numbers(alone, SAY)


def test_the_losses_are_held_against_losses_however_many_weights_there_are(records: Any) -> None:
    picture = entry(records["too many weights"], "train")["evidence"]["picture"]
    given, asked = picture["length"]
    assert given == 4 * asked
    losses = picture["items"][-1]
    assert losses["shape"] == losses["asked"]
    assert losses["values"] == [1.0] * losses["shape"][0]


def test_in_a_sentence_what_is_wrong_is_marked_as_in_a_table() -> None:
    source = (
        f"{_NP}def softmax(x):\n    s = list(np.exp(x - np.max(x)))\n"
        "    for k in range(len(s)):\n        s[k] = s[k] / sum(s)\n    return np.array(s)\n"
    )
    record = grade(["s"], submissions={"s": {"practice_6_1.py": source}})["s"]
    found = entry(record, "softmax")
    (example,) = [item["example"] for item in found["parts"]]
    (item,) = found["evidence"]["picture"]["items"]
    shown = re.findall(r"(-?[\d.]+)(\??)", example.rpartition("gives [")[2].partition("]")[0])
    assert [bool(mark) for _, mark in shown] == item["wrong"]
    assert example.count(SAY("text.gives_marked", call="", answer="").split("(")[1]) == 1
