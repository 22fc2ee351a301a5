"""What is given and said: an assignment's ``grading.yaml`` and its words, read and checked.

A file of an instructor's own holds settings, words or both; what it doesn't name stays as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from autograder.assignment.assignment import Assignment
from autograder.assignment.assignment import load as find
from autograder.assignment.by_hand import hidden
from autograder.assignment.exercise import Exercise, written
from autograder.assignment.general import Areas, changed_texts, general_texts, texts_of
from autograder.assignment.output_faults import FAMILIES
from autograder.assignment.probe import UNCHANGED_ARGUMENTS
from autograder.assignment.probes import Probes
from autograder.assignment.telling import Telling, texts, told
from autograder.assignment.yaml_files import (
    ConfigError,
    did_you_mean,
    line_of,
    mapping,
    validated,
    wrong,
)
from autograder.source.phrases import Phrases, Text

Level = Literal["locate", "explain", "reveal"]
Show = Literal["at once", "after publishing"]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False, strict=True)]
Points = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False, strict=True)]
#: Full marks stay with what is right.
Share = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False, strict=True)]
Number = (
    Annotated[int, Field(ge=-1_000_000, le=1_000_000, strict=True)]
    | Annotated[float, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False, strict=True)]
)
Megabytes = Annotated[int, Field(ge=256, le=1_000_000, strict=True)]

#: How an example may be called: its words stand under ``function.id``.
_OWN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_EXAMPLE = 100_000
#: The settings whose keys are functions.
_BY_FUNCTION = ("points", "next_steps", "left_out")
_PLACEHOLDERS = {("function", "", None), (None, None, None)}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitsConfig(_Strict):
    """What one submission may use."""

    call_seconds: Annotated[Seconds, Field(description="One call of one function.")] = 2.0
    import_seconds: Annotated[Seconds, Field(description="Importing one file.")] = 5.0
    submission_seconds: Annotated[Seconds, Field(description="Everything together.")] = 60.0
    memory_mb: Megabytes = 1024


class GradescopeConfig(_Strict):
    """What students see on Gradescope, and when."""

    show: Show = "at once"
    levels: Annotated[
        list[Level], Field(description="The level by attempt, the last for all after it.")
    ] = []


class WordsChange(_Strict):
    """Words in place of others; what is left out stays as it is."""

    title: Annotated[str | None, Field(description="A short name.")] = None
    did: Annotated[Telling | None, Field(description="What the code does.")] = None
    why: Annotated[Telling | None, Field(description="Why it cannot be right.")] = None
    next: Annotated[Telling | None, Field(description="One step to take.")] = None
    section: Annotated[
        str | None, Field(description="Of the notes; by default the function's.")
    ] = None
    source: Annotated[str | None, Field(description="Where somebody made this mistake.")] = None

    @field_validator("did", "why", "next")
    @classmethod
    def _only_known_placeholders(cls, telling: Telling | None) -> Telling | None:
        for text in texts(telling):
            try:
                parts = list(Formatter().parse(text))
            except ValueError:
                parts = [("", "unreadable", "", None)]
            # No width or conversion either: "{function:>1000000000}" would fill the memory.
            if any((name, spec, how) not in _PLACEHOLDERS for _, name, spec, how in parts):
                raise ValueError("the only placeholder is {function}; write other braces twice")
        return telling


class MisconceptionChange(WordsChange):
    """Words in place of others, or, with an example, a misconception of the instructor's own."""

    function: Annotated[
        str | None, Field(description="With 'like': the function that the example gets wrong.")
    ] = None
    like: Annotated[
        str | None,
        Field(description="A file that shows a mistake, beside this one: whoever does the same."),
    ] = None

    @model_validator(mode="after")
    def _an_example_is_complete(self) -> MisconceptionChange:
        if (self.function is None) != (self.like is None):
            raise ValueError("'function' and 'like' stand together")
        if self.like is not None:
            words = {key: getattr(self, key) for key in ("title", "did", "why", "next")}
            if unsaid := [key for key, text in words.items() if not told(text or "").strip()]:
                raise ValueError(f"nothing is said under {', '.join(unsaid)}")
        return self


