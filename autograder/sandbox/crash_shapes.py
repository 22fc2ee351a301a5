"""Reasons for an exception that is about shapes, dimensions or indices.

Of NumPy's message only sizes and shapes are repeated, small ones: they tell no values. It needs
Python's own library alone: see ``reading``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from .crashes import Crash, parts, products

Shape = tuple[int, ...]

#: A size that a student's code makes from an input would tell that input; these tell nothing.
LARGEST_SHOWN = 16

#: What most students have not met yet: functions that change something and give back None.
GIVE_NONE = "`append`, `insert`, `reverse`, `sort` and `np.fill_diagonal`"

_SHAPE = re.compile(r"\((\d+(?:, ?\d+)*|\d+),?\)")
_PRODUCT = re.compile(
    r"operand 1 has a mismatch in its core dimension 0,.*\(size (?P<b>\d+) is different from "
    r"(?P<a>\d+)\)|not aligned: (?P<left>\d+) \(dim \d\) != (?P<right>\d+) \(dim \d\)"
)
_OUT_OF_BOUNDS = re.compile(r"index (-?)\d+ is out of bounds for axis (\d) with size (\d+)")
#: A loop or an array whose size is written as a number.
_WRITTEN = re.compile(r"\b(?:range|zeros|ones|empty|eye|identity)\(([\d\s,()\[\]]+)\)")
_LOOK = "Print both shapes just before this line, and ask which of them is not what it should be"


def shape_cause(crash: Crash) -> str | None:
    """Say what arrays of such shapes cannot do.

    Parameters
    ----------
    crash : Crash

    Returns
    -------
    str or None
        None if the exception is not about shapes.
    """
    text = crash.message.lower()
    if crash.type != "ValueError":
        return None
    for known in (_product, _in_place, _assigned, _joined, _dimensions, _entry_by_entry):
        if cause := known(text, crash):
            return cause
    if any(part in text for part in ("shape", "mismatch", "broadcast")):
        return f"the shapes of two arrays do not fit (a mismatch of sizes). {_LOOK}"
    return None


def _product(text: str, crash: Crash) -> str | None:
    if "not aligned" not in text and "core dimension" not in text:
        return None
    sizes = _PRODUCT.search(text)
    a, b = (sizes["a"] or sizes["left"], sizes["b"] or sizes["right"]) if sizes else ("", "")
    if "inner" in crash.line:
        return (
            f"the shapes of a product do not fit (a mismatch): np.inner goes along the last axis "
            f"of both sides, and these differ in size. {_LOOK}"
        )
    of_a, of_b = (f" ({n})" if n and int(n) <= LARGEST_SHOWN else "" for n in (a, b))
    if hint := _hint_of_sides(crash):
        return f"the shapes of a product do not fit (a mismatch): {hint}"
    return (
        f"the shapes of a product do not fit (a mismatch): in `a @ b` the last size of a{of_a} "
        f"must equal the first size of b{of_b}. Print both shapes just before this line, and ask "
        f"which side each belongs on"
    )


def _hint_of_sides(crash: Crash) -> str | None:
    """What both sides of a product show, where their shapes are known."""
    for left, right in products(crash.line):
        a, b = crash.shapes.get(left), crash.shapes.get(right)
        if not (isinstance(a, tuple) and isinstance(b, tuple) and a and b):
            continue
        must = (
            f"in `a @ b` the last size of a ({a[-1]}) must equal the first size of b ({b[0]})"
            if max(*a, *b) <= LARGEST_SHOWN
            else "in `a @ b` the last size of a must equal the first size of b"
        )
        if a[-1] == b[0]:
            continue
        if len(a) == len(b) == 1:
            return (
                "`@` and np.dot of two vectors need the same length on both sides, and add the "
                "products up to one number. np.outer makes the matrix of each entry of the one "
                "times each entry of the other"
            )
        if a == b:
            return f"{must}. Both have one shape here: is `*`, entry by entry, meant?"
        if len(a) == 2 and len(b) == 1 and b[0] == a[0]:
            return (
                f"{must}. The other way round they would fit: an error stands on the left of a "
                f"Jacobian or of weights, an activation on the right of weights"
            )
        if len(a) == 1 and len(b) == 2:
            if right.endswith(".T") and b[-1] == a[0]:
                return f"{must}. Without the `.T` they would fit"
            return (
                f"{must}. On the left of a matrix stands a vector with one number for each of its "
                f"rows (an error; an activation stands on the right of weights). Is this the "
                f"matrix that is meant, and has the vector come as far as it?"
            )
        return f"{must}. Print both just before this line: which of them is not what it should be?"
    return None


def _entry_by_entry(text: str, crash: Crash) -> str | None:
    if "could not be broadcast together" not in text and "to a single shape" not in text:
        return None
    if "einsum" in crash.line:
        return (
            "the shapes do not fit (a mismatch): in np.einsum a letter stands for one size, the "
            "same wherever it occurs. Write down the size of each letter for each array"
        )
    if product := _times(crash):
        return product
    met = shapes_in(text)
    if sorted(map(len, met)) == [1, 2] and "*" in crash.line and "**" not in crash.line:
        return (
            "`*` goes entry by entry and needs the same shape on both sides (a mismatch). A vector "
            "goes through a matrix with `@`"
        )
    shapes = unnamed_shapes(crash)
    meet = f" The shapes that meet here are {_listed(shapes)}." if shapes else ""
    return (
        f"the shapes do not fit (a mismatch). What goes entry by entry, such as `+`, `-`, `*` and "
        f"`/`, needs the same shape on both sides.{meet} {_LOOK}"
    )


def _times(crash: Crash) -> str | None:
    """What is said of a `*` where a product of another kind would fit."""
    for part in parts(crash.line):
        if not (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult)):
            continue
        left, right = (crash.shapes.get(ast.unparse(side)) for side in (part.left, part.right))
        if not (isinstance(left, tuple) and isinstance(right, tuple)):
            continue
        if len(left) == len(right) == 1 and 1 not in (*left, *right) and left != right:
            return (
                "`*` of two vectors goes entry by entry and needs the same length on both sides (a "
                "mismatch). Do these two belong together, entry by entry? Where each entry of the "
                "one is to meet each of the other, that is np.outer"
            )
        if len(left) == len(right) == 2 and left != right and left[1] == right[0]:
            return (
                "`*` goes entry by entry and needs the same shape on both sides (a mismatch). The "
                "product of two matrices is `@`"
            )
    return None


def _in_place(text: str, crash: Crash) -> str | None:
    if "non-broadcastable output" not in text:
        return None
    shapes = shapes_in(text)
    has, gets = (f", {shapes[0]}", f" {shapes[1]}") if len(shapes) == 2 else ("", " another one")
    return (
        f"the shapes do not fit (a mismatch). What changes an array in place, as `+=` does, keeps "
        f"the array's shape{has}; the result would have{gets}. {_LOOK}"
    )


def _assigned(text: str, crash: Crash) -> str | None:
    if "inhomogeneous" in text and (name := _list_used_as_array(crash)):
        return (
            f"`{name}` is a list of arrays whose shapes differ, which makes no single array. "
            f"Is one of them meant, or each by itself, in a loop?"
        )
    if "inhomogeneous" in text:
        return (
            "it makes one array of parts whose shapes differ, and an array needs rows of one "
            "length. Matrices of different sizes stay a list. Print what you make the array of: is "
            "it what you meant to pass?"
        )
    if "setting an array element with a sequence" in text:
        return (
            "it puts a whole array or list where one number belongs (a mismatch of shapes). Which "
            "single number is meant? Or are whole arrays to be kept: then in a list, with append"
        )
    if "could not broadcast input array" in text:
        shapes = shapes_in(text)
        if len(shapes) != 2:
            return f"it puts an array where one of another shape belongs (a mismatch). {_LOOK}"
        what, where = shapes
        return (
            f"it puts an array of shape {what} where one of shape {where} belongs (a mismatch). "
            f"{_LOOK}"
        )
    if "boolean array indexing assignment" in text:
        return (
            "it puts an array into the places that a mask of True and False picks. That needs one "
            "entry for each True: pick from the right side with the same mask, or use np.where"
        )
    if "cannot reshape" in text and "vdot" not in crash.line:
        return (
            "the new shape has not as many entries as the array: reshape moves entries, and adds "
            "or drops none. Print the shape of the array just before this line"
        )
    return None


def _list_used_as_array(crash: Crash) -> str:
    """The list that stands in a calculation, or is handed to a function of NumPy's, by itself."""
    lists = crash.holding("list")
    for part in parts(crash.line):
        used: list[ast.expr] = []
        if isinstance(part, ast.BinOp):
            used = [part.left, part.right]
        elif isinstance(part, ast.Call) and ast.unparse(part.func).startswith("np."):
            used = part.args
        for name in map(ast.unparse, used):
            if name in lists:
                return name
    return ""


