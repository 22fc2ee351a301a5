"""Reasons for an exception, from its type, the student's own line and the shapes of that call.

One table for the grader and the hand-out's check. What a message says of values is never repeated:
on a hidden case it could hold the hidden input.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from textwrap import shorten

from ..names_set import names_set
from ..phrases import InARow, Said, said
from . import axes
from .arguments import any_value
from .asserts import assert_cause
from .crash import Crash, Listed, has, parts, products
from .expressions import expression_cause
from .functions_wanted import also_wants_a_function
from .indices import NOT_WHOLE, index_cause, may_be_indexed
from .own_classes import not_of_own_class
from .shapes import (
    GIVE_NONE,
    Shape,
    named_shapes,
    reads,
    shape_cause,
    unnamed_shapes,
)
from .unpacking import unpacks

#: Letters of a docstring's line.
LONGEST_QUOTED = 60
TRY_OUT = said("crash.try_out_below_main")

#: Exceptions that the shapes on their line can explain.
_SHAPES_TELL = ("ValueError", "TypeError", "IndexError", "AxisError", "LinAlgError")

_BY_TYPE: dict[str, Said] = {
    "ZeroDivisionError": said("crash.ZeroDivisionError"),
    "FloatingPointError": said("crash.FloatingPointError"),
    "OverflowError": said("crash.OverflowError"),
    "RecursionError": said("crash.RecursionError"),
    "KeyError": said("crash.KeyError"),
    "AttributeError": said("crash.AttributeError"),
    "UnboundLocalError": said("crash.UnboundLocalError"),
    "NotImplementedError": said("crash.NotImplementedError"),
    "AssertionError": said("crash.AssertionError"),
    "SystemExit": said("crash.SystemExit"),
    "KeyboardInterrupt": said("crash.KeyboardInterrupt"),
    "EOFError": said("crash.EOFError", try_out=TRY_OUT),
    "MemoryError": said("crash.MemoryError"),
    "StopIteration": said("crash.StopIteration"),
    "LinAlgError": said("crash.LinAlgError"),
    "PermissionError": said("crash.PermissionError"),
    "FileNotFoundError": said("crash.FileNotFoundError"),
    "ModuleNotFoundError": said("crash.ModuleNotFoundError"),
    "ImportError": said("crash.ImportError"),
    "UFuncOutputCastingError": said("crash.UFuncOutputCastingError"),
    "_UFuncOutputCastingError": said("crash.UFuncOutputCastingError"),
}


#: What an array is often asked for behind a dot.
_OF_ARRAYS = ("ndim", "shape", "size", "sum", "mean", "max", "min", "copy", "dot", "transpose",
              "flatten", "reshape", "astype", "dtype", "argmax", "ravel", "squeeze")  # fmt: skip
#: What changes a list or an array in place, and gives back None.
_METHODS_IN_PLACE = {"append", "insert", "extend", "reverse", "sort", "remove", "fill", "clear"}
_IN_PLACE = "append|insert|extend|reverse|sort|remove|fill_diagonal|putmask|place|copyto|shuffle"


def reason(crash: Crash) -> Said:
    """Say why, in words that go on after "stops with ...:".

    Parameters
    ----------
    crash : Crash

    Returns
    -------
    Said
    """
    return _none_cause(crash) or also_wants_a_function(crash, _cause(crash))


#: Reasons that speak of shapes without naming those of both sides.
_OF_SHAPES = frozenset({
    "shape_is_one_argument", "reshape_brackets", "shapes_of_two", "shapes_of_inner", "einsum",
    "shapes_entry_by_entry", "entries_met", "shapes_in_place", "parts_of_other_shapes",
    "sequence_for_a_number",
    "array_of_another_shape", "array_of_a_shape", "reshape_entries", "joins_shapes",
    "needs_a_matrix", "is_a_vector_and_no_matrix", "is_a_number_and_no_matrix",
    "mask_of_another_shape", "too_many_indices", "written_size", "no_such_axis",
    "no_such_axis_of_it", "no_such_axis_asked",
    "value_of_such_a_shape", "norm_of_other_axes", "squeezes_no_size_1",
})  # fmt: skip


def speaks_of_shapes(why: Said) -> bool:
    """Tell whether a reason, or the hint in it, is about shapes that it does not name."""
    return any(key.removeprefix("crash.") in _OF_SHAPES for key in _keys(why))


#: Reasons of what doesn't fit that say how it doesn't, and ask where that comes from.
_ONLY_HOW = _OF_SHAPES | {
    "shapes_of_product", "other_way_round", "left_of_weights", "right_of_weights",
    "right_of_other_weights", "left_of_error", "left_of_a_matrix", "print_both", "begins_with_1",
    "both_have_one_shape", "without_transposing",
    "product_of_vectors", "vector_through_a_matrix", "times_of_vectors", "times_of_matrices",
    "product_of_vectors_turned", "times_of_vectors_turned",
    "carried_over", "column_with_a_vector", "and_hint", "which_place", "too_far_or_too_short",
    "made_too_short", "written_place", "does_loop_go_too_far", "does_loop_begin_too_late",
    "unpacks", "unpacks_pairs", "parts_and_names", "values_and_names",
    "index_not_whole", "entry_of_empty", "list_still_empty",
    "no_such_place", "index_of_a_matrix", "TypeError",
    "item_in_a_product", "unsupported_kind", "single_number_needed", "AttributeError",
    "any_other", "LinAlgError",
    "ZeroDivisionError", "FloatingPointError", "OverflowError", "entry_or_loop_of_a_number",
    "should_it_be_one",
    "no_loop_counts", "no_function_called",
    "shapes_in_place", "sequence_for_a_number", "one_beyond", "column_times_vector",
    "column_times_flat", "column_times_matrix", "product_with_a_number", "AssertionError",
    "ValueError", "joins_numbers", "joins_nothing", "step_of_zero", "not_in_the_list",
    "item_of_several", "zip_of_other_lengths", "nan_is_no_whole_number",
}  # fmt: skip
#: Fields of a reason that hold a fact, to which the rest adds where it may come from.
_FACTS = ("what", "must")
#: Hints on a product that say why, which is true whatever is changed.
_TEACH = ("other_way_round", "right_of_weights", "without_transposing")


def says_no_more_than_how(why: Said) -> bool:
    """Tell whether a reason says what doesn't fit, but not why."""
    return any(key.removeprefix("crash.") in _ONLY_HOW for key in _keys(why))


