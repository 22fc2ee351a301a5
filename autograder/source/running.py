"""A file's statements run one after another: one that stops is left out, and the rest goes on."""

from __future__ import annotations
import __future__

import ast
from collections import deque
from collections.abc import Callable, Collection
from types import CodeType
from typing import Any

from .imports import singly
from .overwritten import is_guarded, put_back
from .statements import TOO_DEEP, FunctionNode


def run_statements(
    body: list[ast.stmt],
    space: dict[str, Any],
    path: str,
    *,
    begin: Callable[[int, bool], None] | None = None,
    left_out: Collection[int] = (),
    after_each: Callable[[], None] | None = None,
    instead: Callable[[ast.stmt], list[ast.stmt]] | None = None,
    stop_at: tuple[type[BaseException], ...] = (),
) -> BaseException | None:
    """Run statements but for those that stop.

    Parameters
    ----------
    body : list of ast.stmt
    space : dict
        The module's names.
    path : str
        The file that tracebacks name.
    begin : callable, optional
        Called with its line before a statement that may take long or end the process, and with
        whether it is one that gives nothing a name.
    left_out : collection of int
        The lines of such statements that are not run.
    after_each : callable, optional
        Called after each statement; without it they are run together as long as none stops.
    instead : callable, optional
        What to run in the place of an import that failed: see ``near_imports``.
    stop_at : tuple of exception classes
        What ends it all the same.

    Returns
    -------
    BaseException or None
        The first exception.
    """
    flags = _future(body)
    pieces = deque(_singly(body) if after_each else _apart(body) if begin else [body])
    first: BaseException | None = None
    # Kept as well, as the number of what is gone can be that of another.
    replaced: dict[int, ast.stmt] = {}
    while pieces:
        piece = pieces.popleft()
        if begin and not only_names(piece[0]):
            line = _first_line(piece[0])
            if line in left_out:
                continue
            begin(line, isinstance(piece[0], _NAMELESS))
        try:
            code = compiled(piece, path, flags)
        except SyntaxError as error:
            if len(piece) > 1:
                pieces.extendleft(reversed(_singly(piece)))
            else:
                first = first or error
            continue
        try:
            exec(code, space)
        except stop_at:
            raise
        except BaseException as error:
            first = first or error
            stopped, rest = _divided(piece, error, path)
            less = _less(stopped)
            if id(stopped) in replaced:
                # Its parts are tried, and nothing in the place of these.
                replaced |= {id(part): part for (part,) in less}
            elif not less and instead:
                replacing = instead(stopped)
                replaced |= {id(statement): statement for statement in replacing}
                less = _singly(replacing)
            pieces.extendleft(reversed([*less, *_singly(rest)]))
        if after_each:
            after_each()
    put_back(space)
    return first


#: Statements that stand there for what they do, a demonstration say, and not to name anything.
_NAMELESS = (ast.Expr, ast.For, ast.While, ast.If, ast.With, ast.Try, ast.Assert)
#: What gives a name to something that is there already, or is written out.
_WRITTEN_OUT = (ast.Constant, ast.Name, ast.List, ast.Tuple, ast.UnaryOp, ast.unaryop, ast.Load)


def only_names(statement: ast.stmt) -> bool:
    """Whether a statement only gives names: what it runs, if anything, is an import."""
    parts: list[ast.expr | None]
    match statement:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts = [*statement.args.defaults, *statement.args.kw_defaults]
            if statement.decorator_list:
                return False
        case ast.Assign() if all(isinstance(target, ast.Name) for target in statement.targets):
            parts = [statement.value]
        case ast.Expr():
            parts = [statement.value]
        case _:
            # The files are imported, so what is guarded is not run.
            return is_guarded(statement)
    return all(isinstance(node, _WRITTEN_OUT) for part in parts if part for node in ast.walk(part))


def compiled(statements: list[ast.stmt], path: str, flags: int = 0) -> CodeType:
    """Compile statements as a module; raises SyntaxError."""
    module = ast.Module(statements, [])
    try:
        code: CodeType = compile(module, path, "exec", flags, dont_inherit=True)
        return code
    except (RecursionError, MemoryError) as error:
        raise SyntaxError(TOO_DEEP, (path, None, None, None)) from error


def _singly(statements: list[ast.stmt]) -> list[list[ast.stmt]]:
    return [[statement] for statement in statements]


def _apart(statements: list[ast.stmt]) -> list[list[ast.stmt]]:
    """Statements that only give names together, each of the others by itself."""
    pieces: list[list[ast.stmt]] = []
    joins = False
    for statement in statements:
        if (names := only_names(statement)) and joins:
            pieces[-1].append(statement)
        else:
            pieces.append([statement])
        joins = names
    return pieces


def _divided(
    piece: list[ast.stmt], error: BaseException, path: str
) -> tuple[ast.stmt, list[ast.stmt]]:
    """The statement that stopped, and those after it."""
    traceback = error.__traceback__
    while traceback and traceback.tb_frame.f_code.co_filename != path:
        traceback = traceback.tb_next
    stopped_at = traceback.tb_lineno if traceback else piece[-1].lineno
    begun = [statement for statement in piece if _first_line(statement) <= stopped_at]
    stopped = begun[-1] if begun else piece[-1]
    return stopped, piece[piece.index(stopped) + 1 :]


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _less(stopped: ast.stmt) -> list[list[ast.stmt]]:
    """What is left to run of a statement that stopped.

    A function without its decorators, then without the types of what it takes; other imports.
    """
    if isinstance(stopped, FunctionNode | ast.ClassDef) and stopped.decorator_list:
        stopped.decorator_list = []
        return [[stopped]]
    if isinstance(stopped, FunctionNode) and _without_types(stopped):
        return [[stopped]]
    if isinstance(stopped, ast.Import | ast.ImportFrom) and len(stopped.names) > 1:
        return _singly(singly(stopped))
    return []


def _without_types(function: FunctionNode) -> bool:
    """Take the annotations off a function; whether there were any."""
    arguments = function.args
    typed = [
        argument
        for argument in (
            *arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs,
            arguments.vararg, arguments.kwarg,
        )
        if argument and argument.annotation
    ]  # fmt: skip
    for argument in typed:
        argument.annotation = None
    had_any = bool(typed) or function.returns is not None
    function.returns = None
    return had_any


def _future(statements: list[ast.stmt]) -> int:
    """The flags of what a file imports from ``__future__``, for each of its statements."""
    flags = 0
    for statement in statements:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
    return flags
