"""Hand-ins as people send them: what a person could read is graded, and what was odd is told."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from autograder.course.grader import Grader
from autograder.intake.submission import Submission
from autograder.source.statements import statements
from tests.broken_files import lost_beyond, slips
from tests.conftest import solutions
from tests.the_assignment import ASSIGNMENTS

SIX_1, SIX_2, SIX_3 = "practice_6_1.py", "practice_6_2.py", "practice_6_3.py"
#: By what is odd: the file, what stands above it, what below it, and what is told.
BESIDE = {
    "a plot": (SIX_1, "import matplotlib.pyplot as plt\n", "plt.plot([1])\n", "no `matplotlib`"),
    "a package beside NumPy": (SIX_1, "import torch, numpy as np\n", "", "there is no `torch"),
    "a missing helper": (SIX_2, "from my_helpers import *\n", "", "there is no `my_helpers` where"),
    "a newer name": (SIX_2, "from typing import override, Any\n", "x: Any = 1\n", "ImportError"),
    "the keyboard": (SIX_2, "", "input('Press Enter')\n", "stops with EOFError"),
    "a file to read": (SIX_2, "data = open('data.csv').read()\n", "", "`data = open"),
    "an assert that fails": (SIX_2, "", "assert 1 == 2\n", "stops with AssertionError"),
    "the end": (SIX_2, "", "quit()\n", "stops with SystemExit"),
    "Python 2": (SIX_2, "", "print 'done'\n", "print needs parentheses"),
    "a mistyped guard": (SIX_2, "", "if __name__ = '__main__':\n    f()\n", "to compare, write =="),
    "a magic": (SIX_1, "%matplotlib inline\n", "!pip install x\n", "for a notebook"),
    "a fence": (SIX_1, "```python\n", "```\n", "the ``` round a copied"),
    "a name and a course": (SIX_1, "Jane Doe, LING3804, week 6\n", "", "cannot be read"),
    "a merge": (SIX_2, "<<<<<<< HEAD\n", "=======\n>>>>>>> theirs\n", "merge conflict"),
    "an open bracket": (SIX_2, "x = (1, 2\n", "", "opened and never closed"),
    "an open text": (SIX_2, "", 'x = """never closed\n', "three quotes is opened"),
    "a return": (SIX_2, "", "return 3\n", "outside of every function"),
    "a broken function": (SIX_2, "def mine(x)\n    return x\n", "", "a colon (:) is missing"),
    "a circle": (SIX_1, "from backprop import *\n", "", "Right."),
    "a relative import": (SIX_2, "from .practice_6_1 import softmax as s\n", "s([1])\n", "Right."),
    "a package's import": (SIX_2, "from notes.practice_6_1 import softmax\n", "", "Right."),
    "an f-string of 3.12": (SIX_2, "", 'd = {"a": 1}\ny = f"{d["a"]}"\n', "needs Python 3.12"),
    "a type of 3.12": (SIX_2, "type V = list\n", "def g[T](x: T) -> T:\n    return x\n", "3.12"),
    "excepts of 3.14": (SIX_2, "", "try:\n    1\nexcept A, B:\n    2\n", "needs Python 3.14"),
    "an old name": (SIX_2, "import numpy as np\nBIG = np.Inf\n", "np.product([1])\n", "Right."),
    "types of a package that is not there": (
        SIX_2, "import torch\n",
        "def propagate_error(error: torch.Tensor, jacobian) -> torch.Tensor:\n"
        "    return np.asarray(error) @ np.asarray(jacobian)\n",
        "there is no `torch` where",
    ),
    "an unknown decorator": (SIX_2, "", "@njit\ndef helper(): pass\n", "called `njit` here"),
}  # fmt: skip


#: What is told by a Python that has not got what the file asks for.
NEWER = ("ImportError", "needs Python 3.12", "3.12")


