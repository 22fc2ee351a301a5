"""Reasons for an exception that is about shapes, dimensions or indices.

Of NumPy's message only sizes and shapes are repeated, small ones: they tell no values.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from ..phrases import InARow, Said, said
from ..trees import indent_of
from .crash import LOOP, Crash, calculated_with, parts, products
from .entries import entries_met
from .made_longer import made_longer

Shape = tuple[int, ...]

#: A size that a student's code makes from an input would tell that input; these tell nothing.
LARGEST_SHOWN = 16

#: What most students have not met yet: functions that change something and give back None.
GIVE_NONE = said("crash.give_none")

_SHAPE = re.compile(r"\((\d+(?:, ?\d+)*|\d+),?\)")
_PRODUCT = re.compile(
    r"operand 1 has a mismatch in its core dimension 0,.*\(size (?P<b>\d+) is different from "
    r"(?P<a>\d+)\)|not aligned: (?P<left>\d+) \(dim \d\) != (?P<right>\d+) \(dim \d\)"
)
_OF_ONE_SHAPE = re.compile(r"shapes \((?P<m>\d+),(?P<n>\d+)\) and \((?P=m),(?P=n)\) not aligned")
_MATRIX_TYPE = re.compile(r"\b(?:np|numpy)\.(?:mat|matrix|asmatrix)\(")
#: What ends in a column of one number a row.
_MAKES_COLUMN = re.compile(
    r"(?:reshape\(\(?(?:-1|\w+|len\(\w+\)), 1\)?\)|\[:, (?:None|np\.newaxis)\])\Z"
)
#: How an activation is often called, and no error is.
_ACTIVATION = re.compile(r"(a|act\w*|x|h|hidden|activations?|outputs?)\b", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_LOOK = said("crash.print_both_shapes")
_EACH_SIDE = said("crash.does_each_stand_on_its_side")


#: What transposes an array.
_TURNS = (".T", ".transpose()")
_TURNED = re.compile(r"(\w[\w.\[\]]*)(?:\.T|\.transpose\(\))|(?:np\.)?transpose\((\w[\w.\[\]]*)\)")


def shape_cause(crash: Crash) -> Said | None:
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
    for known in (
        _compared,
        _counted_from_1,
        _product,
        _carried_over,
        _in_place,
        _assigned,
        _joined,
        _dimensions,
        _entry_by_entry,
    ):
        if cause := known(text, crash):
            return cause
    if any(part in text for part in ("shape", "mismatch", "broadcast")):
        return said("crash.shapes_of_two", look=_LOOK)
    return None


#: A condition that asks whether two things are equal, or not.
_CONDITION = re.compile(r"(?:el)?if\b[^:]*[=!]=|while\b[^:]*[=!]=|.*\bif\b[^:]*[=!]=[^:]*\belse\b")


def _compared(text: str, crash: Crash) -> Said | None:
    if "broadcast" in text and _CONDITION.match(crash.line):
        return said("crash.compares_arrays")
    return None


def _counted_from_1(text: str, crash: Crash) -> Said | None:
    """A loop over the places of a list that begins with 1 and goes on behind the last one."""
    if not any(of in text for of in ("not aligned", "core dimension", "broadcast")):
        return None
    for before in reversed(crash.before):
        loop = re.search(r"\bfor (\w+) in range\(1, len\((\w+)\) ?\+ ?1\)", before)
        if loop and re.search(rf"(?<![\w.]){loop[2]}\[{loop[1]}\]", crash.line):
            return said("crash.second_in_first_round", index=loop[1], name=loop[2])
    return None


def _product(text: str, crash: Crash) -> Said | None:
    if "not aligned" not in text and "core dimension" not in text:
        return None
    sizes = _PRODUCT.search(text)
    a, b = (sizes["a"] or sizes["left"], sizes["b"] or sizes["right"]) if sizes else ("", "")
    if "inner" in crash.line:
        return said("crash.shapes_of_inner", look=_LOOK)
    for side in (side for sides in products(crash.failed) for side in sides):
        if side in crash.holding("list"):
            return said("crash.whole_list_in_product", name=side)
    for left, right in products(crash.failed) if a == "1" else ():
        if right.endswith(_TURNS) and _is_of_vectors(right, crash):
            return said("crash.transposed_vector", left=left, right=right)
        if table := _each_with_each(left, right, crash):
            return table
        if _MAKES_COLUMN.search(left):
            matrix = len(crash.shapes.get(right, ())) == 2
            return said(f"crash.column_times_{'matrix' if matrix else 'vector'}", left=left)
    of_a, of_b = (f" ({n})" if n and int(n) <= LARGEST_SHOWN else "" for n in (a, b))
    if hint := _hint_of_sides(crash) or _hint_of_message(crash):
        return said("crash.shapes_of_product_hint", hint=hint)
    return said("crash.shapes_of_product", of_a=of_a, of_b=of_b, look=_EACH_SIDE)


def _each_with_each(left: str, right: str, crash: Crash) -> Said | None:
    """The table that a column on the left of a plain vector may be meant to make with it."""
    if not (_MAKES_COLUMN.search(left) or left in map(_made_a_column, crash.before)):
        return None  # A matrix may have a single column, too.
    match _shape_of(left, crash), _shape_of(right, crash):
        case (int() as rows, 1), (int() as columns,) if max(rows, columns) <= LARGEST_SHOWN:
            sides = {"left": left, "right": right}
            return said("crash.column_times_flat", **sides, rows=rows, columns=columns)
    return None


def _is_of_vectors(text: str, crash: Crash) -> bool:
    """Whether all arrays that an expression is made of are vectors, as far as that is known."""
    held = [crash.shapes[name] for name in re.findall(r"\w+", text) if name in crash.shapes]
    return bool(held) and all(isinstance(one, tuple) and len(one) == 1 for one in held)


def _hint_of_sides(crash: Crash) -> Said | None:
    """What both sides of a product show, where their shapes are known."""
    for left, right in products(crash.failed):
        if whole := next((side for side in (left, right) if side in crash.holding("list")), None):
            return said("crash.whole_list_in_a_product", name=whole)
        a, b = _shape_of(left, crash), _shape_of(right, crash)
        if (0,) in (a, b):
            return said("crash.still_empty", name=left if a == (0,) else right)
        if () in (a, b):
            number = left if a == () else right
            if _made_a_number(number, crash):
                return said("crash.number_by_this_line", name=number)
            return said("crash.number_no_vector", name=number)
        if not (isinstance(a, tuple) and isinstance(b, tuple) and a and b):
            continue
        must = (
            said("crash.sizes_must_be_equal_told", last=a[-1], first=b[0])
            if max(*a, *b) <= LARGEST_SHOWN
            else said("crash.sizes_must_be_equal")
        )
        if a[-1] == b[0]:
            continue
        if len(a) == len(b) == 1:
            return said(f"crash.product_of_vectors{_turned(left, right)}")
        if left.endswith(".T") and len(a) == 2 and a[0] == b[0]:
            return said("crash.without_transposing", must=must)
        if a == b:
            return _of_one_shape(a, must, crash)
        if len(a) == 2 and len(b) == 1 and re.match("[wW]", left) and _ACTIVATION.match(right):
            return said("crash.right_of_other_weights", must=must)
        if len(a) == len(b) == 2 and a[1] == 1 and a[0] == b[0]:
            return said("crash.column_on_the_left", must=must, name=left)
        if len(a) == 2 and b[-1] == a[0] and (len(b) == 1 or b[0] == 1):
            return said("crash.other_way_round", must=must)
        if found := _begins_with_1(crash, left, right):
            return said("crash.begins_with_1", must=must, index=found[0], name=found[1])
        if len(a) == 1 and len(b) == 2:
            if right.endswith(".T") and b[-1] == a[0]:
                return said("crash.without_transposing", must=must)
            if b[-1] == a[0]:
                # What is named as an error is none of the activations.
                error = re.match(r"(e|err\w*|delta\w*)\b", left) or not re.match("[wW]", right)
                activation = re.match(r"(a|act\w*|x|h|hidden|outputs?|layers?)\b", left)
                of = "right_of_weights" if activation else "left_of_weights"
                return said(f"crash.{'left_of_error' if error else of}", must=must)
            return said("crash.left_of_a_matrix", must=must)
        return said("crash.print_both", must=must)
    return None


def _hint_of_message(crash: Crash) -> Said | None:
    """What two sides of one shape show, where NumPy tells it and no name holds them."""
    shapes = _OF_ONE_SHAPE.search(crash.message)
    if shapes is None or int(shapes["m"]) > LARGEST_SHOWN or int(shapes["n"]) > LARGEST_SHOWN:
        return None
    must = said("crash.sizes_must_be_equal_told", last=int(shapes["n"]), first=int(shapes["m"]))
    return _of_one_shape((int(shapes["m"]), int(shapes["n"])), must, crash)


def _of_one_shape(shape: Shape, must: Said, crash: Crash) -> Said:
    """What may be meant by a product of two sides that have the same shape."""
    if 1 not in shape or len(shape) < 2:
        return said("crash.both_have_one_shape", must=must)
    matrix = said("crash.star_of_matrices") if _makes_matrices(crash) else ""
    if shape[-1] == 1:
        return said("crash.both_are_columns", must=must, matrix=matrix)
    return said("crash.both_are_rows", must=must, matrix=matrix)


def _makes_matrices(crash: Crash) -> bool:
    """Whether the lines make matrices of NumPy's own kind, whose `*` is the matrix product."""
    return any(_MATRIX_TYPE.search(line) for line in (crash.line, *crash.before))


