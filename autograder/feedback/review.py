"""One page to go through the mistakes by function and group, and to give points by hand.

It is the instructor's alone. Nothing is drawn before it is looked at, so that it opens at once
for a thousand students too; what it saves is ``adjustments.csv``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from autograder.assignment.assignment import Assignment
from autograder.assignment.config import Config
from autograder.feedback.layout import title
from autograder.feedback.page import asset, environment, in_html
from autograder.feedback.record import FunctionRecord, Record, Scored
from autograder.feedback.unnamed_groups import Unnamed, grouped, read_unnamed
from autograder.intake.file_names import safe_name
from autograder.intake.lms.table import safe_cell

#: Where there is nothing to look at: it is right, or nothing is there.
NOT_SHOWN = ("right", "right in itself", "missing", "not attempted")
_CHANGES = "changes-its-argument"
_ORDER = {"misconception": 0, "unnamed": 1, "crash": 2}


def review_page(
    out: Path, rows: Sequence[dict[str, Any]], assignment: Assignment, config: Config
) -> str:
    """Make the page of a graded class.

    Parameters
    ----------
    out : Path
        The folder that the class was graded into.
    rows : sequence of dict
        The rows of ``grades.csv``; one without a total could not be read.
    assignment : Assignment
    config : Config
        For the titles of the misconceptions.
    """
    data = _Data(assignment, config)
    for row in rows:
        if "total" in row:
            path = out / "feedback" / f"{safe_name(row['student'])}.json"
            data.take(json.loads(path.read_text(encoding="utf-8")))
    style, style_hash = asset("base.css", "review.css")
    script, script_hash = asset("review.js")
    # No student's text can end the element that it stands in.
    text = json.dumps(data.all(), ensure_ascii=False).replace("<", "\\u003c")
    return (
        environment()
        .get_template("review.html")
        .render(
            say=in_html(config.say),
            title=config.title,
            data=Markup(text),
            style=style,
            style_hash=style_hash,
            script=script,
            script_hash=script_hash,
        )
    )


class _Data:
    """What the page draws from; texts that several students share are kept once."""

    def __init__(self, assignment: Assignment, config: Config) -> None:
        self._config = config
        self._students: list[list[str]] = []
        self._texts: dict[str, int] = {}
        self._groups: dict[str, dict[tuple[str, str], list[list[Any]]]] = {
            name: {} for name in assignment.exercises
        }
        self._unnamed: list[Unnamed] = []
        self._members: dict[tuple[str, str], list[Any]] = {}
        self._adjusted: list[list[Any]] = []

    def take(self, record: Record) -> None:
        """Add one student's record."""
        name, student = record["student"], len(self._students)
        link = f"feedback/{quote(safe_name(name))}.html"
        self._students.append([name, safe_cell(name), link])
        changeable: list[tuple[str, Scored]] = [(f["function"], f) for f in record["functions"]]
        for what, scored in (*changeable, ("total", record)):
            if change := scored.get("adjusted"):
                self._adjusted.append([student, what, change["points"], change["comment"]])
        for entry in record["functions"]:
            if entry["status"] in NOT_SHOWN:
                continue
            score = entry["adjusted"]["before"] if "adjusted" in entry else entry["score"]
            member = [
                student,
                score,
                self._text(entry["text"]),
                self._text(entry["evidence"].get("code", "")),
            ]
            if "unnamed" in entry:
                who = {"name": name, "link": link}
                self._unnamed.append(read_unnamed(who, entry, anonymous=False))
                self._members[entry["function"], name] = member
            else:
                self._add(entry["function"], *self._group(entry), member)

    def _add(self, function: str, kind: str, title: str, member: list[Any]) -> None:
        self._groups[function].setdefault((kind, title), []).append(member)

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))

    def _group(self, entry: FunctionRecord) -> tuple[str, str]:
        """The kind of a function's mistake, and its title or what else tells it from others."""
        ids, failure = entry["diagnosis"], entry["evidence"].get("failure", "")
        if ids:
            return "misconception", " + ".join(self._title(entry["function"], id) for id in ids)
        if failure:
            return "crash", self._crash(failure)
        return "crash", title(entry, entry["parts"][0], self._config.say)

    def _crash(self, failure: str) -> str:
        """The words for a failure of the record, such as ``raised: TypeError``."""
        kind, _, what = failure.partition(": ")
        if kind == "raised":
            return self._config.say("review.raised", type=what)
        if kind == "died":
            return self._config.say("review.died", reason=self._config.say(f"ended.{what}"))
        return self._config.say("review.timed_out")

    def _title(self, function: str, id: str) -> str:
        if id == _CHANGES:
            return self._config.say("changes_its_argument.title")
        return self._config.words(function, id).title

    def all(self) -> dict[str, Any]:
        """What the page's script reads."""
        say = self._config.say
        # By the numbers that the report gives them and `autograder name` takes.
        for group in grouped(self._unnamed, self._groups, False, say):
            told = say("review.unnamed", number=group["number"])
            for who in group["people"]:
                member = self._members[group["function"], who["name"]]
                self._add(group["function"], "unnamed", told, member)
        return {
            "students": self._students,
            "texts": list(self._texts),
            "functions": [
                {
                    "name": name,
                    "max": self._config.points[name],
                    "groups": _ranked(groups),
                }
                for name, groups in self._groups.items()
                if groups
            ],
            "adjusted": self._adjusted,
            "words": say.of("review"),
            "forms": say.of("forms"),
        }


def _ranked(groups: dict[tuple[str, str], list[list[Any]]]) -> list[dict[str, Any]]:
    """The largest first of each kind; those without a name stay in the order of their numbers."""

    def rank(pair: tuple[tuple[str, str], list[list[Any]]]) -> tuple[int, int, str]:
        (kind, title), members = pair
        return _ORDER[kind], -len(members), title if kind != "unnamed" else ""

    return [
        {"kind": kind, "title": title, "members": members}
        for (kind, title), members in sorted(groups.items(), key=rank)
    ]
