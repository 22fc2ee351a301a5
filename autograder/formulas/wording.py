"""What a reading says, in words: what the code computes, and where that departs from the notes."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.formulas.further import further
from autograder.formulas.reading import Part, Reading
from autograder.formulas.remarks import RIGHT, as_shown, remark_on
from autograder.formulas.search import Formula
from autograder.formulas.simplify import simplified
from autograder.formulas.step import Step
from autograder.formulas.terms import (
    CONSTANT,
    ONE,
    name_told,
    number,
    written_number,
)
from autograder.source.phrases import Phrases

#: So many symbols are explained at most.
MOST_MEANINGS = 4
#: What it is called that something is done to what is right.
_OF_RIGHT = {"root": "formula.root_of_right_title", "square": "formula.square_of_right_title"}
#: What is said of the formulas of any exercise.
_OF_ANY = {"formula.only_the_sign", "formula.cut_off"}


def what_it_computes(reading: Reading, say: Phrases) -> str:
    """One or two sentences on what the student's code computes, and what its symbols stand for.

    Parameters
    ----------
    reading : Reading
    say : Phrases
    """
    step = reading.step
    what = say(what_is_told(reading))
    shape = f"{say(step.shape)}. " if step.shape else ""
    if step.before and reading.is_first:
        shape = f"{say(step.before)} {shape}"
    if reading.times_right:
        told = say("formula.computes", what=what, formula=_beside_right(reading, say))
        return f"{shape}{told}"
    if own := _in_own_words(reading, say):
        return f"{shape}{own}"
    meanings = _meanings(reading, say)
    if step.shape and where_alone(reading, say):
        return _of_shape_there(reading, say, meanings)
    if not reading.parts[0].where:
        told = _alone(reading.parts[0], step, say)
        text = say("formula.computes", what=what, formula=f"{told}{meanings}")
    elif told := _elsewhere_right(reading, say, meanings):
        text = told
    else:
        where: dict[str, list[str]] = {}
        for part in reading.parts:
            formula = f"`{as_shown(part, step).told(say)}`" if part.formula else ""
            told = formula or say("formula.what_is_right")
            where.setdefault(told, []).append(say(part.where))
        parts = [f"{told} {say('lists.and').join(at)}" for told, at in where.items()]
        text = say("formula.has", what=what, formula=f"{say.listing(parts)}{meanings}")
    return f"{shape}{text}"


def _in_own_words(reading: Reading, say: Phrases) -> str:
    """A sentence that says all of what one symbol alone is; empty where there is none."""
    part = reading.parts[0]
    if len(reading.parts) > 1 or part.where or as_shown(part, reading.step).op != "symbol":
        return ""
    key = f"{remark_on(part, reading)}_computes"
    return say(key) if key in say else ""


def what_is_told(reading: Reading) -> str:
    """The key of what is computed: the step alone, where it is told beside what is right.

    Parameters
    ----------
    reading : Reading
    """
    step = reading.step
    beside_right = reading.times_right or any(
        RIGHT in as_shown(part, step).parts_within() for part in reading.parts if part.formula
    )
    return step.from_own if step.from_own and beside_right else step.what


def where_alone(reading: Reading, say: Phrases) -> str:
    """Where what a reading departs in is alone; empty where it is so everywhere.

    Parameters
    ----------
    reading : Reading
    say : Phrases
    """
    wrong = [part for part in reading.parts if part.formula]
    return say(wrong[0].where) if len(wrong) == 1 and wrong[0].where else ""


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _of_shape_there(reading: Reading, say: Phrases, meanings: str) -> str:
    """One formula of a shape that comes back in a part of the list alone."""
    step, part = reading.step, reading.parts[0]
    values = {
        "where": _capital(say(part.where)),
        "shape": _small(say(step.shape)),
        "formula": f"`{as_shown(part, step).told(say)}`{meanings}",
        "what": say(step.what),
    }
    key = "formula.shape_there_alone" if len(reading.parts) > 1 else "formula.shape_there"
    return say(key, **values)


def _elsewhere_right(reading: Reading, say: Phrases, meanings: str) -> str:
    """One formula of some entries, where all others are right; empty where it isn't so."""
    wrong = [part for part in reading.parts if part.formula]
    if len(wrong) != 1 or len(reading.parts) == 1:
        return ""
    where = say(wrong[0].where)
    formula = f"`{as_shown(wrong[0], reading.step).told(say)}`{meanings}"
    elsewhere = [say(part.where) for part in reading.parts if not part.formula]
    values = {
        "where": _capital(where),
        "what": say(what_is_told(reading)),
        "elsewhere": elsewhere[0] if len(elsewhere) == 1 else say("formula.everywhere_else"),
    }
    if reading.but_near_edges:
        return say("formula.computes_there_but_near", formula=formula, **values)
    return say("formula.computes_there", formula=formula, **values)