class ExampleConfig(_Strict):
    """A file that shows a mistake; its own name is told where it is no good."""

    name: str
    source: str


class Words(WordsChange):
    """What is said about one misconception of one function."""

    title: str
    did: Telling
    why: Telling
    next: Telling
    section: str
    source: str = "own"


class _SameWords(_Strict):
    """Words that stand under another function already."""

    same_as: str


class Changes(_Strict):
    """What a ``grading.yaml`` may hold."""

    title: str | None = None
    level: Annotated[Level | None, Field(description="How much the feedback says.")] = None
    asked: Annotated[
        list[str], Field(description="The functions that are asked; all, if none are named.")
    ] = []
    by_hand: Annotated[
        dict[str, list[Number | list[Number]]],
        Field(description="The numbers of the answers by hand, in the form of the notes' own."),
    ] = {}
    points: Annotated[
        dict[str, Points], Field(description="By function; its cases share them equally.")
    ] = {}
    limits: LimitsConfig = LimitsConfig()
    gradescope: GradescopeConfig = GradescopeConfig()
    next_steps: dict[str, str] = Field(
        {}, description="By function, where nothing better is known."
    )
    rubric: Annotated[
        dict[str, Share],
        Field(
            description="The share of a function's points that a misconception keeps where it "
            "alone explains every answer: by family, by id, or by 'function.id'."
        ),
    ] = {}
    left_out: Annotated[
        dict[str, list[str]],
        Field(description="By function: test cases that count for nobody."),
    ] = {}
    misconceptions: dict[str, MisconceptionChange] = Field(
        {},
        description="By id, for every function that has it, or by 'function.id' for one; with "
        "'function' and 'like' by an id of your own.",
    )
    phrases: Areas = Field(
        {}, description="Texts in place of those of general.yaml, by area and key."
    )


class _ExerciseWords(_Strict):
    """What the file of words beside an exercise holds."""

    next: str
    misconceptions: dict[str, WordsChange | _SameWords]
    phrases: dict[str, str | dict[str, str]] = {}


class _SharedWords(_Strict):
    """The words for what several functions have."""

    misconceptions: dict[str, WordsChange]
    phrases: dict[str, str | dict[str, str]] = {}


class Config(_Strict):
    """The grading of an assignment.

    Attributes
    ----------
    title : str
    level : {"locate", "explain", "reveal"}
    asked : list of str
        The functions that are asked; all, if none are named.
    by_hand : dict of str to nested lists
        The numbers of the answers by hand, where they aren't the notes'.
    points : dict of str to float
        By function that is asked, in the order of the assignment.
    limits : LimitsConfig
    gradescope : GradescopeConfig
    next_steps : dict of str to str
        By function: what to do next where nothing better is known.
    rubric : dict of str to float
        By family, id or ``function.id``: the share of the points that a misconception keeps.
    left_out : dict of str to list of str
        By function: the test cases that count for nobody.
    misconceptions : dict of str to Words
        By ``function.id``.
    examples : dict of str to ExampleConfig
        By ``function.id``: the misconceptions that are named by example.
    phrases : dict of str to (str or dict of str to str)
        By ``area.key``: the general words, and by ``function.key`` what else an exercise says.
    """

    title: str
    level: Level = "explain"
    asked: list[str] = []
    by_hand: dict[str, list[Number | list[Number]]] = {}
    points: dict[str, Points]
    limits: LimitsConfig = LimitsConfig()
    gradescope: GradescopeConfig = GradescopeConfig()
    next_steps: dict[str, str]
    rubric: dict[str, Share] = {}
    left_out: dict[str, list[str]] = {}
    misconceptions: dict[str, Words]
    examples: dict[str, ExampleConfig] = {}
    phrases: dict[str, str | dict[str, str]]

    @field_validator("points")
    @classmethod
    def _some(cls, points: dict[str, float]) -> dict[str, float]:
        if not sum(points.values()) > 0:
            raise ValueError("at least one function must have points")
        return points

    def words(self, function: str, id: str) -> Words:
        """The words for a misconception of a function."""
        found = self.misconceptions.get(f"{function}.{id}")
        if found is None:
            raise ConfigError(f"there are no words for the misconception '{id}' of '{function}'")
        return found

    @property
    def say(self) -> Phrases:
        """What fills the general words."""
        return Phrases(self.phrases)

    @cached_property
    def phrases_digest(self) -> str:
        """Sums up the general words: made once, as every submission asks for it."""
        text = repr(sorted(self.phrases.items()))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def share(self, exercise: Exercise, id: str) -> float:
        """The share of a function's points that a misconception keeps; the nearest rule counts."""
        keys = (f"{exercise.name}.{id}", id, exercise.family(id))
        return next((self.rubric[key] for key in keys if key in self.rubric), 0.0)