def without_guess(why: Said) -> Said:
    """The fact in a reason alone, for where it is known which line has to be changed."""
    values = dict(why.values)
    for name in _FACTS:
        if isinstance(values.get(name), Said):
            return said("crash.fact", what=values[name])
    if isinstance(first := values.get("first"), Said):
        values["first"] = without_guess(first)
    hint = values.get("hint")
    if isinstance(hint, Said) and hint.key.removeprefix("crash.") not in _TEACH:
        values["hint"] = without_guess(hint)
    if "look" in values:
        values["look"] = ""
    return Said(why.key, tuple(values.items()))


def _keys(why: Said) -> list[str]:
    return [why.key, *(value.key for _, value in why.values if isinstance(value, Said))]


def _none_cause(crash: Crash) -> Said | None:
    """Name the variable that holds None, where that is what the exception is about."""
    text = crash.message.lower()
    is_none = "nonetype" in text
    no_array = crash.type == "ValueError" and ("1- or 2-d" in text or "enough dimensions" in text)
    if crash.type not in ("TypeError", "AttributeError", "ValueError"):
        return None
    names = [
        name
        for name, shape in crash.shapes.items()
        if shape == "NoneType" and has(name, reads(crash.line))
    ]
    if names and (is_none or no_array):
        for text in [crash.line, *reversed(crash.before)]:
            made = re.match(rf"\s*{re.escape(names[0])} *= *(.*\.({_IN_PLACE})\(.*)", text)
            if made:
                return said("crash.name_is_none_of", name=names[0], code=text.strip(), call=made[2])
        if _is_none_by_default(crash, names[0]):
            return said("crash.name_is_none_by_default", name=names[0])
        return said("crash.name_is_none", name=names[0], give_none=GIVE_NONE)
    for name in re.findall(r"(\w+)\[", crash.line) if is_none else ():
        if any(re.match(rf"\s*{name}\s*=\s*\[None\]\s*\*", text) for text in crash.before):
            return said("crash.places_hold_none", name=name)
    if is_none and (own := _own_none(crash)):
        return own
    if is_none:
        return said("crash.came_back_as_none", give_none=GIVE_NONE)
    return None


