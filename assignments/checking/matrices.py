"""Where the numbers of a matrix stand, and which line puts them there."""

import ast

import numpy as np

from checking.saying import say
from checking.showing import read_function


def layout(found, function):
    """Say how a square matrix is filled, and by which line; empty if in no way that is known.

    Parameters
    ----------
    found : array of shape (n, n)
        Not a diagonal matrix.
    function : function
        A student's, which gives it.
    """
    node = read_function(function)
    if not node:
        return ""
    if np.ptp(found, axis=0).max() == 0 and (told := one_row_for_all(node)):
        return told
    if np.ptp(found, axis=1).max() == 0:
        line = whole_row(node)
        told = "matrix.whole_rows" if line else "matrix.rows_of_one_number"
        return say(told, number=f"{found[0, 0]:.6g}", line=line)
    if np.ptp(found, axis=0).max() == 0:
        line = whole_column(node)
        told = "matrix.whole_columns" if line else "matrix.columns_of_one_number"
        line = line or whole_row(node)
        return say(told, number=f"{found[0, 0]:.6g}", line=line)
    for axis, told in ((0, "matrix.one_column"), (1, "matrix.one_row")):
        filled = np.flatnonzero(found.any(axis=axis))
        if len(filled) == 1:
            return say(told, k=int(filled[0]), line=fixed_place(node, 1 - axis))
    slopes = np.diag(found)
    if np.array_equal(found, np.outer(slopes, slopes)):
        return say("matrix.each_with_each", line=product_of_all(node))
    return ""


def one_row_for_all(function):
    """Say that a list repeats one row, or that one row is put in again and again."""
    for part in ast.walk(function):
        match part:
            case ast.BinOp(left=ast.List(elts=[row]), op=ast.Mult()):
                if isinstance(row, (ast.Name, ast.List, ast.BinOp, ast.Call)):
                    told = say("matrix.one_row_repeated", code=ast.unparse(part))
                    return say("line.see", line=part.lineno, told=told)
    return ""


def whole_row(function):
    """Show a line that gives whole rows a value, behind a space; empty if there is none."""
    for target in stored_places(function):
        match target:
            case ast.Subscript(ast.Name(), ast.Name() | ast.Tuple([ast.Name(), ast.Slice()])):
                return by(target)
    return ""


def whole_column(function):
    """The same of whole columns."""
    for target in stored_places(function):
        match target.slice:
            case ast.Tuple(elts=[ast.Slice(), ast.Name()]):
                return by(target)
    return ""


def fixed_place(function, which):
    """The same of a row or column that is the same in every round."""
    for target in stored_places(function):
        match target.slice:
            case ast.Tuple(elts=places) if len(places) == 2:
                if isinstance(places[which], ast.Constant):
                    return by(target)
            case ast.Constant() if which == 0 and isinstance(target.value, ast.Name):
                return by(target)
    return ""


def product_of_all(function):
    """The same of a product of each number with each."""
    for part in ast.walk(function):
        if isinstance(part, ast.Call) and ast.unparse(part.func) in ("np.outer", "numpy.outer"):
            return by(part)
    return ""


def stored_places(function):
    """Give the places that a function's lines store something at."""
    for part in ast.walk(function):
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store):
            yield part


def by(node):
    return f" {say('matrix.by', line=node.lineno, code=ast.unparse(node))}"
