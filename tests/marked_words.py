"""Words replaced throughout by marked ones: what no course could say otherwise stands out."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

import numpy as np

from autograder.assignment.config import Config
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import as_arrays
from autograder.assignment.telling import Telling
from autograder.source.phrases import FORMS, Text
from tests.the_assignment import FILES, FUNCTIONS, NOTES6, REFERENCE, load_config

TEXTS = load_config().phrases


@cache
def symbols(exercise: Exercise) -> set[str]:
    """The names of all symbols and factors in an exercise's formulas."""
    assert exercise.vocabulary is not None
    found: set[str] = set()
    for step in exercise.vocabulary.steps:
        for term in filter(None, (step.right, *step.finished)):
            found |= term.symbols()
            # The matrices that something is taken through.
            maps = {op for op in (*term.operations(), *step.one_place) if op.startswith("through ")}
            found |= {op.removeprefix("through ") for op in maps}
    for arguments in exercise.vocabulary.inputs(np.random.default_rng(0)):
        answer = as_arrays(REFERENCE[exercise.name](*arguments), exercise.returns)
        for sight in exercise.vocabulary.look(arguments, list(answer)):
            found |= sight.factors.keys()
    return found


def marked(text: Text) -> Text:
    """A text whose own words stand in «…», without code and fields."""
    if not isinstance(text, str):
        return {form: _marked(of) for form, of in text.items()}
    return _marked(text)


def _marked(text: str) -> str:
    made, in_code = [], False
    for literal, field, _, _ in Formatter().parse(text):
        for n, piece in enumerate(literal.replace("{", "{{").replace("}", "}}").split("`")):
            made.append("`" if n else "")
            in_code ^= bool(n)
            is_word = re.search("[A-Za-z]", piece) and not in_code
            made.append(f"«{piece}»" if is_word else piece)
        made.append("" if field is None else f"{{{field}}}")
    return "".join(made)


def marked_telling(telling: Telling) -> Telling:
    if isinstance(telling, str):
        return _marked(telling)
    return [
        _marked(part)
        if isinstance(part, str)
        else part.model_copy(
            update={"say": _marked(part.say), "otherwise": _marked(part.otherwise)}
        )
        for part in telling
    ]


def marked_config() -> Config:
    """The package's own settings with all words marked."""
    config = load_config()
    own = ("title", "did", "why", "next", "section")
    return config.model_copy(
        update={
            "title": "«»",
            "next_steps": {name: _marked(text) for name, text in config.next_steps.items()},
            "misconceptions": {
                key: words.model_copy(update={k: marked_telling(getattr(words, k)) for k in own})
                for key, words in config.misconceptions.items()
            },
            "phrases": {
                key: text if key.startswith(f"{FORMS}.") else marked(text)
                for key, text in config.phrases.items()
            },
        }
    )


#: What stands in formulas, but for the symbols that have names in words.
SIGNS = {
    sign
    for exercise in FUNCTIONS.values()
    if exercise.vocabulary
    for name in symbols(exercise)
    if f"names.{name}" not in TEXTS
    for sign in re.findall(r"[^\W\d_][\w.]*", name)
}


def _values(made: str) -> str:
    return re.sub(r"[^\W\d]\w*(\[[^]]*\])? =|\b(None|True|False|nan|inf)\b", "", made)


def letters(text: str) -> set[str]:
    """The words outside the marks that are no code, no name and no number."""
    text = re.sub(r"(?s)says:\s»[^«]*«", "", text)  # Python's own message
    text = re.sub(r"«[^«»]*»", " ", text)
    text = re.sub(r"`[^`]*`|'[^']*'", "", text)  # code, and the names of a student's files
    text = re.sub(r"(?m)^ *>? +\d+ \|.*$", "", text)  # the student's own lines
    # What these make: a name of theirs, and Python's own words for a value.
    text = re.sub(r"(?m)^( +\|.*?→ )(.*)$", lambda made: made[1] + _values(made[2]), text)
    text = re.sub(r"import numpy as np|from \w+ import \w+", "", text)  # above a call to run
    text = re.sub(r"\{\w+\}", "", text)  # filled by a script
    names = {*FUNCTIONS, *FILES, *NOTES6.questions, "max", "maximum", "min", "minimum"}
    names |= {name for exercise in FUNCTIONS.values() for name in exercise.parameters}
    names |= SIGNS | {"np.array", "print"}
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", text)  # powers
    found = {word.rstrip(".") for word in re.findall(r"[^\W\d_][\w.]*", text)}
    is_name = re.compile(r"[A-Za-z](_\d+)?|\w+Error")  # e_1, IndexError
    return {word for word in found - names if not is_name.fullmatch(word)}