def _is_none_by_default(crash: Crash, name: str) -> bool:
    """Whether ``def`` makes an argument None, and no line gives it anything else."""
    above = [*takewhile(lambda text: not text.rstrip().endswith(":"), crash.before)]
    head = " ".join(crash.before[: len(above) + 1]).strip()
    by_default = re.match(rf"def .*[(,]\s*{re.escape(name)}\s*(:[^=,]*)?=\s*None\s*[,)]", head)
    return bool(by_default) and name not in names_set(crash.before[len(above) + 1 :])


def _own_none(crash: Crash) -> Said | None:
    """That the line goes on with what a method gives back that works in place."""
    used = [one for part in parts(crash.failed) for one in _goes_on_with(part)]
    used += [part.iter for part in parts(crash.line) if isinstance(part, ast.For)]
    for one in used:
        match one:
            case ast.Call(ast.Attribute(ast.Name("np" | "numpy"))):
                pass
            case ast.Call(ast.Attribute(of, name)) if name in _METHODS_IN_PLACE:
                called = {"call": ast.unparse(one), "name": name}
                if isinstance(of, ast.Call | ast.BinOp | ast.List | ast.ListComp):
                    return said("crash.none_of_what_has_no_name", **called)
                return said("crash.none_of_its_call", **called, of=ast.unparse(of))
    return None


def _goes_on_with(part: ast.AST) -> list[ast.expr]:
    """What an expression does something with."""
    match part:
        case ast.Subscript(value=value) | ast.Attribute(value=value):
            return [value]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.Call(args=given):
            return given
    return []


def _cause(crash: Crash) -> Said:
    if crash.line.startswith("raise ") and crash.type not in _BY_TYPE and crash.function:
        return said("crash.own_raise")
    if cause := expression_cause(crash) or shape_cause(crash):
        return cause
    of_its_type = _CAUSES.get(crash.type)
    if of_its_type and (cause := of_its_type(crash)):
        return cause
    return _BY_TYPE.get(crash.type, said("crash.any_other"))


#: What takes a size or a number of rounds.
_SIZED = r"(?:range|zeros|ones|empty|eye|identity)\([^\[\]]*"
#: A name that is no word of English as well: one letter or two, or with what stands below it.
_SYMBOL = re.compile(r"[A-Za-z]{1,2}|[A-Za-z]+_\w{1,2}")


#: How near names must be for one to be meant by the other; also where the line has both.
_NEAR, _NEAR_BESIDE = 0.71, 0.85


def _near(crash: Crash, name: str) -> str:
    """The name that is likely meant by one without a value; empty for none."""
    # A name of one letter is a slip of the pen for none.
    for near in difflib.get_close_matches(name, crash.known, 1) if name[1:] else []:
        if re.sub(r"\d", "", near) == re.sub(r"\d", "", name):
            return ""  # another of several
        is_beside = has(near, crash.line)
        if (near in name or name in near) and not is_beside:
            return near
        alike = difflib.SequenceMatcher(None, near, name).ratio()
        return near if alike >= (_NEAR_BESIDE if is_beside else _NEAR) else ""
    return ""


def _name_error(crash: Crash) -> Said | None:
    if crash.name and has(crash.name, crash.line):
        return _no_such_name(crash, crash.name)
    return None


