"""What NumPy 1.26 has and does, and a newer one does not: the hand-out allows either.

Names are given back at once. What was written for how it *works* there, such as a number stored as
an array of one entry, is changed only where a function stops with what a newer one says of it.
"""

from __future__ import annotations

import ast
import builtins
import math
import operator
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, GeneratorType, ModuleType
from typing import Any

import numpy as np

#: Those that are other names of what both have.
SAME = {
    "Inf": "inf", "Infinity": "inf", "PINF": "inf", "infty": "inf", "NaN": "nan", "NAN": "nan",
    "float_": "float64", "complex_": "complex128", "cfloat": "complex128", "unicode_": "str_",
    "string_": "bytes_", "singlecomplex": "complex64", "longfloat": "longdouble",
    "round_": "round", "product": "prod", "cumproduct": "cumprod", "alltrue": "all",
    "sometrue": "any", "row_stack": "vstack", "mat": "asmatrix", "trapz": "trapezoid",
    "longcomplex": "clongdouble", "clongfloat": "clongdouble", "bool8": "bool_",
}  # fmt: skip


def _in1d(ar1: Any, ar2: Any, *more: Any, **options: Any) -> Any:
    return np.isin(np.ravel(ar1), ar2, *more, **options)


def _asfarray(a: Any, dtype: Any = np.float64) -> Any:
    return np.asarray(a, dtype if np.issubdtype(dtype, np.inexact) else np.float64)


def _msort(a: Any) -> Any:
    return np.sort(a, axis=0)


def _find_common_type(array_types: Any, scalar_types: Any) -> Any:
    return np.result_type(*array_types, *scalar_types)


OTHERS: dict[str, Any] = {
    "find_common_type": _find_common_type,
    "NINF": -np.inf, "PZERO": 0.0, "NZERO": -0.0,
    "in1d": _in1d, "asfarray": _asfarray, "msort": _msort, "math": math,
    **{
        name: getattr(np.exceptions, name)
        for name in ("AxisError", "ComplexWarning", "RankWarning", "VisibleDeprecationWarning")
        if hasattr(np.exceptions, name)
    },
}  # fmt: skip


def give_older_names() -> None:
    """Have NumPy know the names that it has dropped since 1.26."""
    for name, new in SAME.items():
        if not _has(name) and _has(new):
            setattr(np, name, getattr(np, new))
    for name, value in OTHERS.items():
        if not _has(name):
            setattr(np, name, value)


def _has(name: str) -> bool:
    # NumPy warns of some that it has still.
    return name in vars(np)


# --- what works otherwise ----------------------------------------------------------------------

#: A part of what a newer NumPy says, by the type of its exception.
_SAID: dict[type[BaseException], tuple[str, ...]] = {
    ValueError: ("Unable to avoid copy", "setting an array element with a sequence"),
    TypeError: ("(generator) is deprecated", "only 0-dimensional arrays", "argument 'newshape'"),
    AttributeError: ("attribute 'ptp'", "attribute 'itemset'", "attribute 'tostring'"),
}


def _itemset(array: np.ndarray, *place_and_value: Any) -> None:
    """Set one entry, by its place or, in all of the array, by one number."""
    *place, value = place_and_value
    if len(place) == 1 and np.ndim(place[0]) == 0:
        array.flat[place[0]] = value
    else:
        array[tuple(place[0]) if len(place) == 1 else tuple(place)] = value


_METHODS: dict[str, Callable[..., Any]] = {
    "ptp": np.ptp,
    "tostring": np.ndarray.tobytes,
    "itemset": _itemset,
}
_HERE = "__older_numpy__"


def may_be_of_newer(error: BaseException) -> bool:
    """Whether an exception may be one that NumPy 1.26 would not have raised."""
    parts = _SAID.get(type(error))
    if parts is None:
        return False  # an exception of the student's own may do anything when it is looked at
    message = error.args[0] if error.args else None
    return type(message) is str and any(part in message for part in parts)


