"""What is said of a wrong answer that no misconception explains: formulas and observations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.assignment.config import Config
from autograder.assignment.rows import finite
from autograder.diagnosis.after_change import after_change
from autograder.diagnosis.crash import name_of, step_after, tells_why
from autograder.diagnosis.diagnose import Diagnosis, stops_by_shapes
from autograder.diagnosis.handed_on import line_handing_on
from autograder.diagnosis.lines import setting_back_unused, source_lines
from autograder.diagnosis.next_step import says_where
from autograder.diagnosis.one_change import FILLED
from autograder.diagnosis.shapes import is_of_shape, no_numbers_with, says_kind
from autograder.diagnosis.slips import BY_CALL, CAUSES, LEFT_OUT
from autograder.diagnosis.which_inputs import counts_inputs
from autograder.feedback.asides import also_changed, in_place
from autograder.feedback.failures import (
    after_none,
    line_of_none,
    met_none,
    mostly_none,
    none_besides,
    on_some,
    stops_at_none,
    stops_elsewhere,
    wrong_kind,
)
from autograder.feedback.own_lines import (
    change_line,
    code_at,
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
    title_of_departure,
    what_it_computes,
    what_next,
    where_it_departs,
)
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Raised, Returned, TimedOut
from autograder.source.phrases import Phrases, Said

#: What is told only where no cause is.
_BESIDE_NO_CAUSE = {
    "seen.right_on", "seen.unmoved_doubled", "seen.unmoved_raised",
    "seen.unmoved_both",
}  # fmt: skip
#: Words of a step's name that a title has room for.
MOST_NAMED = 14
#: Observations that tell how often, and not where, it is right.
_COUNTS = {"seen.right_on_none", "seen.right_on"}
#: Observations on a shape that also say what often makes it.
_WITH_CAUSES = {"seen.wrong_shape_number", "seen.wrong_shape_table"}


def formulas_read(d: Diagnosis, marking: Marking, config: Config) -> list[Parts]:
    """What the student's code computes, and where that departs from the notes.

    Two steps that go wrong for different reasons are two things to mend, unless a place in the code
    is known that can have made both.
    """
    say = config.say
    slip, own_step = slip_told(d, marking, say)
    one, *others = _by_reason(d.readings, say)
    first = _first_formula(d, one, slip, own_step, marking, config)
    left_out = others if slip else others[1:]
    also = [*(reading.step for group in left_out for reading in group[:1]), *one[0].also_wrong]
    nor = [say("text.nor_is_right", what=say(step.what)) for step in also]
    items = [first, *([_next_formula(d, others[0], say)] if others and not slip else [])]
    return [*items[:-1], replace(items[-1], did=" ".join([items[-1].did, *nor]))]


def _by_reason(readings: Sequence[Reading], say: Phrases) -> list[list[Reading]]:
    """The steps that are not right; together where one formula or one reason is told of them."""
    groups: list[list[Reading]] = []
    for reading in readings:
        departs = where_it_departs(reading, say)
        for group in groups:
            same = departs and departs == where_it_departs(group[0], say)
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
    changed = also_changed(d, marking, say)
    title = say(f"slip.{d.slip[0]}_title") if d.slip and slip else _title_of(readings, say)
    told = ["" if title else say("text.not_right_yet"), on_some(d, marking, say), slip]
    told += _formula_told(readings, say)
    place = "" if slip or d.change is None else say.fill(d.change.told)
    idle = _never_called(d, readings[0], marking)
    place = say("text.never_called", name=idle[0], line=idle[1]) if idle else place
    if place:  # It is known where to look for what makes them larger.
        told = [place if one == say("formula.look_for_the_size") else one for one in told]
    cause = None if idle else _line_of_cause(d, readings[0], marking, with_slip=bool(slip))
    cause_first = cause is not None and bool(title) and _stops_for_it(d, marking)
    if cause_first:
        told = [*told[2:], stops_elsewhere(d, marking, say)]
    filled = _is_filled(d)
    step = own_step or _find(readings[0], say, _after_change(d, marking, say), of_mended=not filled)
    if d.exceptions and not slip and _asks_for(d, marking):
        value = dict(d.exceptions.values)["value"]
        title = say("titles.but_for", value=value)
        step = own_step or say("step.but_for", value=value)
    if nothing := none_besides(d, marking, say):
        told.append(nothing)
        step = say("text.none_first_next", step=step)
    around = [title, *changed, in_place(d, say), say("labels.see_section", section="")]
    besides = [say.fill(d.exceptions)] if d.exceptions else []
    of_place = "" if place in told else place
    besides += [of_place, _not_finite(d, marking, say)]
    if filled:  # The line is marked all the same.
        besides.sort(key=lambda text: text == of_place)
    if not readings[0].step.shape:
        besides += _kind_besides(d, say)
    for text in filter(None, besides):
        if words([*told, text, step, *around]) <= LONGEST:
            told.append(text)
    shown = "" if _is_on_weights(d) else example_told(d.example, config.level, say)
    return Parts(
        title=title,
        did=" ".join(filter(None, told)),
        line=cause if cause_first else failing_line(d, marking) or cause,
        example=shown if words([*told, shown, step, *around]) <= LONGEST else "",
        notes=changed,
        carried=in_place(d, say),
        next=step,
        section=d.exercise.section,
    )


def _asks_for(d: Diagnosis, marking: Marking) -> bool:
    """Whether the code compares with the one value for which something else comes out."""
    value = dict(d.exceptions.values).get("value") if d.exceptions else None
    shown = short_function(d, marking)
    code = [text for _, text in shown.code] if shown else []
    return value is not None and any(re.search(rf"[=!]= *{value}\b(?!\.\d*[1-9])", t) for t in code)


def _never_called(d: Diagnosis, reading: Reading, marking: Marking) -> tuple[str, int] | None:
    """What would set sums back that are gone on with, if it is written and never called."""
    source = marking.session.submission.files.get(d.exercise.file)
    if key_of_departure(reading) != "departs.steps_taken_again" or source is None:
        return None
    return next(setting_back_unused(source_lines(source)), None)


def _line_of_cause(
    d: Diagnosis, reading: Reading, marking: Marking, *, with_slip: bool
) -> Line | None:
    """The line at fault, if it is known; or where an argument stands that doesn't belong."""
    found = _line_of(d, marking) if with_slip or d.change else None
    argument = d.exercise.hands_on.get(key_of_departure(reading))
    if found or not argument:
        return found
    return quote(d, marking, line_handing_on(marking.session, d.exercise, argument))


