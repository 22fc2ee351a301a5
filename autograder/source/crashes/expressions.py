"""Reasons for an exception that lie in what is written on the line.

Each of them looks for an expression that really stands there, and for the message that only this
expression gives.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import takewhile

from ..phrases import Said, said
from ..slips.outputs import OF_TWO, place_of_result
from . import axes, calls
from .arguments import argument_cause
from .crash import Crash, calculated_with, has, parts
from .functions_wanted import wants_a_function
from .numbers import number_for_several
from .one_by_one import used_as_a_list
from .taken import name_taken

_SIZED = r"np\.(zeros|ones|empty|eye|identity|full)|range"
_MATH = re.compile(r"(?<![\w.])(?:math\.)?(exp|sqrt|log|tanh|pow|fabs|sin|cos)\(")
_LISTS = re.compile(
    r"(operand|not supported between).*'(list|tuple)'|sequence by non-int|concatenate (list|tuple)"
)
_NEEDS_AN_ARRAY = ("shape", "T", "sum", "max", "min", "dot", "mean", "size", "ndim", "reshape")


def expression_cause(crash: Crash) -> Said | None:
    """Say which expression on the line is at fault.

    Parameters
    ----------
    crash : Crash

    Returns
    -------
    Said or None
        None if there is none that is known.
    """
    for known in _KNOWN:
        if cause := known(crash, crash.message.lower()):
            return cause
    return None


def _bits(crash: Crash, text: str) -> Said | None:
    if "^" in crash.line and ("bitwise_xor" in text or "for ^" in text):
        of_e = re.search(r"(?<!\w)(?:e|E|2\.7\d*|np\.e|math\.e)\s*\^", crash.line)
        if of_e:
            return said("crash.power_of_e")
        return said("crash.power")
    if re.search("[&|]", crash.line) and ("bitwise_" in text or "for &" in text or "for |" in text):
        return said("crash.comparisons_in_brackets")
    return None


def _one_yes_or_no(crash: Crash, text: str) -> Said | None:
    if crash.type != "ValueError" or "truth value" not in text:
        return None
    if found := re.search(r"(\w+)\.(index|remove|count)\(", crash.line):
        return said("crash.looks_for_an_array", call=f"{found[1]}.{found[2]}")
    if _compares_two(crash):
        return said("crash.compares_arrays")
    many = said("crash.one_answer_each")
    way_out = said("crash.loop_or_where")
    if word := re.match(r"(if|elif|while)\b", crash.line):
        return said("crash.word_needs_one", word=word[1], many=many, way_out=way_out)
    if found := re.search(r"(?<![\w.])(max|min)\(", crash.line):
        kind = found[1]
        return said(f"crash.pythons_{kind}", name=kind, many=many, other=axes.OF_TWO[kind])
    if re.search(r"\bif\b", crash.line):
        return said("crash.choice_needs_one", many=many, way_out=way_out)
    if found := re.search(r"\b(and|or|not)\b", crash.line):
        return said("crash.and_or_needs_one", name=found[1], many=many, way_out=way_out)
    for part in parts(crash.line):
        given = part.args[1:] if isinstance(part, ast.Call) else []
        for name in map(ast.unparse, given):
            if isinstance(shape := crash.shapes.get(name), tuple) and shape:
                call = ast.unparse(part.func) if isinstance(part, ast.Call) else ""
                return said("crash.array_for_a_setting", call=call, array=name)
    return said("crash.needs_one_yes_or_no")


def _compares_two(crash: Crash) -> bool:
    """Whether a condition asks if two arrays are equal."""
    for part in parts(crash.line) if re.search(r"\b(if|while)\b", crash.line) else ():
        if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq | ast.NotEq):
            sides = [crash.shapes.get(ast.unparse(s)) for s in (part.left, part.comparators[0])]
            if all(isinstance(shape, tuple) and shape for shape in sides):
                return True
    return False


def _texts(crash: Crash, text: str) -> Said | None:
    made_of = re.search(
        r"dtype\('<u\d*'\)|strdtype|string multiply|'str'|\(not \"\w+\"\) to str", text
    )
    quotes = re.search(r"""["']""", crash.line) and "ufunc" in text and "input types" in text
    if "for **" in text and "'str'" not in text:
        return None
    coerced = "coerced" in text and crash.holding("str")
    if (made_of and "indices" not in text and "order must" not in text) or quotes or coerced:
        return said("crash.calculates_with_a_text")
    if "could not convert string" in text or "invalid literal" in text:
        return said("crash.number_of_a_quoted_text")
    return None