def where_it_departs(reading: Reading, say: Phrases) -> str:
    """A sentence on where that departs from the notes; it never says what is right.

    Parameters
    ----------
    reading : Reading
    say : Phrases
    """
    step = reading.step
    if reading.times_right:
        remark = remark_on(reading.parts[0], reading)
        return say(remark) if remark else _of_factor(reading.parts[0].formula, step, say)
    if _in_own_words(reading, say):
        return ""
    key, part = _departs_in(reading)
    if key in _OF_ANY:
        return say(key)
    if key:
        return " ".join((say(key), *_further(part, reading, say)))
    return "" if part.where else _by_symbols(part, step, say)


def title_of_departure(reading: Reading, say: Phrases) -> str:
    """A name for what a reading departs in, if that is one thing and has a name; else empty.

    Where nothing at all stands elsewhere, it is that of what stands there.

    Parameters
    ----------
    reading : Reading
    say : Phrases
    """
    step, part = reading.step, reading.parts[0]
    if reading.times_right:
        assert part.formula is not None
        key = remark_on(part, reading) or _on_factor(part.formula, step)
    else:
        key, part = _departs_in(reading)
        formulas = [one for one in reading.parts if one.formula and str(one.formula.whole) != "0"]
        others = {remark_on(one, reading) for one in formulas} - {key, ""}
        if key not in _OF_ANY and (others or _further(part, reading, say)):
            return ""
    if step.shape and (key in _OF_ANY or not step.shape_first):
        return ""  # The shape is one thing more.
    if not key and len(reading.parts) == 1 and as_shown(part, step).parts == (RIGHT,):
        title = _OF_RIGHT.get(as_shown(part, step).op)
        return say(title) if title else ""
    return say(f"{key}_title") if f"{key}_title" in say else ""


def lacks_something(reading: Reading) -> bool:
    """Whether what is said of where a reading departs is that something does not stand there."""
    key = key_of_departure(reading)
    return any(one.lacks and one.words == key for one in reading.step.remarks)


def key_of_departure(reading: Reading) -> str:
    """The key of what is said of where a reading departs; empty if that has none of its own."""
    return "" if reading.times_right else _departs_in(reading)[0]


def _further(part: Part, reading: Reading, say: Phrases) -> list[str]:
    """What else the same formula departs in."""
    return [*map(say.fill, further(part, reading, lambda name: _called(name, reading.step, say)))]


def _departs_in(reading: Reading) -> tuple[str, Part]:
    """The key of what is said of its first formula that departs in something, and where that is."""
    wrong = [part for part in reading.parts if part.formula]
    operations = [part.formula.term.operations() for part in wrong if part.formula]
    if all(part.is_turned for part in wrong):
        return "formula.only_the_sign", wrong[0]
    if wrong[0].formula and wrong[0].formula.term.op == "cut":
        return "formula.cut_off", wrong[0]
    for part in wrong:
        if remark := remark_on(part, reading):
            return remark, part
    if any("cut" in within for within in operations):
        return "formula.cut_off", wrong[0]
    return "", wrong[0]


def what_next(reading: Reading, say: Phrases) -> str:
    """What to do about what a reading departs in; empty where nothing of its own is known.

    Parameters
    ----------
    reading : Reading
    say : Phrases
    """
    wrong = [part for part in reading.parts if part.formula]
    if not reading.times_right and all(part.is_turned for part in wrong):
        return ""
    remark = next(filter(None, (remark_on(part, reading) for part in wrong)), "")
    if f"{remark}_next" in say:
        return say(f"{remark}_next")
    if any(part.formula and "cut" in part.formula.term.operations() for part in wrong):
        return say("formula.cut_off_next")
    if remark or not reading.times_right:
        return ""
    return say("formula.factor_next", what=say(reading.step.what))


def _alone(part: Part, step: Step, say: Phrases) -> str:
    shown = as_shown(part, step)
    if shown.parts == (RIGHT,) and f"formula.{shown.op}_of_right" in say:
        return say(f"formula.{shown.op}_of_right")
    if shown.op == "symbol" and (meaning := _meaning(shown.name, step, say)):
        return f"{meaning} (`{shown.told(say)}`)" if _is_formula(shown.name) else meaning
    return f"`{shown.told(say)}`"


