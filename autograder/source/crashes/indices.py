"""Why a place in an array or a list does not exist, told by the student's own expression."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ..names_set import names_set
from ..phrases import Said, said
from .crash import LOOP, Crash, Listed, has, parts
from .shapes import LARGEST_SHOWN, Shape, named_shapes

_OUT_OF_BOUNDS = re.compile(r"index (-?)\d+ is out of bounds for axis (\d) with size (\d+)")

#: A loop or an array whose size is written as a number.
_WRITTEN = re.compile(r"\b(?:range|zeros|ones|empty|eye|identity)\(([\d\s,()\[\]]+)\)")


def index_cause(crash: Crash) -> Said:
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
        return said("crash.mask_of_another_shape")
    if "too many indices" in text:
        return _too_many(crash)
    if "invalid index to scalar" in text:
        for part in parts(crash.line):
            if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Call):
                return said("crash.entry_of_one_number", of=ast.unparse(part.value))
        return _of_a_number(crash) or said("crash.entry_of_a_number")
    if "only integers" in text or "must be of integer" in text:
        return NOT_WHOLE
    if "pop from empty" in text:
        return said("crash.pop_from_empty")
    if axis := _no_such_axis(crash):
        return axis
    return _too_far(crash)


def _no_such_axis(crash: Crash) -> Said | None:
    """That a size is asked for along an axis that the array has not got, if that is so."""
    for code, name, place in _sizes_taken(crash):
        count = _axes_of(name, ast.unparse(code.value), crash)
        if count is None or -count <= place < count:
            continue
        of_vector = count == 1
        kind = said("crash.of_axes", count=count) if count else said("crash.of_no_axis")
        which = "_asked" if _is_asked(crash, code) else "" if of_vector else "_of_it"
        return said(
            f"crash.no_such_axis{which}",
            code=ast.unparse(code),
            name=name,
            kind=said("crash.a_vector") if of_vector else kind,
        )
    return None


def _sizes_taken(crash: Crash) -> Iterator[tuple[ast.Subscript, str, int]]:
    """Each size that is taken out of a shape by a number: its code, of what, and the number."""
    for part in parts(crash.failed):
        if not isinstance(part, ast.Subscript):
            continue
        of = _has_shape(part.value) or _has_shape_above(part.value, crash)
        try:
            place = ast.literal_eval(part.slice)
        except ValueError:
            continue
        if of and type(place) is int:
            yield part, of, place


def _has_shape(code: ast.expr | None) -> str:
    """Of what some code is the shape; empty if it is none."""
    match code:
        case ast.Attribute(of, "shape"):
            return ast.unparse(of)
        case ast.Call(ast.Attribute(ast.Name("np" | "numpy"), "shape"), [of]):
            return ast.unparse(of)
    return ""


def _has_shape_above(name: ast.expr, crash: Crash) -> str:
    """Of what a name is the shape by the one line that sets it, if both are still the same."""
    if not isinstance(name, ast.Name):
        return ""
    sets = [at for at, text in enumerate(crash.before) if name.id in names_set([text])]
    if len(sets) != 1:
        return ""
    for part in parts(crash.before[sets[0]]):
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == name.id:
            of = _has_shape(part.value)
            return "" if of in names_set(crash.before[sets[0] + 1 :]) else of
    return ""


def _axes_of(name: str, shape_of_it: str, crash: Crash) -> int | None:
    """How many axes an array has whose shape is read, where that is known."""
    shape, sizes = crash.shapes.get(name), crash.shapes.get(shape_of_it)
    if isinstance(sizes, Listed) and sizes.kind == "tuple" and len(sizes) == 1:
        return sizes[0]
    return len(shape) if isinstance(shape, tuple) and not isinstance(shape, Listed) else None


def _is_asked(crash: Crash, size: ast.expr) -> bool:
    """Whether a size stands in a comparison by which the line chooses what is done below it."""
    return re.match(r"(?:el)?if\b", crash.line) is not None and any(
        ast.unparse(side) == ast.unparse(size)
        for part in parts(crash.line)
        if isinstance(part, ast.Compare)
        for side in (part.left, *part.comparators)
    )


def _of_a_number(crash: Crash) -> Said | None:
    """Which name on the line is a single number, of which an entry is taken or set."""
    for part in parts(crash.line):
        match part:
            case ast.Subscript(ast.Name(id=name), index, ctx) if crash.shapes.get(name) == ():
                if isinstance(ctx, ast.Load):
                    return said("crash.number_has_no_entries", name=name)
                many = "" if isinstance(index, ast.Tuple) else "one_"
                return said(f"crash.{many}place_in_a_number", name=name)
    return None


def _too_many(crash: Crash) -> Said:
    if "0-dimensional" in crash.message and (number := _of_a_number(crash)):
        return number
    for part in parts(crash.failed):
        match part:
            case ast.Subscript(value=value, slice=ast.Tuple(elts=[_, _])):
                name = ast.unparse(value)
                if len(crash.shapes.get(name, ())) == 1 and isinstance(crash.shapes[name], tuple):
                    made = any(re.match(rf"\s*{name}\s*=(?!=)", text) for text in crash.before)
                    key = "two_indices_of_a_vector" if made else "two_indices_of_an_argument"
                    return said(f"crash.{key}", name=name, of=ast.unparse(part))
    return said("crash.too_many_indices")


def _index_too_far(crash: Crash, axis: int, size: int) -> Said | None:
    """Which index of which array is too large, where only one can be meant."""
    found: dict[tuple[str, str], ast.Subscript] = {}
    taken = [part for part in parts(crash.line) if isinstance(part, ast.Subscript)]
    stopped = [part for part in taken if ast.unparse(part) == crash.expression]
    for part in stopped or taken:
        indices = [part.slice]
        value: ast.expr = part.value
        match part:
            case ast.Subscript(slice=ast.Tuple(elts=[first, second])):
                indices = [first, second]
            case ast.Subscript(ast.Subscript(value=within, slice=first), slice=second):
                value, indices = within, [first, second]
                if stopped:
                    axis = 1  # the row has been taken; the message counts its axes
        name = ast.unparse(value)
        shape = crash.shapes.get(name)
        if len(indices) <= axis or isinstance(indices[axis], ast.Slice):
            continue  # a slice is cut to what is there
        if isinstance(shape, tuple) and len(shape) == len(indices) and shape[axis] == size:
            found[name, ast.unparse(indices[axis])] = part
    if len(found) != 1:
        return None
    (name, index), part = next(iter(found.items()))
    at = {"of": ast.unparse(part), "index": index, "name": name}
    if len(crash.shapes[name]) == 1:
        return said("crash.entry_too_far", **at, has=_has_places(size))
    if axis:
        has = said("crash.has_columns", count=size, last=size - 1)
        return said("crash.column_too_far", **at, has=has)
    return said("crash.row_too_far", **at, has=said("crash.has_rows", count=size, last=size - 1))


NOT_WHOLE = said("crash.index_not_whole")


def _no_place(crash: Crash) -> Said:
    for before in reversed(crash.before):
        if one := _one_too_far(before, crash.line):
            return said("crash.no_place_behind_last", why=one)
    target = re.match(r"(\w+)\[", crash.line)
    if crash.beyond:
        return _beyond_list(crash, *crash.beyond)
    if target and crash.shapes.get(target[1]) in ((0,), [0]):
        what = said("crash.empty_has_no_places", name=target[1])
    else:
        what = said("crash.no_such_place")
    return said("crash.add_entries", what=what)


def _too_far(crash: Crash) -> Said:
    bounds = _OUT_OF_BOUNDS.search(crash.message)
    shapes = named_shapes(crash)
    empty = [name for name, shape in shapes.items() if 0 in shape and _indexed(name, crash.line)]
    if (
        empty
        and not bounds
        and re.match(rf"{re.escape(empty[0])}\[[^=]*\]\s*[-+*/]?=(?!=)", crash.line)
    ):
        return _no_place(crash)
    if empty and re.search(rf"(?<!\w){re.escape(empty[0])}\[\w+ ?- ?1\]", crash.line):
        return said("crash.none_before_the_first", name=empty[0])
    if empty and _begins_empty(empty[0], crash):
        return said("crash.last_of_empty", name=empty[0])
    if empty and not crash.calls_itself and _made_empty(empty[0], crash):
        return said("crash.list_still_empty", name=empty[0])
    if empty:
        how = "_at_last" if crash.calls_itself else ""
        return said(f"crash.entry_of_empty{how}", name=empty[0])
    if crash.beyond:
        return _beyond_list(crash, *crash.beyond)
    if "list" in crash.message and (twice := _two_loops(crash)):
        return said("crash.and_hint", what=said("crash.no_such_entry"), hint=twice)
    if "list" in crash.message and (another := _counts_another(crash) or _fixed_place(crash)):
        return another
    if bounds and int(bounds[3]) <= LARGEST_SHOWN:
        size, axis = int(bounds[3]), int(bounds[2])
        what = _beyond_row(crash, size) if size and not (axis or bounds[1]) else None
        what = what or _beyond_axis(axis, size, below=bool(bounds[1]))
        if axis < 2 and size and not bounds[1]:
            what = _index_too_far(crash, axis, size) or what
        sizes = [size]
    else:
        below = re.search(r"\[[^\]]*-", crash.line) is not None
        what = said("crash.no_such_entry_either_way" if below else "crash.no_such_entry")
        sizes = [size for shape in shapes.values() for size in shape]
    hint = _hint(crash, sizes)
    if what.key == _TOO_FAR_IN_ROW and hint == _DOES_LOOP_END:
        hint = said("crash.does_loop_end_at_that_size", **dict(what.values))
    if what.key in _TOO_FAR and hint == _DOES_LOOP_END:
        index, name = dict(what.values)["index"], dict(what.values)["name"]
        new = rf"\s*{re.escape(name)}\s*=(?!=)(?!.*\b{re.escape(name)}\b)"
        made = any(re.match(new, text) for text in crash.before)
        key = "goes_too_far_or_too_small" if made else "does_loop_end_at_that_size"
        hint = said(f"crash.{key}", index=index, name=name)
        if raising := _raised_above(crash, str(index)):
            hint = said("crash.index_raised_above", raising=raising)
    return said("crash.and_hint", what=what, hint=hint)


def _raised_above(crash: Crash, index: str) -> str:
    """The statement of the same loop that raises an index before it is used, if one does."""
    for text in reversed(crash.before):
        if LOOP.match(text):
            break
        if re.fullmatch(rf"{re.escape(index)} *\+= *\d+", text.strip()):
            return text.strip()
    return ""


def may_be_indexed(crash: Crash, name: str, shape: Shape) -> bool:
    """Whether an array can be the one whose index is too large, if that is known."""
    bounds = _OUT_OF_BOUNDS.search(crash.message)
    if not bounds:
        return crash.type != "IndexError" or _indexed(name, crash.line)
    axis, size = int(bounds[2]), int(bounds[3])
    first = [axis] if _indexed(name, crash.line) else []
    # Behind a first index stands what it has taken, such as a row.
    behind = re.search(rf"(?<![\w.]){re.escape(name)}\[[^\]]*\]\[", crash.line)
    axes = [*first, axis + 1] if behind else first
    return any(at < len(shape) and shape[at] == size for at in axes)


def _begins_empty(name: str, crash: Crash) -> bool:
    """Whether a loop asks for the last entry of a list that nothing is put into before it."""
    made = [at for at, text in enumerate(crash.before) if re.match(rf"\s*{name} *= *\[\]", text)]
    after = crash.before[made[-1] + 1 :] if made else ()
    in_loop = any(LOOP.match(text) for text in after)
    return in_loop and f"{name}[-1]" in crash.line


def _made_empty(name: str, crash: Crash) -> bool:
    """Whether a list is made empty above that line, and no line takes anything out of it."""
    own = re.escape(name)
    gets = [
        found[1] for text in crash.before if (found := re.match(rf"\s*{own} *=(?!=)(.*)", text))
    ]
    made = bool(gets) and re.match(r"\s*(\[\]|list\(\))\s*(#|$)", gets[-1]) is not None
    takes = rf"(?<![\w.]){own}\.(pop|remove|clear)\(|\bdel +{own}\b"
    return made and not any(re.search(takes, text) for text in (*crash.before, crash.line))


def _beyond_list(crash: Crash, values: str, index: str, length: int, place: int) -> Said:
    has = _has_places(length)
    what = said("crash.asks_for_place", values=values, index=index, place=place, has=has)
    if twice := _two_loops(crash):
        return said("crash.and_hint", what=what, hint=twice)
    set_there = re.match(rf"{re.escape(values)}\[[^=]*\]\s*[-+*/]?=(?!=)", crash.line)
    for before in reversed([*crash.before, crash.line]):
        loop = re.search(r"\bfor (\w+) in (range\([^:]*\))", before)
        if loop and re.search(rf"(?<!\w){loop[1]}(?!\w)", index):
            next_one = re.fullmatch(rf"{loop[1]} \+ 1", index)
            if next_one and place == length and loop[2] == f"range(len({values}))":
                beyond = said("crash.one_beyond", index=loop[1], name=values)
                return said("crash.and_hint", what=what, hint=beyond)
            if set_there and not re.search(r"\+ ?1\)$", loop[2]):
                return said("crash.too_far_or_too_short", what=what, index=loop[1], name=values)
            written = re.fullmatch(r"range\((?:\d+, *)?(\d+)\)", loop[2])
            if written and not crash.by_hand:
                fixed = said("crash.written_size", fixed=int(written[1]))
                return said("crash.and_hint", what=what, hint=fixed)
            behind = re.fullmatch(rf"{loop[1]} \+ (\d+)", index)
            from_0 = re.match(r"range\((0,|[^,]*\)$)", loop[2])
            if behind and from_0 and place == int(behind[1]):
                return said("crash.first_round_already", what=what, index=index)
            begins = loop[2].startswith(f"range({place},") and index == loop[1]
            way = "does_loop_begin_too_late" if begins else "does_loop_go_too_far"
            return said(f"crash.{way}", what=what, index=loop[1], values=loop[2])
    if set_there:
        return said("crash.made_too_short", what=what, name=values)
    if index.isdigit() and int(index) > 0 and not crash.by_hand:
        return said("crash.and_hint", what=what, hint=said("crash.written_place", fixed=index))
    heads = [*crash.before, crash.line]
    if any(re.match(rf"\s*while\b.*\b{re.escape(index)}\b", text) for text in heads):
        ends = said("crash.where_does_while_end", index=index, name=values)
        return said("crash.and_hint", what=what, hint=ends)
    return said("crash.which_place", what=what)


def _has_places(length: int) -> Said:
    if length < 2:
        return said("crash.has_one_place") if length else said("crash.has_no_place")
    return said("crash.has_places", length=length, last=length - 1)


def _indexed(name: str, line: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}\[", line) is not None


def _beyond_row(crash: Crash, size: int) -> Said | None:
    """Which index is too large for what two others before it have taken, if that is so."""
    match next((one for one in parts(crash.expression) if isinstance(one, ast.expr)), None):
        case ast.Subscript(ast.Subscript(ast.Subscript()) as row, ast.Name(index)):
            name, has = ast.unparse(row), _has_places(size)
            return said("crash.too_far_in_row", index=index, name=name, has=has)
    return None


def _beyond_axis(axis: int, size: int, below: bool) -> Said:
    if size == 0:
        return said("crash.no_entry_along_axis", axis=axis)
    has = (
        said("crash.has_one_index")
        if size == 1
        else said("crash.has_indices", size=size, last=size - 1)
    )
    far = said("crash.too_far_below") if below else said("crash.too_large")
    return said("crash.along_axis", far=far, axis=axis, has=has)


def _made_once(crash: Crash) -> Said | None:
    """That what is filled in a loop's rounds is made before it, for the first of them."""
    filled = re.match(r"(\w+)((?:\[[^=]*\])+)\s*[-+*/]?=(?!=)", crash.line)
    if not filled:
        return None
    made = re.compile(rf"(\s*){filled[1]}\s*=(?!=)(.*\w\[0\].*)")
    for at, text in enumerate(crash.before):
        if found := made.match(text):
            around = (re.match(r"(\s*)(?:for|while)\b", earlier) for earlier in crash.before[:at])
            if any(one and len(one[1]) < len(found[1]) for one in around):
                continue  # Each round of that loop has one of its own.
            below = crash.before[at + 1 :]
            first_of = re.findall(r"(\w+)\[0\]", found[2])
            if _goes_on_over(below, found[1], first_of, filled[2]):
                return said("crash.made_once", name=filled[1])
    return None


