"""The words for one diagnosis, at the level that the config asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from autograder.assignment.config import Config, Level
from autograder.assignment.output_faults import FAMILIES
from autograder.assignment.telling import told
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.example import Example
from autograder.diagnosis.fresh import Unsteady
from autograder.diagnosis.lines import source_lines
from autograder.diagnosis.one_change import TWO_NAMES
from autograder.diagnosis.own_working import HELD_TURNED
from autograder.diagnosis.right_values import FILLED
from autograder.diagnosis.search import Found
from autograder.diagnosis.slip_kinds import KINDS
from autograder.feedback.as_python import lines_to_run
from autograder.feedback.asides import changed_arguments, in_code, in_place
from autograder.feedback.failures import (
    failure_text,
    missing_function,
    on_some,
    stopping_line,
    stops_elsewhere,
)
from autograder.feedback.file_notes import file_notes
from autograder.feedback.naming import ordinal
from autograder.feedback.of_formulas import formulas_read
from autograder.feedback.of_places import step_after_change
from autograder.feedback.own_lines import (
    change_line,
    code_at,
    failing_line,
    look,
    quote,
    short_function,
    slip_line,
    slip_told,
    write_told,
    writes_into,
)
from autograder.feedback.own_numbers import answer_told, example_told, told_of_numbers
from autograder.feedback.parts import LONGEST, Line, Parts, joined, words
from autograder.feedback.traced_lines import with_values
from autograder.feedback.two_answers import title_of_two, two_answers
from autograder.feedback.what_is_left import what_is_left
from autograder.feedback.without_name import (
    fails_by_call,
    localised,
    stop_step,
    stop_title,
)
from autograder.feedback.worked_by_hand import line_of_wrong_numbers
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Missing, Raised
from autograder.source.phrases import Phrases
from autograder.source.quoted import words_in_quotes


def as_text(diagnosis: Diagnosis, items: list[Parts], notes: list[str], say: Phrases) -> str:
    """Join the parts, and what is said of the file, to one text."""
    # What to do next comes last.
    first = diagnosis.status in ("right", "missing")
    text = joined(items, say)
    return " ".join([text, *notes] if first else [*notes, text])


def about_file(diagnosis: Diagnosis, marking: Marking, say: Phrases) -> list[str]:
    """What is said of the function's file as a whole, and how it was found."""
    found = say.fill(*marking.session.submission.notes.get(diagnosis.exercise.file, ()))
    return [*file_notes(diagnosis.function, marking, say), *([found] if found else [])]


def in_parts(diagnosis: Diagnosis, marking: Marking, config: Config) -> list[Parts]:
    """What is said of one function: an item for each mistake.

    Parameters
    ----------
    diagnosis : Diagnosis
    marking : Marking
        For the student's files and the notes on how they were found.
    config : Config
        The words and the level.
    """
    items = _said(diagnosis, marking, config)
    if diagnosis.part and config.level != "locate":
        items[0] = replace(
            items[0], notes=(_together(*diagnosis.part, config.say), *items[0].notes)
        )
    stops = isinstance(diagnosis.failure, Raised)
    imported = _can_be_imported(diagnosis, marking)
    told = bool(items[0].example)
    call = lines_to_run(diagnosis.example, config.say, stops=stops, imported=imported, told=told)
    of_numbers = "" if config.level == "locate" else told_of_numbers(diagnosis.example, config.say)
    items[0] = replace(items[0], call=call, of_numbers=of_numbers)
    quotes = diagnosis.status in ("wrong", "crashed") and config.level != "locate"
    if quotes and items[0].line is None:
        items[0] = replace(items[0], line=_all_lines(diagnosis, marking))
    if quotes and items[0].line and diagnosis.trace:
        facts = marking.session.worker.facts(diagnosis.exercise.file)
        by_hand = not diagnosis.exercise.parameters
        # There the numbers of the task come in, with which helpers work.
        first = facts.lines.get(diagnosis.function, (0, 0))[0] if by_hand else 0
        source = marking.session.submission.files.get(diagnosis.exercise.file, b"")
        quoted = words_in_quotes(source_lines(source))
        traced = with_values(items[0].line, diagnosis.trace, config.say, first, quoted)
        items[0] = replace(items[0], line=traced)
    if quotes and items[0].line and items[0].line.number is None:
        at = line_of_wrong_numbers(diagnosis, items[0].line)
        items[0] = replace(items[0], line=replace(items[0].line, number=at))
    if quotes and diagnosis.left and len(items) == 1:
        items.append(what_is_left(diagnosis.left, marking, config))
    return items