def _begins_with_1(crash: Crash, left: str, right: str) -> tuple[str, str] | None:
    """The count that begins with 1, and the list of which it tells the place; None if none does."""
    for before in reversed(crash.before):
        if loop := re.match(r"\s*for (\w+) in range\(1,", before):
            for side in (left, right):
                if found := re.fullmatch(rf"(\w+)\[{loop[1]}\]", side):
                    return loop[1], found[1]
    return None


def _made_a_number(name: str, crash: Crash) -> bool:
    """Whether a line in a loop has itself made a number of what was an array before the loop."""
    sets = re.compile(rf"\s*{re.escape(name)}\s*=(?!=)")
    if not sets.match(crash.line):
        return False
    looped = any(LOOP.match(text) for text in crash.before)
    others = [text for text in crash.before if sets.match(text)]
    return looped and all(re.search(r"=\s*np\.(as)?array\(", text) for text in others)


def _carried_over(text: str, crash: Crash) -> Said | None:
    """What is made before a loop, goes on from round to round, and meets another shape."""
    if "broadcast" not in text:
        return None
    found = re.match(r"(\w+)\s*([-+*/]?)=(?!=)(.*)", crash.line)
    if not found or not (found[2] or re.search(rf"\b{found[1]}\b", found[3])):
        return None
    name, held = found[1], crash.shapes.get(found[1])
    made = re.compile(rf"\s*{name}\s*=(?!=)")
    loops = [at for at, text in enumerate(crash.before) if LOOP.match(text)]
    outside = any(made.match(text) for text in crash.before[: loops[0] if loops else 0])
    if not outside or any(made.match(text) for text in crash.before[loops[0] :]):
        return None
    if not isinstance(held, tuple) or not held or max(held) > LARGEST_SHOWN:
        return None
    column = next((of for text in crash.before[loops[0] :] if (of := _made_a_column(text))), None)
    if len(held) == 2 and column and re.search(rf"\b{column}\b", crash.line):
        return said("crash.column_made_a_table", name=name, shape=held, column=column)
    if any(name in sides for sides in products(crash.failed)):
        return None  # What did not fit is what the product made of it.
    filled = re.compile(rf"\s*({name}\s*=\s*(?:np\.)?(?:zeros|ones|empty)(?:_like)?\(.*\S)")
    if found[2] and (by := next(filter(None, map(filled.match, crash.before)), None)):
        return said("crash.filled_of_another_shape", name=name, made=by[1], shape=held)
    look = said("crash.do_rounds_go_on")
    return said("crash.carried_over", name=name, shape=held, look=look)