def _meaning(name: str, step: Step, say: Phrases) -> str:
    """What a symbol stands for; empty where that needs no words."""
    keys = (f"{area}.{name}" for area in step.meanings)
    return next((say(key) for key in keys if key in say), "")


def _called(name: str, step: Step, say: Phrases) -> str:
    return _meaning(name, step, say) or name_told(name, say)


def _is_formula(name: str) -> bool:
    """Whether a symbol is written as a formula, and not in words."""
    return " " not in name or any(sign in name for sign in "@·[|‖²")


def _meanings(reading: Reading, say: Phrases) -> str:
    step = reading.step
    shown = [as_shown(part, step) for part in reading.parts if part.formula]
    names = dict.fromkeys(
        term.name for whole in shown for term in whole.parts_within() if term.op == "symbol"
    )
    known = _explained(names, step, say)
    if not reading.parts[0].where and shown[0].op == "symbol" and known:
        # It is told by what it stands for already.
        return ""
    told = known[:MOST_MEANINGS]
    numbers = [t.value for whole in shown for t in whole.parts_within() if t.op == "number"]
    if any(written_number(value) == CONSTANT for value in numbers):
        told.append(f"{CONSTANT}: {say('formula.some_constant')}")
    if any(op == "through J" for whole in shown for op in whole.operations()):
        told += _explained(["J"], step, say)
    if any("is positive" in whole.operations() for whole in shown):
        told.append(say("formula.is_positive"))
    return f" ({'; '.join(told)})" if told else ""


def _explained(names: Iterable[str], step: Step, say: Phrases) -> list[str]:
    """What each symbol stands for, but for those that need no words."""
    meanings = {name: _meaning(name, step, say) for name in names}
    return [f"{name_told(name, say)}: {text}" for name, text in meanings.items() if text]


def _beside_right(reading: Reading, say: Phrases) -> str:
    formula = reading.parts[0].formula
    assert formula is not None
    if formula.factor == ONE and formula.constant == -1:
        return say("formula.signs_turned")
    if formula.factor == ONE and abs(round(1 / formula.constant) * formula.constant - 1) < 1e-6:
        key = "formula.divided_and_turned" if formula.constant < 0 else "formula.divided"
        return say(key, by=abs(round(1 / formula.constant)))
    scale = simplified(number(formula.constant) * formula.factor)
    if scale.op == "symbol" and (meaning := _meaning(scale.name, reading.step, say)):
        return say("formula.times_a_factor", meaning=meaning)
    meanings = _explained(sorted(formula.factor.symbols()), reading.step, say)
    if written_number(formula.constant) == CONSTANT:
        meanings.append(f"{CONSTANT}: {say('formula.some_constant')}")
    told = f" ({'; '.join(meanings)})" if meanings else ""
    return say("formula.times", scale=scale.told(say), meanings=told)


def _of_factor(formula: Formula | None, step: Step, say: Phrases) -> str:
    assert formula is not None
    key = _on_factor(formula, step)
    if key == "formula.look_at":
        name = sorted(formula.factor.symbols())[0]
        return say("formula.look_at", name=_called(name, step, say))
    return say(key)


def _on_factor(formula: Formula, step: Step) -> str:
    """The key of what is said of a factor."""
    names = sorted(formula.factor.symbols())
    if not names:
        if formula.constant == -1:
            return "formula.look_for_the_sign"
        is_turned = formula.constant < 0
        return "formula.look_for_size_and_sign" if is_turned else "formula.look_for_the_size"
    if step.right and names[0] in step.right.symbols():
        return "formula.look_at"
    return "formula.no_factor_and_sign" if formula.constant < 0 else "formula.no_factor"


def _by_symbols(part: Part, step: Step, say: Phrases) -> str:
    """What it uses that has no place there, and what it leaves out."""
    assert part.formula is not None
    if step.right and step.right.op == "symbol":
        return ""  # The one symbol is the whole result.
    used = part.formula.whole.symbols()
    asked = step.right.symbols() - {"what is right"} if step.right else frozenset()
    if missing := sorted(asked - used):
        return say("formula.leaves_out", name=_called(missing[0], step, say))
    extra = sorted(used - asked)
    if extra and asked:
        return say("formula.brings_in", name=_called(extra[0], step, say))
    return ""