def _sizes(crash: Crash, text: str) -> Said | None:
    for part in parts(crash.line) if crash.type == "TypeError" else ():
        match part:
            case ast.Call(ast.Attribute(attr="array" | "asarray" as name), [ast.List(), _, *_]):
                return said("crash.rows_in_one_list", name=name)
    if "as a data type" in text and (found := re.search(r"np\.(array|asarray)\(", crash.line)):
        return said("crash.numbers_in_one_list", name=found[1])
    if "as a data type" in text or "tuple must have size" in text:
        return said("crash.shape_is_one_argument")
    if "as an integer" in text and (found := re.search(r"range\(([\w.]+)\.shape\)", crash.line)):
        return said("crash.range_of_a_shape", array=found[1])
    about = "as an integer" in text or "scalar index" in text or "sequence of integers" in text
    shape = re.search(r"(\w+(?:\[\w+\])?)\.shape\s*[,)]", crash.line) if about else None
    if shape and "shape[" not in crash.line:
        return said("crash.shape_for_size", name=shape[1])
    found = re.search(rf"({_SIZED})\(\(?([\w.\[\]]+)[,)]", crash.line) if about else None
    if found and any(re.match(rf"\s*{found[3]}\s*=.*\.shape\s*$", t) for t in crash.before):
        return said("crash.size_of_a_shape", name=found[3])
    if about and (range_of := _range_of(crash)):
        return range_of
    if found and isinstance(of := crash.shapes.get(found[3]), tuple) and len(of) > 0:
        if found[1] == "range":
            return said("crash.range_of_an_array", array=found[3])
        return said("crash.size_of_an_array", name=found[1], array=found[3])
    return None


def _range_of(crash: Crash) -> Said | None:
    """What range is given, where one range alone can have failed: a quotient, a list, a float."""
    ranges = [p for p in parts(crash.failed) if isinstance(p, ast.Call) and _is_range(p)]
    kind = re.match(r"'(list|tuple|(?:[\w.]*float\d*))' object cannot be int", crash.message)
    if len(ranges) != 1 or not kind:
        return None
    names = [given.id for given in ranges[0].args if isinstance(given, ast.Name)]
    if kind[1] in ("list", "tuple"):
        if len(names) != 1:
            return None
        for_two = re.search(r"\bfor\s+\(?(\w+)\s*,\s*(\w+)\)?\s+in\s+range\b", crash.line)
        if for_two:
            both = {"first": for_two[1], "second": for_two[2]}
            return said("crash.range_of_a_list_for_two", list=names[0], **both)
        return said("crash.range_of_a_list", list=names[0])
    for given in ranges[0].args:
        if isinstance(given, ast.BinOp) and isinstance(given.op, ast.Div):
            return said("crash.range_of_a_quotient", what=ast.unparse(given))
    return said("crash.range_of_a_float", what=ast.unparse(ranges[0]))


def _is_range(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "range"


#: What NumPy says of an argument that cannot take a result.
_CANNOT_TAKE = re.compile(
    r"cannot cast ufunc '\w+' output|return arrays must be|non-broadcastable output"
    r"|output array is not acceptable"
)
#: How functions are called in what NumPy says of them, where that is another name.
_KNOWN_AS = {"abs": "absolute", "true_divide": "divide", "outer": "multiply"}


def _place_of_result(crash: Crash, text: str) -> Said | None:
    """An argument that is the place of the result, and was meant to be calculated with."""
    # What one array alone is calculated of has nothing else to fit.
    alone = "broadcast" in text and _is_of_one(crash.failed)
    if not (alone or _CANNOT_TAKE.search(text)):
        return None
    of = re.search(r"ufunc '(\w+)'", text)
    for part in parts(crash.failed):
        if found := place_of_result(part):
            name, place = found
            if of and of[1] != _KNOWN_AS.get(name, name):
                continue
            which = "third" if name in OF_TWO else "second"
            called = ast.unparse(part.func) if isinstance(part, ast.Call) else name
            return said(f"crash.{which}_is_the_place", name=called, place=ast.unparse(place))
    return None


def _is_of_one(code: str) -> bool:
    """Whether it is a call of what takes one array, and nothing beside that."""
    for part in parts(code):
        match part:
            case ast.Module([ast.Expr(call)]):
                found = place_of_result(call)
                return found is not None and found[0] not in OF_TWO
    return False


#: How NumPy calls what the signs do that change an array in place.
_SIGNS = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power",
    "//": "floor_divide",
}  # fmt: skip


