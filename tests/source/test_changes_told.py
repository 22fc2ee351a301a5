"""What is said of a change is said of the code that it changes."""

from __future__ import annotations

import ast

import pytest

from autograder.source.changes.call_ends import ended_elsewhere, ends_told
from autograder.source.changes.forms import told
from autograder.source.changes.switched import Edit, Switched
from autograder.source.changes.taken_out import taken_out
from tests.the_assignment import SAY


def around(root: ast.AST, node: ast.AST) -> list[ast.AST]:
    """What a node is in, from the outermost inwards."""
    for child in ast.iter_child_nodes(root):
        if child is node:
            return [root]
        if inside := around(child, node):
            return [root, *inside]
    return []


def found(statement: str, code: str) -> tuple[ast.expr, list[ast.AST]]:
    """An expression of a statement, and what it is in."""
    root = ast.parse(statement).body[0]
    node = next(n for n in ast.walk(root) if isinstance(n, ast.expr) and ast.unparse(n) == code)
    return node, around(root, node)


@pytest.mark.parametrize(
    ("statement", "code", "left", "said"),
    [
        ("y = x ** (1 / p)", "1 / p", "left", "raises `x` to the power `1 / p`"),
        ("y = np.power(x, 1 / p)", "1 / p", "left", "raises `x` to the power `1 / p`"),
        ("y = x ** (2 / p)", "2 / p", "left", ""),
        ("y = x ** (1 / p)", "1 / p", "right", ""),
        ("y = x ** ((1 / p) * 3)", "1 / p", "left", ""),
        ("y = (x / p) ** 3", "x / p", "left", "divides by `p`"),
        ("y = np.power(x / p, 3)", "x / p", "left", "divides by `p`"),
    ],
)
def test_what_is_done_to_an_exponent_is_not_told_of_what_is_raised(
    statement: str, code: str, left: str, said: str
) -> None:
    node, inside = found(statement, code)
    does = taken_out(node, getattr(node, left), inside)
    assert (SAY.fill(does) if does else "") == said


@pytest.mark.parametrize(
    ("statement", "place"),
    [("x = -1", "`-1` in `x = -1`"), ("x = y > -1", "`-1` in `y > -1`"), ("if -1: x", "`-1`")],
)
def test_a_number_is_quoted_with_what_is_around_it(statement: str, place: str) -> None:
    node, inside = found(statement, "-1")
    edit = Edit("sign", 1, node, inside, [ast.Constant(1)])
    assert f"Look at {place}:" in SAY.fill(told(edit, "change.one"))


@pytest.mark.parametrize(
    ("statement", "is_condition"),
    [
        ("if flag:\n    pass", True),
        ("y = a if not flag else b", True),
        ("while go and flag:\n    pass", True),
        ("if flag > 0:\n    pass", False),
        ("if f(flag):\n    pass", False),
        ("y = f(flag)", False),
    ],
)
def test_of_a_condition_it_is_asked_whether_it_should_hold(
    statement: str, is_condition: bool
) -> None:
    node, inside = found(statement, "flag")
    edit = Edit("name", 1, node, inside, [ast.Name("other")])
    assert ("its opposite" in SAY.fill(told(edit, "change.one"))) == is_condition


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        (
            "s += e[h] * W[h][h]",
            "both places in `W[h][h]` are taken by `h`, and `j` of the loop in",
        ),
        (
            "s += e[h] * W[h, h]",
            "both places in `W[h, h]` are taken by `h`, and `j` of the loop in",
        ),
        ("s += e[j] * W[h][h]", ""),  # the other one is used
        ("s += e[h] * W[h][k]", ""),
        ("s += e[h] * W[k][k]", ""),  # no loop counts it
    ],
)
def test_of_an_index_in_both_places_the_counter_is_told_that_is_never_used(
    taken: str, said: str
) -> None:
    code = f"def f(e, W, k):\n for j in range(2):\n  for h in range(3):\n   {taken}\n return s"
    function = ast.parse(code).body[0]
    assert isinstance(function, ast.FunctionDef)
    edits = Switched(function, {}).edits
    texts = {SAY.fill(told(one, "change.one")) for one in edits if one.kind == "index_twice"}
    assert len(texts) == bool(said)
    assert all(said in text for text in texts)


