"""Try the examples that name misconceptions; refuse those by which none can be recognised."""

from __future__ import annotations

from autograder.assignment.config import Config
from autograder.assignment.yaml_files import ConfigError
from autograder.diagnosis.by_example import Example
from autograder.diagnosis.fresh import Fresh
from autograder.diagnosis.search import FURTHER, Predictions, search
from autograder.intake.submission import Submission
from autograder.marking.marks import Expected, Marking
from autograder.marking.session import Session
from autograder.sandbox.client import Sandbox
from autograder.sandbox.outcome import Missing, Outcome, Raised, Returned, TimedOut


def learn_examples(
    config: Config, expected: Expected, predictions: Predictions, sandbox: Sandbox
) -> None:
    """Run each example as a student's file is run, and predict by what it does.

    Parameters
    ----------
    config : Config
    expected : Expected
    predictions : Predictions
        Knows the examples afterwards.
    sandbox : Sandbox

    Raises
    ------
    ConfigError
        If one is right, returns nothing, or does what a known misconception does.
    """
    for key, given in config.examples.items():
        function, _, id = key.partition(".")
        if function not in expected.assignment.exercises:
            continue
        file = expected.assignment.exercises[function].file
        submission = Submission(given.name, {file: given.source.encode()})
        with Session(submission, sandbox, expected.probes) as session:
            marking = Marking(session, expected)
            if why := _no_good(marking, function, predictions, config):
                raise ConfigError(f"misconceptions.{id}: like: {given.name} {why}")
            predictions.add(Example.of(id, function, marking, FURTHER))


def _no_good(marking: Marking, function: str, predictions: Predictions, config: Config) -> str:
    """Why nobody can be recognised by an example, if that is so."""
    outcomes = marking.outcomes[function]
    if isinstance(outcomes[0], Missing):
        return f"has no function '{function}'"
    if not any(isinstance(outcome, Returned) for outcome in outcomes):
        return f"stops on every input ({_end(outcomes[0])}): it shows no answers to go by"
    if all(marking.right[function]):
        return f"gets '{function}' right on every input: it shows no mistake"
    found = search(marking, function, predictions, Fresh())
    if found and len(found.ids) == 1 and not found.partly:
        known = config.words(function, found.ids[0])
        return f"does what '{found.ids[0]}' does already ({known.title}): change its words instead"
    return ""


def _end(outcome: Outcome) -> str:
    if isinstance(outcome, Raised):
        return f"{outcome.type} in line {outcome.line}" if outcome.line else outcome.type
    if isinstance(outcome, TimedOut):
        return f"not finished after {outcome.seconds:g} s"
    return "it ends the whole program"
