"""Experiments with the student's own functions: what one says beside what the other does."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from checking.asked import EXERCISES
from checking.calls import Finding
from checking.evidence import STEP, WIGGLED, array
from checking.printing import fill, print_indented
from checking.saying import say
from checking.showing import FOLDER
from checking.wiggling import wiggled
from checking.work import fresh_imports, load, students_turn


@dataclass
class Experiment:
    """An experiment.

    Attributes
    ----------
    needs : tuple of str
        The other functions that it is made with.
    show : function
        From the student's functions to whether anything departs, and the lines to print.
    """

    needs: tuple
    show: Callable


def experiments():
    """Give the names of the functions that there is an experiment with."""
    return [n for names in EXERCISES.values() for n in names if experiment_with(n)]


def experiment_with(name):
    """Give the experiment with a function; None if there is none."""
    if not name or not (FOLDER / "checking" / "experiments" / f"{name}.py").is_file():
        return None
    module = importlib.import_module(f"checking.experiments.{name}")
    return getattr(module, "EXPERIMENT", None)


def table(names, said, done, says, does):
    """Write what is said beside what is done, and mark where they part."""
    parts = ~np.isclose(said, done, rtol=WIGGLED, atol=WIGGLED)
    width = max(map(len, names))
    lines = [f"  {'':{width}}  {says:>20}  {does:>20}"]
    for name, s, d, differ in zip(names, said, done, parts, strict=True):
        mark = f"   <-- {say('experiment.they_part')}" if differ else ""
        lines.append(f"  {name:{width}}  {plain(s)}  {plain(d)}{mark}")
    return lines


def plain(number):
    """Write a number with four decimals, and 0 without a sign."""
    return f"{round(float(number), 4) + 0.0:20.4f}"


def far(said, done):
    """Tell whether two arrays part somewhere."""
    return not np.allclose(said, done, rtol=WIGGLED, atol=WIGGLED)


def jacobian(name, of, x, question):
    """Turn one input a little: does the Jacobian say what the function does?"""

    def show(functions):
        J = array(functions[name], x, shape=(len(x), len(x)))
        W = wiggled(lambda v: array(functions[of], v, shape=v.shape), x, STEP)
        values = ", ".join(f"{v:g}" for v in x)
        wrong = [j for j in range(len(x)) if far(J[:, j], W[:, j])]
        if not wrong:
            return False, [
                say("experiment.as_it_says", values=values, name=name, of=of),
            ]
        j = wrong[0]
        names = [say("experiment.output_of", v=f"{v:g}") for v in x]
        return True, [
            say("experiment.turn_one_input", of=of, values=values, x=f"{x[j]:g}"),
            say("experiment.how_far"),
            "",
            *table(
                names,
                J[:, j],
                W[:, j],
                say("experiment.matrix_says"),
                say("experiment.function_does", of=of),
            ),
            "",
            say("experiment.columns_part", j=j, count=len(wrong), of=len(x)),
            question(J[:, j], W[:, j], j),
        ]

    return Experiment((of,), show)


def show_why(name=""):
    """Show the experiment of a function with the student's own; 0 if there is nothing to see.

    Without a name, or where there is none with it, the functions that there is one with are told.
    """
    experiment = experiment_with(name)
    if not experiment:
        listed = say.listing(experiments()) or say("check.none_of_them")
        print(fill(say("check.experiments", functions=listed), 78))
        return 2 if name else 0
    with fresh_imports():
        work = load()
        problems = [work.problems[e] for e, names in EXERCISES.items()
                    if name in names and e in work.problems]  # fmt: skip
        unwritten = [n for n in (name, *experiment.needs)
                     if n in work.unwritten or n not in work.functions]  # fmt: skip
        if problems or unwritten:
            print_indented(
                problems[0] if problems else say("check.write_first", function=unwritten[0])
            )
            return 1
        try:
            with students_turn(work, name):
                departs, lines = experiment.show(work.functions)
        except Finding as finding:
            print_indented(str(finding))
            return 1
    for line in lines:
        print(line if line.startswith(" ") else fill(line, 78))
    return 1 if departs else 0


def can_be_seen(work, name):
    """Tell whether the experiment with a function shows that something is wrong with it."""
    experiment = experiment_with(name)
    if not experiment or any(n not in work.functions for n in experiment.needs):
        return False
    try:
        with students_turn(work, name):
            departs, _ = experiment.show(work.functions)
    except Finding:
        return False
    return departs
