"""The class report: which misconceptions a class holds, as a page, as JSON and as a table.

The feedback records are read one at a time; what is kept of each is a row of the table.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import SystemRandom
from statistics import median
from typing import Any
from urllib.parse import quote

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config
from autograder.assignment.telling import told
from autograder.feedback.checks import CASES
from autograder.feedback.figures import doubtful, matrix, nested, summary
from autograder.feedback.item_figures import Items
from autograder.feedback.layout import points
from autograder.feedback.moves import Moves
from autograder.feedback.page import asset, environment, in_html
from autograder.feedback.record import FunctionRecord, Record, Scored
from autograder.feedback.unnamed_groups import Unnamed, grouped, read_unnamed
from autograder.intake.file_names import safe_name
from autograder.intake.lms.table import safe_cell
from autograder.source.phrases import Phrases

STATUSES = ("right", "right in itself", "wrong", "crashed", "missing", "not attempted")
#: Why a submission is to be looked at by hand, in the order of the page.
BY_HAND = ("hostile", "timed_out", "late", "unusual", "changed", "alike")
#: More names of a kind than this are in ``report.json`` alone.
MOST_NAMES = 40
MOST_PAIRS = 20
#: Misconceptions beyond the most common ones are folded away.
MOST_SHOWN = 12
MOST_EXAMPLES = 2
#: Misconceptions of one exercise among what to teach again.
MOST_TAUGHT = 4
BINS = 10
#: Groups of unnamed answers on the page; the others are in ``report.json``.
MOST_GROUPS = 60


#: A function, and the misconception in it.
Held = tuple[str, str]
#: An exercise, and the misconception in it, in however many of its functions.
Taught = tuple[str, str]


@dataclass
class _Held:
    """One misconception over the class."""

    students: int = 0
    functions: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, str]] = field(default_factory=list)


@dataclass
class _Tally:
    """What is kept while the records pass by."""

    assignment: Assignment
    say: Phrases
    anonymous: bool
    moves: Moves
    rows: list[dict[str, Any]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    max_score: float = 0
    unreadable: int = 0
    statuses: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    full_marks: Counter[str] = field(default_factory=Counter)
    held: defaultdict[str, _Held] = field(default_factory=lambda: defaultdict(_Held))
    pairs: Counter[tuple[Held, Held]] = field(default_factory=Counter)
    taught: Counter[Taught] = field(default_factory=Counter)
    together: Counter[tuple[Taught, Taught]] = field(default_factory=Counter)
    unnamed: list[Unnamed] = field(default_factory=list)
    items: Items = field(default_factory=Items)
    help: list[dict[str, Any]] = field(default_factory=list)
    heat: dict[tuple[str, str], list[list[int]]] = field(default_factory=dict)
    heat_students: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_hand: defaultdict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    alike: defaultdict[bytes, list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def class_report(
    out: Path,
    rows: Sequence[dict[str, Any]],
    assignment: Assignment,
    config: Config,
    *,
    anonymous: bool = False,
    before: Mapping[str, Record] | None = None,
    late: Collection[str] = (),
) -> dict[str, str]:
    """Make the report of a graded class.

    Parameters
    ----------
    out : Path
        The folder that the class was graded into.
    rows : sequence of dict
        The rows of ``grades.csv``; one without a total could not be read.
    assignment : Assignment
    config : Config
        For the words of the misconceptions.
    anonymous : bool
        Leave out names and links, for showing the report in class.
    before : mapping of str to Record, optional
        Of an earlier run, by student, to tell how attempts moved.
    late : collection of str
        The students who handed in late.

    Returns
    -------
    dict of str to str
        ``report.html``, ``report.json`` and ``misconceptions.csv`` by name.
    """
    tally = _Tally(assignment, config.say, anonymous, Moves(before or {}))
    for row, who in zip(rows, _people(rows, anonymous, config.say), strict=True):
        if "total" in row:
            path = out / "feedback" / f"{safe_name(row['student'])}.json"
            is_late = row["student"] in late
            _count(tally, who, json.loads(path.read_text(encoding="utf-8")), is_late)
        else:
            _count_unreadable(tally, who)
    tally.rows.sort(key=_name)
    report = _report(tally, config)
    return {
        "report.html": _page(report, tally, config, anonymous),
        "report.json": json.dumps(report, ensure_ascii=False, indent=1) + "\n",
        "misconceptions.csv": _table(report["misconceptions"]),
    }


def _people(
    rows: Sequence[dict[str, Any]], anonymous: bool, say: Phrases
) -> Iterator[dict[str, str]]:
    """Each student's name and link; else a number drawn by lot, which says nothing of the name."""
    if not anonymous:
        for row in rows:
            name = row["student"]
            link = f"feedback/{quote(safe_name(name))}.html" if "total" in row else ""
            yield {"name": name, "link": link}
        return
    numbers = list(range(1, len(rows) + 1))
    SystemRandom().shuffle(numbers)
    for number in numbers:
        shown = f"{number:0{len(str(len(rows)))}d}"
        yield {"name": say("report.student", number=shown), "link": ""}


