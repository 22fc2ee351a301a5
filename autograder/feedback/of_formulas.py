"""What is said of formulas that were read out of wrong answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.assignment.config import Config
from autograder.assignment.rows import finite, public
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.handed_on import line_handing_on
from autograder.diagnosis.lines import setting_back_unused, shown_line, source_lines
from autograder.diagnosis.next_step import LENGTHS
from autograder.diagnosis.one_change import ANOTHER_NAME
from autograder.diagnosis.shapes import no_numbers_with, says_kind
from autograder.diagnosis.slip_kinds import KINDS
from autograder.feedback.asides import also_changed, in_place
from autograder.feedback.failures import (
    none_besides,
    on_some,
    stops_elsewhere,
)
from autograder.feedback.named_numbers import factor_written, named_number, place_told
from autograder.feedback.of_places import (
    is_filled,
    line_of,
    name_of_change,
    step_after_change,
    stops_for_it,
    title_of_change,
)
from autograder.feedback.own_lines import (
    failing_line,
    quote,
    short_function,
    slip_line,
    slip_told,
)
from autograder.feedback.own_numbers import example_told
from autograder.feedback.parts import LONGEST, Line, Parts, words
from autograder.formulas import (
    Reading,
    key_of_departure,
    lacks_something,
    title_of_departure,
    what_is_told,
    what_it_computes,
    what_next,
    where_alone,
    where_it_departs,
)
from autograder.marking.marks import Marking
from autograder.source.phrases import Phrases

#: Words of a step's name that a title has room for.
MOST_NAMED = 14


def formulas_read(d: Diagnosis, marking: Marking, config: Config) -> list[Parts]:
    """What the student's code computes, and where that departs from the notes.

    Two steps that go wrong for different reasons are two things to mend, unless a place in the code
    is known that can have made both.
    """
    say = config.say
    slip, own_step = slip_told(d, marking, say)
    if d.slip and KINDS[d.slip.kind].aside(marking.rows(d.function)):
        title, line = say(f"slip.{d.slip.kind}_title"), slip_line(d, marking)
        aside = Parts(title, slip, line=line, next=own_step, section=d.exercise.section)
        return [*formulas_read(_without(d), marking, config), aside]
    if counted := _counted_otherwise(d, say):
        seen = [one for one in d.observations if one.key not in d.exercise.leads_to]
        seen = [one for one in seen if one.key not in LENGTHS]
        return [counted, *formulas_read(replace(d, observations=seen), marking, config)[:1]]
    one, *others = _by_reason(d.readings, say)
    if others and not slip and is_filled(d):
        d = replace(d, change=None)  # A right value there hides the other one, too.
    if d.change and d.change.kind == ANOTHER_NAME:
        shown = _line_of_departure(d, one[0], marking)
        # Another value mends what comes of the line that shows what it departs in.
        d = replace(d, change=None) if shown and shown.number != d.change.line else d
    first = _first_formula(d, one, slip, own_step, marking, config)
    left_out = others if slip else others[1:]
    also = [*(reading.step for group in left_out for reading in group[:1]), *one[0].also_wrong]
    keys = ["text.nor_follows" if step.from_own else "text.nor_is_right" for step in also]
    told = [say(key, what=say(step.what)) for key, step in zip(keys, also, strict=True)]
    # The same is looked at as one step with one example, and as another with several.
    nor = dict.fromkeys(told)
    items = [first, *([_next_formula(d, others[0], marking, say)] if others and not slip else [])]
    return [*items[:-1], replace(items[-1], did=" ".join([items[-1].did, *nor]))]


def _counted_otherwise(d: Diagnosis, say: Phrases) -> Parts | None:
    """That a list is of another length, where it is known what it has its entries of.

    A formula of one entry says nothing of that.
    """
    known = [one for one in d.observations if one.key in d.exercise.leads_to]
    lengths = [one for one in d.observations if one.key in LENGTHS]
    if d.failure or not (known and lengths) or f"{known[0].key}_title" not in say:
        return None
    return Parts(
        title=say(f"{known[0].key}_title"),
        did=say.fill(known[0], lengths[0]),
        next=say(d.exercise.leads_to[known[0].key]),
        section=d.exercise.section,
    )


def _without(d: Diagnosis) -> Diagnosis:
    """What is told beside a place in the code, which may make other numbers wrong elsewhere."""
    # Nothing is right in rounds that change nothing.
    is_seldom = d.slip is not None and KINDS[d.slip.kind].at_source
    readings = [
        replace(one, step=replace(one.step, before="")) if one.step.of_last or is_seldom else one
        for one in d.readings
    ]
    return replace(d, slip=None, readings=tuple(readings))


def _by_reason(readings: Sequence[Reading], say: Phrases) -> list[list[Reading]]:
    """The steps that are not right; together where one formula or one reason is told of them."""
    groups: list[list[Reading]] = []
    for reading in readings:
        departs = where_it_departs(reading, say)
        for group in groups:
            same = departs and departs == where_it_departs(group[0], say)
            same = same and _factor(reading) == _factor(group[0])
            if same or _formulas(reading) == _formulas(group[0]):
                # The same step may have been looked at where its shape is another.
                told = [one.step.what for one in group]
                group += [reading] if reading.step.what not in told else []
                break
        else:
            groups.append([reading])
    return groups


def _first_formula(
    d: Diagnosis,
    readings: Sequence[Reading],
    slip: str,
    own_step: str,
    marking: Marking,
    config: Config,
) -> Parts:
    """What the first wrong step computes, with all else that is known of the function."""
    say = config.say
    idle = _never_called(d, readings[0], marking)
    place = "" if slip or d.change is None else place_told(d.change, readings[0], say)
    place = say("text.never_called", name=idle[0], line=idle[1]) if idle else place
    cause = None if idle else _line_of_cause(d, readings[0], marking, with_slip=bool(slip))
    at = cause.number if cause else None
    title, step = _title_and_step(d, readings, slip, own_step, marking, say, at)
    by_change = "" if slip or idle or not place else _title_by_change(d, readings, say)
    title = by_change or title
    named = "" if slip else named_number(readings[0], d, marking, say)
    formulas = [*_formula_told(readings, say), named]
    told = [on_some(d, marking, say), slip, *formulas, _of_one_alone(d, say)]
    if place:  # It is known where to look for what makes them larger.
        told = [place if one == say("formula.look_for_the_size") else one for one in told]
    cause_first = cause is not None and bool(title) and stops_for_it(d, marking)
    if cause_first:
        told = [*told[1:], stops_elsewhere(d, marking, say)]
    told = [*([] if title else [say("text.not_right_yet")]), *told, none_besides(d, marking, say)]
    if by_change:  # A cause goes before what comes of it.
        told = [place, *(one for one in told if one != place)]
    changed = also_changed(d, marking, say)
    around = [title, step, *changed, in_place(d, say), say("labels.see_section", section="")]
    if by_change and words([*told, *around]) > LONGEST:
        # What is too much there is told by the line.
        told = [one for one in told if one != where_it_departs(readings[0], say)]
    left = "" if place in told else place
    mended = bool(place) and not idle and d.change is not None and d.change.mends_all
    for text in _besides(d, readings[0], left, marking, say, mended=mended):
        if words([*told, text, *around]) <= LONGEST:
            told.append(text)
    shown = "" if _is_on_weights(d) else example_told(d.example, config.level, say)
    return Parts(
        title=title,
        did=" ".join(filter(None, told)),
        line=cause if cause_first else failing_line(d, marking) or cause,
        example=shown if words([*told, shown, *around]) <= LONGEST else "",
        notes=changed,
        carried=in_place(d, say),
        next=step,
        section=d.exercise.section,
    )


def _title_and_step(
    d: Diagnosis,
    readings: Sequence[Reading],
    slip: str,
    own_step: str,
    marking: Marking,
    say: Phrases,
    shown: int | None,
) -> tuple[str, str]:
    """What stands above the first wrong step, and what to do next about it and its line."""
    title = say(f"slip.{d.slip.kind}_title") if d.slip and slip else _title_of(readings, say)
    known = d.change is not None and factor_written(d.change, readings[0])
    of_line = "" if known else step_after_change(d, marking, say)
    if of_line and d.change and d.change.leaves_out and _title_by_change(d, readings, say):
        step = own_step or of_line
    else:
        step = own_step or _find(readings[0], say, of_line, of_mended=not is_filled(d), shown=shown)
    if d.exceptions and not slip and _asks_for(d, marking):
        value = dict(d.exceptions.values)["value"]
        title = say("titles.but_for", value=value)
        step = own_step or say("step.but_for", value=value)
    if none_besides(d, marking, say):
        step = say("text.none_first_next", step=step)
    return title, step


def _title_by_change(d: Diagnosis, readings: Sequence[Reading], say: Phrases) -> str:
    """A name for the change that mends all, where what is computed has none; empty without."""
    if d.change is None or is_filled(d) or d.exceptions or _departure_of(readings, say):
        return ""
    return title_of_change(d, say) if d.change.leaves_out else name_of_change(d, say)


def _besides(
    d: Diagnosis, reading: Reading, place: str, marking: Marking, say: Phrases, *, mended: bool
) -> Iterator[str]:
    """What is told beside a formula as far as there is room, the most telling first."""
    besides = [say.fill(d.exceptions)] if d.exceptions and not _of_one_alone(d, say) else []
    besides += [place, _not_finite(d, marking, say, mended=mended)]
    if is_filled(d):  # The line is marked all the same.
        besides.sort(key=lambda text: text == place)
    if not reading.step.shape:
        besides += _kind_besides(d, say)
    return filter(None, besides)


def _of_one_alone(d: Diagnosis, say: Phrases) -> str:
    """That a formula isn't all that is done where there are several: not true without."""
    is_so = d.exceptions and d.exceptions.key == "text.formula_of_one_alone"
    return say("text.formula_of_one_alone") if is_so else ""