def _joined(text: str, crash: Crash) -> str | None:
    if "all the input array" not in text and "all input arrays" not in text:
        return None
    return (
        "it joins arrays whose shapes do not fit (a mismatch). Results of different sizes can "
        "stand side by side in a list, with append, but not in one array. Print the shape of each"
    )


def _dimensions(text: str, crash: Crash) -> str | None:
    if "does not have enough dimensions" in text:
        return (
            "`@` needs a vector or a matrix on both sides, and one side is a single number (or "
            "None). `@` or np.dot of two vectors gives a single number; entry by entry is `*`. "
            "Print both sides just before this line"
        )
    if "1- or 2-d" in text:
        return (
            "np.diag needs a vector or a matrix, and gets something else, such as a single number "
            "or None. Print what it gets just before this line"
        )
    if "at least two dimensions" in text or "at least 2-d" in text:
        return (
            "it needs a matrix (two dimensions), and gets a vector or a number. (np.diag makes a "
            "matrix of a vector; np.diagonal reads the diagonal of a matrix.) Print the shape of "
            "what it gets"
        )
    if "negative dimensions" in text:
        return "it makes an array with a size below 0. Print that size just before this line"
    return None


# --- indices -----------------------------------------------------------------------------------


def index_cause(crash: Crash) -> str:
    """Say which kind of index does not exist.

    Parameters
    ----------
    crash : Crash
        An IndexError.
    """
    text = crash.message.lower()
    if "list assignment index" in text:
        return _no_place(crash)
    if "boolean index did not match" in text:
        return (
            "an index of True and False (a mask) needs the same shape as the array that it picks "
            "from. Print both shapes"
        )
    if "too many indices" in text:
        return (
            "it gives more indices than the array has dimensions: a vector takes one, a matrix "
            "two. Print the array's shape just before this line"
        )
    if "invalid index to scalar" in text:
        return "it takes an entry of something that is a single number already"
    if "only integers" in text or "must be of integer" in text:
        return NOT_WHOLE
    if "pop from empty" in text:
        return "it takes the last entry out of an empty list"
    if axis := _no_such_axis(crash):
        return axis
    return _too_far(crash)