def load(assignment: Assignment, path: Path | None = None) -> Config:
    """Read and check the config of an assignment.

    Parameters
    ----------
    assignment : Assignment
    path : Path, optional
        A file of settings, words or both in place of the assignment's own.

    Raises
    ------
    ConfigError
        If it cannot be read, is not YAML, or says something that it cannot mean.
    """
    return _own(assignment) if path is None else _load(assignment, path)


def load_term(where: str, path: Path | None = None) -> tuple[Assignment, Config]:
    """Load an assignment as it is set in a term, and its settings and words."""
    whole = find(where)
    config = load(whole, path)
    return whole.of_term(config.asked, config.by_hand), config


@cache
def _own(assignment: Assignment) -> Config:
    return _load(assignment, None)


def _load(assignment: Assignment, path: Path | None) -> Config:
    default = assignment.folder / "grading.yaml"
    content = _settings(assignment, default)
    changes = {} if path is None else _settings(assignment, path)
    numbers = {**content.get("by_hand", {}), **changes.get("by_hand", {})}
    _check_numbers(numbers, assignment, path or default)
    term = assignment.of_term(changes.get("asked", content.get("asked", [])), numbers)
    content["next_steps"], content["misconceptions"], phrases = _words(term)
    content["phrases"] = general_texts() | phrases
    if path is not None:
        content["examples"] = _take_examples(changes, content["misconceptions"], path)
        content["phrases"] = changed_texts(content["phrases"], changes.pop("phrases", {}), path)
        _change(content, changes, assignment, path)
    _check_marks(content, assignment, path or default)
    _check_what_shows(content["misconceptions"], term, path or default)
    points = content["points"]
    if missing := [name for name in assignment.all if name not in points]:
        raise ConfigError(f"{default}: points: points are missing for {', '.join(missing)}")
    content["points"] = {name: points[name] for name in term.exercises}
    return validated(Config, content, path or default)


def _settings(assignment: Assignment, path: Path) -> dict[str, Any]:
    """What a ``grading.yaml`` names."""
    changes = validated(Changes, mapping(path), path)
    _check_functions(changes, assignment, path)
    return changes.model_dump(exclude_unset=True)


def _check_functions(changes: Changes, assignment: Assignment, path: Path) -> None:
    """Refuse what names a function that there is not, with the line of each."""
    known = f", but {', '.join(assignment.all)}"
    named = [([field, key], key) for field in _BY_FUNCTION for key in getattr(changes, field)]
    named += [(["asked"], name) for name in changes.asked]
    for field in ("rubric", "misconceptions"):
        named += [([field, k], k.partition(".")[0]) for k in getattr(changes, field) if "." in k]
    named += [
        (["misconceptions", id, "function"], change.function)
        for id, change in changes.misconceptions.items()
        if change.function
    ]
    lines = [
        f"{line_of(path, keys)}: no function of the assignment is called {name}"
        + (known if keys == ["asked"] else did_you_mean(name, assignment.all))
        for keys, name in named
        if name not in assignment.all
    ]
    if lines:
        raise ConfigError("\n".join(lines))