def _all_lines(d: Diagnosis, marking: Marking) -> Line | None:
    """All lines of a short function, of which the one that goes wrong is marked if it is known."""
    lines = short_function(d, marking)
    if d.marked is None:
        return lines
    if lines is None or d.marked not in dict(lines.code):
        return quote(d, marking, d.marked)
    return replace(lines, number=d.marked)


def _can_be_imported(d: Diagnosis, marking: Marking) -> bool:
    """Whether the student has the function by its name in a file of the name that is asked for."""
    session, file = marking.session, d.exercise.file
    is_own = file in session.submission.files and not session.submission.notes.get(file)
    renamed = session.worker.facts(file).renamed if is_own else ()
    return is_own and d.function not in renamed and session.broken_file(file) is None


def _together(place: int, together: int, say: Phrases) -> str:
    return say("text.several_together", count=together, nth=ordinal(place, say))


def _said(d: Diagnosis, marking: Marking, config: Config) -> list[Parts]:
    say = config.say
    if d.status == "right":
        return [Parts(did=say("text.right"))]
    if d.status == "missing":
        return [Parts(did=_missing(d, marking, say))]
    if d.status == "not attempted":
        return [Parts(did=say("text.still_the_stub", function=d.function))]
    if d.status == "right in itself":
        return [_right_in_itself(d, marking, say)]
    if other := _other_parameters(d, marking, say):
        return [other]
    if d.part and not (d.found or d.readings or d.observations or d.failure):
        did = say("text.numbers_are_right", function=d.function)
        return [Parts(did=did, section=d.exercise.section)]
    if d.change_says_all:
        return [_changed(d, marking, say)]
    if d.found is not None:
        return _named(d, d.found, marking, config)
    if d.unsteady is not None:
        return [_unsteady(d, d.unsteady, marking, config.level, say)]
    if d.status == "crashed" and not fails_by_call(d):
        return [_crashed(d, marking, config.say)]
    if d.readings and config.level != "locate":
        return formulas_read(d, marking, config)
    return [localised(d, marking, config)]


def _first_of_two(did: str, d: Diagnosis, found: Found, say: Phrases) -> str:
    """The first of two things, with the line that both come of if one does."""
    lines = {d.lines.get(id) for id in found.ids}
    if len(lines) == 1 and (line := lines.pop()):
        return say("text.first_of_two_in_line", line=line, did=did)
    return say("text.first_of_two", did=did)


def _other_parameters(d: Diagnosis, marking: Marking, say: Phrases) -> Parts | None:
    """That a function takes other arguments than it is called with, if it does."""
    function = d.exercise
    facts = marking.session.worker.facts(function.file)
    own, needed = facts.parameters.get(d.function), facts.needed.get(d.function, 0)
    wanted = function.parameters
    if own is None or (own[: len(wanted)] == wanted and needed <= len(wanted)):
        return None
    stub = say("text.stub_has", parameters=", ".join(wanted))
    values = {"function": d.function, "parameters": ", ".join(own), "stub": stub}
    key = ""
    if sorted(own) == sorted(wanted):
        key, step = "text.parameters_in_another_order", "text.parameters_in_another_order_next"
    elif len(own) < len(wanted):
        key, step = "text.too_few_parameters", "text.other_parameters_next"
    elif needed > len(wanted):
        key, step = "text.too_many_parameters", "text.other_parameters_next"
    if not key:
        return None
    return Parts(did=say(key, **values), next=say(step), section=function.section)