def _next_formula(d: Diagnosis, readings: Sequence[Reading], say: Phrases) -> Parts:
    """What another step computes that goes wrong by itself."""
    # Each step is looked at from the student's own numbers of the one before it.
    told = _formula_told(readings, say)
    goes_on = [say("text.goes_on_from_own")] if d.exercise.order else []
    return Parts(
        title=_title_of(readings, say),
        did=" ".join(filter(None, [*told, *goes_on])),
        next=_find(readings[0], say),
        section=d.exercise.section,
    )


def _formula_told(readings: Sequence[Reading], say: Phrases) -> list[str]:
    """What the first of some steps computes, where that departs, and that others do the same."""
    first, *others = readings
    told = [what_it_computes(first, say), where_it_departs(first, say)]
    return told + [say("text.same_formula", what=say(one.step.what)) for one in others]


def _title_of(readings: Sequence[Reading], say: Phrases) -> str:
    """What it departs in, if that is one thing with a name; else what is not right.

    Of that, only what a title has room for.
    """
    titles = {title_of_departure(reading, say) for reading in readings}
    if len(titles) == 1 and (title := titles.pop()):
        return title
    what = say.listed([say(reading.step.what) for reading in readings])
    return say("titles.formula", what=what) if words([what]) <= MOST_NAMED else ""


def _kind_besides(d: Diagnosis, say: Phrases) -> list[str]:
    """The shape that came back, as one of another call where the example's is right."""
    told = [*map(say.fill, filter(says_kind, d.observations))]
    if d.example is None or not d.example.has_right_shapes:
        return told
    return [say("text.in_another_call", what=one) for one in told]


