"""What is meant by an import that fails: a file of the hand-in, a function of one, or NumPy."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from .renamed import is_near

#: For each module of the contract: its functions, each with the names of its parameters.
Contract = Mapping[str, Mapping[str, Sequence[str]]]


def meant(statement: ast.stmt, contract: Contract) -> list[ast.stmt]:
    """Give the imports that can take the place of one that failed.

    Parameters
    ----------
    statement : ast.stmt
        An import of one name, or a line that reads another file in.
    contract : mapping of str to (mapping of str to sequence of str)

    Returns
    -------
    list of ast.stmt
        Empty where nothing is near enough.
    """
    found: ast.stmt | None = None
    if isinstance(statement, ast.Import):
        found = _module(statement.names[0], contract)
    elif isinstance(statement, ast.ImportFrom):
        found = _from(statement.module or "", statement.names[0], contract)
    elif isinstance(statement, ast.Expr):
        found = _read_in(statement, contract)
    if found is None:
        return []
    return [ast.fix_missing_locations(ast.copy_location(found, statement))]


def taken_for(line: str, contract: Contract) -> str:
    """The module that an import which failed was taken for; empty if for none.

    Parameters
    ----------
    line : str
        The student's.
    contract : mapping of str to (mapping of str to sequence of str)
    """
    try:
        body = ast.parse(line.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for found in (found for statement in body for found in meant(statement, contract)):
        if isinstance(found, ast.Import):
            return found.names[0].name
        if isinstance(found, ast.ImportFrom):
            return found.module or ""
    return ""


def _module(alias: ast.alias, contract: Contract) -> ast.stmt | None:
    name = alias.name.removesuffix(".py")
    bound = alias.asname or name.partition(".")[0]
    if file := _file(name, contract):
        return ast.Import([ast.alias(file, bound)])
    if bound == "np" or _is_numpy(alias.name):
        return ast.Import([ast.alias("numpy", bound)])
    return None


def _from(module: str, alias: ast.alias, contract: Contract) -> ast.stmt | None:
    file = _file(module.removesuffix(".py"), contract)
    if alias.name == "*":
        # The file's own list of names may be what is at fault.
        return None if file is None else _all_of(file, contract)
    homes = [home for home, functions in contract.items() if alias.name in functions]
    if file and (file == module or alias.name not in contract[file]):
        near = [name for name in contract[file] if is_near(name, alias.name)]
        if len(near) == 1:
            # Its calls may be spelt in the one way or in the other.
            names = [ast.alias(near[0], alias.asname or alias.name), ast.alias(near[0])]
            return ast.ImportFrom(file, names, 0)
    if file and file != module:
        return ast.ImportFrom(file, [alias], 0)
    if homes and "." not in module:
        # One of `scipy.special` is not the student's own of that name, which would call itself.
        return ast.ImportFrom(homes[0], [alias], 0)
    return ast.ImportFrom("numpy", [alias], 0) if _is_numpy(module) else None


def _all_of(file: str, contract: Contract) -> ast.stmt:
    return ast.ImportFrom(file, [ast.alias(name) for name in contract[file]], 0)


def _read_in(statement: ast.Expr, contract: Contract) -> ast.stmt | None:
    """``exec(open("other.py").read())`` as an import of all that is in the file."""
    nodes = list(ast.walk(statement))
    if any(isinstance(node, ast.Name) and node.id == "exec" for node in nodes):
        texts = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        for file in contract:
            if any(text.endswith(f"{file}.py") for text in texts):
                return _all_of(file, contract)
    return None


def _file(name: str, contract: Contract) -> str | None:
    """The one file of the contract whose name is nearly this, with the same numbers in it."""
    letters, numbers = _letters(name), re.findall(r"\d+", name)
    near = [
        file
        for file in contract
        if re.findall(r"\d+", file) == numbers
        and (is_near(_letters(file), letters) or _letters(file) in letters)
    ]
    return near[0] if len(near) == 1 else None


def _letters(name: str) -> str:
    return re.sub(r"[\d_.]", "", name).lower()


def _is_numpy(module: str) -> bool:
    return is_near("numpy", module) or module.endswith(".numpy")