def _no_such_name(crash: Crash, name: str) -> Said:
    if name in crash.known:
        return said("crash.defined_below", name=name)
    if name in crash.in_brackets:
        return said("crash.in_brackets_alone", name=name, clause=crash.in_brackets[name])
    is_place = re.search(rf"\w\[\s*{re.escape(name)}\s*[],:]", crash.line)
    if crash.not_there and not is_place:
        return said(crash.not_there, name=name)
    counted = len(name) == 1 and name.islower() and not crash.line.startswith(f"{name}[")
    if counted and re.search(rf"\[[^\]]*\b{name}\b", crash.line):
        return said("crash.no_loop_counts", what=said("crash.has_no_value", name=name), name=name)
    if name == "self":
        return said("crash.self_of_no_class")
    if crash.to_come:
        module, line = crash.to_come
        return said("crash.left_out_import", name=name, module=module, line=line)
    near = _near(crash, name)
    if name in crash.when_run:
        only = said("crash.set_when_run", name=name)
        return said("crash.set_when_run_but_near", only=only, near=near) if near else only
    if re.match(rf"{name}\[[^=]*\]\s*[-+*/]?=(?!=)|{name}\.(append|insert|extend)\(", crash.line):
        return said("crash.not_made_yet", name=name)
    other = [one for one in crash.known if one != name and one.lower() == name.lower()]
    if other and not any(re.search(rf"\bfor\b.*\b{other[0]}\b.* in\b", t) for t in crash.before):
        return said("crash.other_letters", name=name, other=other[0])
    if _SYMBOL.fullmatch(name):
        for text in crash.described:
            if has(name, text):
                quoted = shorten(text, LONGEST_QUOTED, placeholder=" ...")
                return said("crash.of_the_description", name=name, text=quoted)
    if near:
        return said("crash.nothing_called_so_near", name=name, near=near)
    if re.search(rf"(?<![\w.]){re.escape(name)}\(", crash.line):
        return said("crash.no_function_called_so", name=name)
    if re.search(rf"{_SIZED}\b{name}\b", crash.line):
        return said("crash.no_size_called_so", name=name)
    return said("crash.nothing_called_so", name=name)


def _no_value_yet(crash: Crash) -> Said | None:
    unbound = re.search(r"local variable '(\w+)'", crash.message)
    if not unbound or not has(unbound[1], crash.line):
        return None
    name = re.escape(unbound[1])
    if re.match(rf"(?:[\w, ]*\W)?{name}\b[\w, ]*=[^=].*(?<![\w.]){name}\(", crash.line):
        return said("crash.name_of_its_function", name=unbound[1])
    return said("crash.no_value_yet", name=unbound[1])


def _key_error(crash: Crash) -> Said | None:
    before = re.search(r"(\w+)\[(\w+) ?- ?1\]", crash.line)
    if before and before[1] in crash.holding("dict"):
        return said("crash.no_key_before_the_first", name=before[1], index=before[2])
    return None


def _not_installed(crash: Crash) -> Said | None:
    if not crash.name or not has(crash.name, crash.line):
        return None
    files = {file.removesuffix(".py") for file in crash.elsewhere.values()}
    if near := difflib.get_close_matches(crash.name, files, 1, cutoff=0.8):
        if crash.name == f"{near[0]}.py":
            return said("crash.file_by_its_whole_name", near=near[0])
        return said("crash.not_installed_but_near", name=crash.name, near=near[0])
    return said("crash.not_installed", name=crash.name, try_out=TRY_OUT)


def _not_in_file(crash: Crash) -> Said | None:
    found = re.match(r"cannot import name '(\w+)' from '(\w+)'", crash.message)
    if found and has(found[1], crash.line):
        return said("crash.file_has_no_such", name=found[1], file=f"{found[2]}.py")
    return None


def _too_large(crash: Crash) -> Said | None:
    if any("too large" in text for text in crash.described):
        return said("crash.too_large_as_described")
    return None


def _linalg_error(crash: Crash) -> Said | None:
    if "dimension" not in crash.message:
        return None
    square = "square" in crash.message
    return said(f"crash.inverse_of_{'no_square' if square else 'no_matrix'}")


#: What makes an axis, or puts arrays side by side: there the number cannot be left out.
_NEEDS_AN_AXIS = re.compile(r"\b(?:expand_dims|stack|concatenate|swapaxes|moveaxis)\(")


def _axis_error(crash: Crash) -> Said:
    dimensions = re.search(r"of dimension (\d)", crash.message)
    if dimensions and dimensions[1] == "0":
        return said("crash.axis_of_a_number")
    if dimensions and dimensions[1] != "1":
        return said("crash.axis_too_far", last=int(dimensions[1]) - 1)
    named = re.search(r"axis (-?\d+) is out of bounds", crash.message)
    if named and _NEEDS_AN_AXIS.search(crash.failed):
        return said("crash.axis_not_there", axis=int(named[1]))
    if spare := axes.to_leave_out(crash):
        return said("crash.axis_to_leave_out", what=InARow(spare))
    return said("crash.AxisError")


