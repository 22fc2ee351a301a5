"""What is said of an exception, and of None that came back, is true of that code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.course.grader import Grader
from autograder.feedback.parts import LONGEST
from autograder.intake.submission import Submission
from autograder.sandbox.outcome import Raised
from autograder.source.crashes.crash import Listed, columns_of_failure
from tests.the_assignment import below_imports, explain_exception

Feedback = Callable[[str], dict[str, dict[str, Any]]]

A, B, V, W = np.ones((3, 2)), np.ones((2, 3)), np.ones(2), np.ones(3)


def sizes(value: Any) -> tuple[int, ...]:
    """The shape of an array, or what a list of numbers has in its place."""
    plain = isinstance(value, list | tuple) and not any(isinstance(v, np.ndarray) for v in value)
    return Listed(np.shape(value), type(value).__name__) if plain else np.shape(value)


def told(code: str, file: str = "practice_6_1.py", before: str = "", **values: Any) -> str:
    """What is said of a line that really raises, with the values that it has there."""
    with pytest.raises((ValueError, TypeError, LookupError, AttributeError)) as caught:
        exec(code, {"np": np, **values})
    shapes = {
        name: "NoneType" if value is None else "function" if callable(value) else sizes(value)
        for name, value in values.items()
    }
    source = f"def f(x):\n{before}    {code}\n".encode()
    line = source.count(b"\n")
    step = caught.tb.tb_next
    assert step is not None
    columns = columns_of_failure(step, code) if "\n" not in code else None
    indent = source.split(b"\n")[line - 1].index(code.partition("\n")[0].encode())
    at = (columns[0] + indent, columns[1] + indent) if columns else None
    name = getattr(caught.value, "name", None)
    raised = Raised(caught.type.__name__, str(caught.value), file, line, "f", shapes, at, name)
    return explain_exception(raised, {file: source})


@pytest.mark.parametrize(
    "code",
    ["a + b", "a - b", "a * b", "a / b", "np.maximum(a, b)", "np.where(a > 0, b, 0)"],
)
def test_a_mismatch_entry_by_entry_is_not_explained_as_a_product(code: str) -> None:
    text = told(code, a=A, b=B)
    assert "entry by entry" in text
    assert "a @ b" not in text
    assert "`a` has shape (3, 2) and `b` has shape (2, 3)" in text


@pytest.mark.parametrize("code", ["a @ w", "np.dot(a, w)", "a.dot(w)", "np.matmul(a, w)"])
def test_a_mismatch_of_a_product_has_the_sizes_that_should_be_equal(code: str) -> None:
    text = told(code, a=A, w=W)
    assert (
        "the last size of the left side (2) must equal the first size of the right side (3)" in text
    )
    assert "entry by entry" not in text


def test_what_goes_on_from_round_to_round_is_told_as_that() -> None:
    before = "    total = 0\n    for b in c:\n    "
    text = told("total = total + b", before=before, total=A, b=B)
    assert "`total` goes on from round to round" in text


def test_an_array_in_the_place_of_an_index_is_told_as_that() -> None:
    assert "`t` stands in square brackets" in told("v[t]", v=V, t=np.array([0.5, 1.5]))


def test_of_an_index_that_is_too_large_the_loop_from_1_is_told_and_no_docstring() -> None:
    before = '    """f([np.zeros((7, 1))])"""\n    for i in range(1, n + 1):\n    '
    text = told("v[i]", before=before, v=V, i=2)
    assert "counts `i` from 1" in text
    assert "7" not in text


def test_shapes_that_no_name_has_are_told() -> None:
    text = told("e = (a.T @ w) - w", a=A, w=W)
    assert "The shapes that meet here are (2,) and (3,)" in text
    assert "In that call" not in text


def test_a_shape_that_could_be_a_number_of_the_input_is_not_told() -> None:
    text = told("a + b", a=np.ones(700), b=np.ones(800))
    assert "700" not in text
    assert "do not pair up" in text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("v += a", "keeps the array's shape, (2,); the result would have (3, 2)"),
        ("a[0] = w", "all rows of `a` have 2 places, and what is put into one has 3"),
        ("v[0] = w", "a place of `v` holds one number"),
        ("np.array([v, w])", "parts whose shapes differ"),
        ("np.vstack([v, w])", "joins arrays whose shapes do not fit"),
        ("np.diag(3.0)", "np.diag needs a vector or a matrix"),
        ("np.fill_diagonal(v, 1)", "needs a matrix (two dimensions)"),
        ("v[0, 1]", "`v` is a vector, which takes one"),
        ("v[0.5]", "an index must be a whole number"),
        ("rows[v[0]]", "an index must be a whole number"),
        ("rows[0, 1]", "one index at a time"),
        ("np.zeros(2, 2)", "stand in parentheses of their own"),
        ("for i in range(v): pass", "range takes a single whole number"),
        ("raise ValueError('shapes')", "your own `raise`"),
        ("2.718 ^ v", "e to the power of x is np.exp(x)"),
        ("v ^ 2", "A power is `**`"),
        ("np.zeros(v)", "the length of `v` is len(v)"),
        ("np.min(a, v)", "np.minimum takes the smaller; neither of these two"),
        ("np.max(0, v)", "np.maximum"),
        ("n /= 2", "which can store no decimals"),
        ("'1.5' * v", "it calculates with a text"),
        ("v(1 - v)", "A product is written with `*`"),
        ("np.array(1.0, 2.0)", "takes the numbers as one list"),
        ("rows.shape", "only arrays have `.shape`"),
        ("v.append(1)", "an array does not grow"),
        ("v.exp()", "`np.exp(...)`"),
        ("for i in len(v): pass", "`range(len(v))`"),
        ("float(v)", "makes one number, and gets a whole array"),
        ("max(0, v)", "np.maximum"),
        ("v * w", "that is np.outer"),
        ("a * np.ones((2, 4))", "goes entry by entry"),
        ("np.arange(3) ** -np.arange(3)", "no negative power"),
        ("np.dot(v, w)", "np.outer makes"),
        ("f * (1 - f)", "nobody has called it"),
        ("v - max", "`max` by itself is one of Python's own functions"),
        ("np.linalg.norm(v, 'fro')", "that it gets for that, `'fro'`, is one of matrices only."),
        ("np.linalg.norm(v, 'L2')", "`'L2'`, is none that vectors have"),
        ("np.concatenate([n[0], n[1]])", "what it gets to join is a single number"),
        ("rows.index(2)", "looks for an entry that is not there"),
        ("np.vectorize(np.exp(v))", "what `np.exp(v)` gives back, and that is no function"),
        ("list(map(v * 2, v))", "Here it gets `v * 2`, and that is no function"),
        ("list(map(np.dot(v, w), v))", "`np.dot(v, w)` gives back is no function"),
        ("len(v[0])", "`v` is a plain vector here"),
    ],
)
def test_other_causes_are_told_apart(code: str, said: str) -> None:
    text = told(code, a=A.copy(), v=V.copy(), w=W, rows=[[1, 2]], n=np.array([1, 2]), f=lambda x: x)
    assert said.lower() in text.lower()
    assert "a @ b" not in text


def test_a_place_of_an_empty_list_cannot_be_assigned_to() -> None:
    assert "`e` is empty" in told("e[1] = 2", e=[])
    assert "is empty" not in told("e[1] = 2", e=[0])


def test_a_number_where_a_size_belongs_is_named_if_it_is_too_large() -> None:
    text = told("x[i]", before="    for i in range(5):\n", x=W, i=4)
    assert "has a number, 5, where a size or an index belongs" in text
    assert "`x[i]` asks for an entry (`i`) that `x` hasn't got: it has 3 entries" in text
    assert "written as a number, [4], is there for some inputs only" in told("x[4]", x=W)
    for harmless in ("for i in range(2):", "# not range(5)", "for i in range(len(x)):"):
        assert "has a number" not in told("x[i]", before=f"    {harmless}\n", x=W, i=4)


def test_only_a_list_of_a_network_is_compared_with_its_layers() -> None:
    hint = "one more activation than"
    assert hint in told("e[i]", "backprop.py", e=[1.0], i=3)
    assert hint not in told("e[i]", "practice_6_3.py", e=[1.0], i=3)
    assert hint not in told("e[i]", "backprop.py", e=V, i=3)


def test_a_size_that_a_vector_has_not_got_is_named() -> None:
    text = told("np.zeros((v.shape[0], v.shape[1]))", v=np.ones(3))
    assert "`v.shape[1]` asks for a size that `v` has not got: it is a plain vector" in text
    assert "asks for a size" not in told("m.shape[1] + m[5, 0]", m=np.ones((2, 2)))


@pytest.mark.parametrize("code", ["np.shape(v)[1]", "v.shape[-2]", "sizes[1]"])
def test_a_second_size_of_a_vector_is_told_however_it_is_asked_for(code: str) -> None:
    head = "    sizes = v.shape\n"
    text = told(f"if {code} == 1: pass", before=head, v=V, sizes=V.shape)
    assert f"`{code}` asks for a size that `v` has not got" in text
    assert "What is this condition to find out?" in text


def test_of_what_has_changed_since_its_shape_was_read_no_shape_is_told() -> None:
    head = "    sizes = v.shape\n    v = v.reshape(-1, 1)\n"
    assert "plain vector" not in told("sizes[1]", before=head, sizes=V.shape)


@pytest.mark.parametrize("code", ["np.diag(s) - s", "s + 1", "s @ np.ones(2)", "s.append(1)"])
def test_what_is_none_is_named(code: str) -> None:
    assert "`s` is None there" in told(code, s=None)


NONE = {
    "def softmax_jacobian(x):\n"
    "    s = softmax(x)\n"
    "    J = -np.outer(s, s)\n"
    "    J = np.fill_diagonal(J, s * (1 - s))\n"
    "    return J\n": "`np.fill_diagonal` (line",
    "def propagate_chain(error, jacobians):\n"
    "    found = []\n"
    "    for J in jacobians[::-1]:\n"
    "        found.append(error @ J)\n"
    "    return found.reverse()\n": "`reverse` (line",
    "def softmax(x):\n    out = None\n    return out\n": "what stands after its `return` is None",
    "def threshold(x):\n"
    "    if len(x) > 100:\n"
    "        return np.append(x, 1)\n": "comes to its end without a `return`",
    "def propagate_error(error, jacobian):\n    try:\n        return error @ jacobian.rows\n"
    "    except Exception:\n        print('error')\n": "when the `except` in line",
    "def error_norms(error, jacobians):\n    print(error)\n": "Is there a `return` at its end?",
}


@pytest.mark.parametrize("source", NONE)
def test_where_none_comes_from(source: str, feedback: Feedback) -> None:
    text = feedback(source)[source[4 : source.index("(")]]["text"]
    assert "returns None" in text
    for said in NONE.values():
        assert (said in text) == (said == NONE[source])


def test_after_an_error_that_is_hidden_the_try_is_taken_away(feedback: Feedback) -> None:
    source = (
        "def threshold(x):\n    try:\n        new = x.copy()\n        new[x.size] = 0\n"
        "        return new\n    except IndexError:\n        pass\n"
    )
    (part,) = feedback(source)["threshold"]["parts"]
    assert part["next"].startswith("Take the `try` and the `except` of line")
    assert "under an `if`" not in part["did"]


def test_only_where_the_code_prints_it_hears_that_printing_returns_nothing(
    feedback: Feedback,
) -> None:
    for line, told in (("print(error)", True), ("norm = np.linalg.norm(error)", False)):
        source = f"def error_norms(error, jacobians):\n    {line}\n"
        text = feedback(source)["error_norms"]["text"]
        assert ("Printing a result does not return it" in text) == told


def test_an_error_inside_a_function_that_never_returns_is_told_once(
    whole_feedback: Feedback,
) -> None:
    entries = whole_feedback(
        "def backward(weights, activations, target):\n"
        "    errors = []\n"
        "    errors[len(weights) - 1] = activations[-1] - target\n"
        "    return errors\n"
    )
    assert "`errors` is empty" in entries["backward"]["text"]
    assert "is empty" not in entries["train"]["text"]
    assert "your own `backward`" in entries["train"]["text"]


#: Nothing comes back, and on whole numbers it stops as well.
NOTHING_BACK = {
    "into what was given": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    for l in range(len(weights)):\n        weights[l] -= learning_rate * gradients[l]\n",
    ),
    "into a copy": (
        "update_weights",
        "def update_weights(weights, gradients, learning_rate):\n"
        "    new = [W.copy() for W in weights]\n    for W, G in zip(new, gradients):\n"
        "        W -= learning_rate * G\n",
    ),
    "printed": (
        "softmax",
        "def softmax(x):\n    x = np.array(x)\n    x /= 1\n    e = np.exp(x - np.max(x))\n"
        "    print(e / e.sum())\n",
    ),
    "where it never stops": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n    out = []\n    for J in jacobians:\n"
        "        error = error @ J\n        out.append(error)\n",
    ),
}


@pytest.mark.parametrize(("function", "source"), NOTHING_BACK.values(), ids=NOTHING_BACK)
def test_that_nothing_comes_back_goes_first(function: str, source: str, feedback: Feedback) -> None:
    entry = feedback(source)[function]
    (part,) = entry["parts"]
    assert part["title"] == "Nothing comes back"
    assert part["did"].startswith(f"`{function}` returns None: nothing comes back.")
    assert ("stops with TypeError" in part["did"]) == ("-= learning" in source or "/=" in source)
    assert "which line of your code is to hand the result" in part["next"]


def test_a_name_whose_import_was_left_out_is_told_as_that(grader: Grader) -> None:
    source = (
        b"import numpy as np\nfrom nowhere.special import softmax as theirs\n\n"
        b"def softmax(x):\n    return theirs(x)\n"
    )
    graded = grader.grade(Submission("student", {"practice_6_1.py": source})).feedback
    (entry,) = [f for f in graded["functions"] if f["function"] == "softmax"]
    assert "`theirs` was to come from `nowhere.special` in line 2" in entry["text"]
    assert not any("ends in" in line for line in entry["parts"][0]["call"])
    assert entry["parts"][0]["call"][-1] == "print(softmax(x))"


def test_where_it_mostly_stops_that_goes_first(feedback: Feedback) -> None:
    source = (
        "def propagate_error(error, jacobian):\n    if len(error) == 1:\n        return None\n"
        "    return jacobian @ error.reshape(3, 7)\n"
    )
    (part,) = feedback(source)["propagate_error"]["parts"]
    assert part["title"] == "Shapes that do not fit"
    assert part["next"]


@pytest.mark.parametrize(
    "lines",
    [
        "    return s * (np.kron(x, x) - s)\n",
        "    delta = np.kron(s, np.ones(len(s)))\n    return s * (delta - s)\n",
    ],
)
def test_a_known_reason_of_most_stops_goes_before_the_shape_of_the_others(
    lines: str, feedback: Feedback
) -> None:
    source = f"def softmax_jacobian(x):\n    s = softmax(x)\n{lines}"
    (part,) = feedback(source)["softmax_jacobian"]["parts"]
    assert "np.kron makes the Kronecker product" in part["did"]
    assert "has shape (1,)" not in part["did"]
    assert part["next"].startswith("Print `np.kron([1, 2], [3, 4])` and `np.eye(2)`")


def test_a_text_with_an_error_and_observations_stays_short(feedback: Feedback) -> None:
    text = feedback(
        "def propagate_error(error, jacobian):\n"
        "    new_error = np.zeros(len(error))\n"
        "    for j in range(len(error)):\n"
        "        for i in range(jacobian.shape[1]):\n"
        "            new_error[j] += error[i] * jacobian[i, j]\n"
        "    return new_error\n"
    )["propagate_error"]["text"].partition("the last one counts. ")[2]
    assert text.startswith("No such place. On some inputs line ")
    assert len(text.split()) <= LONGEST


def test_an_exception_comes_with_an_input_at_which_it_is_raised(feedback: Feedback) -> None:
    source = """