def _in_place(crash: Crash, text: str) -> Said | None:
    found = re.match(r"([\w.\[\]]+)\s*(\*\*|//|[-+*/])=", crash.line)
    if not found or f"cannot cast ufunc '{_SIGNS[found[2]]}'" not in text:
        return None
    target, sign = found[1], found[2]
    for before in reversed(crash.before):
        made = re.match(rf"\s*{re.escape(target)}\s*=\s*(.*\bint\d*\b.*)", before)
        if made:
            return said("crash.made_of_whole_numbers", sign=sign, target=target, made=made[1])
    for before in crash.before:
        loop = re.match(r"\s*for ([\w, ]+) in (?:zip\()?([\w, ]+)", before)
        names = [name.strip() for name in loop[1].split(",")] if loop else []
        lists = [name.strip() for name in loop[2].split(",")] if loop else []
        for name, of in zip(names, lists, strict=False):
            if name == target and has(of, _parameters(crash)):
                return said("crash.in_place_on_what_is_given", sign=sign, target=target, of=of)
    return said("crash.in_place_on_whole_numbers", sign=sign, target=target)


def _parameters(crash: Crash) -> str:
    """What stands in the brackets of the function's ``def``."""
    head = list(takewhile(lambda text: not text.rstrip().endswith(":"), crash.before))
    return " ".join(crash.before[: len(head) + 1]).partition("(")[2]


def _kronecker(crash: Crash, text: str) -> Said | None:
    if not ("shape" in text or "broadcast" in text):
        return None
    made = (re.match(r"\s*(\w+)\s*=[^=#]*\bkron\(", above) for above in crash.before)
    names = "|".join(found[1] for found in made if found)
    is_there = "kron(" in crash.line or (names and re.search(rf"\b(?:{names})\b", crash.line))
    return said("crash.kronecker") if is_there else None


def _one_number(crash: Crash, text: str) -> Said | None:
    many = "only length-1" in text or "0-dimensional" in text or "must be real number" in text
    if not many or crash.type == "IndexError":
        return None
    found = _MATH.search(crash.line)
    if found and f"np.{found[0]}" not in crash.line:
        return said("crash.math_takes_one_number", name=found[1])
    if found := re.search(r"(?<![\w.])(float|int|round)\(", crash.line):
        return said("crash.makes_one_number", name=found[1])
    if "=" in crash.line and "[" in crash.line.partition("=")[0]:
        return said("crash.array_into_one_place")
    return None


def _comma_missing(crash: Crash, text: str) -> Said | None:
    """Two rows that are written down beside each other, so that one indexes or calls the other."""
    if "not tuple" in text and re.fullmatch(r"\s*\[[^\[\]]*\]\s*", crash.line):
        # A row on a line of its own, as in a matrix that is written down.
        return said("crash.comma_missing_at_the_end", row=crash.line.strip())
    for part in parts(crash.line):
        match part:
            case ast.Subscript(value=ast.List() as first, slice=second) if (
                "list index out of range" in text
            ):
                return said(
                    "crash.comma_missing", first=_row(first), second=f"[{ast.unparse(second)}]"
                )
            case ast.Subscript(value=ast.List() as first, slice=ast.Tuple() as second) if (
                "not tuple" in text
            ):
                return said("crash.comma_missing", first=_row(first), second=f"[{_row(second)}]")
            case ast.Call(func=ast.List() | ast.Tuple() as first) if "not callable" in text:
                second = ast.Tuple(part.args, ast.Load())
                return said("crash.comma_missing", first=_row(first), second=ast.unparse(second))
    return None