def graded(grader: Grader, files: dict[str, bytes]) -> tuple[float, dict[str, dict[str, Any]]]:
    record = grader.grade(Submission("student", files)).feedback
    return record["score"], {entry["function"]: entry for entry in record["functions"]}


def test_a_function_of_a_package_that_is_not_there_is_not_ones_own(grader: Grader) -> None:
    files = solutions()
    files[SIX_1] = b"from scipy.special import softmax as ready\n" + files[SIX_1]
    files[SIX_1] += b"\n\ndef softmax(x):\n    return ready(x)\n"
    _, entries = graded(grader, files)
    assert "`ready` was to come from `scipy.special`" in entries["softmax"]["text"]


@pytest.mark.parametrize(("file", "above", "below", "told"), BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_the_functions_costs_nothing_and_is_told_once(
    grader: Grader, file: str, above: str, below: str, told: str
) -> None:
    files = solutions()
    files[file] = above.encode() + files[file] + below.encode()
    score, entries = graded(grader, files)
    assert score == 100
    texts = [entry["text"] for entry in entries.values()]
    if told in NEWER and sys.version_info >= (3, 12):
        told = "Right."
    assert sum(told in text for text in texts) == (1 if told != "Right." else len(texts))


def saved(encoding: str, mark: bytes = b"") -> bytes:
    text = solutions()[SIX_1].decode() + "# caf\N{LATIN SMALL LETTER E WITH ACUTE}\n"
    return mark + text.encode(encoding)


ENCODED = {
    "UTF-16 with a mark": saved("utf-16"),
    "UTF-16 without": saved("utf-16-be"),
    "UTF-32": saved("utf-32"),
    "UTF-32 without a mark": saved("utf-32-le"),
    "Windows": saved("cp1252"),
    "old Macs' line ends": saved("utf-8").replace(b"\n", b"\r"),
    "a coding line that is not so": b"# coding: ascii\n" + saved("utf-8"),
    "a coding line that is none": b"# coding: mine\n" + saved("utf-8"),
    "zeros at the end": saved("utf-8") + bytes(40),
}


@pytest.mark.parametrize("source", ENCODED.values(), ids=ENCODED)
def test_a_file_may_be_saved_in_any_encoding(grader: Grader, source: bytes) -> None:
    assert graded(grader, {**solutions(), SIX_1: source})[0] == 100


SIGNS = {
    "a minus": ("x - np.max(x)", "x \N{MINUS SIGN} np.max(x)", "a word processor's dash (U+2212)"),
    "a no-break space": ("return e", "return\N{NO-BREAK SPACE}e", "a no-break space"),
    "full width": ("np.exp(", "np.exp\N{FULLWIDTH LEFT PARENTHESIS}", "U+FF08"),
    "curly quotes": ("kind = 'a'", "kind = \N{LEFT SINGLE QUOTATION MARK}a’", "a curly quote"),
    "a sign that cannot be seen": ("return", "\N{ZERO WIDTH SPACE}return", "U+200B"),
}
SOFTMAX = (
    "\ndef softmax(x):\n    kind = 'a'\n    e = np.exp(x - np.max(x))\n    e = e / e.sum()\n"
    "    return e\n"
)


@pytest.mark.parametrize(("sign", "typed", "told"), SIGNS.values(), ids=SIGNS)
def test_a_word_processors_signs_are_read_as_what_they_stand_for(
    grader: Grader, sign: str, typed: str, told: str
) -> None:
    assert sign in SOFTMAX
    source = SOFTMAX.replace(sign, typed)
    score, entries = graded(grader, {**solutions(), SIX_1: solutions()[SIX_1] + source.encode()})
    assert score == 100
    assert told in entries["softmax"]["text"]


def test_signs_in_texts_and_remarks_stay_as_they_are() -> None:
    source = "x = 'a\N{MINUS SIGN}b'  # \N{LEFT DOUBLE QUOTATION MARK}c\ny = 1 \N{MINUS SIGN} 2\n"
    first, second = statements(source.encode()).body
    assert "\N{MINUS SIGN}" in first.value.value  # type: ignore[attr-defined]
    assert second.lineno == 2


def test_a_syntax_error_costs_the_function_that_it_stands_in(grader: Grader) -> None:
    files = solutions()
    files[SIX_1] = files[SIX_1].replace(
        b"def threshold(x: np.ndarray) -> np.ndarray:", b"def threshold(x)"
    )
    score, entries = graded(grader, files)
    assert score == 95
    text = entries["threshold"]["text"]
    assert "a colon (:) is missing" in text
    assert "Python says: expected ':'" in text
    assert "could not be tried: Python cannot read" in text


def test_one_slip_of_the_keyboard_costs_what_it_stands_in(grader: Grader) -> None:
    """All 2,000 are tried, and the exceptions listed, by ``python -m tests.broken_files``."""
    beyond = [slip for slip in slips(40, seed=3) if slip.function and lost_beyond(slip, grader)]
    # Private helpers of the solutions belong to the functions that use them.
    assert [slip for slip in beyond if not str(slip.function).startswith("_")] == []


STUB = (ASSIGNMENTS / SIX_1).read_text(encoding="utf-8")


def test_an_untouched_stub_below_the_students_own_does_not_count(grader: Grader) -> None:
    files = solutions()
    files[SIX_1] += f"\n\n{STUB[STUB.index('def softmax(') :]}".encode()
    score, entries = graded(grader, files)
    assert score == 100
    assert "the untouched stub again below it" in entries["softmax"]["text"]


def test_the_stubs_last_line_below_the_work_is_told(grader: Grader) -> None:
    files = solutions()
    files[SIX_1] += b"\ndef threshold(x):\n    y = x * (x > -1)\n    raise NotImplementedError\n"
    _, entries = graded(grader, files)
    text = entries["threshold"]["text"]
    assert "has the result: return `y`, and take out line" in text
    assert "not written" not in text


@pytest.mark.parametrize("name", ["softmaxJacobian", "softmax_jacobean", "SoftMax_Jacobian"])
def test_a_function_of_nearly_the_name_is_taken_for_it(grader: Grader, name: str) -> None:
    files = solutions()
    files[SIX_1] = files[SIX_1].replace(b"softmax_jacobian", name.encode())
    score, entries = graded(grader, files)
    assert score == 100
    assert f"Your `{name}` was taken for `softmax_jacobian`" in entries["softmax_jacobian"]["text"]


def test_each_unreadable_place_is_told_where_it_costs_a_function(grader: Grader) -> None:
    files = solutions()
    files[SIX_1] += b"\ndef threshold(x)\n    return x\n\ndef softmax(x):\n    return (x\n\n"
    _, entries = graded(grader, files)
    # Those above, which can be read, count; what stands below is told all the same.
    assert "a colon (:) is missing" in entries["threshold"]["text"]
    assert "opened and never closed" in entries["softmax"]["text"]
    assert "`softmax` was left out" in entries["softmax"]["text"]


INSIDE = {
    "under the guard": "if __name__ == '__main__':\n{}\n    print(1)\n",
    "in main()": "def main():\n{}\n    print(1)\n\nmain()\n",
    "below a return": "def mine(x):\n    return x\n\n{}\n",
    "deep inside": "def main():\n    if 1:\n        pass\n{}\n",
}


@pytest.mark.parametrize("around", INSIDE.values(), ids=INSIDE)
def test_functions_inside_of_something_else_are_judged_and_told(
    grader: Grader, around: str
) -> None:
    own = (
        "    def propagate_error(error, jacobian):\n        return product(error, jacobian)\n"
        "    def product(error, jacobian):\n        import numpy as np\n"
        "        return np.asarray(error) @ np.asarray(jacobian)\n"
        "    def practice_6_2():\n        return [11, -11]\n"
    )
    score, entries = graded(grader, {**solutions(), SIX_2: around.format(own).encode()})
    assert score == 100
    assert "stands inside of something else" in entries["practice_6_2"]["text"]


OLDER = {
    "a copy if needed": "    x = np.array([1, 2], dtype=float, copy=False)\n",
    "a sum of a generator": "    np.sum(v for v in [1, 2])\n",
    "an array of one as a number": "    float(np.array([[1.0]])) + int(np.array([1]))\n",
    "an array of one as an entry": "    z = np.zeros(2)\n    z[0] = np.array([[1.0]])\n"
    "    z[1] += np.array([2.0])\n    assert z.tolist() == [1, 2]\n",
    "methods": "    z = np.zeros((2, 2))\n    z.itemset((0, 1), 3)\n    z.itemset(2, 4)\n"
    "    assert z.tolist() == [[0, 3], [4, 0]] and z.ptp() == 4\n",
    "names": "    np.math.exp(1)\n    np.VisibleDeprecationWarning\n",
}


@pytest.mark.parametrize("lines", OLDER.values(), ids=OLDER)
def test_what_works_in_numpy_1_26_is_right(grader: Grader, lines: str) -> None:
    files = solutions()
    own = f"    return help_with(error) @ np.asarray(jacobian)\ndef help_with(error):\n{lines}"
    source = f"\ndef propagate_error(error, jacobian):\n{own}    return np.asarray(error)\n"
    files[SIX_2] = b"import numpy as np\n" + files[SIX_2] + source.encode()
    assert graded(grader, files)[0] == 100


def test_an_array_of_several_is_no_number_in_any_numpy(grader: Grader) -> None:
    files = solutions()
    source = "def propagate_error(error, jacobian):\n    return float(error @ jacobian)\n"
    files[SIX_2] += f"\n{source}".encode()
    _, entries = graded(grader, files)
    assert "`float(...)` makes one number" in entries["propagate_error"]["text"]


def test_the_stubs_line_above_the_work_is_told_so(grader: Grader) -> None:
    files = solutions()
    files[SIX_1] += b"\ndef threshold(x):\n    raise NotImplementedError\n    return x * (x > -1)\n"
    _, entries = graded(grader, files)
    assert "still stands above your work" in entries["threshold"]["text"]


def test_types_that_are_not_there_are_what_is_left_out(grader: Grader) -> None:
    files = solutions()
    files[SIX_2] = files[SIX_2].replace(b"-> np.ndarray:", b"-> Tuple:", 1)
    assert b"-> Tuple:" in files[SIX_2]
    score, entries = graded(grader, files)
    assert score == 100
    assert any("graded without the types" in entry["text"] for entry in entries.values())


PARAMETERS = {
    "(jacobian, error)": "in another order",
    "(error)": "too few parameters",
    "(error, jacobian, scale)": "too many parameters",
}


@pytest.mark.parametrize(("parameters", "told"), PARAMETERS.items(), ids=PARAMETERS)
def test_other_parameters_are_told_before_anything_else(
    grader: Grader, parameters: str, told: str
) -> None:
    files = solutions()
    files[SIX_2] += f"\ndef propagate_error{parameters}:\n    return error\n".encode()
    _, entries = graded(grader, files)
    assert told in entries["propagate_error"]["text"]
    assert entries["propagate_chain"]["status"] == "right in itself"


@pytest.mark.parametrize("extra", ["scale=1", "*more", "*, keep=False"])
def test_parameters_more_that_nobody_has_to_give_are_nothing_to_tell(
    grader: Grader, extra: str
) -> None:
    files = solutions()
    source = f"\ndef propagate_error(error, jacobian, {extra}):\n    return error @ jacobian\n"
    files[SIX_2] += source.encode()
    assert graded(grader, files)[0] == 100


def test_names_that_numpy_dropped_long_ago_are_told(grader: Grader) -> None:
    files = solutions()
    files[SIX_1] += b"\ndef threshold(x):\n    return np.array(x, dtype=np.float)\n"
    _, entries = graded(grader, files)
    assert "Write `float`, which is the same" in entries["threshold"]["text"]