_LOOP = re.compile(r"(\s*)for\s+(.+?)\s+in\s+(.*)")


def _goes_on_over(below: Sequence[str], indent: str, first_of: Sequence[str], index: str) -> bool:
    """Whether a loop goes on from the first of some things to others, each with its own sizes.

    What that loop counts is then no index of what is filled: loops within it go by it.
    """
    for at, text in enumerate(below):
        loop = _LOOP.match(text)
        if not loop or loop[1] != indent or not any(has(one, loop[3]) for one in first_of):
            continue
        names = set(re.findall(r"\w+", loop[2]))
        if any(has(name, index) for name in names):
            continue
        for later in below[at + 1 :]:
            inner = _LOOP.match(later)
            if inner and any(has(name, inner[3]) for name in names):
                return True
            made = re.match(r"\s*([\w, ]+?)\s*=(?!=)(.*)", later)
            if made and any(has(name, made[2]) for name in names):
                names |= set(re.findall(r"\w+", made[1]))
    return False


_TOO_FAR = {"crash.row_too_far", "crash.column_too_far", "crash.entry_too_far"}
_TOO_FAR_IN_ROW = "crash.too_far_in_row"
_DOES_LOOP_END = said("crash.does_loop_end_there")

#: A place beside the one that a loop counts, which is set.
_ONE_FURTHER = re.compile(r"(\w+)\[(\w+) ?\+ ?1\]\s*=(?!=)")


