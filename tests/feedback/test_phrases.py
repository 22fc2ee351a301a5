"""The general words: all are used, all that is used is there, and a course may replace any."""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes

from autograder.assignment.config import Config, load_term
from autograder.assignment.probe import EXPLAINED
from autograder.assignment.yaml_files import ConfigError
from autograder.course.hand_back import summary
from autograder.feedback import page, plain
from autograder.feedback.layout import outputs
from autograder.feedback.page import TEMPLATES, environment
from autograder.feedback.review import review_page
from autograder.intake.submission import Submission
from autograder.otter.build import handout
from autograder.source.crashes.crash import Crash
from autograder.source.crashes.reasons import reason
from autograder.source.phrases import FORMS, Phrases, fields, said
from tests.conftest import ROOT, solutions
from tests.intake.test_submission import read
from tests.marked_words import TEXTS, letters, marked_config, symbols
from tests.the_assignment import (
    FUNCTIONS,
    NOTES6,
    SAY,
    class_report,
    grader_of,
    load_config,
    probes_of,
    read_submission,
)

#: What says a text: the words themselves, by the names that they have in the source.
SAYS = {"say", "_say", "said", "text", "self", "add"}
#: The programs of the hand-out that check, and the graded tests.
CHECKS = [
    ROOT / "assignments" / "check.py",
    *sorted((ROOT / "assignments" / "checking").rglob("*.py")),
    *sorted((ROOT / "assignments" / "tests").glob("*.py")),
]
GRADED = sorted((ROOT / "autograder" / "notes6" / "otter_tests").glob("*.py"))


# --- the words and the code that uses them -------------------------------------------------------


@dataclass(frozen=True)
class Use:
    """Where a text is said: its key, or how its key begins, and the fields that are filled."""

    where: str
    key: str
    is_whole: bool
    filled: frozenset[str] | None

    def fits(self, key: str) -> bool:
        return key == self.key if self.is_whole else key.startswith(self.key)

    def meant(self) -> list[str]:
        """The keys of all texts that may be said here."""
        if self.is_whole:
            return [self.key] if self.key in TEXTS else []
        return [key for key in TEXTS if self.fits(key)]


@cache
def uses() -> tuple[Use, ...]:
    package = ROOT / "autograder"
    found = [use for path in sorted(package.rglob("*.py")) for use in _in_module(path)]
    found += [use for path in sorted(TEMPLATES.glob("*.html")) for use in _in_template(path)]
    found += [use for path in CHECKS for use in _in_module(path)]
    found += [*_in_script(), *_in_vocabularies(), *_in_tags(), *_names_of_cases(), *_titles()]
    return tuple(found)


def test_what_the_grader_says_of_a_change_check_py_can_say_too() -> None:
    tried = [key for key in TEXTS if key.startswith("change.one_tried")]
    checked = [key.replace("one_tried", "one") for key in tried]
    assert len(tried) > 5
    assert [key for key in checked if key not in TEXTS] == []
    assert [fields(TEXTS[key]) for key in checked] == [fields(TEXTS[key]) for key in tried]


def _titles() -> Iterator[Use]:
    """Titles of what an exercise observes; that itself has to be said somewhere."""
    for key in TEXTS:
        if key.endswith("_title") and key.removesuffix("_title") in TEXTS:
            yield Use("an observation", key, True, frozenset())


def _names_of_cases() -> Iterator[Use]:
    for path in (*CHECKS, *GRADED):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "test_case":
                (name,) = (ast.literal_eval(keyword.value) for keyword in node.keywords)
                yield Use(path.name, f"cases.{name}", True, frozenset())


def _in_tags() -> Iterator[Use]:
    probes = probes_of(6)
    for tag in {tag for name in FUNCTIONS for probe in probes[name] for tag in probe.tags}:
        for key in {tag, tag.removesuffix(EXPLAINED)}:
            yield Use("an input", key, True, frozenset())


def _in_vocabularies() -> Iterator[Use]:
    for exercise in filter(attrgetter("vocabulary"), FUNCTIONS.values()):
        otherwise = (step for _, step in exercise.vocabulary.otherwise)
        for step in (*exercise.vocabulary.steps, *otherwise):
            regions = {region for partition in step.partitions for region in partition}
            keys = {step.what, step.shape, step.before, *regions}
            keys |= {remark.words for remark in step.remarks}
            for ending in ("next", "computes"):
                keys |= {f"{remark.words}_{ending}" for remark in step.remarks} & TEXTS.keys()
            areas = "names", *step.meanings
            named = {f"{area}.{name}" for area in areas for name in symbols(exercise)}
            # Not every symbol needs words.
            for key in keys - {""} | named & TEXTS.keys():
                yield Use(step.name, key, True, frozenset())


