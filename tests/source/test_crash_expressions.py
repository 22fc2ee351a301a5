"""The reason given for an exception is one that the expression on its line can have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.diagnosis.after_stop import after_stop, name_of_stop
from autograder.source.crashes.crash import Crash
from autograder.source.crashes.reasons import reason
from autograder.source.crashes.taken import names_outside
from tests.the_assignment import SAY

VECTOR, OTHER, MATRIX = np.ones(4), np.ones(3), np.ones((4, 3))


def why(line: str, before: tuple[str, ...] = (), **values: Any) -> str:
    """The reason for what a line really raises, with the values that it has there."""
    with pytest.raises((ValueError, TypeError, IndexError)) as caught:
        exec(line, {"np": np, **values})
    shapes: dict[str, Any] = {
        name: "list" if isinstance(value, list) and value else np.shape(value)
        for name, value in values.items()
    }
    kind = caught.type.__name__
    crash = Crash(kind, str(caught.value), line, before=before, function="f", shapes=shapes)
    return SAY.fill(reason(crash))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sum(a, axis=0)", "Python's own `sum` has no `axis`; `np.sum` has"),
        ("reversed(zip(rows, rows))", "`'zip' object is not reversible`. `reversed` begins with"),
        ("reversed(enumerate(rows))", "`'enumerate' object is not reversible`"),
        ("np.dot(a, a, axis=0)", "`np.dot` takes no `axis`"),
        ("np.diag[a > 0]", "`np.diag(...)`"),
        ("a * (np.kron(a, a) - a)", "The Kronecker delta"),
        ("m.sum(axis=2)", "of this array the last is 1"),
        ("a.sum(axis=1)", "its only axis is 0"),
        ("np.dot(np.dot(m.T, n), b)", "`n` is a single number there"),
        ("np.ones((4, 1)) * np.ones((3, 4))", "a column, of shape (4, 1)"),
        ("np.ones((4, 1)) * np.ones((3, 1))", "shapes that meet here are (4, 1) and (3, 1)"),
        ("np.fill_diagonal(n, 1)", "`n` is a single number here. Which line makes `n`"),
        ("np.fill_diagonal(a, 1)", "`a` is a vector here. Which line makes `a`"),
        ("a.reshape(-1, 1) @ b.transpose()", "is no row: transposing exchanges rows"),
        (
            "a.reshape(-1, 1) @ b.T",
            "transposing exchanges rows and columns, and a vector has neither",
        ),
        ("a @ b", "of two vectors need the same length"),
        ("np.dot(m[:, :1] * 2, m[:, :1])", "Both are columns here. Entry by entry they"),
        ("np.dot(m[:1] * 2, m[:1])", "Both are rows here"),
        ("np.dot(m * 2, m + 1)", "Both have one shape here: is `*`, entry by entry, meant?"),
        ("np.matrix(m[:, :1]) * m[:, :1]", "`*` of two np.matrix is the product of matrices"),
        ("np.where(a > 0, a)", "with two arguments lacks one"),
        ("np.gradient(a[:1])", "needs two of them"),
        ("np.tensordot(a, m)", "a vector has only one"),
        ("{a: 1}", "but no list and no array"),
        ("np.linalg.norm(a, m)", "`m` is a whole array"),
        ("m[0, 3]", "`m` hasn't got: it has 3 columns, [0] to [2]"),
        ("a[0, 1]", "`a` is a vector, which takes one. Which of the two"),
        ("m[0, 0] = n * (1 - a)", "`a` is a whole vector there"),
        ("a[0] = b", "in a list, with append"),
        ("np.sum(v for v in a)", "Square brackets around it"),
        ("for i, j in range(3): pass", "one number in each round"),
        ("v, w, z = rows", "just 3 names, and here `rows` holds fewer"),
        ("np.array([np.full((4, 2), m)])", "it puts an array of shape (4, 3)"),
        ("np.array(tables, object)", "where only their first size is the same, as here (4)"),
        ("rows.index(b)", "let the loop count it"),
        ("if a == b: pass", "both need the same shape"),
        ("[v * w for v in rows for w in (b, b)]", "each `v` meets every `w`"),
        ("a.sum[0]", "`a.sum(...)`"),
        ("map(len)", "One of them is missing"),
        ("c = np.dot(m.T), a", "Its brackets are closed before `a`: should"),
        ("c = np.outer(a), b * 2", "Its brackets are closed before `b * 2`: which part"),
        ("c = np.dot(a), np.dot(b)", "What should stand between its brackets"),
        ("n()", "it stands without `()`"),
        ("n[0] = 1.0", "an array such as np.zeros(n)"),
        ("a * ...", "still to be written"),
        ("np.diag(v > 0 for v in a)", "without square brackets"),
        ("range(a.shape)", "`a.shape` holds a size for each axis"),
    ],
)
@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_the_reason_is_that_of_the_expression(line: str, said: str) -> None:
    values = {"a": VECTOR.copy(), "b": OTHER, "m": MATRIX.copy(), "n": np.float64(2.0)}
    assert said in why(line, **values, rows=[VECTOR, VECTOR], tables=[MATRIX, MATRIX[:, :2]])


@pytest.mark.parametrize(
    ("line", "array", "second"),
    [
        ("[np.min(v, n * np.asarray(w)) for v, w in [(a, a)]]", "v", "n * np.asarray(w)"),
        ("np.sum(m[0, :], a)", "m[0, :]", "a"),
        ("np.cumsum(a, n * a)", "a", "n * a"),
        ("np.mean([x * y for x, y in zip(a, a)], b)", "[x * y for x, y in zip(a, a)]", "b"),
    ],
)
def test_what_stands_in_the_place_of_an_axis_is_told(line: str, array: str, second: str) -> None:
    text = why(line, a=VECTOR, b=OTHER, m=MATRIX, n=np.float64(2.0))
    assert f"looks through one array, here `{array}`" in text
    assert f"the second argument, `{second}`, for the number of an axis" in text


def test_where_an_axis_is_made_its_number_cannot_be_left_out() -> None:
    for line in ("np.expand_dims(np.sum(a), axis=4)", "np.stack([a.sum(), a.sum()], axis=4)"):
        text = why(line, a=VECTOR)
        assert "it asks for axis 4" in text, line
        assert "leave axis" not in text, line


@pytest.mark.parametrize(
    ("line", "spare"),
    [
        ("a / np.sum(a, axis=1)", "leave `axis=1` out"),
        ("a / a.sum(axis=1, keepdims=True)", "leave `axis=1` and `keepdims=True` out"),
        ("a / np.exp(a).sum(axis=1)[:, None]", "leave `axis=1` and `[:, None]` out"),
        ("e = a / (np.sum(a, axis=1))[:, np.newaxis]", "leave `axis=1` and `[:, np.newaxis]` out"),
        ("a / a.sum(axis=-2).reshape(-1, 1)", "leave `axis=-2` and `.reshape(-1, 1)` out"),
        ("a - np.mean(a[:, None][:, 0], axis=1)", "leave `axis=1` out"),
    ],
)
def test_all_that_a_vector_does_not_need_is_named_with_the_axis(line: str, spare: str) -> None:
    assert f"its only axis is 0 (you can {spare})" in why(line, a=VECTOR)


@pytest.mark.parametrize(
    "line",
    ["a / a.sum(axis=1)[0]", "np.apply_along_axis(np.sum, 1, a)", "np.flip(a, 1)", "np.sum(a, 2)"],
)
def test_an_axis_that_is_needed_or_not_all_is_not_said_to_be_left_out(line: str) -> None:
    text = why(line, a=VECTOR)
    assert "its only axis is 0." in text
    assert "leave" not in text


def test_an_array_in_the_brackets_of_a_method_is_no_axis() -> None:
    assert "here `m`, and takes what stands in its brackets, `2 * a`" in why(
        "m.min(2 * a)", m=MATRIX, a=VECTOR
    )


@pytest.mark.parametrize("line", ["np.sum(a, 2)", "np.sum(a, -2)", "np.sum(a, axis=1)"])
def test_an_axis_that_is_not_there_is_nothing_to_calculate_with(line: str) -> None:
    text = why(line, a=VECTOR)
    assert "its only axis is 0" in text
    assert "second argument" not in text


def test_another_call_on_the_line_is_not_the_one_that_takes_an_axis() -> None:
    assert "axis" not in why("np.sum(m, 0) * np.zeros(a)", m=MATRIX, a=VECTOR)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("s = 0; s += np.square(a, w).sum()", "the second argument of `np.square` is the place"),
        ("c = np.exp(a, w)", "does not calculate with `w`"),
        ("c = np.abs(a, [1, 2, 3, 4]) + a", "does not calculate with `[1, 2, 3, 4]`"),
        ("np.sqrt(a, b)", "does not calculate with `b`"),
        ("c = np.multiply(a, a, w)", "the third argument of `np.multiply` is the place"),
        ("c = np.dot(m.T, a, w)", "the third argument of `np.dot` is the place"),
    ],
)
def test_an_argument_that_is_the_place_of_the_result_is_told(line: str, said: str) -> None:
    text = why(line, a=VECTOR, b=OTHER, m=MATRIX, w=np.ones(4, dtype=int))
    assert said in text
    assert "in place, and that array" not in text


@pytest.mark.parametrize("line", ["w += a", "w *= np.exp(a)", "w /= np.square(a)"])
def test_what_a_sign_in_place_cannot_store_is_told_of_the_sign(line: str) -> None:
    text = why(line, a=VECTOR, w=np.ones(4, dtype=int))
    assert "changes `w` in place" in text
    assert "argument" not in text


def test_sizes_in_brackets_of_their_own() -> None:
    assert "`(2, 2)` is several of them together" in why("np.eye((2, 2))")
    assert "several of them" not in why("np.eye(n)", n=2.0)


def test_of_two_loops_with_one_name_neither_is_said_to_go_too_far() -> None:
    head = ("def f(ms, ts):", "    for i, v in enumerate(ms):", "        print(v)")
    inner, then = "        for i in range(len(ws)):", "            ws[i] = v"
    text = why("ts[i].sum()", (*head, inner, then), ts=[VECTOR], i=1)
    assert "Two loops go over `i` here, one within the other" in text
    assert "ends at the length" not in why("m[i]", (*head, inner, then), m=MATRIX, i=5)


def test_a_loop_behind_another_is_the_only_one() -> None:
    head = ("def f(ms, ts):", "    for i in range(3):", "        print(i)")
    text = why("m[i].sum()", (*head, "    for i in range(len(ws)):"), m=MATRIX, i=5)
    assert "Two loops" not in text
    assert "ends at the length of `ws`" in text or "end at just this size" in text


def test_a_slice_asks_for_no_place_that_is_not_there() -> None:
    text = why("out[k] += v @ m[:, k]", out=np.zeros(4), v=VECTOR, m=np.ones((4, 5)), k=4)
    assert "`out[k]` asks for an entry (`k`) that `out` hasn't got" in text
    assert "`m[:, k]`" not in text


@pytest.mark.parametrize(
    ("line", "made_by"),
    [
        ("np.maximum(z, 0)", "map"), ("z / np.sum(z)", "map"), ("a[0] = z", "map"),
        ("np.exp(map(abs, a))", "map"), ("len(zip(a, a))", "zip"), ("filter(None, a)[0]", "filter"),
        ("(v for v in a) * 2", "(... for ...)"),
    ],
)  # fmt: skip
def test_values_that_come_one_by_one_are_no_array(line: str, made_by: str) -> None:
    text = why(line, a=np.ones(3), z=map(abs, VECTOR))
    assert f"what `{made_by}` makes is no list and no array" in text


def test_what_holds_values_that_come_one_by_one_is_told_where_the_message_does_not() -> None:
    message = "matmul: Input operand 0 does not have enough dimensions"
    crash = Crash("ValueError", message, "z @ W", function="f", shapes={"z": "map", "W": (2, 2)})
    assert "what `map` makes" in SAY.fill(reason(crash))
    number = Crash("ValueError", message, "z @ W", function="f", shapes={"z": (), "W": (2, 2)})
    assert "what `map` makes" not in SAY.fill(reason(number))


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(
    ("line", "what"), [("2(a - b)", "2(a - b)"), ("a = -0.5(a + n) * n", "0.5(a + n)")]
)
def test_a_number_in_front_of_brackets_is_no_function(line: str, what: str) -> None:
    text = why(line, a=VECTOR, b=VECTOR, n=2.0)
    assert f"`{what}` has a number in front of brackets" in text


def test_a_value_with_a_name_in_front_of_brackets_may_be_an_array() -> None:
    text = why("n(a)", a=VECTOR, n=2.0)
    assert "a number in front of brackets" not in text
    assert "an entry is taken with `[...]`" in text


def test_what_is_inverted_has_to_be_square() -> None:
    assert "as many rows as columns" in why("np.linalg.inv(m)", m=MATRIX)
    assert "as many rows" not in why("np.linalg.inv(a)", a=VECTOR)


def test_the_last_entry_of_a_list_that_is_still_empty() -> None:
    loop = ("out = []", "for v in a:")
    assert "in the first round nothing is in that list yet" in why(
        "out[-1] @ m", loop, out=[], m=MATRIX
    )
    assert "in the first round" not in why("out[0] @ m", loop, out=[], m=MATRIX)


@pytest.mark.parametrize(
    ("before", "is_told"),
    [
        (("out = []", "for i in range(3):"), True),
        (("out = list()", "total = 0"), True),
        (("out = []  # errors",), True),
        (("out = []", "out.append(1)", "out.pop()"), False),
        (("out = []", "out = [a][1:]"), False),
        (("out = [v for v in a if v > 2]",), False),
    ],
)
def test_a_list_in_which_nothing_is_yet_is_told_as_that(
    before: tuple[str, ...], *, is_told: bool
) -> None:
    text = why("out[0] @ m", before, out=[], m=MATRIX)
    assert ("the list `out`, in which nothing is yet" in text) is is_told
    assert ("which is empty here" in text) is not is_told


def test_a_loop_over_a_shape_counts_no_places() -> None:
    before = ("for i in a.shape:",)
    assert "goes through the sizes themselves" in why("a[i]", before, a=VECTOR, i=4)


def test_a_value_in_the_place_of_an_index() -> None:
    before = ("for i in m:",)
    text = why("items[i]", before, items=[VECTOR], m=MATRIX, i=MATRIX)
    assert "goes through the values of `m`" in text


def test_a_keyword_that_the_students_own_function_does_not_take_is_no_function_of_numpys() -> None:
    text = why("f(a, axis=0)", f=lambda x: x, a=VECTOR)
    assert "takes no `axis`" not in text
    assert "does not take the arguments" in text
    assert "the stub" not in text


def test_more_arguments_than_a_function_of_the_students_own_takes() -> None:
    def helper(x: Any) -> Any:
        return x

    text = why("helper(a, a)", helper=helper, a=VECTOR)
    assert "`helper` does not take the arguments that it gets here" in text
    called_by_the_grader = Crash("TypeError", "f() takes 1 positional argument but 2 were given")
    assert "the stub" in SAY.fill(reason(called_by_the_grader))


@pytest.mark.parametrize(
    ("line", "name", "keyword", "near"),
    [
        ("np.sum(a, axis=0, Keepdims=True)", "np.sum", "Keepdims", "keepdims"),
        ("np.zeros(4, dtpye=float)", "np.zeros", "dtpye", "dtype"),
        ("m.max(Axis=1)", "m.max", "Axis", "axis"),
        ("sorted(a, revers=True)", "sorted", "revers", "reverse"),
        ("np.linalg.norm(a, axes=0)", "np.linalg.norm", "axes", "axis"),
    ],
)
def test_an_argument_that_is_spelt_otherwise(line: str, name: str, keyword: str, near: str) -> None:
    text = why(line, a=VECTOR, m=MATRIX)
    assert f"`{name}` has no argument `{keyword}`. Is `{near}` meant?" in text


@pytest.mark.parametrize("line", ["np.exp(a, Axis=0)", "np.dot(a, a, axis=0)", "a.sum(by=0)"])
def test_an_argument_that_the_function_has_in_no_spelling(line: str) -> None:
    text = why(line, a=VECTOR)
    assert "Leave it out, or is another function meant?" in text
    assert "meant? Each letter" not in text


def test_a_decorator_that_looks_arguments_up_is_named() -> None:
    crash = Crash("TypeError", "unhashable type: 'numpy.ndarray'", "", function=None)
    assert "`lru_cache`" in SAY.fill(reason(crash))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("s = f[i] ** 2", "`f` is a function, and square brackets behind it"),
        ("s = a[f[i]]", "`f` is a function, and square brackets behind it"),
        ("s = (f)[0] + g[1]", "nobody has called it"),  # either of the two
    ],
)
def test_square_brackets_behind_a_function_are_told(line: str, said: str) -> None:
    shapes = {"f": "function", "g": "function", "a": (3,)}
    crash = Crash("TypeError", "'function' object is not subscriptable", line, shapes=shapes)
    assert said in SAY.fill(reason(crash))


@pytest.mark.parametrize(("name", "level"), [("norm", True), ("nrom", False)])
def test_what_sits_one_level_deeper_has_a_title_of_its_own(name: str, level: bool) -> None:
    message = f"module 'numpy' has no attribute '{name}'"
    why = reason(Crash("AttributeError", message, f"return np.{name}(x)", name=name))
    assert (SAY.fill(name_of_stop(why)) == "One level deeper in NumPy") is level
    assert ("np.linalg" in SAY.fill(after_stop(why))) is level


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("np.linalg.norm(a, 'fro')", "No such norm"),
        ("np.reshape(a, (2, 2), order='x')", "A value that cannot be used so"),
        ("np.squeeze(a, axis=0)", "Shapes that do not fit"),
        ("np.vstack([])", "Empty where something is needed"),
        ("np.einsum('i', m)", "Letters and axes of np.einsum"),
    ],
)
def test_shapes_are_spoken_of_where_the_message_is_about_shapes(line: str, title: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        exec(line, {"np": np, "a": VECTOR, "m": MATRIX})
    told = reason(Crash("ValueError", str(caught.value), line, function="f"))
    assert SAY.fill(name_of_stop(told)) == title
    # What the file has not got in quotes isn't repeated.
    assert "fro" not in SAY.fill(told)


@pytest.mark.parametrize(
    ("outside", "is_told"), [({"exp": "import"}, True), ({"exp": "function"}, False)]
)
def test_a_call_that_stops_where_a_function_is_wanted(
    outside: dict[str, str], is_told: bool
) -> None:
    message = "only 0-dimensional arrays can be converted to Python scalars"
    line, failed = "e = np.vectorize(exp(y))", "exp(y)"
    told = reason(Crash("TypeError", message, line, expression=failed, outside=outside))
    text = SAY.fill(told)
    assert "takes one number" in text
    assert ("what `exp(y)` gives back is no function" in text) == is_told


def test_a_name_without_a_value_is_named() -> None:
    message = "cannot access local variable 'loss' where it is not associated with a value"
    crash = Crash("UnboundLocalError", message, "loss += 0.5 * s", function="f")
    assert "`loss` has no value yet" in SAY.fill(reason(crash))
    other = Crash("UnboundLocalError", message, "total += s", function="f")
    assert "`loss`" not in SAY.fill(reason(other))


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("X", "return X", "capital and small letters"),
        ("y", "y[i] = x[i]", "nothing can be put into it"),
        ("L", "for l in range(L):", "speaks of `L` (`weights : list of L arrays`)"),
        ("n", "J = np.zeros((n, n))", "a size or a number of rounds belongs there"),
        ("k", "total += x[k]", "Which loop is missing"),
    ],
)
def test_what_kind_of_name_is_missing(name: str, line: str, said: str) -> None:
    crash = Crash(
        "NameError", f"name '{name}' is not defined", line, name=name, known=["x", "i"],
        function="f", described=["weights : list of L arrays"],
    )  # fmt: skip
    assert said in SAY.fill(reason(crash))


def test_a_row_without_a_comma_at_its_end() -> None:
    crash = Crash("TypeError", "list indices must be integers or slices, not tuple", "[0, 1]")
    assert "no comma behind `[0, 1]`" in SAY.fill(reason(crash))


def test_a_number_that_the_line_made_itself_in_the_round_before() -> None:
    loop = ("def f(error, m):", "    for J in m:")
    text = why("error = np.sum(error @ m)", loop, error=np.float64(2.0), m=MATRIX)
    assert "made it one in the round before" in text
    begun = ("def f(m):", "    error = 2.0", "    for J in m:")
    text = why("error = np.sum(error @ m)", begun, error=np.float64(2.0), m=MATRIX)
    assert "in the round before" not in text


def test_an_array_of_another_shape_that_is_filled_in_a_loop() -> None:
    loop = ("out = np.zeros_like(a)", "for e in a:")
    assert "`out = np.zeros_like(a)` gives `out` the shape (4,)" in why(
        "out += b", loop, out=VECTOR, b=OTHER, a=VECTOR
    )


def test_a_column_on_the_left_of_a_matrix_and_two_rows() -> None:
    text = why("c @ m", c=VECTOR[:, None], m=MATRIX)
    assert "`c` is a column, with one number in each row" in text
    assert "Both are rows here" in why("r @ r", r=VECTOR[None])


@pytest.mark.parametrize("line", ["np.dot(c, v)", "c @ v", "c.dot(v)"])
@pytest.mark.parametrize("made", ["c = e.reshape(-1, 1)  # a column", "c = e.reshape((len(e), 1))"])
def test_a_column_on_the_left_of_a_plain_vector(line: str, made: str) -> None:
    text = why(line, (made,), c=VECTOR[:, None], v=OTHER)
    assert "`c` is a column, and `v` a plain vector" in text
    assert "a table of shape (4, 3) comes out: which shape must `v` have" in text


@pytest.mark.parametrize("made", ["c = weights[0]", "c = np.array(e)", "d = e.reshape(-1, 1)"])
def test_a_matrix_that_happens_to_have_one_column_is_not_called_one(made: str) -> None:
    assert "plain vector. If each" not in why("c @ v", (made,), c=VECTOR[:, None], v=OTHER)


def test_what_is_made_once_for_all_rounds_is_told_where_it_is_too_small_for_one() -> None:
    before = (
        "    G = np.zeros((len(errors[0]), len(activations[0])))",
        "    for l in range(len(errors)):",
        "        for i in range(len(errors[l])):",
    )
    said = why("G[5, 0] = 1.0", before, G=MATRIX.copy())
    assert "`G` is made once, before the loop" in said
    inside = (before[1], f"    {before[0]}", before[2])
    assert "made once" not in why("G[5, 0] = 1.0", inside, G=MATRIX.copy())
    by_name = (
        "    G = np.zeros((len(errors[0]), len(activations[0])))",
        "    for error, a in zip(errors, activations):",
        "        n = len(error)",
        "        for i in range(n):",
    )
    assert "made once" in why("G[5, 0] = 1.0", by_name, G=MATRIX.copy())


@pytest.mark.parametrize(
    "made",
    [
        "C = [[0 for row in range(len(A))] for col in range(len(B[0]))]",
        "C = np.zeros((len(B[0]), len(A)))",
    ],
)
def test_what_is_made_for_one_product_is_not_made_once_for_all(made: str) -> None:
    C = np.zeros((2, 3))
    rows = ("    for i in range(len(A)):", "        for j in range(len(B[0])):")
    assert "made once" not in why("C[5][0] += 1.0", (f"    {made}", *rows), C=C)
    inner = ("    for k in range(len(B)):", f"    {rows[0]}", f"    {rows[1]}")
    assert "made once" not in why("C[5][0] += 1.0", (f"    {made}", *inner), C=C)
    turned = (
        "    C = np.zeros((len(M), len(M[0])))",
        "    for i, row in enumerate(M):",
        "        for j in range(len(row)):",
    )
    assert "made once" not in why("C[5, i] = 1.0", turned, C=C, i=0)


#: By line: what is said of the values and the names that there are for them.
COUNTED = {
    "for i, v, w in enumerate(zip(rows, rows)): pass": (
        "`enumerate` gives 2 values in each round, the count and one entry of `zip(rows, rows)`"
    ),
    "[v for i, v, w in enumerate(rows)]": "in one piece. There are 3 names for them",
    "for i, (v, w) in enumerate(zip(rows, rows, rows)): pass": (
        "`zip(rows, rows, rows)` gives 3 values in each round, and there are 2 names for that"
    ),
    "[v for v, w in zip(rows)]": "`zip(rows)` gives 1 value in each round",
    "for v, w, u in (1, 2), (3, 4): pass": "3 names before `in`, and 2 values in what the loop",
    "v, w = a[:1]": "there are 2 names for 1 value.",
    "v, w = np.sum(a)": "more names, or fewer, than there are parts in it",
    "for v, w in [1, 2]: pass": "more parts, or fewer, than there are names before `in`",
}


@pytest.mark.parametrize("line", COUNTED)
def test_values_and_the_names_for_them_are_counted(line: str) -> None:
    assert COUNTED[line] in why(line, a=VECTOR, rows=[VECTOR, OTHER])


def test_a_loop_with_as_many_names_as_it_gives_values_is_not_said_to_have_others() -> None:
    text = why("for i, v in enumerate(rows): v, w, u = a[:1]", a=VECTOR, rows=[VECTOR])
    assert "gives" not in text


#: By line: whether what `.T` leaves of a vector is told.
TURNED = {
    "np.dot(a.T, b)": True,
    "a @ np.transpose(b)": True,
    "a * b.transpose()": True,
    "a * b": False,
    "np.dot(a, b)": False,
    "m.T @ b": False,
    "m.T * m": False,
}


@pytest.mark.parametrize("line", TURNED)
def test_a_vector_that_is_transposed_is_told_to_stay_as_it_is(line: str) -> None:
    text = why(line, a=VECTOR, b=OTHER, m=MATRIX)
    assert ("ransposing (`.T`) leaves a vector as it is" in text) == TURNED[line]


def test_of_the_length_of_a_number_it_is_asked_whether_that_is_needed() -> None:
    text = why("for i in range(len(n)):\n    pass", n=2)
    assert "`len(n)` asks how many entries `n` has, and `n` is a single number there" in text
    assert "Should `n` be more than one number, or is `len` not needed?" in text


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("for i in range(len(n)): pass", "len"),
        ("for i in enumerate(n): pass", "enumerate"),
        ("x = n[0] * sum(v)", "[...]"),
        ("x = sum(n)", "sum"),
    ],
)
def test_a_number_of_the_task_is_right_where_it_is_taken_for_several(line: str, does: str) -> None:
    with pytest.raises(TypeError) as caught:
        exec(line, {"n": 2, "v": VECTOR})
    shapes = {"n": (), "v": (4,)}
    crash = Crash("TypeError", str(caught.value), line, shapes=shapes, numbers=["n"])
    text = SAY.fill(reason(crash))
    assert "`n` is a single" in text
    assert f"it is right as it is. Is `{does}` needed here?" in text


def test_of_two_numbers_none_is_told_to_be_the_one_without_a_length() -> None:
    message = "object of type 'int' has no len()"
    crash = Crash("TypeError", message, "len(n) + len(m)", shapes={"n": (), "m": ()})
    assert "`n`" not in SAY.fill(reason(crash))


@pytest.mark.parametrize(
    "line",
    [
        "new[l] = weights[l] - rate * gradients[l + 1]",
        "weights[l] -= rate * np.array(gradients[l + 1])",
        "new[l] = weights[l] + -gradients[l + 1]",
    ],
)
def test_entries_with_other_indices_that_meet_are_asked_about(line: str) -> None:
    values = {"weights": [MATRIX, VECTOR], "gradients": [VECTOR, OTHER[:2]], "rate": 0.5, "l": 0}
    text = why(line, new=[None], **values)
    assert "`weights[l]` meets `gradients[l + 1]`, and their shapes do not fit" in text
    assert "The shapes that meet here are (4, 3) and (2,)" in text


@pytest.mark.parametrize(
    "line",
    [
        "weights[l] - gradients[l]",
        "weights[l] - gradients[l + 1] * gradients[l]",
        "weights[l][:2] - gradients[l + 1]",
        "weights[l] - gradients[-1]",
    ],
)
def test_what_is_made_of_several_entries_is_not_taken_for_one(line: str) -> None:
    values = {"weights": [MATRIX], "gradients": [OTHER[:2], np.ones(2)], "l": 0}
    assert "meets" not in why(line, **values)


@pytest.mark.parametrize(
    ("above", "asks"),
    [
        (("for n in range(len(a)):", "    i += 1"), True),
        (("i += 1", "for n in range(len(a)):"), False),
        (("for n in range(len(a)):", "    i = i + n"), False),
    ],
)
def test_an_index_that_is_raised_above_is_asked_about_by_that(
    above: tuple[str, ...], asks: bool
) -> None:
    told = why("a[i]", ("def f(a):", "    i = 0", *above), a=VECTOR, i=4)
    assert ("in the same round, stands `i += 1`" in told) is asks


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (("def f(a, upper=None, lower=None):",), True),
        (("def f(a, lower: float = 0.0,", "      upper: float | None = None) -> float:"), True),
        (("def f(a, upper=None):", "    upper = np.fill_diagonal(a, 0)"), False),
        (("def f(a, upper):",), False),
        (("def f(a, my_upper=None):",), False),
    ],
)
def test_none_that_an_argument_is_by_default_is_told_with_the_def(
    head: tuple[str, ...], told: bool
) -> None:
    message = "'<=' not supported between instances of 'float' and 'NoneType'"
    shapes = {"a": (4,), "upper": "NoneType"}
    line = "a[a <= upper] = 0"
    crash = Crash("TypeError", message, line, before=head, function="f", shapes=shapes)
    text = SAY.fill(reason(crash))
    assert "`upper` is None there" in text
    assert ("`def` makes it so (`upper=None`)" in text) == told


@pytest.mark.parametrize(
    ("line", "outside", "said"),
    [
        ("a @ input", "import numpy as np", "`input` by itself is one of Python's own functions"),
        ("np.matmul(max, a)", "import numpy as np", "`max` by itself is one of Python's own"),
        ("a @ list", "import numpy as np", "`list` by itself is one of Python's own functions"),
        ("a @ act", "def act(z):\n    return z", "`act` without parentheses behind it is the"),
        ("a @ g", "from other import g", "`g` without parentheses behind it is the function"),
        # Each of these may be a number.
        ("a @ input", "input = 2.0", ""),
        ("a @ input", "if True:\n    input = 2.0", ""),
        ("a @ input", "from numbers_of_mine import input", ""),
        ("a @ input", "from other import *", ""),
        ("a @ act", "def act(z):\n    return z\nact = 2.0", ""),
    ],
)
def test_a_function_on_a_side_of_a_product_is_no_single_number(
    line: str, outside: str, said: str
) -> None:
    at = 0 if line.startswith("np") else 1
    message = f"matmul: Input operand {at} does not have enough dimensions"
    crash = Crash(
        "ValueError", message, line, function="f", shapes={"a": (4,)},
        outside=names_outside(outside.split("\n")), elsewhere={"g": "other.py"},
    )  # fmt: skip
    text = SAY.fill(reason(crash))
    assert said in text
    assert ("one side is a single number" in text) == (not said)