def _row(row: ast.expr) -> str:
    text = ast.unparse(row)
    return text.strip("()") if isinstance(row, ast.Tuple) else text


def _rows_of_other_lengths(crash: Crash, text: str) -> Said | None:
    """Rows that are written down, of which one is longer or shorter than the others."""
    if "inhomogeneous" not in text:
        return None
    for part in parts(crash.line):
        rows = part.elts if isinstance(part, ast.List) else []
        if len(rows) < 2 or not all(isinstance(row, ast.List) for row in rows):
            continue
        lengths = [len(row.elts) for row in rows if isinstance(row, ast.List)]
        usual = max(set(lengths), key=lambda length: (lengths.count(length), length))
        odd = next((at for at, length in enumerate(lengths) if length != usual), None)
        if odd is not None:
            return said(
                "crash.row_of_other_length",
                row=odd,
                numbers=said("quantity.number", count=lengths[odd]),
                usual=usual,
            )
    return None


def _value_for_place(crash: Crash, text: str) -> Said | None:
    if "indices must be" in text and "not str" in text:
        for part in parts(crash.line):
            match part:
                case ast.Subscript(ast.Name(id=name), ast.Constant(str()) | ast.BinOp()):
                    if crash.shapes.get(name) in ("list", "tuple"):
                        return said("crash.list_has_no_keys", name=name)
    for before in reversed(crash.before if crash.type == "IndexError" else ()):
        loop = re.search(r"\bfor (\w+) in (\w+)\.shape\s*:", before)
        if loop and re.search(rf"\[{loop[1]}\]", crash.line):
            i, x = loop.groups()
            return said("crash.loop_over_sizes", i=i, x=x)
    if "must be of integer" in text and re.search(r"\[np\.where\([^\]]*,[^\]]*,", crash.line):
        return said("crash.values_of_where_for_places")
    about = (
        "only integers, slices" in text
        or "indices must be" in text
        or "integer (or" in text
        or "scalar index" in text
    )
    if not about or "not tuple" in text or "not str" in text:
        return None
    for before in reversed(crash.before):
        loop = re.search(r"\bfor (\w+), *(\w+) in enumerate\(", before)
        if loop and re.search(rf"\[(?:[^\]]*\W)?{loop[2]}(?:\W[^\]]*)?\]", crash.line):
            return said("crash.enumerate_counts_first", first=loop[1], second=loop[2])
    for before in reversed([*crash.before, crash.line]):
        loop = re.search(r"\bfor (\w+) in (\w[\w.]*)(?=[:\]) ])(?!\()", before)
        if loop and re.search(rf"\[[^\]]*(?<!\w){loop[1]}(?!\w)[^\]]*\]", crash.line):
            i, x = loop.groups()
            if re.search(rf"(?<!\w){x}\[:, *{i}\]", crash.line):
                return said("crash.value_for_column", i=i, x=x)
            return said("crash.value_for_place", i=i, x=x)
    for part in parts(crash.line):
        if isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Name):
            shape = crash.shapes.get(part.slice.id)
            if isinstance(shape, tuple) and len(shape) == 1:
                return said("crash.array_for_place", name=part.slice.id)
    return None


def _generator(crash: Crash, text: str) -> Said | None:
    """What is made one by one, ``f(x) for x in xs``, where NumPy asks for all of it at once."""
    for part in parts(crash.line) if crash.type in ("TypeError", "ValueError") else ():
        match part:
            case ast.Call(function, [ast.GeneratorExp(), *_]) if (
                call := ast.unparse(function)
            ).startswith(("np.", "numpy.")):
                return said("crash.generator", call=call)
    return None