def _in_script() -> Iterator[Use]:
    script = (TEMPLATES / "review.js").read_text(encoding="utf-8")
    pattern = r'say\((?:\w+ \? )?"(\w+)"(?: : "(\w+)")?(?:, (?:\{([^}]*)\}|\w+))?\)'
    for call in re.finditer(pattern, script):
        filled = re.findall(r"(\w+)\s*(?::[^,]*)?(?:,|$)", (call[3] or "").strip())
        for key in filter(None, (call[1], call[2])):
            yield Use("review.js", f"review.{key}", True, frozenset(filled) if call[3] else None)
    if "say(`${kind}_hint`)" in script:
        for kind in ("points", "comment"):
            yield Use("review.js", f"review.{kind}_hint", True, frozenset())


def _in_module(path: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and node.value in TEXTS:
            yield Use(f"{path.name}:{node.lineno}", str(node.value), True, None)
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in SAYS:
            continue
        key, is_whole = _key(node.args[-1])
        if "." in key:
            names = [keyword.arg for keyword in node.keywords]
            known = None not in names and name != "text"
            filled = frozenset(str(n) for n in names) if known else None
            yield Use(f"{path.name}:{node.lineno}", key, is_whole, filled)


def _key(node: ast.expr) -> tuple[str, bool]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, True
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return str(node.values[0].value), False
    return "", False


def _in_template(path: Path) -> Iterator[Use]:
    tree = environment().parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name != "say":
            continue
        key = call.args[0]
        filled = frozenset(keyword.key for keyword in call.kwargs)
        if isinstance(key, nodes.Const):
            yield Use(f"{path.name}:{call.lineno}", key.value, True, filled)
        else:
            assert isinstance(key, nodes.Concat)
            start = key.nodes[0]
            assert isinstance(start, nodes.Const)
            yield Use(f"{path.name}:{call.lineno}", start.value, False, filled)


def test_all_that_is_said_has_words_with_just_its_fields() -> None:
    for use in uses():
        meant = use.meant()
        assert meant, use
        for key in meant:
            if use.filled is not None and use.is_whole:
                assert fields(TEXTS[key]) | {"count"} == use.filled | {"count"}, use


def test_no_words_are_left_over() -> None:
    used = {key for use in uses() for key in use.meant()}
    unused = [key for key in TEXTS if key not in used]
    taken = {form for text in TEXTS.values() if not isinstance(text, str) for form in text}
    assert [key for key in unused if key.removeprefix(f"{FORMS}.") not in taken] == []


def test_the_hand_out_takes_along_what_its_programs_say() -> None:
    words = json.loads(handout(NOTES6, SAY)["checking/words.json"])
    for path in CHECKS:
        for use in _in_module(path):
            assert any(use.fits(key) for key in words), use


#: Where all that is said passes; what `autograder explain --cases` tells is the instructor's.
SAYING = [
    *sorted((ROOT / "autograder" / "feedback").glob("*.py")),
    *sorted((ROOT / "autograder" / "diagnosis").glob("*.py")),
    *sorted((ROOT / "autograder" / "source").glob("crash*.py")),
    ROOT / "autograder" / "formulas" / "wording.py",
    *CHECKS,
]


#: Three words in code that are not said: ends of keys, and what kinds of things are called.
NAMES_OF_THINGS = {key.partition(".")[2] for key in TEXTS}
NAMES_OF_THINGS |= {"arrays and numbers", "too many numbers", "what is right", "import numpy as np"}


def sentences(path: Path) -> Iterator[str]:
    """The texts in a module with three words in a row, but for docstrings and what is sought."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed_over: set[int] = set()
    for node in ast.walk(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        # What check.py ends with before it can read words: its files aren't there, say.
        is_pattern = called.startswith("re.") or called == "sys.exit"
        if is_docstring or is_pattern or isinstance(node, ast.Compare | ast.Raise):
            passed_over |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        text = str(node.value) if isinstance(node, ast.Constant) else ""
        is_said = id(node) not in passed_over and text not in NAMES_OF_THINGS
        if is_said and re.search(r"[A-Za-z]{2,} [a-z]+ [a-z]+", text):
            yield f"{path.name}:{getattr(node, 'lineno', 0)}: {text}"


@pytest.mark.parametrize("path", [p for p in SAYING if p.name != "cases.py"], ids=lambda p: p.name)
def test_no_sentence_stands_in_the_code(path: Path) -> None:
    assert list(sentences(path)) == []


# --- replacing them ------------------------------------------------------------------------------


def changed(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "grading.yaml"
    path.write_text(f"phrases:\n{text}", encoding="utf-8")
    return load_config(path)


def test_a_course_replaces_some_words_and_keeps_the_others(tmp_path: Path) -> None:
    config = changed(tmp_path, '  points:\n    of: "{score} von {most}"\n')
    assert config.say("points.of", score="1", most="2") == "1 von 2"
    assert config.say("titles.wrong") == SAY("titles.wrong")


def test_what_an_exercise_says_of_its_own_is_replaced_by_the_functions_name(tmp_path: Path) -> None:
    config = changed(tmp_path, '  softmax: {share_1: "Die Anteile ergeben zusammen nicht 1."}\n')
    assert config.say.fill(said("softmax.share_1")) == "Die Anteile ergeben zusammen nicht 1."


def test_a_course_gives_the_forms_that_its_numbers_take(tmp_path: Path) -> None:
    config = changed(
        tmp_path,
        '  forms: {few: "(.*[^1])?[234]"}\n'
        "  report:\n"
        '    students: {one: "{count} osoba", few: "{count} osoby", other: "{count} osób"}\n'
        '    median: "Med. {median}"\n',
    )
    told = [config.say("report.students", count=n) for n in (1, 3, 12, 22, 25)]
    assert told == ["1 osoba", "3 osoby", "12 osób", "22 osoby", "25 osób"]


def test_the_hand_out_takes_the_words_along_that_it_has_in_common(tmp_path: Path) -> None:
    config = changed(tmp_path, '  crash: {ZeroDivisionError: "hier wird durch null geteilt."}\n')
    words = json.loads(handout(NOTES6, config.say)["checking/words.json"])
    assert words["crash.ZeroDivisionError"] == "hier wird durch null geteilt."
    crash = Crash("ZeroDivisionError", "division by zero", line="a / b")
    assert Phrases(words).fill(reason(crash)) == "hier wird durch null geteilt."
    assert not [key for key in words if key.startswith("report.")]


def test_the_hand_out_of_a_term_has_the_words_of_what_is_asked_alone(tmp_path: Path) -> None:
    path = tmp_path / "grading.yaml"
    path.write_text("asked: [threshold]\nphrases: {threshold: {at_0: Bei 0.}}\n", encoding="utf-8")
    term, config = load_term("autograder.notes6", path)
    words = json.loads(handout(term, config.say)["checking/words.json"])
    assert words["threshold.at_0"] == "Bei 0."
    assert not [key for key in words if key.startswith("softmax.")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('  points: {offf: "x"}', "points.offf: there is no text of this key"),
        ('  poins: {of: "x"}', "poins.of: there is no text"),
        ('  points: {of: "{score}"}', "points.of: the field {most} is left out"),
        ('  points: {of: "{score} {most} {x}"}', "has no field {x}, but {most}, {score}"),
        ('  page: {look_here: "{x}"}', "has no field {x}, but none at all"),
        ('  points: {of: "{score:>999999999} {most}"}', "a field is a name in braces"),
        ('  points: {of: "{score.__class__} {most}"}', "a field is a name in braces"),
        ('  points: {of: "{score} {most"}', "points.of: "),
        ('  titles: {wrong: {one: "a", other: "b"}}', "has no forms, as nothing is counted"),
        ('  report: {students: {one: "{count}"}}', "the form 'other' is missing"),
        ('  report: {students: {two: "{count}", other: "{count}"}}', "there is no form 'two'"),
        ('  forms: {few: "("}', "forms.few: is no pattern of numbers"),
        ("  points: {of: 3}", "points.of"),
    ],
)
def test_words_that_cannot_be_filled_are_refused_with_their_key(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        changed(tmp_path, text + "\n")
    assert told in str(refused.value)
    assert "line 2" in str(refused.value)


# --- all words are ones that can be replaced ---------------------------------------------------

# What is not said by these words, and why:
# - what the commands tell in the terminal, and upload/README.txt: the instructor's alone;
# - the names of files, columns and statuses in grades.csv, report.json, misconceptions.csv and the
#   records, and of test cases in grading.yaml: programs read them;
# - what is handed out as it stands (README.md, the notebook, stubs, demo.py, wiggle.py):
#   a course edits these themselves;
# - what check.py ends with before it can read words: its files aren't beside it, Python is too old,
#   or a file hides a part of Python.


class Shown(HTMLParser):
    """What a page shows or says aloud, but for code."""

    SAID = ("aria-label", "title", "placeholder", "alt", "lang", "data-words")
    CODE = ("style", "script", "code", "pre", "kbd")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._code = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in self.CODE
        self.parts += [value or "" for name, value in attrs if name in self.SAID]

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in self.CODE

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.parts.append(data)


def words_of_page(text: str) -> set[str]:
    return letters("\n".join(Shown(text).parts))


@pytest.fixture(scope="module")
def config() -> Config:
    return marked_config()


#: Calls that a right function refuses.
CALLS = ["softmax([x, x])[0]", "softmax([[1, 2]])[0]", "softmax(None)", "softmax(x / 0)"]


def calling(call: str) -> Submission:
    """A softmax of powers of 2, and what calls it otherwise than it may be called."""
    files = dict(solutions())
    files["practice_6_1.py"] += f"""
def softmax(x):
    return 2.0 ** np.asarray(x) / np.sum(2.0 ** np.asarray(x))
def softmax_jacobian(x):
    s = {call}
    return np.diag(s) - np.outer(s, s)
""".encode()
    return Submission("1", files)


@pytest.fixture(scope="module")
def records(config: Config) -> list[dict[str, Any]]:
    """The records of some of every kind of hand-in, with names that are numbers."""
    cases = [*sorted((ROOT / "tests" / "sample_class").iterdir())]
    cases += sorted((ROOT / "tests" / "wild").glob("[0-9]*"))[::6]
    cases += sorted((ROOT / "tests" / "corpus" / "wrong").iterdir())[::40]
    limits = config.limits.model_copy(update={"call_seconds": 0.5})
    with grader_of(config.model_copy(update={"limits": limits}), 6) as grader:
        handed_in = [*map(read_submission, cases), *map(calling, CALLS)]
        graded = [grader.grade(submission).feedback for submission in handed_in]
    return [{**record, "student": str(n)} for n, record in enumerate(graded)]


def adjusted(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "adjusted": {"points": "+1", "before": entry["score"] - 1, "comment": ""}}


def test_students_read_no_words_but_those_of_the_course(
    records: list[dict[str, Any]], config: Config
) -> None:
    say = config.say
    for record in records:
        moved = {"mended": ["softmax"], "new": ["threshold"], "left": []}
        told = adjusted({**record, "since": moved})
        assert letters(plain.render(told, say)) == set()
        assert set().union(*map(letters, outputs(told, say).values())) == set()
        assert set().union(*(letters(entry["text"]) for entry in told["functions"])) == set()
        assert letters(summary(told, "1.html", say)) == {"html"}
        assert words_of_page(page.render(told, say)) == set()


def test_the_report_and_the_review_have_no_words_but_those_of_the_course(
    records: list[dict[str, Any]], config: Config, tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [{"student": "999", "status": "unreadable"}]
    (tmp_path / "feedback").mkdir()
    before: dict[str, Mapping[str, Any]] = {}
    for record in copy.deepcopy(records):
        for n, entry in enumerate(record["functions"]):
            if n == 0:
                record["functions"][0] = adjusted(entry)
        path = tmp_path / "feedback" / f"{record['student']}.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        rows.append({"student": record["student"], "total": record["score"]})
        before[record["student"]] = records[0]
    made = class_report(tmp_path, rows, config, before=before, late=["3"])
    assert words_of_page(made["report.html"]) == set()
    review = review_page(tmp_path, rows, NOTES6, config)
    assert words_of_page(review) == set()
    data = json.loads(
        re.findall(r'(?s)<script type="application/json".*?>(.*?)</script>', review)[0]
    )
    titles = [group["title"] for of in data["functions"] for group in of["groups"]]
    assert set().union(*map(letters, titles)) == set()
    script = re.sub(r"//.*", "", (TEMPLATES / "review.js").read_text(encoding="utf-8"))
    assert not re.findall(r'"[A-Z][a-z]+ [^"]*"', script.replace('"use strict"', ""))


def test_how_files_were_found_is_told_in_no_words_but_those_of_the_course(config: Config) -> None:
    found = read(
        {
            **{f"{n}/practice_6_1.ipynb": b"" for n in range(9)},
            "backprop (1).py": b"x = 1",
            "a/practice_6_2.py": b"1",
            "b/practice_6_2.py": b"2",
            "practice_6_3.docx": b"",
            "9.rar": b"",
            "numpy.py": b"",
        }
    )
    assert len(found.notes) == 5
    told = " ".join(config.say.fill(*notes) for notes in found.notes.values())
    assert letters(told) == set()


def test_a_text_with_an_ordinary_brace_is_filled() -> None:
    assert Phrases({"a.b": "{{}} {x}"})("a.b", x=1) == "{} 1"