def _two_loops(crash: Crash) -> Said | None:
    """That an index on the line is what two loops count with, one within the other."""
    loops = [(at, found) for at, text in enumerate(crash.before) if (found := _LOOP.match(text))]
    for at, outer in loops:
        for name in re.findall(r"\w+", outer[2]):
            inner = next((i for i, one in loops if i > at and has(name, one[2])), None)
            if inner is None or not re.search(rf"\[[^\]]*\b{name}\b[^\]]*\]", crash.line):
                continue
            within = [text for text in crash.before[at + 1 : inner + 1] if text.strip()]
            if all(text.startswith(f"{outer[1]} ") for text in within):
                return said("crash.two_loops_over", index=name)
    return None


def _hint(crash: Crash, sizes: list[int]) -> Said:
    if twice := _two_loops(crash):
        return twice
    if made := _made_once(crash):
        return made
    numbers = _written_sizes([*crash.before, crash.line])
    places = [int(n) for n in re.findall(r"\w(?<!\.shape)\[(\d+)\]", crash.line) if int(n)]
    for key, written in (("written_size", numbers), ("written_place", places)):
        fixed = next((n for n in written if sizes and n >= min(sizes)), None)
        if fixed is not None:
            key = "counted_from_0" if crash.by_hand else key
            return said(f"crash.{key}", **({} if crash.by_hand else {"fixed": fixed}))
    for before in reversed([*crash.before, crash.line]):
        if one := _one_too_far(before, crash.line):
            return one
    if crash.too_far and "list" in crash.message:
        return said(crash.too_far)
    if further := _ONE_FURTHER.match(crash.line):
        return said("crash.one_place_further", name=further[1], index=further[2])
    if "axis" in crash.message and (counted := _ends_at_length(crash)):
        return counted
    if not any(re.search(r"\b(for|while)\b", text) for text in (*crash.before, crash.line)):
        return said("crash.where_does_index_come_from")
    return _DOES_LOOP_END