def _asks_for(d: Diagnosis, marking: Marking) -> bool:
    """Whether the code compares with the one value for which something else comes out."""
    value = dict(d.exceptions.values).get("value") if d.exceptions else None
    shown = short_function(d, marking)
    code = [text for _, text in shown.code] if shown else []
    return value is not None and any(re.search(rf"[=!]= *{value}\b(?!\.\d*[1-9])", t) for t in code)


def _never_called(d: Diagnosis, reading: Reading, marking: Marking) -> tuple[str, int] | None:
    """What would set sums back that are gone on with, if it is written and never called."""
    source = marking.session.submission.files.get(d.exercise.file)
    if not key_of_departure(reading).startswith("departs.steps_taken_again") or source is None:
        return None
    known = marking.assignment.known
    unused = setting_back_unused(source_lines(source))
    return next((one for one in unused if one[0] not in known), None)


def _line_of_cause(
    d: Diagnosis, reading: Reading, marking: Marking, *, with_slip: bool
) -> Line | None:
    """The line at fault, if it is known; or where an argument stands that doesn't belong."""
    found = line_of(d, marking) if with_slip or d.change else None
    return found or _line_of_departure(d, reading, marking)


def _line_of_departure(d: Diagnosis, reading: Reading, marking: Marking) -> Line | None:
    """The one line that shows what a formula departs in, where it is known how that looks."""
    key, session = key_of_departure(reading), marking.session
    if argument := d.exercise.hands_on.get(key):
        return quote(d, marking, line_handing_on(session, d.exercise, argument))
    return quote(d, marking, shown_line(session, d.exercise, key, marking.assignment.known))


