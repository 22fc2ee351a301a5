"""What is asked of the student's own class that has no such name is told by what the class has."""

from __future__ import annotations

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from autograder.source.crashes.own_classes import own_class
from tests.conftest import solutions_for

NET = """
class Layer:
    size = 3

    def fn(self, z):
        self.seen = z  # self.not_this = z
        return z


class Softmax(Layer):
    def grad(self, x):
        fn_x = self.{name}
        return np.diag(fn_x) - np.outer(fn_x, fn_x)


def softmax_jacobian(x):
    return Softmax().grad(softmax(x))
"""


def _lines(name: str) -> list[str]:
    return NET.format(name=name).splitlines()


def test_a_class_has_what_it_is_made_of_and_what_its_methods_set() -> None:
    found = own_class("'Softmax' object has no attribute 'fn_x'", _lines("fn_x"))
    assert found is not None
    assert found.name == "Softmax"
    assert set(found.has) == {"grad", "size", "fn", "seen"}
    assert found.line == 0


def test_the_line_that_sets_a_name_is_known() -> None:
    lines = ["class A:", "    def f(self):", "        self.a, self.b = 1, 2", "A().b == 3"]
    found = own_class("'A' object has no attribute 'b'", lines)
    assert found is not None
    assert found.line == 3


def test_what_is_no_class_of_the_file_is_none_of_these() -> None:
    assert own_class("'numpy.ndarray' object has no attribute 'b'", ["class A:"]) is None
    assert own_class("'list' object has no attribute 'b'", ["class A:"]) is None
    sets_all = ["class A:", "    def f(self):", "        setattr(self, 'a' + 'b', 1)"]
    assert own_class("'A' object has no attribute 'ab'", sets_all) is None


def _told(grader: Grader, source: str) -> dict[str, str]:
    files = solutions_for("softmax_jacobian")
    files["practice_6_1.py"] += source.encode()
    record = grader.grade(Submission("student", files)).feedback
    entry = next(f for f in record["functions"] if f["function"] == "softmax_jacobian")
    return dict(entry["parts"][0])


def test_a_name_that_is_never_set_is_told_with_one_like_it(grader: Grader) -> None:
    part = _told(grader, NET.format(name="fn_x"))
    assert part["title"] == "`self` has no `fn_x`"
    assert "no line of the file gives it that name. Its class `Softmax` has `fn`" in part["did"]
    assert "NumPy" not in part["did"]
    assert part["next"].startswith("Where is `self.fn_x` to get its value?")


def test_a_name_that_another_line_sets_is_told_with_that_line(grader: Grader) -> None:
    part = _told(grader, NET.format(name="seen"))
    assert part["title"] == "`self` has no `seen`"
    assert "gives that name a value: has that line been run by then" in part["did"]
    assert "no line of the file" not in part["did"]


def test_a_name_that_an_array_does_not_have_is_told_of_arrays(grader: Grader) -> None:
    part = _told(grader, "\n\ndef softmax_jacobian(x):\n    return x.normalised()\n")
    assert part["title"] == "No such thing behind the dot"


def test_a_name_that_is_misspelt_stands_in_the_title(grader: Grader) -> None:
    part = _told(grader, "\n\ndef softmax_jacobian(x):\n    return x.tranpose()\n")
    assert part["title"] == "Misspelt name: `tranpose`"
