"""What is said of one function as blocks of text, for terminals and for Markdown.

A block is a paragraph, or lines of code or numbers; each of those begins with four blanks.
"""

from __future__ import annotations

from typing import Any

from autograder.assignment.probe import UNCHANGED_ARGUMENTS
from autograder.feedback.figures import doubtful
from autograder.feedback.tables import as_lines

#: What stands above the parts, everywhere.
DID, WHY, TRY = "What your code does", "Why that can't be right", "Try this"
LABELS = (DID, WHY, TRY)
INDENT = "    "
#: What a title begins with.
HEADING = "» "
#: What stands above an entry whose mistake has no name of its own.
TITLES = {
    "wrong": "Not right yet",
    "crashed": "Stops with an error",
    "missing": "Not found",
    "not attempted": "Not attempted yet",
    "right in itself": "Right in itself",
    "right": "Right",
}
RIGHT_ON, LOST_ON = "It passes the checks", "Marks were lost on"
#: The case of all exercises that a function passes by doing nothing.
MOST_EASILY_RIGHT = UNCHANGED_ARGUMENTS
#: So few cases are steps of one answer, each of which is worth a word.
FEW_CASES = 2
DONE = ("right", "right in itself")
#: Marks the line at fault.
_ARROW = ">"


def title(entry: dict[str, Any], item: dict[str, Any]) -> str:
    """What stands above one mistake."""
    named: str = item["title"] or TITLES[entry["status"]]
    return named.rstrip(".")


def heading(entry: dict[str, Any], item: dict[str, Any]) -> str:
    """The title, with its number where there is more than one mistake."""
    at = f"({entry['parts'].index(item) + 1}) " if len(entry["parts"]) > 1 else ""
    return f"{at}{title(entry, item)}"


def is_plain(entry: dict[str, Any]) -> bool:
    """Whether an entry says too little to be set under headings."""
    return entry["status"] not in ("wrong", "crashed")


def blocks(entry: dict[str, Any], *, with_notes: bool = True) -> list[str]:
    """Lay out what is said of one function.

    Parameters
    ----------
    entry : dict
        A function of the record.
    with_notes : bool
        Whether what is said of its file comes first.
    """
    found = list(entry["file_notes"]) if with_notes else []
    for item in entry["parts"]:
        found += _plain(item) if is_plain(entry) else _mistake(entry, item)
    found.append(cases(entry))
    return [block for block in found if block]


def cases(entry: dict[str, Any]) -> str:
    """On what a wrong function is right, and what its marks were lost on, in words.

    One case alone may be right by chance, and that the arguments stay as they are is no praise.
    """
    if entry["status"] not in ("wrong", "crashed"):
        return ""
    judged = entry["cases"].items()
    right = [name for name, is_right in judged if is_right and name != MOST_EASILY_RIGHT]
    # Wrong values lose that case too: it is told where it is all that is lost.
    all_lost = [name for name, is_right in judged if not is_right]
    lost = [name for name in all_lost if name != MOST_EASILY_RIGHT] or all_lost
    if len(right) < 2 and len(right) + len(lost) > FEW_CASES:
        return ""
    parts = [(RIGHT_ON, right), (LOST_ON, lost)]
    return " ".join(f"{words}: {', '.join(names)}." for words, names in parts if right and names)


def step(item: dict[str, Any]) -> str:
    """What to try, and where to read."""
    see = f"See section {item['section']} of the notes." if item["section"] else ""
    return " ".join(filter(None, (item["next"], see)))


def _plain(item: dict[str, Any]) -> list[str]:
    return [" ".join(filter(None, (item["did"], item["carried"]))), *item["notes"], step(item)]


def _mistake(entry: dict[str, Any], item: dict[str, Any]) -> list[str]:
    table = numbers(entry) if item is entry["parts"][0] else ""
    return [
        f"{HEADING}{heading(entry, item)}",
        f"{DID}: {item['did']}" if item["did"] else "",
        code(item["line"]),
        table or item["example"],
        f"{WHY}: {item['why']}" if item["why"] else "",
        *item["notes"],
        item["carried"],
        f"{TRY}: {step(item)}" if item["next"] else step(item),
    ]


def code(line: dict[str, Any] | None) -> str:
    """The student's own lines with their numbers, the one at fault marked."""
    if line is None:
        return ""
    width = len(str(line["code"][-1][0]))
    return "\n".join(
        f"{INDENT}{_ARROW if number == line['number'] else ' '} {number:{width}} | {text}".rstrip()
        for number, text in line["code"]
    )


def numbers(entry: dict[str, Any]) -> str:
    """The student's own numbers as tables, where a sentence would hold too many."""
    picture = entry["evidence"].get("picture")
    if picture is None or not doubtful(picture):
        return ""
    return "\n".join(f"{INDENT}{line}".rstrip() for line in as_lines(picture))


def output(entry: dict[str, Any]) -> str:
    """What stands beside a function's points on Gradescope, which names the function alone."""
    said = blocks(entry)
    if entry["status"] not in ("right", "missing"):
        said = [f"In `{entry['file']}`:", *said]
    return "\n\n".join(said)