# --- counting ----------------------------------------------------------------------------------


def _count_unreadable(tally: _Tally, who: dict[str, str]) -> None:
    tally.unreadable += 1
    blank = dict.fromkeys((*tally.assignment.questions, "total"), "")
    count, say = len(tally.assignment.exercises), tally.say
    tally.rows.append({**who, **blank, "note": say("report.could_not_be_read"), "wrong": count})
    why = say("report.unreadable")
    tally.help.append({**who, "mend": count, "absent": count, "stop": 0, "why": why})


def _count(tally: _Tally, who: dict[str, str], record: Record, is_late: bool) -> None:
    functions = record["functions"]
    tally.scores.append(record["score"])
    tally.max_score = record["max_score"]
    tally.rows.append(_row(tally, who, record))
    for entry in functions:
        tally.statuses[entry["function"]][entry["status"]] += 1
        tally.full_marks[entry["function"]] += entry["score"] == entry["max_score"]
        _count_entries(tally, entry)
        if "unnamed" in entry:
            tally.unnamed.append(read_unnamed(who, entry, tally.anonymous))
    tally.items.add(record)
    tally.moves.add(who, record)
    _count_misconceptions(tally, functions)
    _count_help(tally, who, functions, is_late)
    _look_by_hand(tally, who, functions)
    if is_late:
        tally.by_hand["late"].append({**who, "what": ""})
    changeable: list[tuple[str, Scored]] = [(f["function"], f) for f in functions]
    changeable.append((tally.say("look_at.total"), record))
    if changes := [_change(*one, tally.say) for one in changeable if "adjusted" in one[1]]:
        tally.by_hand["changed"].append({**who, "what": tally.say.listing(changes)})


def _change(what: str, entry: Scored, say: Phrases) -> str:
    """What was changed by hand of a function, or of the total."""
    before, after = points(entry["adjusted"]["before"]), points(entry["score"])
    return say("look_at.change", what=what, before=before, after=after)


def _count_help(
    tally: _Tally, who: dict[str, str], functions: list[FunctionRecord], is_late: bool
) -> None:
    """Count who has more to mend than not, for the list of those who need help."""
    mend = [f for f in functions if f["score"] < f["max_score"]]
    if 2 * len(mend) <= len(functions):
        return
    count = Counter(f["status"] for f in mend)
    nothing = count["missing"] == len(functions)
    why = [
        *([tally.say("report.nothing_to_grade")] if nothing else []),
        *([tally.say("report.late")] if is_late else []),
    ]
    told = {"mend": len(mend), "absent": count["missing"] + count["not attempted"]}
    tally.help.append({**who, **told, "stop": count["crashed"], "why": tally.say.listing(why)})


def _row(tally: _Tally, who: dict[str, str], record: Record) -> dict[str, Any]:
    functions = record["functions"]
    row: dict[str, Any] = dict(who)
    for question in tally.assignment.questions:
        own = [f["score"] for f in functions if f["file"] == f"{question}.py"]
        row[question] = points(sum(own))
    mend = [f for f in functions if f["score"] < f["max_score"]]
    absent = sum(f["status"] in ("missing", "not attempted") for f in mend)
    words = [f["function"] for f in mend if f["status"] not in ("missing", "not attempted")]
    words += [tally.say("report.not_there", count=absent)] if absent else []
    note = tally.say.listing(words) or tally.say("report.nothing_to_mend")
    return {**row, "total": points(record["score"]), "note": note, "wrong": len(mend)}