def forward(weights, x):
    activations = [x]
    for W in weights[:-1]:
        activations.append(max(0, W @ activations[-1]))
    return [*activations, softmax(weights[-1] @ activations[-1])]
"""
    (said,) = feedback(source)["forward"]["parts"]
    space: dict[str, Any] = {"np": np, "softmax": lambda z: z}
    exec(source, space)
    with pytest.raises(ValueError, match="truth value"):
        exec(below_imports(said["call"]), space)
    assert "how many answers" in said["next"]


def test_a_name_that_no_network_has_is_told_as_that(feedback: Feedback) -> None:
    source = "def forward(weights, x):\n    return [x, *(W @ x + b for W in weights)]\n"
    (said,) = feedback(source)["forward"]["parts"]
    assert "no biases" in said["did"]


def test_of_a_pair_that_mostly_stops_no_half_is_told_that_is_contradicted(
    feedback: Feedback,
) -> None:
    source = """
def backward(weights, activations, target):
    y, top = activations[-1], len(weights)
    d = {top: (y - target) @ (np.diag(y) - np.outer(y, y))}
    for l in range(top - 1, 0, -1):
        d[l] = d[l + 1] @ weights[l]
        if l < top - 1:
            d[l] = d[l] * (activations[l] > 0)
    return [d[l] for l in range(1, top + 1)]
