"""What one of the student's functions was handed where another stops."""

import ast
import inspect
import itertools

import numpy as np

from checking.crashed import evaluate, whole_statement
from checking.crashes.crash import parts
from checking.saying import say


def wrong_kind(error, functions):
    """Say which argument is a list where an array is taken, or the other way; empty if none is.

    Parameters
    ----------
    error : Exception
    functions : dict
        The student's, by name. The stubs say of each argument whether it is a list.
    """
    steps = []
    step = error.__traceback__
    while step is not None:
        steps.append(step)
        step = step.tb_next
    for above, below in itertools.pairwise(steps):
        name = below.tb_frame.f_code.co_name
        function = functions.get(name)
        if function is None or function.__code__ is not below.tb_frame.f_code:
            continue
        line = whole_statement(above.tb_frame.f_code.co_filename, above.tb_lineno)
        calls = [part for part in parts(line) if isinstance(part, ast.Call)]
        for call in [part for part in calls if ast.unparse(part.func) == name]:
            if told := first_of_another_kind(call, function, above):
                return told
    return ""


def first_of_another_kind(call, function, step):
    """Say which argument of a call is of another kind than it should be; empty if none is."""
    for parameter, node in zip(
        inspect.signature(function).parameters.values(), call.args, strict=False
    ):
        try:
            value = evaluate(node, step.tb_frame)
        except (LookupError, TypeError, ValueError, AttributeError):
            continue
        given, wanted = kind_of(value), wanted_kind(parameter)
        if given and wanted and given != wanted:
            return say(
                "call.handed",
                line=step.tb_lineno,
                code=ast.unparse(node),
                given=say(f"quantity.one_{given}"),
                function=function.__name__,
                wanted=say(f"quantity.one_{wanted}"),
                parameter=parameter.name,
            )
    return ""


def kind_of(value):
    """Tell whether a value is a list of arrays, an array or a number."""
    if isinstance(value, (int, float, np.generic, np.ndarray)) and np.ndim(value) == 0:
        return "number"
    if isinstance(value, (list, tuple)):
        return "list" if any(isinstance(v, np.ndarray) for v in value) else ""
    if isinstance(value, np.ndarray) and value.ndim:
        return "array"
    return ""


def wanted_kind(parameter):
    """Tell which of them the stub asks for."""
    told = parameter.annotation
    told = told if isinstance(told, str) else getattr(told, "__name__", "")
    if told.startswith("list"):
        return "list"
    return {"ndarray": "array", "np.ndarray": "array", "float": "number", "int": "number"}.get(
        told, ""
    )