#: What tensors of PyTorch have, and arrays of NumPy's have not.
_OF_PYTORCH = (
    "grad",
    "detach",
    "numpy",
    "requires_grad",
    "zero_grad",
    "no_grad",
    "cpu",
)

#: What texts can do.
_OF_TEXTS = ("replace", "split", "strip", "join", "format", "upper", "lower", "find", "isdigit")

#: Names that NumPy had up to 1.23 for Python's own types.
_ONCE_IN_NUMPY = {
    **{name: name for name in ("float", "int", "bool", "complex", "object", "str")},
    "long": "int", "unicode": "str",
}  # fmt: skip


#: Functions of NumPy's whose names are often written otherwise.
_OFTEN_MEANT = (
    "outer", "dot", "exp", "sum", "max", "maximum", "zeros", "ones", "array", "diag", "eye",
    "where", "matmul", "shape", "sqrt", "linalg", "identity", "zeros_like", "transpose", "append",
)  # fmt: skip


#: Those of its functions that live one level deeper.
IN_LINALG = (
    "norm",
    "inv",
    "det",
    "solve",
    "pinv",
    "matrix_power",
    "matrix_rank",
    "eig",
    "multi_dot",
)


def _attribute_error(crash: Crash) -> Said | None:
    if "module 'numpy' has no attribute" in crash.message:
        asked = crash.message.partition("no attribute '")[2].partition("'")[0]
        return _not_in_numpy(asked, crash.known)
    name = crash.name if crash.name and has(crash.name, crash.line) else ""
    if name in _OF_PYTORCH:
        return said("crash.of_pytorch", name=name)
    if "module 'math' has no attribute" in crash.message:
        return said("crash.not_in_math", name=crash.message.rpartition(" ")[2].strip("'"))
    of = re.search(r"\b(np\.\w+)\.(\w+)\(", crash.line)
    if of and "module" not in crash.message:
        return said("crash.function_of_a_function", of=of[1], name=of[2])
    return _no_such_attribute(crash, name) if name else None


def _no_such_attribute(crash: Crash, name: str) -> Said:
    if told := not_of_own_class(crash, name):
        return told
    if name in _OF_TEXTS:
        return said("crash.of_texts", name=name)
    near = difflib.get_close_matches(name, _OF_ARRAYS, 1, cutoff=0.8)
    if near and "'numpy.ndarray'" in crash.message:
        return said("crash.no_such_attribute_but_near", name=name, near=near[0])
    return said("crash.no_such_attribute", name=name)


def _not_in_numpy(name: str, known: Sequence[str]) -> Said:
    if name in _ONCE_IN_NUMPY:
        return said("crash.no_longer_in_numpy", name=name, instead=_ONCE_IN_NUMPY[name])
    if not name.isidentifier():
        return said("crash.not_in_numpy")
    if name in IN_LINALG:
        return said("crash.one_level_deeper", name=name)
    if name in known:
        return said("crash.not_numpys", name=name)
    # Half a name is none.
    near = difflib.get_close_matches(name, _OFTEN_MEANT, 1, cutoff=0.7)
    if near:
        return said("crash.not_in_numpy_but_near", name=name, near=near[0])
    return said("crash.not_in_numpy_so", name=name)


def _value_error(crash: Crash) -> Said:
    if "unpack" in crash.message:
        return unpacks(crash)
    text = crash.message.lower()
    if "negative integer power" in text:
        return said("crash.negative_power")
    if "axes don't match" in text:
        return said("crash.axes_of_a_vector")
    if any(part in text for part in ("empty sequence", "zero-size", "argument is empty")):
        return said("crash.largest_of_empty")
    if "could not convert string" in text or "invalid literal" in text:
        return said("crash.number_of_a_text")
    if "math domain" in text or "expected a positive" in text or "expected a nonneg" in text:
        return said("crash.math_not_defined")
    return any_value(crash)