def _made_a_column(text: str) -> str:
    """The name that a line gives to a column, if it does."""
    found = re.match(r"\s*(\w+)\s*=(?!=)\s*(.*?)\s*(?:#.*)?$", text)
    return found[1] if found and _MAKES_COLUMN.search(found[2]) else ""


def _entry_by_entry(text: str, crash: Crash) -> Said | None:
    if "could not be broadcast together" not in text and "to a single shape" not in text:
        return None
    if "einsum" in crash.line:
        return said("crash.einsum")
    if product := _times(crash):
        return product
    met = shapes_in(text)
    if (0,) in met:
        return said("crash.one_side_is_empty")
    if picked := _picked(crash):
        return said("crash.keeps_some", of=picked)
    shapes = unnamed_shapes(crash)
    meet = said("crash.shapes_that_meet", shapes=InARow(tuple(shapes[:3]))) if shapes else ""
    if entries := entries_met(crash, meet):
        return entries
    sizes = sorted(size for shape in met for size in shape)
    if len(sizes) > 1 and (longer := made_longer(crash, sizes[-2])):
        return said("crash.shapes_entry_by_entry", meet=meet, look=longer)
    if sorted(map(len, met)) == [1, 2] and "*" in crash.failed and "**" not in crash.failed:
        return said("crash.vector_through_a_matrix")
    columns = [s for s in met if len(s) == 2 and s[1] == 1 < s[0] <= LARGEST_SHOWN]
    if len(columns) == 1:
        (column,) = columns
        names = [f" (`{name}`)" for name, of in named_shapes(crash).items() if of == column]
        named = names[0] if len(names) == 1 else ""
        return said("crash.column_with_a_vector", size=column[0], named=named)
    return said("crash.shapes_entry_by_entry", meet=meet, look=_LOOK)


