"""What is said of a wrong answer of which neither a misconception nor a formula is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.assignment.config import Config
from autograder.diagnosis.after_change import TELLS_WHY, asks_for_sides
from autograder.diagnosis.crash import name_of, step_after
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.next_step import says_where
from autograder.diagnosis.overflowing import OVERFLOWS
from autograder.diagnosis.shapes import is_of_shape, says_kind
from autograder.diagnosis.slip_kinds import KINDS
from autograder.diagnosis.which_inputs import counts_inputs
from autograder.feedback.asides import also_changed, in_place
from autograder.feedback.failures import (
    after_none,
    fails_mostly,
    line_of_none,
    met_none,
    mostly_none,
    none_besides,
    on_some,
    stops_at_none,
    stops_elsewhere,
    wrong_kind,
)
from autograder.feedback.of_places import (
    is_filled,
    line_of,
    name_of_change,
    step_after_change,
    stops_for_it,
    title_of_change,
)
from autograder.feedback.own_lines import (
    change_line,
    failing_line,
    quote,
    slip_line,
    slip_told,
    unused_besides,
)
from autograder.feedback.own_numbers import example_told
from autograder.feedback.parts import LONGEST, Parts, words
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change, Raised, Returned, TimedOut
from autograder.source.changes.index_twice import INDEX_TWICE
from autograder.source.changes.never_read import NEVER_READ
from autograder.source.changes.unread import UNREAD
from autograder.source.changes.which_round import WHICH_ROUND
from autograder.source.phrases import Phrases, Said

#: What is told only where no cause is.
_BESIDE_NO_CAUSE = {
    "seen.right_on", "seen.unmoved_doubled", "seen.unmoved_raised",
    "seen.unmoved_both", "seen.unmoved_signs", "seen.same_answer",
}  # fmt: skip
#: What sounds like a mistake of its own.
_SOME_NOT_FINITE = "seen.nan_or_inf_besides"
_NONE_RIGHT = "seen.right_on_none"
#: What asks to work out again all that comes back, where one line is known to be wrong.
_OF_ALL_NUMBERS = "seen.signs_right"
#: Observations that tell how often, and not where, it is right.
_COUNTS = {_NONE_RIGHT, "seen.right_on"}
#: Changes of which it tells more what to print than of the line at which it stops.
_STEP_OF_ITS_OWN = {UNREAD, INDEX_TWICE}
#: Changes that tell the cause of what can be seen.
_CAUSES = {NEVER_READ, WHICH_ROUND}
#: Observations on a shape that also say what often makes it.
_WITH_CAUSES = {"seen.wrong_shape_number", "seen.wrong_shape_table", "seen.wrong_shape_square"}


def localised(d: Diagnosis, marking: Marking, config: Config) -> Parts:
    """What can be seen of a wrong answer, with the place at fault where that is known."""
    say = config.say
    if config.level == "locate":
        d = replace(d, change=None)
    after = ""
    if any(map(says_kind, d.observations)) and stops_for_it(d, marking):
        # What is of another shape there is why it stops elsewhere.
        after, d = stops_elsewhere(d, marking, say), replace(d, failure=None)
    if d.change:
        needless = {*_COUNTS, _OF_ALL_NUMBERS}
        telling = [one for one in d.observations if one.key not in needless]
        d = replace(d, observations=telling)
    kind = "" if stops_at_none(d) else wrong_kind(d, marking, say)
    some = "" if (kind and met_none(d)) or fails_by_call(d) else on_some(d, marking, say)
    place = step = ""
    if config.level != "locate" and (not kind or _has_cause(d)):
        place, step = _place_told(d, marking, config)
    if place and some and is_filled(d):  # That it stops comes of what is told.
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
    if is_filled(d) and all(map(counts_inputs, seen)):
        # What can be seen tells more; the line is marked all the same.
        without = [one for one in around if one != place]
        seen, example = _seen(d, config, LONGEST - words(without))
        place = place if words([*without, place, say.fill(*seen)]) <= LONGEST else ""
    if (
        some
        and step
        and not is_filled(d)
        and not (d.change and (asks_for_sides(d.change) or d.change.kind in _STEP_OF_ITS_OWN))
        and _tells_of_stop(d, place)
        and (_shows_stop(d) or not any(map(says_kind, seen)))
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


def _shows_stop(d: Diagnosis) -> bool:
    """Whether the example is a call in which an ``assert`` of the student's own does not hold."""
    stop = d.example.outcome if d.example else None
    return isinstance(stop, Raised) and stop.type == "AssertionError"


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
    besides = unused_besides(d, say) if some and fails_mostly(d, marking) else ""
    if place and besides:
        did = [some, besides, *_without_start(told, say)]
        title, line = stop_title(d, marking, say), failing_line(d, marking)
    elif place and d.slip and not fails_by_call(d):
        # A cause goes before what comes of it.
        stops = some and (stops_elsewhere(d, marking, say) or some)
        did = [place, stops, *_without_start(told, say)]
        title, line = say(f"slip.{d.slip.kind}_title"), slip_line(d, marking)
    elif place and some and is_filled(d):
        did = [place, some, *_without_start(told, say)]
        title, line = title_of_change(d, say), change_line(d, marking)
    else:
        by_call = _stops_in(d, marking, say) if fails_by_call(d) else ""
        title = _title(d, some, by_call, marking, say)
        did = [some, *(_rest(told, say) if title else told), place, by_call]
        if _tells_cause(d.change) and title and not some:
            did = [place, *_rest(told, say)]
        if some and not place and _is_first(d):  # What is wrong each time goes before a stop.
            title, did = _title_of_seen(d, say), [*_without_start(told, say), by_call, some]
        known = bool(place or d.change)
        at_stop = some and not (place and d.mended_elsewhere)
        line = failing_line(d, marking) if at_stop else line_of(d, marking) if known else None
    return replace(parts, title=title, did=" ".join(filter(None, did)), line=line)