def _count_entries(tally: _Tally, entry: FunctionRecord) -> None:
    """Add one answer to the class's map of Jacobian entries."""
    picture = entry["evidence"].get("picture")
    if picture is None or picture["kind"] != "jacobian" or not picture["items"][0]["wrong"]:
        return
    wrong = picture["items"][0]["wrong"]
    key = (entry["function"], nested(next(iter(picture["inputs"].values()))))
    seen = tally.heat.setdefault(key, [[0] * len(row) for row in wrong])
    tally.heat_students[key] += 1
    for i, row in enumerate(wrong):
        for j, questionable in enumerate(row):
            seen[i][j] += questionable


def _count_misconceptions(tally: _Tally, functions: list[FunctionRecord]) -> None:
    held_here = [(entry["function"], id) for entry in functions for id in entry["diagnosis"]]
    for id in {id for _, id in held_here}:
        tally.held[id].students += 1
    # The same one in two functions is one misconception and no two.
    tally.pairs.update((a, b) for a, b in combinations(held_here, 2) if a[1] != b[1])
    taught = {(e["file"].removesuffix(".py"), id) for e in functions for id in e["diagnosis"]}
    tally.taught.update(taught)
    tally.together.update((a, b) for a, b in combinations(sorted(taught), 2) if a[1] != b[1])
    for entry in functions:
        picture = entry["evidence"].get("picture")
        for id in entry["diagnosis"]:
            held = tally.held[id]
            held.functions[entry["function"]] += 1
            if picture is None or len(held.examples) >= MOST_EXAMPLES:
                continue
            example = {"function": entry["function"], "answer": summary(picture, tally.say)}
            if example not in held.examples:
                held.examples.append(example)


def _look_by_hand(tally: _Tally, who: dict[str, str], functions: list[FunctionRecord]) -> None:
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    signature = []
    for entry in functions:
        name, known = entry["function"], entry["evidence"]
        failure, picture = known.get("failure", ""), known.get("picture")
        if failure.startswith("died"):
            reason = tally.say(f"ended.{failure.removeprefix('died: ')}")
            reasons["hostile"].append(f"{name} ({reason})")
        elif failure == "timed out":
            reasons["timed_out"].append(name)
        if "unusual" in known:
            reasons["unusual"].append(f"{name} ({known['unusual']})")
        if entry["status"] == "wrong" and picture is not None and doubtful(picture):
            signature.append((name, summary(picture, tally.say)))
    for reason, what in reasons.items():
        tally.by_hand[reason].append({**who, "what": tally.say.listing(what)})
    if len(signature) >= 3:
        key = hashlib.sha256(repr(signature).encode()).digest()
        names = tally.say.listing([name for name, _ in signature])
        tally.alike[key].append({**who, "what": names})


# --- the figures -------------------------------------------------------------------------------


def _report(tally: _Tally, config: Config) -> dict[str, Any]:
    graded = len(tally.scores)
    scores = sorted(tally.scores)
    return {
        "graded": graded,
        "unreadable": tally.unreadable,
        "mean": round(sum(scores) / graded, 4) if graded else 0,
        "median": round(median(scores), 4) if scores else 0,
        "max_score": tally.max_score,
        "histogram": _histogram(scores, tally.max_score),
        "functions": [_function(tally, name, graded) for name in tally.assignment.exercises],
        "help": sorted(tally.help, key=lambda who: (-who["mend"], -who["absent"], who["name"])),
        "teach": _teach(tally, config, graded),
        "unnamed": grouped(tally.unnamed, tally.assignment.exercises, tally.anonymous, tally.say),
        "items": {name: tally.items.of(name) for name in tally.assignment.exercises},
        "cases": tally.items.telling(list(tally.assignment.exercises)),
        "moves": tally.moves.report(list(tally.assignment.exercises)),
        "misconceptions": _misconceptions(tally, config, graded),
        "jacobian_entries": _entries(tally),
        "pairs": _pairs(tally, config),
        "by_hand": _by_hand(tally),
    }


