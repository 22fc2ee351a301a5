"""A name that is read where one that is spelt much like it mends all: both are told."""

from __future__ import annotations

import pytest

from autograder.course.grader import Grader
from tests.diagnosis.test_right_values import entry_of, marked

#: By case: the function, its code, the line that reads the name, and that name with the other.
READ = {
    "the last entry for the list": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    grads = [None] * len(errors)\n"
        "    activation = activations[-1]\n"
        "    grads[-1] = np.outer(errors[-1], activation[-2])\n"
        "    for l in range(2, len(activations)):\n"
        "        grads[-l] = np.outer(errors[-l], activations[-l - 1])\n"
        "    return grads\n",
        "activation[-2]",
        ("activation", "activations"),
    ),
    "the list for what the loop takes from it": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    error = np.asarray(error)\n"
        "    found = []\n"
        "    for jacobian in jacobians:\n"
        "        error = error @ jacobians\n"
        "        found.append(error)\n"
        "    return found\n",
        "error @ jacobians",
        ("jacobians", "jacobian"),
    ),
    "one error for all of them": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    grads = []\n"
        "    for l, error in enumerate(errors):\n"
        "        grads.append(np.outer(error[l], activations[l]))\n"
        "    return grads\n",
        "error[l]",
        ("error", "errors"),
    ),
}
#: The same names, where another thing is wrong.
OTHERWISE = {
    "another entry": (
        "weight_gradients",
        "def weight_gradients(errors, activations):\n"
        "    grads = []\n"
        "    for l, error in enumerate(errors):\n"
        "        activation = activations[l + 1]\n"
        "        grads.append(np.outer(error, activation))\n"
        "    return grads\n",
    ),
    "a name that is longer by a word": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    new_error = np.asarray(error)\n"
        "    found = []\n"
        "    for J in jacobians:\n"
        "        new_error = error @ J\n"
        "        found.append(new_error)\n"
        "    return found\n",
    ),
    "the last alone": (
        "propagate_chain",
        "def propagate_chain(error, jacobians):\n"
        "    errors = []\n"
        "    for J in jacobians:\n"
        "        error = error * J\n"
        "        errors.append(error)\n"
        "    return errors\n",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_both_names_are_told_where_the_other_mends_all(case: str, grader: Grader) -> None:
    function, source, code, (name, other) = READ[case]
    entry = entry_of(grader, function, source)
    part = entry["parts"][0]
    assert f"reads `{name}`, and there is `{other}`, too" in part["did"]
    assert code in marked(entry)


def test_what_both_hold_is_the_next_step(grader: Grader) -> None:
    function, source, _, (name, other) = READ["the last entry for the list"]
    part = entry_of(grader, function, source)["parts"][0]
    assert f"Print `{name}` and `{other}`" in part["next"]


@pytest.mark.parametrize("case", OTHERWISE)
def test_no_names_are_told_where_another_thing_is_wrong(case: str, grader: Grader) -> None:
    entry = entry_of(grader, *OTHERWISE[case])
    assert "and there is `" not in str(entry["parts"])