def _change(
    content: dict[str, Any], changes: Mapping[str, Any], assignment: Assignment, path: Path
) -> None:
    """Put in place what the changes name, key by key."""
    for key, value in changes.items():
        if key == "misconceptions":
            continue
        content[key] = {**content.get(key, {}), **value} if isinstance(value, dict) else value
    words, known = changes.get("misconceptions", {}), content["misconceptions"]
    ids = {*known, *(key.partition(".")[2] for key in known), *content["examples"]}
    for key in words.keys() - ids:
        raise wrong(path, ["misconceptions", key], f"is no misconception{did_you_mean(key, ids)}")
    # What is said of one function goes before what is said of all.
    for key in sorted(words, key=lambda key: "." in key):
        for each in [key] if "." in key else [f"{name}.{key}" for name in assignment.all]:
            if each in known or each in content["examples"]:
                section = assignment.all[each.partition(".")[0]].section
                known[each] = {"section": section, **known.get(each, {}), **words[key]}


def _take_examples(
    changes: dict[str, Any], known: Mapping[str, Any], path: Path
) -> dict[str, dict[str, str]]:
    """Read the examples by ``function.id``; the changes then hold their words alone."""
    examples = {}
    for id, change in list(changes.get("misconceptions", {}).items()):
        if "like" not in change:
            continue
        function, like = change.pop("function"), change.pop("like")
        key = f"{function}.{id}"
        if not _OWN_ID.fullmatch(id) or any(each.endswith(f".{id}") for each in known):
            why = "is taken" if _OWN_ID.fullmatch(id) else "must be of a-z, 0-9 and '-'"
            raise ConfigError(f"{_place(path, id)}: the id of an example {why}; choose another")
        changes["misconceptions"][key] = changes["misconceptions"].pop(id)
        file = path.parent / like
        try:
            source = file.read_bytes()
            text = source.decode("utf-8-sig")
        except OSError as error:
            why = f"{file} cannot be read ({error.strerror})"
            raise ConfigError(f"{_place(path, id, 'like')}: {why}") from error
        except UnicodeDecodeError as error:
            why = f"{file} is not UTF-8 text; save it as UTF-8"
            raise ConfigError(f"{_place(path, id, 'like')}: {why}") from error
        if len(source) > _LONGEST_EXAMPLE:
            why = f"{file} is too long; {_LONGEST_EXAMPLE:,} bytes are enough for an example"
            raise ConfigError(f"{_place(path, id, 'like')}: {why}")
        examples[key] = {"name": file.name, "source": text}
    return examples


def _place(path: Path, id: str, *more: str) -> str:
    return line_of(path, ["misconceptions", id, *more])


def _check_marks(content: Mapping[str, Any], assignment: Assignment, path: Path) -> None:
    """Refuse a rubric and left-out cases that name what there is not."""
    ids = {key for each in content["misconceptions"] for key in (each, each.partition(".")[2])}
    known = ids | FAMILIES.keys()
    for key in content.get("rubric", {}):
        if key not in known:
            families = ", ".join(FAMILIES)
            near = did_you_mean(key, known)
            message = f"is no misconception, and no family ({families}){near}"
            raise wrong(path, ["rubric", key], message)
    left_out = content.get("left_out", {})
    cases = Probes(assignment, 0) if left_out else None
    for function, names in left_out.items():
        known = set(cases.rows(function)) if cases else set()
        for name in names:
            if name not in known:
                listed = ", ".join(f"'{case}'" for case in sorted(known))
                raise wrong(path, ["left_out", function], f"has no case '{name}', but {listed}")
        if known <= {*names, UNCHANGED_ARGUMENTS}:
            raise wrong(path, ["left_out", function], "one case with inputs must stay")