def _not_finite(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """That some answers are no numbers, of which a formula says nothing."""
    rows = marking.rows(d.function)
    without = [row for row in rows if row.given and not (row.is_right or finite(row.given))]
    return say.fill(no_numbers_with(rows, without)) if without else ""


def _find(reading: Reading, say: Phrases, of_line: str = "", *, of_mended: bool = True) -> str:
    """What to do about a formula, or about the line at fault where one is known."""
    if reading.step.shape_first:
        return say("text.formula_of_another_shape_next")
    made, own = say(reading.step.what), what_next(reading, say)
    first, second = (of_line, own) if reading.times_right and of_mended else (own, of_line)
    return first or second or say("text.formula_next", made=made)


def _formulas(reading: Reading) -> list[str]:
    return [str(part.formula.whole) if part.formula else "" for part in reading.parts]


def _is_on_weights(d: Diagnosis) -> bool:
    """Whether it is about arrays of which an example shows nothing, as it shows numbers alone."""
    return bool(d.exercise.parts) and not any(r.step.in_example for r in d.readings)


def localised(d: Diagnosis, marking: Marking, config: Config) -> Parts:
    """What can be seen of a wrong answer, with the place at fault where that is known."""
    say = config.say
    if config.level == "locate":
        d = replace(d, change=None)
    after = ""
    if any(map(says_kind, d.observations)) and _stops_for_it(d, marking):
        # What is of another shape there is why it stops elsewhere.
        after, d = stops_elsewhere(d, marking, say), replace(d, failure=None)
    if d.change:
        telling = [one for one in d.observations if one.key not in _COUNTS]
        d = replace(d, observations=telling)
    kind = "" if stops_at_none(d) else wrong_kind(d, marking, say)
    some = "" if (kind and met_none(d)) or fails_by_call(d) else on_some(d, marking, say)
    place = step = ""
    if config.level != "locate" and (not kind or _has_cause(d)):
        place, step = _place_told(d, marking, config)
    if place and some and _is_filled(d):  # That it stops comes of what is told.
        some = stops_elsewhere(d, marking, say) or some
    parts = Parts(
        notes=(*also_changed(d, marking, say), *_wrong_besides(d, config)),
        carried=in_place(d, say),
        next=step,
        section=d.exercise.section,
    )
    if kind:
        parts = replace(parts, next=step or _step_of_kind(d, marking, config))
        if not place and mostly_none(d, marking):
            return _nothing_back(parts, d, some, kind, marking, say)
        told_so = _around(parts, d, some, [kind], place, marking, say)
        return replace(told_so, line=told_so.line or quote(d, marking, line_of_none(d, marking)))
    beside = [none_besides(d, marking, say), after]
    around = [some, place, parts.carried, *beside, *parts.notes, step]
    around.append(say("labels.see_section", section=""))
    seen, example = _seen(d, config, LONGEST - words(around))
    if _is_filled(d) and all(map(counts_inputs, seen)):
        # What can be seen tells more; the line is marked all the same.
        without = [one for one in around if one != place]
        seen, example = _seen(d, config, LONGEST - words(without))
        place = place if words([*without, place, say.fill(*seen)]) <= LONGEST else ""
    if (
        some
        and step
        and not _is_filled(d)
        and _tells_of_stop(d, place)
        and not any(map(says_kind, seen))
    ):
        step = stop_step(d, marking, say) or step
    shape_fits = any(row.has_right_shapes and not row.is_right for row in marking.rows(d.function))
    told = [*_seen_told(d, seen, example, say, shape_fits=shape_fits), *beside]
    return _around(replace(parts, example=example, next=step), d, some, told, place, marking, say)


def _wrong_besides(d: Diagnosis, config: Config) -> Iterator[str]:
    """A wrong answer that the place which is told has nothing to do with, if there is one."""
    if d.slip and (shown := example_told(d.besides, config.level, config.say)):
        yield config.say("text.wrong_besides", example=shown)


def _step_of_kind(d: Diagnosis, marking: Marking, config: Config) -> str:
    """What to do next where no numbers come back; empty where only the place is asked for."""
    if config.level == "locate":
        return ""
    if mostly_none(d, marking):
        return after_none(d, marking, config.say)
    return stop_step(d, marking, config.say) or config.next_steps[d.function]


def _nothing_back(
    parts: Parts, d: Diagnosis, some: str, kind: str, marking: Marking, say: Phrases
) -> Parts:
    """That nothing comes back, which goes before where else it stops."""
    return replace(
        parts,
        title=say("titles.nothing_back"),
        did=" ".join(filter(None, (kind, some))),
        line=quote(d, marking, line_of_none(d, marking)),
    )


def _tells_of_stop(d: Diagnosis, place: str) -> bool:
    """Whether no place is told but for the line at which it stops."""
    at = d.failure.line if isinstance(d.failure, Raised) else None
    return not place or (d.change is not None and d.change.line == at)


def _around(
    parts: Parts,
    d: Diagnosis,
    some: str,
    told: Sequence[str],
    place: str,
    marking: Marking,
    say: Phrases,
) -> Parts:
    """What was observed, with the cause before it or the place behind it, and a title."""
    if place and d.slip and not fails_by_call(d):
        # A cause goes before what comes of it.
        stops = some and (stops_elsewhere(d, marking, say) or some)
        did = [place, stops, *_without_start(told, say)]
        title, line = say(f"slip.{d.slip[0]}_title"), slip_line(d, marking)
    elif place and some and _is_filled(d):
        did = [place, some, *_without_start(told, say)]
        title, line = _title_of_change(d, say), change_line(d, marking)
    else:
        by_call = _stops_in(d, marking, say) if fails_by_call(d) else ""
        title = _title(d, some, by_call, marking, say)
        did = [some, *(_rest(told, say) if title else told), place, by_call]
        known = bool(place or d.change)
        at_stop = some and not (place and d.mended_elsewhere)
        line = failing_line(d, marking) if at_stop else _line_of(d, marking) if known else None
    return replace(parts, title=title, did=" ".join(filter(None, did)), line=line)


def _has_cause(d: Diagnosis) -> bool:
    """Whether a place in the code is known that tells why something of another kind comes back."""
    given = d.example.outcome if d.example else None
    is_something = isinstance(given, Returned) and given.value is not None
    by_slip = d.slip is not None and d.slip[0] in CAUSES
    return is_something and (by_slip or _is_filled(d))


def _stops_for_it(d: Diagnosis, marking: Marking) -> bool:
    """Whether it stops where shapes do not fit, and nothing is known of why."""
    files, known = marking.session.submission.files, marking.assignment.known
    return (
        isinstance(d.failure, Raised)
        and stops_by_shapes(d)
        and not tells_why(d.failure, files, known)
    )


def _title(d: Diagnosis, some: str, by_call: str, marking: Marking, say: Phrases) -> str:
    if d.slip and by_call:
        return say(f"slip.{d.slip[0]}_title")
    if some and isinstance(d.failure, Raised):
        by_change = _name_of_change(d, say) if d.mended_elsewhere else ""
        return by_change or stop_title(d, marking, say)
    if seen := _title_of_seen(d, say):
        return seen
    return "" if some else _title_of_change(d, say)


def _title_of_change(d: Diagnosis, say: Phrases) -> str:
    """What stands above a change that mends all, if there is one."""
    if d.change is None:
        return ""
    return _name_of_change(d, say) or say("titles.change", line=d.change.line)


def _name_of_change(d: Diagnosis, say: Phrases) -> str:
    """A name for what the change is about that mends all, if it has one."""
    if d.change is None:
        return ""
    if quantity := dict(d.change.told.values).get("quantity"):
        return say("titles.filled", quantity=quantity)
    kind = d.change.kind
    return say(f"change_titles.{kind}") if f"change_titles.{kind}" in say else ""


def _is_filled(d: Diagnosis) -> bool:
    """Whether it is known where a right value mends all."""
    return d.change is not None and d.change.kind == FILLED


def _title_of_seen(d: Diagnosis, say: Phrases) -> str:
    """A name for what can be seen first of what comes back, if it has one."""
    first = next((one.key for one in d.observations if not counts_inputs(one)), "")
    area, _, seen = first.partition(".")
    if area == "seen" and f"seen_titles.{seen}" in say:
        return say(f"seen_titles.{seen}")
    return say(f"{first}_title") if f"{first}_title" in say else ""


def _without_start(told: Sequence[str], say: Phrases) -> Iterator[str]:
    """The same sentences, where it stands above them already that something is not right."""
    rest = _rest(told, say)
    if rest and say("text.what_can_be_seen") in told:
        yield say("text.seen")
    yield from rest


def _rest(told: Sequence[str], say: Phrases) -> list[str]:
    """The sentences but for those that a title makes needless."""
    starts = (say("text.what_can_be_seen"), say("text.not_right_yet"))
    return [text for text in told if text and text not in starts]


def _stops_in(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """That another function stops by what this one hands it."""
    failure = d.failure
    if not isinstance(failure, Raised) or failure.function not in marking.assignment.known:
        return ""
    return say("text.stops_in", function=failure.function, error=failure.type)


def _place_told(d: Diagnosis, marking: Marking, config: Config) -> tuple[str, str]:
    """What is said of the place that is at fault, if it is known, and what to do next."""
    say = config.say
    if d.change:
        told = say.fill(d.change.told)
        of_what = _is_filled(d) and not (d.failure or says_where(d.next_step))
        if d.next_step and (of_what or not d.next_step.key.startswith("step.")):
            return told, say.fill(d.next_step)  # There is one for what was seen.
        return told, _after_change(d, marking, say)
    slip, then = slip_told(d, marking, say)
    return slip, then or (say.fill(d.next_step) if d.next_step else config.next_steps[d.function])


def _after_change(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """What to do about the line in which one change mends all, if one does."""
    if d.change is None:
        return ""
    return say.fill(after_change(d.change, code_at(d, d.change.line, marking) or ""))


def _line_of(d: Diagnosis, marking: Marking) -> Line | None:
    return slip_line(d, marking) or change_line(d, marking)


def stop_step(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """What to do about the exception that it stops with; empty if it stops at no line."""
    session, failure = marking.session, d.failure
    if not isinstance(failure, Raised) or failure == session.broken_file(d.exercise.file):
        return ""
    known = marking.assignment.known
    step = step_after(failure, session.submission.files, known, d.observations)
    return say.fill(step) if step else ""


def stop_title(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """A name for how it stops, by the reason of its exception if that is told."""
    session, failure = marking.session, d.failure
    if failure is not None and failure == session.broken_file(d.exercise.file):
        return say("titles.broken_file")
    if isinstance(failure, TimedOut):
        return say("titles.not_finished")
    if not isinstance(failure, Raised):
        return ""
    return say.fill(name_of(failure, session.submission.files, marking.assignment.known))


def fails_by_call(d: Diagnosis) -> bool:
    """Whether it stops in another function, because of what is handed over to that."""
    by_call = d.slip is not None and d.slip[0] in BY_CALL
    return by_call and isinstance(d.failure, Raised) and d.failure.function != d.function


def _seen(d: Diagnosis, config: Config, room: int) -> tuple[list[Said], str]:
    """What was observed, as far as there is room: a long text is not read at all."""
    say = config.say
    start = say("text.what_can_be_seen")
    seen: list[Said] = []
    says_all = d.failure_says_all or fails_by_call(d)
    observations = d.observations[:4]
    if d.slip:
        # Beside a cause it tells nothing which inputs happen to be right, or what moves nothing.
        observations = [one for one in observations if one.key not in _BESIDE_NO_CAUSE]
    if d.slip and d.slip[0] == LEFT_OUT:
        # The examples tell more than how many are right.
        observations = [one for one in observations if not counts_inputs(one)][:1]
    if d.slip or d.change:
        observations = [_without_cause(one) for one in observations]
    for one in () if says_all else observations:
        if words([start, say.fill(*seen, one)]) <= room or not (seen or d.failure):
            seen.append(one)
    example = "" if fails_by_call(d) else example_told(d.example, config.level, say)
    if words([start, say.fill(*seen), example]) > room and (seen or d.failure):
        example = ""
    return seen, example


def _without_cause(observation: Said) -> Said:
    """The same without what else may make it, where the cause is told."""
    is_one = observation.key in _WITH_CAUSES
    return replace(observation, key="seen.wrong_shape") if is_one else observation


def _seen_told(
    d: Diagnosis, seen: Sequence[Said], example: str, say: Phrases, *, shape_fits: bool
) -> list[str]:
    """What was observed, and what stands before it."""
    if isinstance(d.failure, Raised):
        # What is said of values holds where any come back, which may be seldom.
        of_values = [one for one in seen if not counts_inputs(one)]
        of_one = [one for one in of_values if shape_fits and says_kind(one)]
        others = [one for one in of_values if one not in of_one]
        told = [say.fill(*filter(counts_inputs, seen))]
        told += [say("text.where_it_returns"), say.fill(*others)] if others else []
        return [*told, *([say("text.where_one_returns"), say.fill(*of_one)] if of_one else [])]
    if d.observations and (seen or example):
        of_shape = [one for one in seen if counts_inputs(one) or is_of_shape(one)]
        others = [one for one in seen if one not in of_shape]
        if not (others and shape_fits and any(map(says_kind, of_shape))):
            return [say("text.what_can_be_seen"), say.fill(*seen)]
        # What is said of numbers is of other inputs, where they can be compared.
        of_numbers = [say("text.where_shape_fits"), say.fill(*others)]
        return [say("text.what_can_be_seen"), say.fill(*of_shape), *of_numbers]
    return ["" if d.failure else say("text.not_right_yet"), say.fill(*seen)]