def _histogram(scores: Iterable[float], most: float) -> list[int]:
    """How many scores fall into each tenth of all points; full marks into the last."""
    bins = [0] * BINS
    for score in scores:
        bins[min(BINS - 1, int(BINS * score / most)) if most else 0] += 1
    return bins


def _function(tally: _Tally, name: str, graded: int) -> dict[str, Any]:
    counts = tally.statuses[name]
    share = round(100 * tally.full_marks[name] / graded) if graded else 0
    return {"function": name, **{s: counts[s] for s in STATUSES}, "share": share}


def _misconceptions(tally: _Tally, config: Config, graded: int) -> list[dict[str, Any]]:
    ranked = sorted(tally.held.items(), key=lambda pair: (-pair[1].students, pair[0]))
    found = []
    for id, held in ranked:
        told = _told(config, id, held.functions)
        found.append(
            {
                "id": id,
                **{key: told[0][key] for key in _TOLD},
                "told": told,
                "students": held.students,
                "share": round(100 * held.students / graded),
                "functions": sorted(held.functions, key=list(tally.assignment.exercises).index),
                "examples": held.examples,
            }
        )
    return found


def _told(config: Config, id: str, functions: Counter[str]) -> list[dict[str, Any]]:
    """A misconception in the words of each function that has it; the same words are told once."""
    told: dict[str, dict[str, Any]] = {}
    for function, students in functions.most_common():
        words = _words(config, function, id)
        filled = {key: text.format(function=function) for key, text in words.items()}
        one = told.setdefault(repr(words), {**filled, "functions": [], "answers": 0})
        one["functions"].append(function)
        one["answers"] += students
    return sorted(told.values(), key=lambda one: -one["answers"])


def _teach(tally: _Tally, config: Config, graded: int) -> list[dict[str, Any]]:
    """By exercise: its most common misconceptions, each with what goes wrong together with it."""
    found = []
    for question in tally.assignment.questions:
        counts = {one: count for one, count in tally.taught.items() if one[0] == question}
        common = sorted(counts, key=lambda one: (-counts[one], one))[:MOST_TAUGHT]
        held = [
            {
                **_titled(tally, config, one),
                "students": counts[one],
                "share": round(100 * counts[one] / graded),
                "together": _together(tally, config, one),
            }
            for one in common
        ]
        found.append({"question": question, "misconceptions": held})
    return found


def _titled(tally: _Tally, config: Config, one: Taught) -> dict[str, Any]:
    """A misconception of an exercise by the words of the function that has it most often."""
    question, id = one
    counts = tally.held[id].functions
    names = [e.name for e in tally.assignment.of_file(f"{question}.py") if counts[e.name]]
    words = _words(config, max(names, key=lambda name: counts[name]), id)
    return {"functions": names, "title": words["title"], "section": words["section"]}


def _together(tally: _Tally, config: Config, one: Taught) -> dict[str, Any] | None:
    """What the same students most often get wrong besides."""
    with_it = {
        (set(pair) - {one}).pop(): count
        for pair, count in tally.together.items()
        if one in pair and count > 1
    }
    if not with_it:
        return None
    other = min(with_it, key=lambda held: (-with_it[held], held))
    return {**_titled(tally, config, other), "students": with_it[other]}


#: What is said of a misconception here.
_TOLD = ("title", "did", "why", "next", "section")


def _words(config: Config, function: str, id: str) -> dict[str, str]:
    if id == "changes-its-argument":
        return {key: config.say.text(f"changes_its_argument.{key}") for key in _TOLD}
    words = config.words(function, id)
    return {key: told(getattr(words, key)) for key in _TOLD}


def _entries(tally: _Tally) -> list[dict[str, Any]]:
    """For each Jacobian the input on which most students went wrong."""
    found = []
    for name in tally.assignment.exercises:
        keys = [key for key in tally.heat if key[0] == name]
        if not keys:
            continue
        key = max(keys, key=lambda k: (tally.heat_students[k], k))
        students = tally.heat_students[key]
        found.append(
            {"function": name, "input": key[1], "students": students, "wrong": tally.heat[key]}
        )
    return found