@pytest.mark.parametrize(
    ("line", "told_of"),
    [
        (
            "G[h] += e[h] * W[h][j]",
            "to the one in line 2. Which of the two tells the place in `G`?",
        ),
        ("G += e.pop()", "the last entry that is left"),
        ("G += e.pop(0)", "the first entry that is left"),
        ("G += e.pop(h)", ""),
    ],
)
def test_of_a_counter_or_an_entry_taken_it_is_asked_where(line: str, told_of: str) -> None:
    code = f"def f(e, W, G):\n for j in range(2):\n  for h in range(3):\n   {line}\n return G"
    function = ast.parse(code).body[0]
    assert isinstance(function, ast.FunctionDef)
    edits = [one for one in Switched(function, {}).edits if one.kind in ("name", "popped")]
    texts = [SAY.fill(told(one, "change.one")) for one in edits]
    assert any(told_of in text for text in texts) if told_of else "left" not in "".join(texts)


@pytest.mark.parametrize("others", ["h", "k"])
def test_no_loop_is_spoken_of_that_is_none(others: str) -> None:
    inside = found("for h in x:\n y[h] = 1", "y[h]")
    edit = Edit("name", 2, inside[0].slice, [*inside[1], inside[0]], [ast.Name(others)])
    assert "that is meant" in SAY.fill(told(edit, "change.one"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("e = e @ G.T", "No line reads the numbers of `W`. With one change in line 3"),
        ("e = np.dot(np.outer(e, a[k]), e)", "is `np.outer(e, a[k])` what belongs there?"),
        ("e = G + e", ""),  # no product
        ("e = e @ G + W[k]", ""),  # its numbers are read
        ("e = e @ G + norm(W)", ""),
    ],
)
def test_of_a_product_in_place_of_an_argument_it_is_asked_what_belongs_there(
    line: str, said: str
) -> None:
    code = f"def f(W, a, e, G):\n for k in range(len(W)):\n  {line}\n return e"
    function = ast.parse(code).body[0]
    assert isinstance(function, ast.FunctionDef)
    edits = [one for one in Switched(function, {}).edits if one.kind == "never_read"]
    assert bool(edits) == bool(said)
    texts = [SAY.fill(told(one, "change.one")) for one in edits]
    assert not said or any(said in text for text in texts)
    others = {ast.unparse(one.others[0]) for one in edits}
    assert others == ({"W[k]", "W[k + 1]", "W[k - 1]"} if said else set())


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        ("np.exp(y / np.sum(np.exp(y)))", {"np.exp(y) / np.sum(np.exp(y))": "behind `/ np.sum"}),
        ("-f(a) * b + c", {"-f(a * b) + c": "before `* b`", "-f(a * b + c)": "before `* b + c`"}),
        ("(x - np.dot(w, a + b)) / 2", {"x - np.dot(w, a) + b": "behind `+ b`"}),
        ("range(len(x) - 1)", {}),  # what counts is asked about by how far it goes
        ("np.sum(a - b, axis=0) / 2", {}),
    ],
)
def test_a_bracket_of_a_call_is_closed_elsewhere(code: str, ends: dict[str, str]) -> None:
    root = ast.parse(code, mode="eval").body
    nodes = [node for node in ast.walk(root) if isinstance(node, ast.expr)]
    pairs = [(n, o) for n in nodes for _, o in ended_elsewhere(n, around(root, n))]
    texts = {ast.unparse(o): SAY.fill(ends_told(n, o) or "") for n, o in pairs}
    assert texts.keys() == ends.keys()
    assert all(said in texts[other] for other, said in ends.items())
