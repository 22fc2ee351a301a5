"""The one small change of a student's line with which all checks pass, and what is asked of it."""

from __future__ import annotations

import pytest

from tests.student_folder import ONE_CHANGE, Student, in_one_line, look_at

#: Puts each function's code with all changes in it, none of them chosen, in the function's place.
WITH_CHANGES = """
import runpy
import check, checking.work as work
from checking.evidence import Waiting; from checking.showing import read_function
from checking.changes.switched import BOUNDED, OUTER, PICK, Switched
from checking.changes.forms import outer; from checking.changes.rewritten import bounded
from checking.changes.which_round import Rounds

names = [name for functions in check.EXERCISES.values() for name in functions]
with work.fresh_imports():
    loaded = work.load()
    for name in names:
        function = loaded.functions[name]
        switched = Switched(read_function(function), {})
        assert not function.__code__.co_argcount or len(switched.edits) > 5, name
        there = {**function.__globals__, BOUNDED: bounded(float("inf")), OUTER: outer, PICK: -1}
        there |= Rounds().space
        exec(compile(switched.tree, "changes", "exec"), there)
        tests = runpy.run_path(f"tests/{name}.py")
        functions = {**loaded.functions, name: there[name]}
        for case, finding, _ in check.run_cases(name, tests, functions):
            assert finding is None or isinstance(finding, Waiting), (name, str(finding))
print("all as before")
"""


def test_code_with_changes_does_what_the_code_does_as_long_as_none_is_chosen(
    student: Student,
) -> None:
    run = student.run("-c", WITH_CHANGES)
    assert run.stdout == "all as before\n", run.stderr


@pytest.mark.parametrize(
    ("function", "body", "place", "question"),
    [
        ("update_weights", "return [W - learning_rate * G for G, W in zip(weights, gradients)]",
         "zip(weights, gradients)", "in which order"),
        ("propagate_error", "return error @ jacobian * error.sum()",
         "error @ jacobian * error.sum()", "everything in it"),
        ("softmax", "x = x - np.max(x)\nreturn np.exp(x) / np.sum(np.exp(x)) + 1",
         "np.exp(x) / np.sum(np.exp(x)) + 1", "everything in it"),
        ("error_norms", "def norm(v):\n    return np.sum(np.sqrt(v ** 2))\nerrors = [error]\n"
         "for J in jacobians:\n    errors.append(errors[-1] @ J)\n"
         "return np.array([norm(e) for e in errors])",
         "np.sum(np.sqrt(v ** 2))", "which of the two comes first"),
        ("softmax_jacobian", "s = softmax(x)\nn = len(s)\nreturn np.array([[s[i] * "
         "(1 if i == j else 0 - s[j]) for j in range(n)] for i in range(n)])",
         "1 if i == j else 0 - s[j]", "takes in all that stands on either side"),
    ],
)  # fmt: skip
def test_the_place_of_the_one_mistake_is_asked_about(
    student: Student, function: str, body: str, place: str, question: str
) -> None:
    student.replace(function, body)
    output = student.check(function)[1]
    assert place in look_at(output), output
    assert question in in_one_line(output)


def test_two_mistakes_are_not_called_one(student: Student) -> None:
    student.replace("propagate_error", "return -(jacobian @ error) + 1")
    assert ONE_CHANGE not in student.check("propagate_error")[1]


def test_what_has_an_effect_outside_of_itself_is_not_called_a_hundred_times(
    student: Student,
) -> None:
    student.replace(
        "threshold", "open('calls.txt', 'a').write('x')\nreturn np.where(x >= -1, x, 0)"
    )
    assert ONE_CHANGE not in student.check("threshold")[1]
    assert (student.folder / "calls.txt").stat().st_size < 40


@pytest.mark.parametrize(
    "body",
    [
        "out = []\nfor v in x:\n    out.append(out)\nreturn np.array([out[0] for v in x][:0])",
        "i = 0\nwhile i < len(x):\n    i += 1\nreturn x + i",
        "out = [0]\nfor v in out:\n    if len(out) < len(x):\n        out.append(v)\nreturn out",
        "out = []\nfor v in x:\n    for w in x:\n        out.append(np.outer(v, w))\nreturn out",
    ],
)
def test_a_change_never_runs_for_ever(student: Student, body: str) -> None:
    student.replace("threshold", body)
    assert "1 to fix" in student.check("threshold")[1]  # which stops after two minutes