def _tells_cause(change: Change | None) -> bool:
    """Whether a change tells the cause of what is seen, which goes before that."""
    return change is not None and (change.leaves_out or change.kind in _CAUSES)


def _has_cause(d: Diagnosis) -> bool:
    """Whether a place in the code is known that tells why something of another kind comes back."""
    given = d.example.outcome if d.example else None
    is_something = isinstance(given, Returned) and given.value is not None
    by_slip = d.slip is not None and KINDS[d.slip.kind].tells_cause
    return is_something and (by_slip or is_filled(d))


def _title(d: Diagnosis, some: str, by_call: str, marking: Marking, say: Phrases) -> str:
    if d.slip and by_call:
        return say(f"slip.{d.slip.kind}_title")
    if some and isinstance(d.failure, Raised):
        by_change = name_of_change(d, say) if d.mended_elsewhere else ""
        return by_change or stop_title(d, marking, say)
    if d.change and d.change.kind in TELLS_WHY and not some:
        return name_of_change(d, say)
    if seen := _title_of_seen(d, say):
        return seen
    return "" if some else title_of_change(d, say)


def _is_first(d: Diagnosis) -> bool:
    """Whether a number comes back in place of a list, beside which it stops for another reason."""
    if not isinstance(d.failure, Raised) or d.failure.type != "ZeroDivisionError":
        return False
    return any(one.key == "seen.number_for_list" for one in d.observations)


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
        if "factor" in dict(d.change.told.values):
            return told, step_after_change(d, marking, say)
        of_what = is_filled(d) and not (d.failure or says_where(d.next_step))
        of_seen = d.next_step and not d.next_step.key.startswith("step.")
        if d.next_step and (of_what or (of_seen and d.change.kind not in TELLS_WHY)):
            return told, say.fill(d.next_step)  # There is one for what was seen.
        return told, step_after_change(d, marking, say)
    slip, then = slip_told(d, marking, say)
    return slip, then or (say.fill(d.next_step) if d.next_step else config.next_steps[d.function])


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
    by_call = d.slip is not None and KINDS[d.slip.kind].by_call
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
    if d.slip and KINDS[d.slip.kind].spoils:
        # The examples tell more than how many are right.
        observations = [one for one in observations if not counts_inputs(one)][:1]
    if d.slip or d.change:
        observations = [_without_cause(one) for one in observations]
    if d.change and d.change.mends_all:
        # It mends these, too: they would sound like a second mistake.
        observations = [one for one in observations if one.key != _SOME_NOT_FINITE] or observations
    # That nothing is right tells nothing beside how it is wrong.
    observations = [one for one in observations if one.key != _NONE_RIGHT] or observations
    example = "" if fails_by_call(d) else example_told(d.example, config.level, say)
    # Where numbers get too large is told of one input, which has to be there.
    besides = example if d.change and d.change.kind == OVERFLOWS else ""
    for one in () if says_all else observations:
        if words([start, say.fill(*seen, one), besides]) <= room or not (seen or d.failure):
            seen.append(one)
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