def _pairs(tally: _Tally, config: Config) -> list[dict[str, Any]]:
    common = sorted(tally.pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PAIRS]
    return [
        {
            "ids": [id for _, id in pair],
            "functions": [function for function, _ in pair],
            "titles": [_words(config, *held)["title"] for held in pair],
            "students": count,
        }
        for pair, count in common
        if count > 1
    ]


def _by_hand(tally: _Tally) -> list[dict[str, Any]]:
    """The submissions to look at, by reason; in the order of the names that are shown."""
    found = {reason: sorted(who, key=_name) for reason, who in tally.by_hand.items()}
    groups = [sorted(group, key=_name) for group in tally.alike.values() if len(group) > 1]
    groups.sort(key=lambda group: (-len(group), group[0]["name"]))
    found["alike"] = [
        {**who, "what": tally.say("look_at.alike_group", number=number, names=who["what"])}
        for number, group in enumerate(groups, start=1)
        for who in group
    ]
    return [
        {
            "reason": reason.replace("_", " "),
            "title": tally.say(f"look_at.{reason}"),
            "why": tally.say(f"look_at.{reason}_why"),
            "students": found[reason],
        }
        for reason in BY_HAND
        if found.get(reason)
    ]


def _name(who: dict[str, Any]) -> str:
    name: str = who["name"]
    return name


# --- the files ---------------------------------------------------------------------------------


def _page(report: dict[str, Any], tally: _Tally, config: Config, anonymous: bool) -> str:
    style, style_hash = asset("base.css", "report.css")
    script, script_hash = asset("report.js")
    groups = [
        {**g, "count": len(g["students"]), "students": g["students"][:MOST_NAMES]}
        for g in report["by_hand"]
    ]
    unnamed = [
        {**g, "people": g["people"][:MOST_NAMES], "more": len(g["people"]) - MOST_NAMES}
        for g in report["unnamed"][:MOST_GROUPS]
    ]
    cases = {
        kind: [{**told, "case": config.say.named(CASES, told["case"])} for told in listed]
        for kind, listed in report["cases"].items()
    }
    template = environment().get_template("report.html")
    return template.render(
        say=in_html(config.say),
        r={**report, "by_hand": groups, "help": report["help"][:MOST_NAMES], "cases": cases},
        unnamed=unnamed,
        more_unnamed=len(report["unnamed"]) - len(unnamed),
        more_help=len(report["help"]) - MOST_NAMES,
        title=config.title,
        histogram=_bars(report["histogram"], config.say),
        heat=[{**e, "table": _heat(e, config.say)} for e in report["jacobian_entries"]],
        most_shown=MOST_SHOWN,
        statuses=STATUSES,
        questions=tally.assignment.questions,
        students=tally.rows,
        anonymous=anonymous,
        style=style,
        style_hash=style_hash,
        script=script,
        script_hash=script_hash,
    )


def _heat(entries: dict[str, Any], say: Phrases) -> dict[str, Any]:
    wrong = entries["wrong"]
    return matrix(
        wrong,
        say,
        rows=[say("report.output", index=i) for i in range(len(wrong))],
        columns=[say("report.input", index=j) for j in range(len(wrong[0]))],
    )


def _bars(bins: list[int], say: Phrases) -> dict[str, Any]:
    top = max([*bins, 1])
    bars = [
        {
            "x": 24 + 60 * k,
            "width": 52,
            "height": round(135 * count / top),
            "count": count,
            "name": f"{100 // BINS * k}–{100 // BINS * (k + 1)}",
        }
        for k, count in enumerate(bins)
    ]
    words = "; ".join(f"{b['name']} %: {b['count']}" for b in bars if b["count"])
    return {"bars": bars, "words": say("report.histogram", bars=words)}


def _table(misconceptions: Sequence[dict[str, Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["rank", "id", "title", "section", "students", "percent", "functions"])
    for rank, m in enumerate(misconceptions, start=1):
        functions = " ".join(m["functions"])
        writer.writerow(
            [
                rank,
                m["id"],
                safe_cell(m["title"]),
                safe_cell(m["section"]),
                m["students"],
                m["share"],
                functions,
            ]
        )
    return text.getvalue()