def _no_such_axis(crash: Crash) -> str:
    """That a size is asked for along an axis that the array has not got, if that is so."""
    for name, axis in re.findall(r"(\w+)\.shape\[([12])\]", crash.line):
        shape = crash.shapes.get(name)
        if isinstance(shape, tuple) and len(shape) <= int(axis):
            kind = "a vector, and has one size" if len(shape) == 1 else f"of shape {shape}"
            return (
                f"`{name}.shape[{axis}]` asks for a size that `{name}` has not got: it is {kind}. "
                f"How many rows and columns should the result have? Take both from its length"
            )
    return ""


NOT_WHOLE = (
    "an index must be a whole number. `for v in x` goes through the entries, `for i in "
    "range(len(x))` through their places; and `/` always makes a float (`//` does not)"
)


def _no_place(crash: Crash) -> str:
    target = re.match(r"(\w+)\[", crash.line)
    if target and crash.shapes.get(target[1]) in ((0,), [0]):
        what = f"`{target[1]}` is empty, so it has no places yet that could be assigned to"
    else:
        what = "the list has no such place: only places that a list has already can be assigned to"
    return (
        f"{what}. Add entries with append (at the end) or insert (anywhere), or make the list "
        f"long enough first"
    )


def _too_far(crash: Crash) -> str:
    bounds = _OUT_OF_BOUNDS.search(crash.message)
    shapes = named_shapes(crash)
    empty = [name for name, shape in shapes.items() if 0 in shape and _indexed(name, crash.line)]
    if (
        empty
        and not bounds
        and re.match(rf"{re.escape(empty[0])}\[[^=]*\]\s*[-+*/]?=(?!=)", crash.line)
    ):
        return _no_place(crash)
    if empty:
        return (
            f"it asks for an entry of `{empty[0]}`, which is empty at that time. Does a loop go "
            f"one step too far, or is there nothing to do in that case?"
        )
    if crash.beyond:
        return _beyond_list(crash, *crash.beyond)
    if bounds and int(bounds[3]) <= LARGEST_SHOWN:
        size = int(bounds[3])
        what = _beyond_axis(int(bounds[2]), size, below=bool(bounds[1]))
        sizes = [size]
    else:
        what = (
            "it asks for an entry that does not exist: an index is too large (or too far "
            "below 0). Counting starts at 0, so the last index is the length minus 1"
        )
        sizes = [size for shape in shapes.values() for size in shape]
    return f"{what}. {_hint(crash, sizes)}"