def _picked(crash: Crash) -> str:
    """What keeps only those entries for which a condition holds; empty if nothing does."""
    for part in parts(crash.failed):
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Load):
            shape = crash.shapes.get(ast.unparse(part.slice))
            alike = shape == crash.shapes.get(ast.unparse(part.value))
            if isinstance(part.slice, ast.Compare) or (alike and isinstance(shape, tuple)):
                return ast.unparse(part)
    return ""


def _turned(*sides: str) -> str:
    """How the key ends of what is said of vectors of which one is transposed."""
    return "_turned" if any(map(_TURNED.fullmatch, sides)) else ""


def _shape_of(side: str, crash: Crash) -> Shape | str | None:
    """The shape of one side, also of a vector that is transposed, which leaves it as it is."""
    turned = _TURNED.fullmatch(side)
    of = crash.shapes.get((turned[1] or turned[2]) if turned else side)
    if turned and not (isinstance(of, tuple) and len(of) == 1):
        return crash.shapes.get(side)
    return of


def _times(crash: Crash) -> Said | None:
    """What is said of a `*` where a product of another kind would fit."""
    for part in parts(crash.failed):
        if not (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult)):
            continue
        sides = (ast.unparse(part.left), ast.unparse(part.right))
        left, right = (_shape_of(side, crash) for side in sides)
        if not (isinstance(left, tuple) and isinstance(right, tuple)):
            continue
        if len(left) == len(right) == 1 and 1 not in (*left, *right) and left != right:
            return said(f"crash.times_of_vectors{_turned(*sides)}")
        if len(left) == len(right) == 2 and left != right and left[1] == right[0]:
            return said("crash.times_of_matrices")
    return None