def _type_error(crash: Crash) -> Said:
    if "unpack" in crash.message:
        return unpacks(crash)
    text = crash.message.lower()
    if "missing" in text and "argument" in text:
        return _too_few_arguments(crash)
    if "argument" in text and ("positional" in text or "keyword" in text):
        return _other_arguments(crash, text)
    if "concatenate str" in text or "must be str" in text:
        return said("crash.number_to_text")
    if "unsupported operand" in text or "can't multiply" in text:
        return said("crash.unsupported_kind")
    if "only length-1" in text or "scalar" in text or "0-dimensional" in text:
        return said("crash.single_number_needed")
    if "unhashable" in text:
        return said("crash.looked_up" if crash.line else "crash.looked_up_by_a_cache")
    if found := re.fullmatch(r"'(\w{1,20})' object is not reversible", crash.message):
        return said("crash.not_reversible", kind=found[1])
    if "__round__" in text:
        return said("crash.pythons_round")
    if "cast" in text and "coerced" not in text:
        return _BY_TYPE["UFuncOutputCastingError"]
    if "list indices must be" in text or "tuple indices must be" in text:
        if "not tuple" in text:
            return said("crash.list_takes_one_index")
        return NOT_WHOLE
    if "interpreted as an integer" in text or "expected a sequence of integers" in text:
        return said("crash.size_not_whole")
    if "not callable" in text:
        return said("crash.no_function_called")
    if "subscriptable" in text or "indexed" in text or "iterable" in text or "len()" in text:
        if "subscriptable" in text and (name := _number_with_entries(crash)):
            return said("crash.number_has_no_entries", name=name)
        return said("crash.entry_or_loop_of_a_number")
    return said("crash.TypeError")


def _other_arguments(crash: Crash, text: str) -> Said:
    called = re.match(r"(\w+)\(\) takes", crash.message)
    if called and called[1] in ("maximum", "minimum") and "but 1 was" in text:
        return said("crash.compares_two", name=called[1])
    if called and has(f"np.{called[1]}", crash.line):
        if "takes from 2" in text and "but 1 was" in text:
            return said("crash.takes_two", name=called[1])
        counts = re.search(r"takes (?:from \d to )?(\d) .* but (\d) w", crash.message)
        if counts and int(counts[2]) > int(counts[1]):
            most, gets = counts.groups()
            return said("crash.numpys_too_many_arguments", name=called[1], most=most, gets=gets)
        return said("crash.numpys_other_arguments", name=called[1])
    if of_whose := _called_here(crash):
        return said("crash.other_arguments_here", name=of_whose)
    return said("crash.other_arguments_on_a_line" if crash.line else "crash.other_arguments")


def _called_here(crash: Crash) -> str:
    """The function that Python speaks of, if the line calls it by this name alone."""
    called = re.match(r"(?:[\w.<>]*\.)?(\w+)\(\) (?:takes|got)", crash.message)
    line = crash.line.partition("def ")[0]
    return called[1] if called and re.search(rf"(?<![\w.]){called[1]}\(", line) else ""


def _number_with_entries(crash: Crash) -> str:
    """The number that an entry is taken of; empty if that isn't seen."""
    for part in parts(crash.line):
        if isinstance(part, ast.Subscript):
            name = ast.unparse(part.value)
            number = isinstance(part.value, ast.Constant) and not isinstance(part.value.value, str)
            if number or crash.shapes.get(name) == ():
                return name
    return ""


def _closed_too_early(called: str, line: str) -> Said | None:
    """What is said of a call with a comma behind it, as in ``np.dot(a), b``.

    Of what is calculated there not all need belong into the call.
    """
    for part in parts(line):
        match part:
            case ast.Tuple(elts=[ast.Call(func=ast.Attribute(attr=name)), behind]):
                if name == called and not has(called, ast.unparse(behind)):
                    several = "_before_several" if isinstance(behind, ast.BinOp) else ""
                    told = shorten(ast.unparse(behind), 40, placeholder="...")
                    return said(f"crash.closed_too_early{several}", name=called, behind=told)
    return None