def _beyond_list(crash: Crash, values: str, index: str, length: int, place: int) -> str:
    has = f"{length} entries, at the places 0 to {length - 1}"
    if length < 2:
        has = "1 entry, at place 0" if length else "no entry"
    what = f"`{values}[{index}]` asks for place {place}, and `{values}` has {has}"
    for before in reversed([*crash.before, crash.line]):
        loop = re.search(r"\bfor (\w+) in (range\([^:]*\))", before)
        if loop and re.search(rf"(?<!\w){loop[1]}(?!\w)", index):
            return f"{what}. Does `for {loop[1]} in {loop[2]}` go too far for it?"
    return f"{what}. Ask which place should be meant"


def _indexed(name: str, line: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}\[", line) is not None


def _beyond_axis(axis: int, size: int, below: bool) -> str:
    if size == 0:
        return f"it asks for an entry along axis {axis}, where the array has none"
    has = "1 entry, with index 0" if size == 1 else f"{size} entries, with index 0 to {size - 1}"
    far = "an index is too far below 0" if below else "an index is too large"
    return f"{far}: along axis {axis} the array has {has}"


def _hint(crash: Crash, sizes: list[int]) -> str:
    numbers = _written_sizes([*crash.before, crash.line])
    numbers += [int(n) for n in re.findall(r"\w\[(\d+)\]", crash.line) if int(n) > 1]
    fixed = next((n for n in numbers if sizes and n >= min(sizes)), None)
    if fixed is not None and not crash.by_hand:
        return (
            f"Your code has a number, {fixed}, where a size or an index belongs: that fits one "
            f"size of input only. Take it from the input (len or shape)"
        )
    if crash.too_far and "list" in crash.message:
        return crash.too_far
    return "Does the loop over that index end at the size of just this axis?"


def _written_sizes(lines: Sequence[str]) -> list[int]:
    found = (inside for text in lines for inside in _WRITTEN.findall(text))
    return [int(n) for inside in found for n in re.findall(r"\d{1,4}", inside) if int(n) > 1]


def lines_before(lines: Sequence[str], number: int) -> list[str]:
    """The lines of a function from its ``def`` to the line of that number, without comments."""
    found: list[str] = []
    indent = _indent(lines[number - 1])
    for text in reversed(lines[: number - 1]):
        found.append(text.split("#", 1)[0])
        if text.lstrip().startswith("def ") and _indent(text) < indent:
            break
    return found[::-1]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


# --- shapes ------------------------------------------------------------------------------------


def shapes_in(text: str) -> list[Shape]:
    """The shapes in a message of NumPy's, if all of them are small."""
    shapes = [tuple(map(int, found.split(","))) for found in _SHAPE.findall(text)]
    return shapes if all(size <= LARGEST_SHOWN for shape in shapes for size in shape) else []


def _listed(shapes: Sequence[Shape]) -> str:
    return " and ".join(str(shape) for shape in shapes[:3])


def unnamed_shapes(crash: Crash) -> list[Shape]:
    """The shapes that met entry by entry, if the names on the line do not show them all."""
    if "could not be broadcast together" not in crash.message:
        return []
    shapes = shapes_in(crash.message)
    return [] if set(shapes) <= set(named_shapes(crash).values()) else shapes


def reads(line: str) -> str:
    """The part of a line that reads: a name that it assigns to still holds an earlier value."""
    return re.sub(r"^[\w, ]+=(?!=)", "", line)


def named_shapes(crash: Crash) -> Mapping[str, Shape]:
    """The shapes of the arrays that the line reads: small ones, which tell no values."""
    read = reads(crash.line)
    return {
        name: tuple(shape)
        for name, shape in crash.shapes.items()
        if isinstance(shape, tuple | list)
        and 1 <= len(shape) <= 2
        and all(0 <= size <= LARGEST_SHOWN for size in shape)
        # A list that results are collected in says nothing about what went wrong.
        and re.search(rf"(?<![\w.]){re.escape(name)}(?!\w|\.(append|insert)\()", read)
    }