def _one_too_far(loop: str, line: str) -> Said | None:
    """That a loop counts from 1, or that the place after the one that it counts is asked for."""
    found = re.search(r"\bfor (\w+) in range\(1, [^:]*\+ ?1\)", loop)
    if found and f"[{found[1]}]" in line:
        return said("crash.counts_from_1", index=found[1])
    found = re.search(r"\bfor (\w+) in range\((?:0, ?)?len\((\w+)\) ?\+ ?1\)", loop)
    if found and f"{found[2]}[{found[1]}]" in line:
        return said("crash.loop_goes_behind", name=found[2])
    found = re.search(r"\bfor (\w+) in range\(len\((\w+)\), ?-?[01], ?-1\)", loop)
    if found and f"{found[2]}[{found[1]}]" in line:
        return said("crash.loop_begins_behind", name=found[2])
    downwards = r"(?:range\(len\((\w+)\) ?- ?1, ?-1, ?-1\)|reversed\(range\(len\((\w+)\)\)\))"
    found = re.search(rf"\bfor (\w+) in (?:{downwards}|range\(len\((\w+)\)\))", loop)
    if not found:
        return None
    index, *lists = found.groups()
    name = next(filter(None, lists))
    if re.search(rf"(?<![\w.]){name}\[{index} ?\+ ?1\]", line):
        return said("crash.one_beyond", index=index, name=name)
    return None


