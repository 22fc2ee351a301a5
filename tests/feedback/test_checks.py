"""What was right of a wrong function, and what its marks were lost on, case by case."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.feedback import page, plain
from autograder.intake.submission import Submission
from tests.page_class import grade
from tests.the_assignment import FUNCTIONS, SAY, grader_of, load_config, probes_of

HEAD = "import numpy as np\n"
RIGHT = "np.array(error, float) @ np.array(jacobian, float)"
PROPAGATE = HEAD + "def propagate_error(error, jacobian):\n    return {}\n"
SQUARE_ONLY = PROPAGATE.format(
    f"{RIGHT} if len(jacobian) == len(jacobian[0]) > 1 else np.zeros(len(jacobian[0]))"
)
AT = HEAD + "def threshold_jacobian(x):\n    return np.diag((np.array(x) >= -1).astype(float))\n"
IN_PLACE = HEAD + "def threshold(x):\n    x[x <= -1] = 0\n    return x\n"
#: What a function may give back without working anything out.
IDLE = ("None", "0", "[]", "np.zeros(2)", "np.zeros((2, 2))", "{0}", "list({0})", "({0}, [])")


def entries(submissions: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """By submission, what the record says of the one function that it holds."""
    graded = grade(list(submissions), submissions=submissions)
    return {
        name: next(f for f in record["functions"] if f["status"] != "missing")
        for name, record in graded.items()
    }


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    return entries(
        {
            "square": {"practice_6_2.py": SQUARE_ONLY},
            "at": {"practice_6_1.py": AT},
            "in place": {"practice_6_1.py": IN_PLACE},
            "none": {"practice_6_2.py": PROPAGATE.format("'error'")},
            "row": {"practice_6_2.py": PROPAGATE.format(f"({RIGHT})[None]")},
        }
    )


def test_a_short_list_is_told_and_the_long_one_is_all_others(told: Any) -> None:
    assert (
        'Passed: the example of the notes; square Jacobians. The check "leaves its arguments '
        'alone" counts only once all values are right. Not passed: all others.'
        in (told["square"]["checks"])
    )
    assert told["at"]["checks"].endswith("Passed: all others.")


def test_of_wrong_values_nobody_says_that_they_change_the_arguments(told: Any) -> None:
    waits = 'The check "leaves its arguments alone" counts only once all values are right.'
    edge = "Not passed because of inputs with an entry exactly at −1"
    lost = f"{edge}: whole numbers; at the threshold."
    assert f"{lost} {waits}" in told["at"]["checks"]
    assert "Not passed: leaves its arguments alone." in told["in place"]["checks"]
    assert waits not in told["in place"]["checks"]


@pytest.mark.parametrize("name", ["square", "at"])
def test_what_each_check_is_worth_adds_up_to_what_was_lost(told: Any, name: str) -> None:
    entry = told[name]
    count, worth = len(entry["cases"]), entry["max_score"] / len(entry["cases"])
    exactly = round(worth, 2) * count == pytest.approx(entry["max_score"])
    worth_told = f"worth {'' if exactly else 'about '}{round(worth, 2):g} point"
    assert f"Each of its {count} checks is {worth_told}" in entry["checks"]
    lost = sum(not right for right in entry["cases"].values())
    assert entry["score"] == pytest.approx(entry["max_score"] - worth * lost, abs=1e-4)


def test_where_nothing_is_right_no_list_is_read(told: Any) -> None:
    assert (
        told["none"]["checks"]
        == "Passed: 0 of its 8 checks. A check tries several inputs, and all of them must be right."
    )


def test_where_the_rubric_gives_the_marks_the_checks_are_not_told(told: Any) -> None:
    assert told["row"]["rubric"]
    assert told["row"]["checks"] == ""


def test_it_stands_on_the_page_and_in_the_terminal() -> None:
    (record,) = grade(["at"], submissions={"at": {"practice_6_1.py": AT}}).values()
    waits = "counts only once all values are right."
    assert waits in " ".join(plain.render(record, SAY).split())
    assert waits in page.render(record, SAY)


@pytest.mark.parametrize("answer", IDLE)
def test_nothing_is_praised_that_comes_of_doing_nothing(answer: str) -> None:
    idle = [exercise for exercise in FUNCTIONS.values() if exercise.parameters]
    files = {exercise.file: HEAD for exercise in idle}
    for exercise in idle:
        given = answer.format(exercise.parameters[0])
        line = f"def {exercise.name}({', '.join(exercise.parameters)}):\n    return {given}\n"
        files[exercise.file] += line
    (record,) = grade(["idle"], submissions={"idle": files}).values()
    # None calls another, so that each is what it would be alone.
    told = {f["function"]: f for f in record["functions"] if f["status"] != "missing"}
    assert told.keys() == {exercise.name for exercise in idle}
    for entry in told.values():
        assert entry["status"] != "right"
        assert "Right:" not in entry["checks"], entry["function"]


def test_a_case_that_counts_for_nobody_is_not_told() -> None:
    config = load_config().model_copy(
        update={"left_out": {"threshold_jacobian": ["whole numbers", "at the threshold"]}}
    )
    blocked = AT.replace("float)", "float) * (np.size(x) > 1))").replace("np.diag((", "np.diag(((")
    with grader_of(config, seed=6) as grader:
        record = grader.grade(Submission("s", {"practice_6_1.py": blocked.encode()}, {})).feedback
    entry = next(f for f in record["functions"] if f["function"] == "threshold_jacobian")
    counting = len(probes_of(6).cases("threshold_jacobian")) - 2
    assert f"Each of its {counting} checks" in entry["checks"]
    assert "at the threshold" not in entry["checks"]
    assert "one entry, or many" in entry["checks"]