#: What is said on top of a file that isn't there.
_NOT_HANDED_IN = {"found.missing", "found.missing_instead"}
#: Notes of files whose functions stand in another, as far as they are there.
_ELSEWHERE = {"found.graded_from_functions", "found.graded_for_want_of_a_file"}


def _missing(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    function = d.exercise
    assert isinstance(d.failure, Missing)
    notes = {note.key for note in marking.session.submission.notes.get(function.file, ())}
    if d.failure.reason == "file":
        if notes & _NOT_HANDED_IN:
            return say("text.file_is_missing", file=function.file)
        if notes:
            return say("text.file_not_used", file=function.file)
        return say("text.file_not_handed_in", file=function.file)
    if d.failure.reason == "function":
        elsewhere = not _ELSEWHERE.isdisjoint(notes)
        return missing_function(function, say, "not_found" if elsewhere else "not_there")
    return say("text.no_function", function=d.function, file=function.file)


def _named(d: Diagnosis, found: Found, marking: Marking, config: Config) -> list[Parts]:
    say = config.say
    shown = example_told(d.example, config.level, say)
    if config.level == "locate":
        seen = shown or say.fill(*d.observations[:2])
        section = config.words(d.function, found.ids[0]).section
        return [Parts(did=say("text.not_right_yet"), example=seen, section=section)]
    one, *others = (_item(d, id, marking, config) for id in found.ids)
    one = replace(one, example=shown, carried=in_place(d, say))
    if others:
        # Each is told as it is by itself; what else there is may come of either.
        turned = found.ids[0] in FAMILIES["order"]
        second = "text.second_of_turned" if turned else "text.second_of_two"
        items = [
            replace(one, did=_first_of_two(one.did, d, found, say)),
            *(replace(item, did=say(second, did=item.did)) for item in others),
        ]
        items[-1] = _with_what_else(items[-1], d, found, marking, say)
        return items
    one = replace(one, did=one.did + _or_else(one.title, d, found, config))
    one = _with_place(one, d, marking, say)
    one = replace(
        one,
        notes=tuple(filter(None, (_more(found, say), _stops(d, found, marking, say)))),
    )
    return [one, _changed(d, marking, say, besides=True)] if d.changed else [one]


def _with_place(one: Parts, d: Diagnosis, marking: Marking, say: Phrases) -> Parts:
    """What has a name, with the place in the code that makes it, where that is known."""
    line = one.line or change_line(d, marking) or quote(d, marking, stopping_line(d, marking))
    if d.change and d.change.kind == HELD_TURNED:
        return replace(
            one,
            title=say("change_titles.held_turned"),
            did=say.fill(d.change.told),
            next=say.fill(replace(d.change.told, key="step.held_turned")),
        )
    if d.slip is None:
        place = say.fill(d.change.told) if d.change else ""
        see = say("labels.see_section", section="")
        around = [one.title, one.did, place, one.why, one.next, see]
        did = f"{one.did} {place}" if place and words(around) <= LONGEST else one.did
        step = one.next
        if d.change and d.change.kind in (TWO_NAMES, FILLED):
            # What comes of it is named, and not the cause.
            step = step_after_change(d, marking, say)
        return replace(one, did=did, look=look(d, marking, say), line=line, next=step)
    slip, own_step = slip_told(d, marking, say)
    if one.line and (marked := f"slip.{d.slip.kind}_marked_next") in say:
        own_step = say(marked, name=d.slip.name)
    title, did = one.title, f"{one.did} {slip}"
    if KINDS[d.slip.kind].borne_out_by or KINDS[d.slip.kind].goes_first:
        title, did = say(f"slip.{d.slip.kind}_title"), f"{slip} {one.did}"
    line = one.line or slip_line(d, marking) or line
    return replace(one, title=title, did=did, line=line, next=own_step or one.next)


def _item(d: Diagnosis, id: str, marking: Marking, config: Config) -> Parts:
    """What the catalogue has on one misconception."""
    entry = config.words(d.function, id)
    written = marking.session.worker.facts(d.exercise.file).words.get(d.function)
    return Parts(
        title=entry.title,
        did=_fill(told(entry.did, written), d),
        why=_fill(told(entry.why, written), d),
        next=_fill(told(entry.next, written), d) or config.next_steps[d.function],
        section=entry.section,
        line=quote(d, marking, d.lines.get(id)),
    )


def _or_else(title: str, d: Diagnosis, found: Found, config: Config) -> str:
    """What else makes the same answers, and cannot be told apart."""
    titles = [config.words(d.function, ids[0]).title for ids in found.others]
    titles = [other for other in titles if other != title]
    if not 0 < len(titles) <= 2:
        return ""
    return config.say("text.others", others=config.say("text.or_others").join(titles))


def _with_what_else(
    last: Parts, d: Diagnosis, found: Found, marking: Marking, say: Phrases
) -> Parts:
    """The last of several mistakes, with what belongs to no one of them."""
    slip, _ = slip_told(d, marking, say)
    changed = _also_changes(d, marking, say) if d.changed else ""
    stops = _stops(d, found, marking, say)
    if stops:  # Of either alone it need not be so.
        stops = say("text.as_it_stands", told=stops)
    notes = (_more(found, say), changed, slip, stops)
    return replace(last, notes=tuple(filter(None, notes)))


def _more(found: Found, say: Phrases) -> str:
    return say("text.something_else") if found.partly else ""


def _stops(d: Diagnosis, found: Found, marking: Marking, say: Phrases) -> str:
    return on_some(d, marking, say) if found.stops else stops_elsewhere(d, marking, say)


def _also_changes(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    places = writes_into(d, marking)
    key = {"": "_use_a_copy", "item": "_items"}.get(places[0].kind if places else "", "")
    also = say(f"text.also_changes{key}", names=in_code(changed_arguments(d, marking), say))
    return " ".join(filter(None, (also, write_told(d, places, marking, say))))


def _fill(text: str, d: Diagnosis) -> str:
    return text.format(function=d.function).strip()


def _unsteady(
    d: Diagnosis, unsteady: Unsteady, marking: Marking, level: Level, say: Phrases
) -> Parts:
    code = code_at(d, unsteady.line, marking) if unsteady.line else None
    outcomes = (unsteady.first, unsteady.second)
    first, second = (Example(d.exercise, unsteady.probe, outcome, []) for outcome in outcomes)
    shown, other = example_told(first, "explain", say), example_told(second, "explain", say)
    again = answer_told(second, say) if shown and other and shown != other else ""
    if d.left:
        again = ""  # What the first call gives comes of something else as well, told below.
    slips = marking.session.worker.facts(d.exercise.file).slips.get(d.function, ())
    drawn = (place.name for place in slips if place[:2] == ("one at random", unsteady.line))
    told, step = two_answers(
        d.function,
        unsteady,
        code or "",
        (shown, again),
        say,
        why=level != "locate",
        one_of=next(drawn, ""),
    )
    counted = next((place for place in slips if place.kind == "only counted"), None)
    # What chance puts in the place of an argument is told with that.
    unused = slip_told(replace(d, slip=counted), marking, say)[0] if level != "locate" else ""
    return Parts(
        title=title_of_two(unsteady, say),
        did=" ".join(filter(None, (told, unused))),
        next=step,
        line=quote(d, marking, unsteady.line),
        carried=in_place(d, say),
        section=d.exercise.section,
    )


def _changed(d: Diagnosis, marking: Marking, say: Phrases, *, besides: bool = False) -> Parts:
    """That arguments are changed: all there is to say, or beside something else."""
    others_right = not besides and all(marking.right[d.function])
    key = "text.changes_argument" if others_right else "text.changes_argument_too"
    did = say(key, function=d.function, names=in_code(changed_arguments(d, marking), say))
    stored = "" if besides or others_right else say("text.changed_stores_no_decimals")
    places = writes_into(d, marking)
    kind, line = (places[0].kind, places[0].line) if places else ("unknown", None)
    return Parts(
        title=say("changes_its_argument.title"),
        did=" ".join(filter(None, (did, write_told(d, places, marking, say)))),
        line=quote(d, marking, line),
        why=" ".join(filter(None, (say(f"text.changes_by_{kind}"), stored))),
        next=say(f"text.changes_by_{kind}_next"),
        section=d.exercise.section,
    )


def _crashed(d: Diagnosis, marking: Marking, say: Phrases) -> Parts:
    return Parts(
        title=stop_title(d, marking, say),
        did=failure_text(d, marking, say),
        line=failing_line(d, marking),
        carried=in_place(d, say),
        next=stop_step(d, marking, say),
        section=d.exercise.section,
    )


def _right_in_itself(d: Diagnosis, marking: Marking, say: Phrases) -> Parts:
    """What is said of a function that only its components keep from being right."""
    wrong = tuple(name for name in d.components if marking.is_wrong(name))
    others = tuple(name for name in d.components if name not in wrong)
    ways = [_way_to(name, d.function, marking) for name in wrong]
    told = [_state_and_advice(*one, marking, say) for one in zip(wrong, ways, strict=True)]
    advice = [advised for _, advised in told]
    stated = say("lists.and").join(state for state, _ in told)
    carried = say("text.tried_with_right_ones", count=len(wrong), states=stated)
    if others:
        listed = say.listing([f"`{name}`" for name in others])
        advice.append(say("text.print_what_it_gives", count=len(others), names=listed))
        names = say.listing([f"`{name}`" for name in d.components])
        carried = say("text.tried_with_others", count=len(d.components), names=names)
    return Parts(
        did=say("text.right_in_itself", function=d.function),
        carried=carried,
        next=say("text.right_in_itself_next", advised=say("lists.and").join(dict.fromkeys(advice))),
        section=marking.assignment.known[d.components[0]].section,
    )


def _way_to(component: str, function: str, marking: Marking) -> str:
    """By way of which other function one calls a component; nothing if it does so itself."""
    uses = {name: marking.session.uses(name) for name in marking.assignment.known}
    if component in uses[function]:
        return ""
    ways = [way for way in sorted(uses[function]) if component in _reached(way, uses)]
    # One that calls it itself is found by whoever looks for it.
    return min(ways, key=lambda way: component not in uses[way], default="")


def _reached(function: str, uses: Mapping[str, Collection[str]]) -> set[str]:
    """What a function calls, and what that calls in its turn."""
    reached: set[str] = set()
    ahead = [function]
    while ahead:
        further = set(uses.get(ahead.pop(), ())) - reached
        reached |= further
        ahead += further
    return reached


def _state_and_advice(function: str, way: str, marking: Marking, say: Phrases) -> tuple[str, str]:
    """What is the matter with a function, for whoever reads of another that calls it."""
    outcome = marking.session.outcomes[function][0]
    file = marking.assignment.known[function].file
    if function in marking.assignment.given:
        return (
            say("text.ready_made_changed", function=function),
            say("text.take_ready_made", function=function, file=file),
        )
    key = "text.your_own_by_way" if way else "text.your_own"
    own = say(key, function=function, **({"way": way} if way else {}))
    if isinstance(outcome, Missing):
        if outcome.reason == "file":
            return say("text.was_not_handed_in", own=own, file=file), say("text.hand_in", file=file)
        return say("text.was_not_found", own=own, file=file), say("text.write", function=function)
    if isinstance(outcome, Raised) and outcome == marking.session.broken_file(file):
        return say("text.stands_in_unread", own=own, file=file), say("text.mend_file", file=file)
    if marking.session.not_attempted(function):
        return say("text.is_not_written_yet", own=own), say("text.write", function=function)
    return say("text.is_not_right_yet", own=own), say("text.mend", function=function)
