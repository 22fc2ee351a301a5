"""What a student's file tells without being run: its functions and which use which.

This runs in the confined worker, before any of the student's code, because reading a hostile
source can itself take time and memory.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Contract = Mapping[str, Sequence[str]]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

MAX_TEXT = 200


class UnreadableSource(SyntaxError):
    """A file that Python cannot read, with the kind of its problem."""

    def __init__(
        self, kind: str, message: str, line: int | None, offset: int | None, text: str
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.msg = message
        self.lineno = line
        self.offset = offset
        self.text = text[:MAX_TEXT]


def decode(source: bytes) -> str:
    """Turn bytes into text as Python does: byte order mark, coding line, any line ends.

    Raises
    ------
    UnreadableSource
        With the line of the first bad byte.
    """
    if b"\0" in source:
        line = source[: source.index(b"\0")].count(b"\n") + 1
        raise UnreadableSource("null byte", "the file holds a null byte", line, None, "")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError as error:
        # The line itself is undecodable, or the coding line names no encoding.
        if "unknown encoding" in str(error):
            raise UnreadableSource("encoding", str(error), 1, None, "") from error
        encoding = "utf-8"
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        shown = source.split(b"\n")[line - 1].decode("ascii", "replace")
        message = f"a character is not written in {encoding}"
        raise UnreadableSource("encoding", message, line, None, shown) from error
    except (ValueError, LookupError) as error:
        raise UnreadableSource(
            "encoding", f"{encoding} is no text encoding", 1, None, ""
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(source: bytes) -> ast.Module:
    """Parse a file.

    Raises
    ------
    UnreadableSource
        Whatever is wrong with it.
    """
    text = decode(source)
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise UnreadableSource(
            "syntax", error.msg, error.lineno, error.offset, error.text or ""
        ) from error
    except (RecursionError, MemoryError) as error:
        raise UnreadableSource(
            "nesting", "the code is nested too deeply to be read", None, None, ""
        ) from error


def facts(source: bytes, module: str, contract: Contract) -> dict[str, Any]:
    """Read one file.

    Parameters
    ----------
    source : bytes
    module : str
        The file's name without ``.py``.
    contract : mapping of str to sequence of str
        For each module of the contract, its functions.

    Returns
    -------
    dict
        ``syntax_error``: None, or a dict of kind, line, offset, message and text;
        ``uses``: {function of the contract: [functions of the contract that it uses, directly or
        through the file's own helpers]}; it stops at a function of the contract, whose own uses
        are listed at its own place;
        ``lines``: {function: [first, last]}; ``stub``: [functions whose body is still empty].
    """
    result: dict[str, Any] = {"syntax_error": None, "uses": {}, "lines": {}, "stub": []}
    try:
        tree = parse(source)
    except UnreadableSource as error:
        result["syntax_error"] = {
            "kind": error.kind,
            "line": error.lineno,
            "offset": error.offset,
            "message": error.msg,
            "text": error.text,
        }
        return result
    names = _top_level(tree, contract)
    for function in contract.get(module, ()):
        units = names.units.get(function)
        if not units:
            continue
        last = units[-1]
        result["uses"][function] = sorted(_uses(function, names, module, contract))
        result["lines"][function] = [_first_line(last), last.end_lineno]
        if isinstance(last, FunctionNode) and is_stub(last):
            result["stub"].append(function)
    return result


def is_stub(function: FunctionNode) -> bool:
    """Tell whether a function's body does nothing yet."""
    return all(_does_nothing(statement) for statement in function.body)


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant()) | ast.Return(None | ast.Constant(None)):
            return True
        case ast.Raise(ast.Name("NotImplementedError") | ast.Call(ast.Name("NotImplementedError"))):
            return True
    return False


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


# --- names ------------------------------------------------------------------------------------


@dataclass
class _Names:
    """What the names of a file stand for.

    Attributes
    ----------
    units : dict of str to list of ast.stmt
        Names that the file itself defines, by the statements that do.
    functions : dict of str to str
        Names that stand for an imported function of the contract.
    modules : dict of str to str
        Names that stand for a module of the contract.
    """

    units: dict[str, list[ast.stmt]] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)

    def forget(self, name: str) -> None:
        self.units.pop(name, None)
        self.functions.pop(name, None)
        self.modules.pop(name, None)

    def add(self, other: _Names) -> None:
        for name, units in other.units.items():
            self.units.setdefault(name, []).extend(units)
        self.functions |= other.functions
        self.modules |= other.modules