_COUNTS_ALL = re.compile(
    r"\bfor (\w+)(?:, *\w+)? in (?:enumerate\((\w+)\)|range\(len\((\w+)\)\)"
    r"|reversed\(range\(len\((\w+)\)\)\)|range\(len\((\w+)\) ?- ?1, ?-1, ?-1\))\s*[:\])]"
)


def _counts_another(crash: Crash) -> Said | None:
    """That a loop counts the entries of one list, and another list is the one that ends."""
    for before in reversed([*crash.before, crash.line]):
        if not (loop := _COUNTS_ALL.search(before)):
            continue
        index, *lists = loop.groups()
        counted = next(filter(None, lists))
        taken = {
            (ast.unparse(part.value), ast.unparse(part.slice))
            for part in parts(crash.line)
            if isinstance(part, ast.Subscript)
        }
        others = {name for name, of in taken if of == index and name != counted}
        if len(others) == 1 and all(of == index for _, of in taken):
            return said("crash.counts_another", index=index, counted=counted, name=min(others))
        return None
    return None


def _fixed_place(crash: Crash) -> Said | None:
    """That an entry of a list is asked for by a number, and by no loop."""
    taken = {
        (ast.unparse(part.value), part.slice.value)
        for part in parts(crash.line)
        if isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Constant)
    }
    all_taken = [part for part in parts(crash.line) if isinstance(part, ast.Subscript)]
    places = [(name, place) for name, place in taken if isinstance(place, int) and place > 0]
    if len(places) != len(all_taken) or len(places) != 1 or crash.by_hand:
        return None
    name, place = places[0]
    in_loops = any(LOOP.match(text) for text in crash.before)
    key = "fixed_place_beside_loop" if in_loops else "fixed_place"
    return said(f"crash.{key}", name=name, place=place)


def _ends_at_length(crash: Crash) -> Said | None:
    """That a loop ends at the length of something else than what its count is an index of."""
    for before in reversed([*crash.before, crash.line]):
        if not (loop := _COUNTS_ALL.search(before)):
            continue
        index, *lists = loop.groups()
        counted = next(filter(None, lists))
        of_other = re.search(rf"\[[^\]]*\b{index}\b[^\]]*\]", crash.line)
        if of_other and not re.search(rf"(?<![\w.]){counted}\[", crash.line):
            return said("crash.loop_ends_at_length", index=index, counted=counted)
        return None
    return None


def _written_sizes(lines: Sequence[str]) -> list[int]:
    found = (inside for text in lines for inside in _WRITTEN.findall(text))
    return [int(n) for inside in found for n in re.findall(r"\d{1,4}", inside) if int(n) > 1]