"""
    entry = feedback(source)["backward"]
    assert entry["diagnosis"] == []
    assert "just below the top" in entry["parts"][0]["did"]


def test_of_a_row_that_is_too_short_its_matrix_is_told() -> None:
    before = "    for i in range(3):\n        for j in range(3):\n    "
    text = told("a[i][j] * v[j]", before=before, a=A, v=V, i=0, j=2)
    assert "`a[i][j]` asks for a column (`j`) that `a` hasn't got" in text
    assert "`a` has shape (3, 2)." in text


def test_beside_a_product_the_shapes_of_its_own_sides_are_told_alone() -> None:
    text = told("v + a @ w", a=A, w=W, v=V)
    assert "There `a` has shape (3, 2) and `w` has shape (3,)." in text


def test_of_several_places_on_a_line_the_one_is_told_at_which_python_stopped() -> None:
    line = "r[j] = r[j] + x[i] * W[i, j]"
    text = told(line, r=np.zeros(3), x=V, W=B, i=2, j=0)
    assert "`x[i]` asks for an entry (`i`) that `x` hasn't got" in text
    text = told(line, r=np.zeros(3), x=W, W=B, i=2, j=0)
    assert "`W[i, j]` asks for a row (`i`) that `W` hasn't got" in text
    text = told("s = x[h] * Ws[k + 1][h][h]", x=V, Ws=np.ones((2, 3, 1)), k=0, h=1)
    assert "the last index, `h`, is too large: `Ws[k + 1][h]` has 1 entry" in text
    assert "along axis" not in text


def test_what_stopped_is_quoted_without_signs_that_mark_code() -> None:
    text = told("np.ones((2, len('`'))) @ v.T", v=V)
    assert "stops with ValueError" in text
    assert "'`'" not in text


@pytest.mark.parametrize(
    ("head", "is_told"), [('if __name__ == "__main__":', True), ("def other():", False)]
)
def test_a_name_that_is_set_where_the_file_is_run_is_told_as_that(head: str, is_told: bool) -> None:
    source = f"def f(z):\n    f = z + 1\n    return len(df)\n\n{head}\n    df = [1]\n\nx = 1\n"
    raised = Raised("NameError", "", "practice_6_1.py", 3, "f", {}, None, "df")
    text = explain_exception(raised, {"practice_6_1.py": source.encode()})
    assert ("runs only when the file itself is run" in text) is is_told
    assert "Is `f` meant?" in text


@pytest.mark.parametrize(
    ("line", "name", "near"),
    [
        ("weights = weight - rate * G", "weight", "weights"),
        ("loss = errror @ J", "errror", "error"),
        ("new = grads[0]", "grads", "gradients"),
        # A step is missing, and the name that is alike is used beside it for what it is.
        ("weights = weights - rate * weight_deltas", "weight_deltas", ""),
        ("new = layers - layer_deltas", "layer_deltas", ""),
    ],
)
def test_a_name_is_only_guessed_where_it_is_near_and_not_used_beside(
    line: str, name: str, near: str
) -> None:
    known = "weights, layers, gradients, error, rate, G, J"
    source = f"def f({known}):\n    {line}\n    return 1\n"
    raised = Raised("NameError", "", "practice_6_1.py", 2, "f", {}, None, name)
    text = explain_exception(raised, {"practice_6_1.py": source.encode()})
    assert ("meant?" in text) is bool(near)
    assert not near or f"Is `{near}` meant?" in text


@pytest.mark.parametrize(
    ("above", "near"),
    [
        ("rows = [x for i, weight in enumerate(z)]", ""),
        ("rows = [2 * x\n            for weight in z]", ""),
        ("rows = np.sum(z,\n    weight=1)", ""),
        ("f = lambda weight: 1", ""),
        ("def g(weight):\n        return 1", ""),
        ("def g(z):\n        weight = 1\n        return 1", ""),
        ("for weight in z: pass", "weight"),
        ("for i, (weight, y) in z: pass", ""),
        ("weight = [a for a in z]", "weight"),
    ],
)
def test_a_name_is_only_guessed_where_it_can_be_read(above: str, near: str) -> None:
    source = f"def f(z):\n    {above}\n    for i in z:\n        return weigth\n"
    line = source.count("\n")
    raised = Raised("NameError", "", "practice_6_1.py", line, "f", {}, None, "weigth")
    text = explain_exception(raised, {"practice_6_1.py": source.encode()})
    assert ("meant?" in text) is bool(near)
    assert not near or f"Is `{near}` meant?" in text


def test_a_name_of_a_comprehension_is_told_as_that_below_it() -> None:
    source = "def f(z):\n    y = [x\n         for x in z]\n    return x\n"
    raised = Raised("NameError", "", "practice_6_1.py", 4, "f", {}, None, "x")
    text = explain_exception(raised, {"practice_6_1.py": source.encode()})
    assert "`x` gets values within the brackets with `for x in`" in text
    assert "only further down" not in text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "for i, W in range(items): pass",
            "the whole of `items`, and the loop has two names",
        ),
        ("range(len(items) / 2)", "`len(items) / 2` is a float"),
        ("range(0, half)", "`range(0, half)`: range takes whole numbers"),
    ],
)
def test_what_range_is_given_is_told_by_what_stands_there(code: str, said: str) -> None:
    text = told(code, items=[A, A], half=1.5)
    assert said in text
    assert "a size or a count" not in text


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("items.reverse()[1:]", "items.reverse()"),
        ("for W in items.reverse(): pass", "items.reverse()"),
        ("len(items.append(a))", "items.append(a)"),
        ("a + items.sort(key=id)", "items.sort(key=id)"),
    ],
)
def test_what_a_line_makes_none_of_is_told_by_its_call(code: str, call: str) -> None:
    text = told(code, items=[A, A], a=A)
    assert f"it goes on with what `{call}` gives back, and that is None" in text


def test_what_makes_none_changes_what_has_a_name_or_is_lost() -> None:
    assert "`reverse` changes `items` itself" in told("items.reverse()[1:]", items=[A, A])
    lost = told("for n in list(range(3)).reverse(): pass")
    assert "has no name, so that what is changed is lost" in lost
    assert "On a line of its own" not in lost
    assert "`sort` changes" not in told("np.sort(a)[nothing + 1]", a=A, nothing=None)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([1.0], "`x` is a list with 1 entry"),
        ((1.0, 2.0), "`x` is a tuple with 2 entries"),
        ([[1.0, 2.0]], "`x` is a list with 1 list in it, of length 2"),
        ([[1, 2, 3], [4, 5, 6]], "`x` is a list with 2 lists in it, each of length 3"),
    ],
)
def test_a_list_is_told_by_its_entries_and_an_array_by_its_shape(held: object, said: str) -> None:
    text = told("np.array(x) @ w", x=held, w=np.ones(5))
    assert "`w` has shape (5,)" in text
    assert "`x` has shape" not in text
    assert said in text


def test_none_of_an_own_function_is_told_of_no_method() -> None:
    assert "goes on with" not in told("(lambda n: None)(items)[1:]", items=[A, A])
    assert "goes on with" not in told("items.extend(nothing)", items=[A, A], nothing=None)


@pytest.mark.parametrize(("code", "near"), [("x.dim", "ndim"), ("x.shapes[0]", "shape")])
def test_what_an_array_has_by_a_name_close_by_is_asked_for(code: str, near: str) -> None:
    text = told(code, x=W)
    assert f"An array has `{near}`" in text
    assert "a list and an array can do different things" not in text


def test_what_an_array_has_nothing_like_is_told_without_another_name() -> None:
    assert "is that meant" not in told("x.weights", x=W)
    assert "is that meant" not in told("x.dim", x=[1.0])


#: By what makes a vector: what is said of that where it meets a matrix, if anything is.
MADE_LONGER = {
    "np.tile(v, 2)": "puts copies of a vector one after another, into one longer vector",
    "np.repeat(v, 2)": "puts each number several times in a row",
    "np.concatenate([v, v])": "puts what it gets one after another",
    "np.eye(2).flatten()": "puts all numbers one after another, into one vector",
    "np.array([1, 2, 3, 4])": "",
    "np.tile(v, reps=2)": "",
}


@pytest.mark.parametrize("made", MADE_LONGER)
def test_what_has_made_a_vector_too_long_is_told(made: str) -> None:
    text = told("np.eye(2) - long", before=f"    long = {made}\n", long=np.ones(4))
    assert (f"`long` is made above by `{made}`" in text) == bool(MADE_LONGER[made])
    assert MADE_LONGER[made] in text


def test_what_made_a_vector_is_not_told_where_it_is_not_too_long_or_made_twice() -> None:
    first = "    v = np.tile(x, 2)\n"
    assert "made above" not in told("np.eye(3) - v", before=first, v=V)
    twice = f"{first}    v = v[:4]\n"
    assert "made above" not in told("np.eye(2) - v", before=twice, v=np.ones(4))


def test_an_entry_at_a_written_place_is_not_said_to_fit_one_size_only() -> None:
    # It is there for every vector with two entries or more.
    text = told("x[1]", x=W[:1])
    assert "written as a number, [1], is there for some inputs only" in text
    assert "fits one size" not in text