def do_as_older(module: ModuleType, body: list[ast.stmt], path: str) -> None:
    """Have a module's functions do what they do with NumPy 1.26.

    Parameters
    ----------
    module : ModuleType
    body : list of ast.stmt
        Its statements, which are changed.
    path : str
        The file that its functions are of.
    """
    changed = [_Older().visit(statement) for statement in body]
    whole = ast.fix_missing_locations(ast.Module(changed, []))
    codes = {_place(code): code for code in _codes(compile(whole, path, "exec", dont_inherit=True))}
    vars(module)[_HERE] = _Helpers
    for value in list(vars(module).values()):
        while isinstance(value, FunctionType):
            new = codes.get(_place(value.__code__))
            own = value.__code__.co_filename == path
            if new and own and new.co_freevars == value.__code__.co_freevars:
                value.__code__ = new
            value = vars(value).get("__wrapped__")


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


class _Helpers:
    """What stands in the places of calls and assignments: each does as NumPy 1.26 does."""

    def __class_getitem__(cls, index: Any) -> Any:
        return index

    @staticmethod
    def one(value: Any) -> Any:
        """The number in an array of one entry."""
        single = isinstance(value, np.ndarray) and value.size == 1 and value.ndim
        return value.reshape(()) if single else value

    @classmethod
    def store(cls, value: Any, target: Any, index: Any) -> None:
        try:
            target[index] = value
        except ValueError:
            if not isinstance(target, np.ndarray):
                raise
            target[index] = cls.one(value)

    @classmethod
    def change(cls, target: Any, index: Any, change: str, value: Any) -> None:
        cls.store(getattr(operator, change)(target[index], value), target, index)

    @staticmethod
    def total(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        if arguments and isinstance(arguments[0], GeneratorType):
            return builtins.sum(arguments[0])
        return function(*arguments, **named)

    @staticmethod
    def method(value: Any, name: str, *arguments: Any, **named: Any) -> Any:
        if isinstance(value, np.ndarray) and not hasattr(value, name):
            return _METHODS[name](value, *arguments, **named)
        return getattr(value, name)(*arguments, **named)


_CHANGES = {
    ast.Add: "iadd", ast.Sub: "isub", ast.Mult: "imul", ast.Div: "itruediv", ast.Pow: "ipow",
    ast.MatMult: "imatmul", ast.FloorDiv: "ifloordiv", ast.Mod: "imod",
}  # fmt: skip


class _Older(ast.NodeTransformer):
    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        match node.targets:
            case [ast.Subscript(target, index)]:
                return self._statement(node, "store", [node.value, target, self._index(index)])
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        match node.target:
            case ast.Subscript(target, index) if type(node.op) in _CHANGES:
                change = ast.Constant(_CHANGES[type(node.op)])
                return self._statement(
                    node, "change", [target, self._index(index), change, node.value]
                )
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        for keyword in node.keywords:
            match keyword:
                case ast.keyword("copy", ast.Constant(False)) if _last_name(node.func) == "array":
                    keyword.value = ast.Constant(None)
                case ast.keyword("newshape"):
                    keyword.arg = "shape"
        match node.func:
            case ast.Name("float" | "int" | "complex"):
                node.args = self._single(node.args)
            case ast.Attribute(owner) if _last_name(owner) == "math":
                node.args = self._single(node.args)
            case ast.Attribute(attr="sum"):
                return self._call("total", [node.func, *node.args], node)
            case ast.Attribute(value, name) if name in _METHODS:
                return self._call("method", [value, ast.Constant(name), *node.args], node)
        return node

    def _single(self, arguments: list[ast.expr]) -> list[ast.expr]:
        return [
            one if isinstance(one, ast.Starred) else self._call("one", [one]) for one in arguments
        ]

    def _statement(self, old: ast.stmt, helper: str, arguments: list[ast.expr]) -> ast.stmt:
        return ast.copy_location(ast.Expr(self._call(helper, arguments, old)), old)

    def _call(
        self, helper: str, arguments: list[ast.expr], old: ast.stmt | ast.expr | None = None
    ) -> ast.Call:
        function = ast.Attribute(ast.Name(_HERE, ast.Load()), helper, ast.Load())
        keywords = old.keywords if isinstance(old, ast.Call) else []
        return ast.copy_location(ast.Call(function, arguments, keywords), old or arguments[0])

    def _index(self, index: ast.expr) -> ast.expr:
        return ast.Subscript(ast.Name(_HERE, ast.Load()), index, ast.Load())


def _last_name(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))