def _next_formula(
    d: Diagnosis, readings: Sequence[Reading], marking: Marking, say: Phrases
) -> Parts:
    """What another step computes that goes wrong by itself."""
    # Each step is looked at from the student's own numbers of the one before it.
    told = _formula_told(readings, say)
    line = _line_of_departure(d, readings[0], marking)
    goes_on = [say("text.goes_on_from_own")] if d.exercise.order else []
    return Parts(
        title=_title_of(readings, say),
        did=" ".join(filter(None, [*told, *goes_on])),
        line=line,
        next=_find(readings[0], say, shown=line.number if line else None),
        section=d.exercise.section,
    )


def _formula_told(readings: Sequence[Reading], say: Phrases) -> list[str]:
    """What the first of some steps computes, where that departs, and that others do the same."""
    first, *others = readings
    told = [what_it_computes(first, say), where_it_departs(first, say)]
    return told + [say("text.same_formula", what=say(what_is_told(one))) for one in others]


def _title_of(readings: Sequence[Reading], say: Phrases) -> str:
    """What it departs in, if that is one thing with a name; else what is not right.

    Of that, only what a title has room for.
    """
    title = _departure_of(readings, say)
    where = where_alone(readings[0], say) if len(readings) == 1 else ""
    if title:
        is_partly = where and lacks_something(readings[0])
        return say("titles.there", title=title, where=where) if is_partly else title
    what = say.listed([say(reading.step.what) for reading in readings])
    if where and readings[0].step.shape:
        return say("titles.not_right_there", where=where)
    if where and words([what, where]) <= MOST_NAMED:
        return say("titles.formula_there", what=what, where=where)
    return say("titles.formula", what=what) if words([what]) <= MOST_NAMED else ""