def _in_place(text: str, crash: Crash) -> Said | None:
    if "non-broadcastable output" not in text:
        return None
    shapes = shapes_in(text)
    has: str = ""
    gets: str | Said = said("crash.another_shape")
    if len(shapes) == 2:
        has, gets = f", {shapes[0]}", f" {shapes[1]}"
    return said("crash.shapes_in_place", has=has, gets=gets, look=_LOOK)


def _assigned(text: str, crash: Crash) -> Said | None:
    made = re.search(r"np\.(array|asarray)\((\w+)\)", crash.line)
    if "inhomogeneous" in text and made and made[2] in crash.holding("list"):
        return said("crash.stays_a_list", name=made[2], call=made[0])
    if "inhomogeneous" in text and (name := calculated_with(crash.line, crash.holding("list"))):
        return said("crash.list_of_other_shapes", name=name)
    if "inhomogeneous" in text:
        return said("crash.parts_of_other_shapes")
    if "setting an array element with a sequence" in text:
        return _whole_array_for_a_number(crash) or said("crash.sequence_for_a_number")
    if "could not broadcast input array" in text:
        shapes = shapes_in(text)
        if len(shapes) != 2:
            return said("crash.array_of_another_shape", look=_LOOK)
        what, where = shapes
        if call := _many_in_one(crash):
            return said("crash.arrays_of_other_shapes", call=call, size=where[0])
        row = re.match(r"(\w+)\[[^\],:]+\]\s*=(?!=)", crash.line)
        if row and len(what) == len(where) == 1 and len(crash.shapes.get(row[1], ())) == 2:
            return said("crash.row_of_one_length", of=row[1], what=what[0], where=where[0])
        return said("crash.array_of_a_shape", what=what, where=where, look=_LOOK)
    if "value array of shape" in text:
        return said("crash.array_into_places")
    if "boolean array indexing assignment" in text:
        return said("crash.array_into_a_mask")
    if "cannot reshape" in text and "vdot" not in crash.line:
        return said("crash.reshape_entries")
    return None


def _many_in_one(crash: Crash) -> str:
    """The call that makes one array of a list of arrays, if that is what failed.

    NumPy says of arrays that agree in their first size alone that one doesn't go into the other.
    """
    for part in parts(crash.failed):
        match part:
            case ast.Call(
                ast.Attribute(ast.Name("np" | "numpy"), "array" | "asarray") as call, [of, *_]
            ):
                how = ast.unparse(call)
                written = isinstance(of, ast.List | ast.ListComp | ast.Tuple)
                # What stands in brackets may fail by itself, where it isn't known what did.
                failed = written and crash.expression.startswith(how)
                if failed or ast.unparse(of) in crash.holding("list", "tuple"):
                    return how
    return ""


def _whole_array_for_a_number(crash: Crash) -> Said | None:
    """Which name for a whole vector stands where a place of an array gets its number."""
    for line in parts(crash.line):
        match line:
            case ast.Assign(targets=[ast.Subscript(value=value)], value=given):
                of = ast.unparse(value)
                entry = isinstance(value, ast.Subscript) or "," in ast.unparse(line.targets[0])
                taken = {
                    inner
                    for part in ast.walk(given)
                    if isinstance(part, ast.Subscript | ast.Call)
                    for inner in ast.walk(part)
                }
                for part in ast.walk(given):
                    name = ast.unparse(part) if isinstance(part, ast.Name) else ""
                    shape = crash.shapes.get(name)
                    if part not in taken and isinstance(shape, tuple) and len(shape) == 1:
                        if entry:
                            return said("crash.vector_for_an_entry", name=name)
                        return said("crash.vector_for_a_number", name=name, of=of)
    return None


def _joined(text: str, crash: Crash) -> Said | None:
    if "all the input array" not in text and "all input arrays" not in text:
        return None
    return said("crash.joins_shapes")


