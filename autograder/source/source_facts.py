"""What a student's file tells without being run: its functions and which use which.

This runs in the confined worker, before any of the student's code, because reading a hostile
source can itself take time and memory.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .in_place import writes
from .inside import blocks_with
from .mends import emptied, mends
from .near_imports import Contract
from .overwritten import wrapped_in
from .phrases import said
from .pieces import Broken, Remark, is_stub, leaves
from .renamed import FunctionNode, bound, positional, renamed
from .slips.listing import slips
from .statements import statements
from .swallowed import gives_something, swallows
from .syntax_causes import cause
from .trees import walk
from .written import memories, words

MAX_TEXT = 200
MOST_REMARKS = 5
MOST_UNREAD = 12
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def facts(source: bytes, module: str, contract: Contract) -> dict[str, Any]:
    """Read one file.

    Parameters
    ----------
    source : bytes
    module : str
        The file's name without ``.py``.
    contract : mapping of str to (mapping of str to sequence of str)
        For each module of the contract, its functions with their parameters.

    Returns
    -------
    dict
        ``unread``: of each piece that cannot be read and holds functions of the contract, and of
        the first that holds none, a dict of kind, line, column, message, text, as what is to be
        said its cause, and ``functions``: [those of the contract that stand in it];
        ``remarks``: [[line, what is to be said of what was read as something else there]];
        ``renamed``: {function of the contract: the name that it goes by};
        ``uses``: {function of the contract: [functions of the contract that it uses, directly or
        through the file's own helpers]}; it stops at a function of the contract, whose own uses
        are listed at its own place;
        ``lines``: {function: [first, last]}; ``stub``: [functions whose body is still empty];
        ``parameters``: {function: [names of those that can be given by place]}, where there is no
        ``*args``; ``needed``: {function: how many of them have no default};
        ``recursive``: [functions that call themselves];
        ``returns``: {function: "never", "sometimes" or "always"}, whether it gets to a ``return``
        with something after it; ``swallows``: {function: the line of the ``except`` that alone
        keeps it from one: see ``swallowed``};
        ``words``: {function: [what stands in its code: see ``written.words``]}; ``memories``:
        {function: [[kind, line, name] of what can make its second call differ from its first]};
        ``slips``: {function: [[kind, line, name] of what often goes wrong: see ``listing``]};
        ``writes``: {function: [[kind, line, parameter] of what it changes: see ``in_place``]};
        ``mends``: {function: [[kind, line, [[line, start, end, text]]] of slips: see ``mends``]}.
    """
    found = statements(source, compiling=True)
    functions = contract.get(module, {})
    parameters = {name: own for listed in contract.values() for name, own in listed.items()}
    known = set(parameters)
    names = _top_level(found.body, contract)
    found.remarks += _move_out(found.body, functions, names)
    aliases = renamed(found.body, functions, known)
    result: dict[str, Any] = {
        "unread": [_problem(broken, functions) for broken in _telling(found.broken, functions)],
        "remarks": [[line, told.as_json()] for line, told in found.remarks[:MOST_REMARKS]],
        "renamed": aliases,
        "uses": {}, "lines": {}, "stub": [], "parameters": {}, "needed": {}, "returns": {},
        "swallows": {}, "recursive": [], "words": {}, "memories": {}, "slips": {},
        "writes": {}, "mends": {},
    }  # fmt: skip
    for function in functions:
        units = names.units.get(aliases.get(function, function))
        if not units:
            continue
        last = units[-1]
        names.units[function] = units
        reached: list[ast.stmt] = []
        result["uses"][function] = sorted(_uses(function, names, module, contract, reached))
        written = result["words"][function] = words(reached)
        lasting = memories(last, reached, found.body, written)
        result["memories"][function] = [list(one) for one in lasting]
        own = positional(last) if isinstance(last, FunctionNode) else []
        found_slips = slips(reached, own, written, parameters, functions[function])
        result["slips"][function] = [list(one) for one in found_slips]
        mending = (*mends(reached, found_slips), *emptied(last, found.body, lasting))
        result["mends"][function] = [list(one) for one in mending]
        result["writes"][function] = [list(one) for one in writes(last, reached)]
        result["lines"][function] = [_first_line(last), last.end_lineno]
        if isinstance(last, FunctionNode):
            if any(isinstance(n, ast.Name) and n.id == last.name for n in walk(last)):
                result["recursive"].append(function)
            result["returns"][function] = _returns(last)
            if line := swallows(last):
                result["swallows"][function] = line
            if is_stub(last):
                result["stub"].append(function)
            if last.args.vararg is None:
                result["parameters"][function] = positional(last)
                result["needed"][function] = len(positional(last)) - len(last.args.defaults)
    return result


def _move_out(
    body: Sequence[ast.stmt], functions: Collection[str], names: _Names
) -> Iterator[Remark]:
    """Take functions that stand inside of something else for those of the file's top level."""
    top = {name for statement in body for name in bound(statement)}
    missing = [name for name in functions if name not in top]
    for wanted, _ in blocks_with(body, missing) if missing else ():
        for function in wanted:
            if function not in names.units.get(function.name, [function]):
                continue
            names.units[function.name] = [function]
            line = function.lineno
            yield line, said("remark.moved_out", name=function.name, line=line)


def _telling(broken: Sequence[Broken], functions: Mapping[str, Sequence[str]]) -> list[Broken]:
    """The pieces that are told of: those that cost functions, and the first of the others."""
    costly = [piece for piece in broken if set(piece.names) & set(functions)]
    beside = next((piece for piece in broken if piece not in costly), None)
    return [piece for piece in broken if piece in costly or piece is beside][:MOST_UNREAD]


def _problem(broken: Broken, functions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    why = cause(broken.message, broken.text, broken.column)
    return {
        "kind": broken.kind,
        "line": broken.line,
        "column": broken.column,
        "message": broken.message,
        "text": broken.text[:MAX_TEXT],
        "cause": None if why is None else why.as_json(),
        "functions": [name for name in dict.fromkeys(broken.names) if name in functions],
    }


def _returns(function: FunctionNode) -> str:
    """Tell whether a function never, sometimes or always gets to a ``return`` of something."""
    found = [
        gives_something(node)
        for statement in function.body
        for node in _walk(statement)
        if isinstance(node, ast.Return)
    ]
    if not any(found):
        return "never"
    return "always" if all(found) and leaves(function.body) else "sometimes"


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


# --- names ------------------------------------------------------------------------------------


def _walk(root: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is below it, but for functions and classes: scopes of their own."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, SCOPES):
            continue
        for name in node._fields:
            value = getattr(node, name, None)
            if type(value) is list:
                waiting += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and name != "ctx":
                waiting.append(value)


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

    def all(self) -> set[str]:
        return {*self.units, *self.functions, *self.modules}

    def forget(self, name: str) -> None:
        self.units.pop(name, None)
        self.functions.pop(name, None)
        self.modules.pop(name, None)

    def take_import(self, statement: ast.AST, contract: Contract) -> None:
        match statement:
            case ast.Import(aliases):
                for alias in aliases:
                    if alias.name in contract:
                        self.modules[alias.asname or alias.name] = alias.name
            case ast.ImportFrom(str(module), aliases):
                functions = contract.get(module, ())
                for alias in aliases:
                    if alias.name == "*":
                        self.functions |= {function: function for function in functions}
                    elif alias.name in functions:
                        self.functions[alias.asname or alias.name] = alias.name


def _top_level(body: Sequence[ast.stmt], contract: Contract) -> _Names:
    names = _Names()
    for statement in body:
        bound = _bound_by(statement, contract)
        # A later definition replaces an earlier one of the same name, unless it is made of it
        # (f = cached(f)).
        made_of = set[str]()
        if bound.units and not isinstance(statement, SCOPES):
            made_of = _Reads.of(statement, contract).names
        for name in bound.all() - made_of:
            names.forget(name)
        for name, units in bound.units.items():
            names.units.setdefault(name, []).extend(units)
        if inner := names.units.get(wrapped_in(statement)):
            # The function itself stands last: that it is put into another one is read with it.
            inner.insert(0, statement)
        names.functions |= bound.functions
        names.modules |= bound.modules
    return names


def _bound_by(statement: ast.stmt, contract: Contract) -> _Names:
    """Collect what a statement of the top level binds, all branches of it together."""
    bound = _Names()
    for node in _walk(statement):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.units.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.units.setdefault(node.id, []).append(statement)
        else:
            bound.take_import(node, contract)
    return bound


@dataclass
class _Reads:
    """What one definition takes from outside of itself.

    Attributes
    ----------
    names : set of str
        Names that it reads and does not bind.
    attributes : list of (str, str)
        ``name.attribute`` wherever it stands.
    imported : _Names
        What it imports itself.
    """

    names: set[str]
    attributes: list[tuple[str, str]]
    imported: _Names

    @classmethod
    def of(cls, unit: ast.stmt, contract: Contract) -> _Reads:
        read: set[str] = set()
        bound: set[str] = set()
        shared: set[str] = set()
        reads = cls(read, [], _Names())
        for node in walk(unit):
            if isinstance(node, ast.Name):
                (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
            elif isinstance(node, ast.Attribute):
                if isinstance(node.value, ast.Name):
                    reads.attributes.append((node.value.id, node.attr))
            elif isinstance(node, ast.arg):
                bound.add(node.arg)
            elif isinstance(node, ast.Global):
                shared.update(node.names)
            elif isinstance(node, FunctionNode | ast.ClassDef) and node is not unit:
                bound.add(node.name)
            else:
                reads.imported.take_import(node, contract)
        if isinstance(unit, FunctionNode):
            # What a function binds is its own, except for the names that it declares global.
            read -= bound - shared
        return reads


def _uses(
    function: str, names: _Names, module: str, contract: Contract, reached: list[ast.stmt]
) -> set[str]:
    """Follow a function through the file's own helpers to the functions of the contract.

    What is passed on the way, the function itself first, is added to ``reached``.
    """
    own = set(contract[module])
    used: set[str] = set()
    waiting = list(names.units[function])
    seen: set[int] = set()
    while waiting:
        unit = waiting.pop()
        if id(unit) in seen:
            continue
        seen.add(id(unit))
        reached.append(unit)
        reads = _Reads.of(unit, contract)
        modules = names.modules | reads.imported.modules
        used |= {
            attribute
            for name, attribute in reads.attributes
            if attribute in contract.get(modules.get(name, ""), ())
        }
        functions = names.functions | reads.imported.functions
        for name in reads.names:
            if name in functions:
                used.add(functions[name])
            if name in own and name in names.units and name != function:
                used.add(name)
            elif name in names.units:
                waiting += names.units[name]
    return used - {function}


_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")


def names_on_lines(lines: Sequence[str]) -> list[str]:
    """List the names that stand on some lines, each once, without those after a dot."""
    return list(dict.fromkeys(_NAME.findall("\n".join(lines))))