def _top_level(tree: ast.Module, contract: Contract) -> _Names:
    names = _Names()
    for statement in tree.body:
        bound = _Names()
        for inner in _same_scope(statement):
            bound.add(_binds(inner, contract))
        # A later definition replaces an earlier one of the same name, unless it is made of it
        # (softmax = cached(softmax)) or is one branch of several (try, if).
        loads = _loads(statement) if isinstance(statement, ast.Assign | ast.AnnAssign) else set()
        for name in [*bound.units, *bound.functions, *bound.modules]:
            if name not in loads and not isinstance(statement, ast.AugAssign):
                names.forget(name)
        names.add(bound)
    return names


def _same_scope(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield a statement and the ones inside it that run in the same scope."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, FunctionNode | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def _binds(statement: ast.stmt, contract: Contract) -> _Names:
    names = _Names()
    match statement:
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            names.units[name] = [statement]
        case ast.Import(aliases):
            for alias in aliases:
                if alias.name in contract:
                    names.modules[alias.asname or alias.name] = alias.name
        case ast.ImportFrom(str(module), aliases):
            functions = contract.get(module, ())
            for alias in aliases:
                if alias.name == "*":
                    names.functions |= {function: function for function in functions}
                elif alias.name in functions:
                    names.functions[alias.asname or alias.name] = alias.name
        case ast.Assign(targets):
            names.units = {name: [statement] for name in _stored(targets)}
        case ast.AnnAssign(target) | ast.AugAssign(target) | ast.For(target):
            names.units = {name: [statement] for name in _stored([target])}
        case ast.With(items):
            variables = [item.optional_vars for item in items if item.optional_vars]
            names.units = {name: [statement] for name in _stored(variables)}
    return names


def _stored(targets: Iterable[ast.AST]) -> set[str]:
    return {
        node.id
        for target in targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    }


def _loads(node: ast.AST) -> set[str]:
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }


def _local_names(function: ast.AST) -> set[str]:
    """Collect what a function, and the functions inside it, bind for themselves."""
    local: set[str] = set()
    shared: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.arg(arg):
                local.add(arg)
            case ast.Name(name, ast.Store() | ast.Del()):
                local.add(name)
            case ast.Global(names):
                shared.update(names)
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                if node is not function:
                    local.add(name)
    return local - shared


def _uses(function: str, names: _Names, module: str, contract: Contract) -> set[str]:
    own = set(contract[module])
    used: set[str] = set()
    waiting = list(names.units[function])
    seen: set[int] = set()
    while waiting:
        unit = waiting.pop()
        if id(unit) in seen:
            continue
        seen.add(id(unit))
        imported = _imported_inside(unit, contract)
        used |= _attribute_uses(unit, {**names.modules, **imported.modules}, contract)
        loads = _loads(unit)
        used |= {target for name, target in imported.functions.items() if name in loads}
        if isinstance(unit, FunctionNode):
            loads -= _local_names(unit)
        for name in loads:
            if name in names.functions:
                used.add(names.functions[name])
            if name in own and name in names.units and name != function:
                used.add(name)
            elif name in names.units:
                waiting.extend(names.units[name])
    return used - {function}


def _imported_inside(unit: ast.stmt, contract: Contract) -> _Names:
    imported = _Names()
    if isinstance(unit, FunctionNode | ast.ClassDef):
        for node in ast.walk(unit):
            if isinstance(node, ast.Import | ast.ImportFrom):
                imported.add(_binds(node, contract))
    return imported


def _attribute_uses(unit: ast.stmt, modules: Mapping[str, str], contract: Contract) -> set[str]:
    return {
        node.attr
        for node in ast.walk(unit)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in contract.get(modules.get(node.value.id, ""), ())
    }


_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")


def names_on_lines(lines: Sequence[str]) -> list[str]:
    """List the names that stand on some lines, each once, without those after a dot."""
    return list(dict.fromkeys(_NAME.findall("\n".join(lines))))