def _departure_of(readings: Sequence[Reading], say: Phrases) -> str:
    """A name for what some steps depart in, if that is one thing and has one; else empty."""
    titles = {title_of_departure(reading, say) for reading in readings}
    return titles.pop() if len(titles) == 1 else ""


def _kind_besides(d: Diagnosis, say: Phrases) -> list[str]:
    """The shape that came back, as one of another call where the example's is right."""
    told = [*map(say.fill, filter(says_kind, d.observations))]
    if d.example is None or not d.example.has_right_shapes:
        return told
    return [say("text.in_another_call", what=one) for one in told]


def _not_finite(d: Diagnosis, marking: Marking, say: Phrases, *, mended: bool) -> str:
    """That some answers are no numbers, of which a formula says nothing.

    Beside a change that mends those that were tried, too, it would sound like a second mistake.
    """
    rows = marking.rows(d.function)
    without = [row for row in rows if row.given and not (row.is_right or finite(row.given))]
    if mended and public(without):
        return ""
    return say.fill(no_numbers_with(rows, without)) if without else ""


def _find(
    reading: Reading,
    say: Phrases,
    of_line: str = "",
    *,
    of_mended: bool = True,
    shown: int | None = None,
) -> str:
    """What to do about a formula, or about the line at fault where one is known."""
    if reading.step.shape_first:
        return say("text.formula_of_another_shape_next")
    made, own = say(reading.step.what), what_next(reading, say)
    first, second = (of_line, own) if reading.times_right and of_mended else (own, of_line)
    if first or second:
        return first or second
    if shown:
        return say("text.formula_in_line_next", line=shown)
    return say("text.formula_next", made=made)


def _factor(reading: Reading) -> tuple[float, str] | None:
    """What all is multiplied by, where no more is wrong than that: two factors are two reasons."""
    formula = reading.parts[0].formula if reading.times_right else None
    return (round(formula.constant, 6), str(formula.factor)) if formula else None


def _formulas(reading: Reading) -> list[str]:
    return [str(part.formula.whole) if part.formula else "" for part in reading.parts]


def _is_on_weights(d: Diagnosis) -> bool:
    """Whether it is about arrays of which an example shows nothing, as it shows numbers alone."""
    return bool(d.exercise.parts) and not any(r.step.in_example for r in d.readings)