def _dimensions(text: str, crash: Crash) -> Said | None:
    if "does not have enough dimensions" in text:
        numbers = [name for name, shape in crash.shapes.items() if shape == ()]
        if made := next((name for name in numbers if _made_a_number(name, crash)), None):
            return said("crash.number_by_this_line", name=made)
        for side in (side for sides in products(crash.failed) for side in sides):
            if crash.shapes.get(side) == () and (of := re.match(r"(\w+)\[", side)):
                what = "item" if of[1] in crash.holding("list", "tuple") else "entry"
                return said(f"crash.{what}_in_a_product", name=side, of=of[1])
            if crash.shapes.get(side) == ():
                return said("crash.number_in_a_product", name=side)
        return said("crash.product_with_a_number")
    if "1- or 2-d" in text:
        return said("crash.diag_of_a_number")
    if "at least two dimensions" in text or "at least 2-d" in text:
        return _no_matrix(crash)
    if "negative dimensions" in text:
        return said("crash.size_below_0")
    return None


def _no_matrix(crash: Crash) -> Said:
    """What is no matrix where one is needed, by its name where that is known."""
    found = re.search(r"fill_diagonal\((\w+)", crash.line)
    shape = crash.shapes.get(found[1]) if found else None
    if found and isinstance(shape, tuple) and len(shape) < len(("row", "column")):
        return said(f"crash.is_{'a_vector' if shape else 'a_number'}_and_no_matrix", name=found[1])
    return said("crash.needs_a_matrix")


# --- indices -----------------------------------------------------------------------------------


def lines_before(lines: Sequence[str], number: int) -> list[str]:
    """The lines of a function from its ``def`` to the line of that number, without comments."""
    found: list[str] = []
    indent = indent_of(lines[number - 1])
    for text in reversed(lines[: number - 1]):
        code = text.split("#", 1)[0]
        found.append(code)
        if code.lstrip().startswith("def ") and indent_of(code) < indent:
            break
        if code.strip() and code[0].isspace():  # What a function inside holds stands further in.
            indent = min(indent, indent_of(code))
    return list(_without_docstrings(found[::-1]))


def _without_docstrings(lines: Sequence[str]) -> Iterator[str]:
    """The lines but for what stands in triple quotes: an example there is none of the code's."""
    quoted = False
    for line in lines:
        marks = line.count('"""') + line.count("'''")
        if not quoted and not marks:
            yield line
        quoted ^= marks % 2 == 1


# --- shapes ------------------------------------------------------------------------------------


def shapes_in(text: str) -> list[Shape]:
    """The shapes in a message of NumPy's, if all of them are small."""
    shapes = [tuple(map(int, found.split(","))) for found in _SHAPE.findall(text)]
    return shapes if all(size <= LARGEST_SHOWN for shape in shapes for size in shape) else []


def unnamed_shapes(crash: Crash) -> list[Shape]:
    """The shapes that met entry by entry, if the names on the line do not show them all."""
    if "could not be broadcast together" not in crash.message:
        return []
    shapes = shapes_in(crash.message)
    return [] if set(shapes) <= set(named_shapes(crash).values()) else shapes


def reads(line: str) -> str:
    """The part of a line that reads: a name that it assigns to still holds an earlier value.

    What stands in quotes is no name.
    """
    return _QUOTED.sub("''", re.sub(r"^[\w, ]+=(?!=)", "", line))


def named_shapes(crash: Crash) -> Mapping[str, Shape]:
    """The shapes of the arrays that the line reads: small ones, which tell no values."""
    read = reads(crash.failed)
    return {
        name: shape
        for name, shape in crash.shapes.items()
        if isinstance(shape, tuple)
        and 1 <= len(shape) <= 2
        and all(0 <= size <= LARGEST_SHOWN for size in shape)
        # A list that results are collected in says nothing about what went wrong.
        and re.search(rf"(?<![\w.]){re.escape(name)}(?!\w|\.(append|insert)\()", read)
    }