def _loop_over_number(crash: Crash, text: str) -> Said | None:
    if "as an integer" in text and re.search(r"\benumerate\(\w+, *[a-zA-Z]\w*\)", crash.line):
        return said("crash.enumerate_takes_one")
    if "not iterable" not in text:
        return None
    if found := re.search(
        r"\bin (len\([^()]*\)(?: ?[-+] ?\d)?|[\w.]+\.(?:size|shape\[\d\])|\d+)\s*[:)\]]", crash.line
    ):
        return said("crash.loop_over_a_number", name=found[1])
    for part in parts(crash.line):
        if isinstance(part, ast.Call) and ast.unparse(part.func) in ("zip", "enumerate"):
            for given in map(ast.unparse, part.args):
                if crash.shapes.get(given) == ():
                    name = ast.unparse(part.func)
                    return said("crash.goes_through_a_number", name=name, number=given)
    call = re.search(r"(?<![\w.])(sum|max|min|len|sorted)\((\w+)\)", crash.line)
    if call and crash.shapes.get(call[2]) == ():
        return said("crash.all_of_a_number", name=call[1], number=call[2])
    found = re.search(r"\bfor \w+ in (\w+)\s*[:)\]]", crash.line)
    if found and crash.shapes.get(found[1]) == ():
        return said("crash.loop_over_a_number", name=found[1])
    return None


def _collected(crash: Crash, text: str) -> Said | None:
    """`+=` of an array on a list that results are collected in."""
    found = re.match(r"(\w+) \+= (\w.*)", crash.line)
    if not found or "broadcast" not in text:
        return None
    if any(re.match(rf"\s*{found[1]}\s*=\s*(\[\]|list\(\))", text) for text in crash.before):
        return said("crash.list_plus_array", name=found[1], what=found[2])
    return None


def _place_in_a_number(crash: Crash, text: str) -> Said | None:
    """An entry that is set in what is a single number."""
    found = re.match(r"(\w+(?:\[\w+\])?)\[([^\]]+)\]\s*[-+*/]?=", crash.line)
    if found and re.search(r"'[\w.]*(int|float)\d*' object does not support item", text):
        if "[" in found[1] or "," in found[2]:
            return said("crash.place_in_a_number", name=found[1])
        return said("crash.one_place_in_a_number", name=found[1])
    return None


def _dots(crash: Crash, text: str) -> Said | None:
    return said("crash.dots") if "'ellipsis'" in text else None


def _index_of(crash: Crash, text: str) -> Said | None:
    """A list that is asked where in it an array stands."""
    found = re.search(r"(\w+)\.(index|remove|count)\(", crash.line)
    if found and "broadcast" in text and found[1] in crash.holding("list"):
        return said("crash.looks_for_an_array", call=f"{found[1]}.{found[2]}")
    return None


def _each_with_each(crash: Crash, text: str) -> Said | None:
    """Two loops, one in the other, over what belongs together pair by pair."""
    if "broadcast" not in text and "mismatch" not in text and "not aligned" not in text:
        return None
    for part in parts(crash.line):
        if isinstance(part, ast.ListComp | ast.GeneratorExp) and len(part.generators) == 2:
            one, other = (ast.unparse(loop.target) for loop in part.generators)
            if has(one, ast.unparse(part.elt)) and has(other, ast.unparse(part.elt)):
                return said("crash.each_with_each", outer=one, inner=other)
    outer: tuple[int, str, str] | None = None
    for before in [*crash.before, crash.line]:
        loop = re.match(r"(\s*)for (\w+) in (\w+)\s*:", before)
        if not loop:
            continue
        indent, name, of = len(loop[1]), loop[2], loop[3]
        inside = outer is not None and outer[0] < indent and outer[2] != of
        if outer and inside and has(name, crash.line) and has(outer[1], crash.line):
            return said("crash.each_with_each", outer=outer[1], inner=name)
        outer = indent, name, of
    return None


