"""Write the entry by which a group of unnamed wrong answers gets a name."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from autograder.course.compare import records
from autograder.intake.atomic_files import write_whole

_WORDS = {
    "title": "a short name",
    "did": "what the code does; {function} is the function's name",
    "why": "why it cannot be right",
    "next": "one step to take",
}


class NotNamed(Exception):
    """There is no such group, or its example would replace a file."""

    for_people = True


def name_group(out: Path, number: int, into: Path) -> tuple[Path, str]:
    """Write the example of a group of the class report; give its path and the entry's skeleton.

    Parameters
    ----------
    out : Path
        The output folder of ``autograder grade``.
    number : int
        The group's, as the report has it.
    into : Path
        The folder of the instructor's ``grading.yaml``, for the example; made if it is not there.

    Raises
    ------
    NotNamed
    """
    group = _group(out, number)
    function: str = group["function"]
    id = f"{function.replace('_', '-')}-{group['key'][:6]}"
    path = into / f"{id}.py"
    if path.exists():
        raise NotNamed(f"{path} is there already; move it away, or choose another folder.")
    into.mkdir(parents=True, exist_ok=True)
    write_whole(path, _source(out, group).encode("utf-8", "replace"))
    seen = " ".join([group["formula"], *group["observed"]])
    about = f"{group['students']} of the class{', ' if group['by'] else ''}{group['by']}. {seen}"
    told = textwrap.wrap(" ".join(about.split()), 90)
    lines = [
        "misconceptions:",
        f"  {id}:",
        *(f"    # {line}" for line in told),
        f"    function: {function}",
        f"    like: {path.name}",
        *(f'    {key}: ""  # {what}' for key, what in _WORDS.items()),
    ]
    return path, "\n".join(lines)


def _group(out: Path, number: int) -> dict[str, Any]:
    report = out / "report.json"
    try:
        groups: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["unnamed"]
    except (OSError, ValueError, LookupError) as error:
        raise NotNamed(f"{report} is no report of a class; grade it first.") from error
    if not 1 <= number <= len(groups):
        have = f"groups 1 to {len(groups)}" if groups else "no wrong answer without a name"
        raise NotNamed(f"{report} has {have}; there is no group {number}.")
    return groups[number - 1]


def _source(out: Path, group: dict[str, Any]) -> str:
    """The file of the first student of a group."""
    for record in records(out).values():
        for entry in record["functions"]:
            unnamed = entry.get("unnamed", {})
            if entry["function"] == group["function"] and unnamed.get("signature") == group["key"]:
                source: str = unnamed["source"]
                return source
    raise NotNamed(f"{out}: no feedback record belongs to that group any more; grade it again.")