def _check_numbers(numbers: Mapping[str, Any], assignment: Assignment, path: Path) -> None:
    """Refuse numbers by hand that no answer is worked from, or in another form than the notes'."""
    for name, value in numbers.items():
        if name not in assignment.numbers:
            known = ", ".join(assignment.numbers) or "nothing: no answer is worked by hand here"
            raise wrong(path, ["by_hand", name], f"no such numbers; there is {known}")
        notes = assignment.numbers[name]
        if _shape(value) != notes.shape:
            form = f"must have the form of the notes' own, {written(notes)}"
            raise wrong(path, ["by_hand", name], form)


def _check_what_shows(words: Mapping[str, Any], term: Assignment, path: Path) -> None:
    """Refuse numbers by hand that hide a misconception, or whose answer is printed elsewhere."""
    for name, exercise in term.exercises.items():
        if name not in term.other_numbers:
            continue
        for ids in hidden(exercise):
            told = " and ".join(f"'{id}' ({words[f'{name}.{id}']['title']})" for id in ids)
            does = "give the same answer" if len(ids) > 1 else "gives the right answer"
            message = f"by these numbers {told} {does} to {name}; choose others"
            raise wrong(path, ["by_hand"], message)
        probes = term.all[exercise.by_code].inputs(np.random.default_rng(0))
        shown = [written(probe.arguments) for probe in probes if probe.public]
        if written(tuple(exercise.by_hand.values())) in shown:
            message = f"the answer to {name} is printed for students; choose other numbers"
            raise wrong(path, ["by_hand"], message)


def _shape(value: list[Any]) -> tuple[int, ...] | None:
    """The shape of nested lists of numbers; None where they aren't of one length."""
    try:
        return np.array(value, dtype=float).shape
    except ValueError:
        return None


def _words(assignment: Assignment) -> tuple[dict[str, str], dict[str, Any], dict[str, Text]]:
    """All next steps by function, all words by ``function.id``, and what else they say, by key."""
    shared_file = assignment.folder / "shared.yaml"
    shared: Mapping[str, WordsChange] = {}
    phrases: dict[str, Text] = {}
    if shared_file.exists():
        of_several = validated(_SharedWords, mapping(shared_file), shared_file)
        shared = of_several.misconceptions
        phrases = {f"shared.{key}": text for key, text in of_several.phrases.items()}
    if (phrases_file := assignment.folder / "phrases.yaml").exists():
        phrases |= texts_of(phrases_file)
    files = {name: assignment.folder / f"{name}.yaml" for name in assignment.all}
    own = {name: validated(_ExerciseWords, mapping(path), path) for name, path in files.items()}
    words: dict[str, Any] = {}
    for name, exercise in assignment.all.items():
        for id in exercise.recipe.misconceptions:
            found = own[name].misconceptions.get(id) or shared.get(id)
            if isinstance(found, _SameWords):
                function, _, other = found.same_as.partition(".")
                found = own[function].misconceptions[other]
            if found is None:
                raise ConfigError(f"{files[name]}: there are no words for the misconception '{id}'")
            given = found.model_dump(exclude_unset=True)
            words[f"{name}.{id}"] = {"section": exercise.section, **given}
        phrases |= {f"{name}.{key}": text for key, text in own[name].phrases.items()}
    return {name: entry.next for name, entry in own.items()}, words, phrases


def schema(assignment: Assignment) -> dict[str, Any]:
    """The JSON schema of ``grading.yaml``, by which editors complete and check it."""
    made = Changes.model_json_schema()
    names = dict.fromkeys(("points", "next_steps", "left_out"), assignment.all.keys())
    for key, known in (names | {"by_hand": assignment.numbers.keys()}).items():
        value = made["properties"][key].pop("additionalProperties")
        made["properties"][key]["properties"] = dict.fromkeys(known, value)
        made["properties"][key]["additionalProperties"] = False
    made["properties"]["asked"]["items"] = {"enum": list(assignment.all)}
    return made