def _list_for_array(crash: Crash, text: str) -> Said | None:
    about = _LISTS.search(text)
    if about and "nonetype" not in text:
        lists = crash.holding("list", "tuple")
        name = _multiplied(crash, lists) if "by non-int" in text else ""
        name = name or calculated_with(crash.line, lists)
        if name and (name.endswith(")") or has(name, _parameters(crash))):
            others = [other for other in lists if other != name and has(other, crash.line)]
            if len(others) == 1 and has(others[0], _parameters(crash)):
                both = {"name": name, "other": others[0]}
                return said("crash.calculates_with_given_lists", **both)
            return said("crash.calculates_with_a_given_list", name=name)
        if name and any(re.match(rf"\s*{name}\s*=\s*\[\s*(\[|-?\d)", t) for t in crash.before):
            key = "list_of_numbers_in_a_product" if "for @" in text else "list_of_numbers"
            return said(f"crash.calculates_with_a_{key}", name=name)
        named = f" (`{name}`)" if name else ""
        compares = "not supported between" in text
        return said(f"crash.{'compares' if compares else 'calculates_with'}_a_list", named=named)
    found = re.search(r"'(list|tuple)' object has no attribute '(\w+)'", crash.message)
    if found and found[2] in _NEEDS_AN_ARRAY:
        lists = crash.holding("list", "tuple")
        which = f"`{lists[0]}`" if lists else said("crash.what_is_before_the_dot")
        return said("crash.only_arrays_have", which=which, name=found[1], attribute=found[2])
    return None


def _multiplied(crash: Crash, lists: Sequence[str]) -> str:
    """The list that is multiplied by a number; empty if none is seen to be."""
    for part in parts(crash.line):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult):
            for side, other in ((part.left, part.right), (part.right, part.left)):
                name = ast.unparse(side)
                called = isinstance(side, ast.Call) and crash.shapes.get(ast.unparse(other)) == ()
                if name in lists or called:
                    return name
    return ""


def _not_an_arrays(crash: Crash, text: str) -> Said | None:
    number = re.search(
        r"'[\w.]*(?:float|int)\d*' object has no attribute '(append|insert|extend|pop|remove)'",
        crash.message,
    )
    if number and (of := re.search(rf"(\w+)\.{number[1]}\(", crash.line)):
        return said("crash.number_has_no", what=of[1], name=number[1])
    of_list = re.search(r"'list' object has no attribute '(\w+)'", crash.message)
    if of_list and of_list[1] in ("array", "exp", "outer", "dot", "zeros", "maximum", "norm"):
        where = "np.linalg" if of_list[1] == "norm" else "np"
        return said("crash.numpys_and_no_lists", name=of_list[1], where=where)
    found = re.search(r"'numpy\.ndarray' object has no attribute '(\w+)'", crash.message)
    if not found or found[1] not in crash.line:
        return None
    if found[1] in ("remove", "pop"):
        return said("crash.array_keeps_its_length", name=found[1])
    if found[1] in ("append", "insert", "extend"):
        if of := re.search(rf"(\w+)\.{found[1]}\(", crash.line):
            return said("crash.named_array_does_not_grow", of=of[1], name=found[1])
        return said("crash.array_does_not_grow", name=found[1])
    if found[1] in ("where", "exp", "outer", "diag", "log", "sqrt", "maximum", "abs", "tanh",
                    "minimum", "matmul", "square", "multiply", "norm", "inv", "det", "inner",
                    "fill_diagonal", "power", "add", "subtract", "divide", "kron", "vstack",
                    "hstack", "stack", "concatenate", "zeros_like", "expand_dims", "sin", "cos",
                    "einsum", "cross", "log2", "isnan", "heaviside", "sign"):  # fmt: skip
        where = "np.linalg" if found[1] in ("norm", "inv", "det") else "np"
        return said("crash.numpys_and_not_an_arrays", name=found[1], where=where)
    if found[1] in ("len", "length", "count"):
        return said("crash.has_no_length_by_name", name=found[1])
    return None


#: In the order in which they are asked, the most telling first.
_KNOWN = (
    name_taken,
    _dots, _generator, used_as_a_list, _index_of, _comma_missing, _rows_of_other_lengths,
    _bits, wants_a_function, _one_yes_or_no,
    calls.not_called, _texts, axes.sizes_together, _sizes, axes.axis, _place_of_result, _in_place,
    _kronecker, _one_number, calls.keyword, calls.square_brackets, calls.called, _value_for_place,
    number_for_several, _loop_over_number, _list_for_array, _not_an_arrays, calls.numpys,
    calls.appended, calls.itself, _collected, _each_with_each, _place_in_a_number,
    calls.arguments_of_pythons, calls.where, calls.neighbours, calls.tensordot,
    calls.products_of_several, argument_cause,
)  # fmt: skip
