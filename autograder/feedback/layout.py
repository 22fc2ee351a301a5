"""What is said of one function as blocks of text, for terminals and for Markdown.

A block is a paragraph, or lines of code or numbers; each of those begins with four blanks.
"""

from __future__ import annotations

from autograder.feedback.figures import doubtful
from autograder.feedback.record import FunctionRecord, LineRecord, PartRecord, Record
from autograder.feedback.tables import as_lines
from autograder.source.phrases import Phrases

INDENT = "    "
#: What a title begins with.
HEADING = "» "
DONE = ("right", "right in itself")
#: Marks the line at fault.
_ARROW = ">"
#: Stands before what a line makes.
_MAKES = "→"


def points(value: float) -> str:
    """Points as they are shown everywhere: those of a case among seven have no end."""
    return f"{round(value, 2):g}"


def labels(say: Phrases) -> dict[str, str]:
    """What stands above the parts, everywhere."""
    return {"did": say("labels.did"), "why": say("labels.why"), "try": say("labels.try")}


def title(entry: FunctionRecord, item: PartRecord, say: Phrases) -> str:
    """What stands above one mistake."""
    named = item["title"] or say(f"titles.{entry['status']}")
    return named.rstrip(".")


def heading(entry: FunctionRecord, item: PartRecord, say: Phrases) -> str:
    """The title, with its number where there is more than one mistake."""
    at = f"({entry['parts'].index(item) + 1}) " if len(entry["parts"]) > 1 else ""
    return f"{at}{title(entry, item, say)}"


def did(item: PartRecord, say: Phrases) -> str:
    """What the code does, without what the title above it says already."""
    told = item["did"]
    if not item["title"]:
        for start in (say("text.what_can_be_seen"), say("text.not_right_yet")):
            told = told.removeprefix(start).lstrip()
    return told


def is_plain(entry: FunctionRecord) -> bool:
    """Whether an entry says too little to be set under headings."""
    return entry["status"] not in ("wrong", "crashed")


def blocks(entry: FunctionRecord, say: Phrases, *, with_notes: bool = True) -> list[str]:
    """Lay out what is said of one function.

    Parameters
    ----------
    entry : FunctionRecord
    say : Phrases
    with_notes : bool
        Whether what is said of its file comes first.
    """
    found = list(entry["file_notes"]) if with_notes else []
    for item in entry["parts"]:
        found += _plain(item, say) if is_plain(entry) else _mistake(entry, item, say)
    found.append(entry["checks"])
    return [block for block in found if block]


def step(item: PartRecord, say: Phrases) -> str:
    """What to try, and where to read."""
    see = say("labels.see_section", section=item["section"]) if item["section"] else ""
    return " ".join(filter(None, (item["next"], see)))


def _plain(item: PartRecord, say: Phrases) -> list[str]:
    did = " ".join(filter(None, (item["did"], item["carried"])))
    return [did, *item["notes"], step(item, say)]


def _mistake(entry: FunctionRecord, item: PartRecord, say: Phrases) -> list[str]:
    table = numbers(entry, say) if item is entry["parts"][0] else ""
    shown = table or item["example"]
    above, what_next, does = labels(say), step(item, say), did(item, say)
    return [
        f"{HEADING}{heading(entry, item, say)}",
        f"{above['did']}: {does}" if does else "",
        code(item["line"]),
        say("labels.made") if item["line"] and item["line"]["made"] else "",
        shown,
        item["of_numbers"] if shown else "",
        *_call(item, say),
        f"{above['why']}: {item['why']}" if item["why"] else "",
        *item["notes"],
        item["carried"],
        f"{above['try']}: {what_next}" if item["next"] else what_next,
    ]


def _call(item: PartRecord, say: Phrases) -> list[str]:
    """The call that gives the numbers above, to be pasted."""
    if not item["call"]:
        return []
    return [f"{say('labels.call')}:", "\n".join(f"{INDENT}{line}" for line in item["call"])]


def code(line: LineRecord | None) -> str:
    """The student's own lines with their numbers, the one at fault marked."""
    if line is None:
        return ""
    width = len(str(line["code"][-1][0]))
    made = dict(line["made"])
    lines = []
    for number, text in line["code"]:
        mark = _ARROW if number == line["number"] else " "
        lines.append(f"{INDENT}{mark} {number:{width}} | {text}".rstrip())
        if number in made:
            lines.append(f"{INDENT}  {'':{width}} |{_margin(text)}   {_MAKES} {made[number]}")
    return "\n".join(lines)


def _margin(code: str) -> str:
    return " " * (len(code) - len(code.lstrip()))


def numbers(entry: FunctionRecord, say: Phrases) -> str:
    """The student's own numbers as tables, where a sentence would hold too many."""
    picture = entry["evidence"].get("picture")
    if picture is None or not doubtful(picture):
        return ""
    return "\n".join(f"{INDENT}{line}".rstrip() for line in as_lines(picture, say))


def output(entry: FunctionRecord, say: Phrases) -> str:
    """What stands beside a function's points on Gradescope, which names the function alone."""
    said = blocks(entry, say)
    if entry["status"] not in ("right", "missing"):
        said = [say("labels.in_file", file=entry["file"]), *said]
    return "\n\n".join(said)


def outputs(record: Record, say: Phrases) -> dict[str, str]:
    """What stands beside the points on Gradescope, by function."""
    return {entry["function"]: output(entry, say) for entry in record["functions"]}