def _too_few_arguments(crash: Crash) -> Said:
    """Whose call is short of arguments: the student's own, if it stands on the line."""
    called = re.match(r"(?:[\w.<>]*\.)?(\w+)\(\) missing", crash.message)
    if called and re.search(rf"(?<![\w.]){called[1]}\(", crash.line.partition("def ")[0]):
        return said("crash.too_few_arguments", name=called[1])
    if called and re.search(rf"\bnp\.{called[1]}\(\)", crash.line):
        sized = called[1] in ("zeros", "ones", "empty", "eye", "identity", "full")
        key = "no_size_handed" if sized else "called_with_nothing"
        return said(f"crash.{key}", name=f"np.{called[1]}")
    if called and (told := _closed_too_early(called[1], crash.line)):
        return told
    if called and re.search(rf"\b(np|math)\.(\w+\.)?{called[1]}\(", crash.line):
        return said("crash.numpys_fewer_arguments", name=called[1])
    with_nothing = re.search(r"(?<![\w.])(\w+)\(\)", crash.line)
    if with_nothing:
        return said("crash.called_with_nothing", name=with_nothing[1])
    return said("crash.takes_more_arguments")


#: By the type of exception: why it comes, where the general rules don't say.
_CAUSES: dict[str, Callable[[Crash], Said | None]] = {
    "AssertionError": assert_cause,
    "AttributeError": _attribute_error,
    "AxisError": _axis_error,
    "ImportError": _not_in_file,
    "IndexError": index_cause,
    "KeyError": _key_error,
    "LinAlgError": _linalg_error,
    "ModuleNotFoundError": _not_installed,
    "NameError": _name_error,
    "OverflowError": _too_large,
    "TypeError": _type_error,
    "UnboundLocalError": _no_value_yet,
    "ValueError": _value_error,
}

#: Reasons to which the shapes of what the line reads add nothing.
_WITHOUT_SHAPES = {
    "crash.is_a_vector_and_no_matrix", "crash.is_a_number_and_no_matrix",
    "crash.value_for_place", "crash.value_for_column", "crash.index_not_whole",
    "crash.entry_of_empty", "crash.entry_of_empty_at_last", "crash.list_still_empty",
    "crash.multi_dot_of_one",
    "crash.add_entries",
    "crash.none_before_the_first",
    "crash.last_of_empty", "crash.UFuncOutputCastingError", "crash.larger_of_two",
    "crash.second_is_the_place", "crash.third_is_the_place",
    "crash.smaller_of_two", "crash.came_back_as_none", "crash.name_is_none",
    "crash.name_is_none_by_default", "crash.name_is_none_of",
    "crash.none_of_its_call", "crash.none_of_what_has_no_name",
    "crash.places_hold_none", "crash.taken_from_there",
    "crash.second_argument_is_an_axis",
    "crash.ValueError", "crash.norm_of_matrices", "crash.no_such_norm", "crash.no_such_dtype",
    "crash.step_of_zero", "crash.not_in_the_list", "crash.joins_nothing",
    "crash.nan_is_no_whole_number", "crash.wants_a_function",
}  # fmt: skip


def shapes_told(crash: Crash) -> Said | None:
    """The shapes of what the line reads, unless others or none are to be told."""
    if crash.type not in _SHAPES_TELL or unnamed_shapes(crash):
        return None
    if reason(crash).key in _WITHOUT_SHAPES:
        return None
    if crash.message.startswith(("list assignment", "list indices")):
        return None
    is_product = "not aligned" in crash.message or "core dimension" in crash.message
    sides = [side for pair in products(crash.failed) for side in pair] if is_product else []
    shown = [
        shape_told(name, shape)
        for name, shape in named_shapes(crash).items()
        if (shape != (0,) or crash.type == "ValueError")
        and (not sides or any(has(name, side) for side in sides))
        and may_be_indexed(crash, name, shape)
        and not any(_holds(other, name) for other in crash.shapes)
    ]
    return said("crash.in_that_call", shapes=InARow(tuple(shown[:3]))) if shown else None


def shape_told(name: str, shape: Shape) -> Said:
    """What shape a name has, or how many entries the list that it stands for."""
    if not isinstance(shape, Listed):
        return said("crash.has_shape", name=name, shape=shape)
    key = "lists" if len(shape) > 1 else "entries" if shape[0] else "no_entries"
    sizes = {"count": shape[0], "each": shape[-1]} if len(shape) > 1 else {"count": shape[0]}
    return said(f"crash.is_of_{key}", name=name, kind=shape.kind, **sizes)


def _holds(longer: str, name: str) -> bool:
    """Tell whether an expression is made of a name: an entry, a transpose, an array of it."""
    return longer != name and has(name, longer)
