"""What explains a wrong function: rules, each of which says what goes before what, and why.

The student's process is asked by some of them, and answers by what it was asked last: their order
is part of what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from autograder.diagnosis.clues import Clues
from autograder.diagnosis.entry_twice import ENTRY_TWICE
from autograder.diagnosis.failure import failure_told
from autograder.diagnosis.formula import exceptions, of_one_alone, read_formulas
from autograder.diagnosis.fresh import ask_afresh
from autograder.diagnosis.half_mended import half_mended
from autograder.diagnosis.lines import call_at_fault, shown_line, telling_line
from autograder.diagnosis.localise import EXPLAINS_SHAPES, observe
from autograder.diagnosis.loop_numbers import is_number
from autograder.diagnosis.made_above import line_made_above
from autograder.diagnosis.matrices_in import holds_matrices
from autograder.diagnosis.one_change import (
    OF_A_BRANCH,
    change_but_for_large,
    lines_of_pair,
    mending_change,
    right_without,
)
from autograder.diagnosis.own_working import Working
from autograder.diagnosis.right_values import FILLED, right_value_missed
from autograder.diagnosis.search import Found, Predictions, search
from autograder.diagnosis.shapes import says_kind
from autograder.diagnosis.slip_kinds import KINDS
from autograder.diagnosis.slips import telling_slip
from autograder.diagnosis.two_changes import two_changes
from autograder.diagnosis.two_in_line import line_of_two
from autograder.diagnosis.worked_out import is_worked_out, sums_written
from autograder.diagnosis.written_into import fails_on_copies_alone
from autograder.formulas import Reading
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change, Raised
from autograder.source.changes.carried_on import CARRIED_ON
from autograder.source.changes.unread import UNREAD
from autograder.source.changes.which_round import WHICH_ROUND, condition_told
from autograder.source.trees import Slip

#: The families of the misconceptions in which rows are taken for columns, and one for another.
TURNED, ORDER = "transposition", "order"


def gather_clues(marking: Marking, function: str, predictions: Predictions) -> Clues:
    """Gather what explains a wrong function.

    Parameters
    ----------
    marking : Marking
    function : str
    predictions : Predictions
    """
    clues = Clues(marking, function, predictions)
    for rule in _RULES:
        rule(clues)
    return clues


def _ask_afresh(clues: Clues) -> None:
    """Whether it answers alike each time comes first: where it does not, that explains all."""
    if clues.returned and clues.exercise.parameters:
        clues.fresh = ask_afresh(clues.marking, clues.function)


def _find_slip(clues: Clues) -> None:
    """A place in the code comes next: what is looked for below depends on its kind."""
    if not clues.is_steady:
        return
    marking, function, fresh = clues.marking, clues.function, clues.fresh
    slip = clues.slip = telling_slip(marking, function, fresh.rows)
    others = set[str]()
    while slip and not _holds_what_it_says(slip, clues):
        others.add(slip.kind)
        slip = clues.slip = telling_slip(marking, function, fresh.rows, others)
    if slip is None or not KINDS[slip.kind].spoils:
        return
    spoilt = right_without(marking, function, slip.line, slip.name, fresh)
    rows = [*marking.rows(function), *fresh.rows]
    wrong = sum(not row.is_right for row in rows)
    if spoilt and 2 * (wrong - len(spoilt)) < len(rows):
        clues.spoilt = spoilt
    else:
        # Where much is wrong for another reason, that is what to tell.
        clues.slip = telling_slip(marking, function, fresh.rows, {*others, slip.kind})


def _holds_what_it_says(slip: Slip, clues: Clues) -> bool:
    """Whether the name that a place is about holds what is said of it there."""
    kind = KINDS[slip.kind]
    if kind.of_numbers:
        return is_number(clues.marking, clues.function, slip)
    return not kind.of_matrices or holds_matrices(clues.marking, clues.function, slip)


def _search_misconceptions(clues: Clues) -> None:
    """The misconceptions that reproduce the answers; one answer by hand is told by its code."""
    if clues.returned and clues.is_steady and not clues.slip_says_all:
        clues.found = _found(clues)


def _found(clues: Clues) -> Found | None:
    """The misconceptions that reproduce the answers, unless a plainer reason is there."""
    marking, function, exercise = clues.marking, clues.function, clues.exercise
    found = search(marking, function, clues.predictions, clues.fresh)
    if found and len(found.ids) > 1 and clues.slip and KINDS[clues.slip.kind].goes_first:
        # Two come of one place.
        return None
    if found and len(found.ids) > 1 and exercise.one_slip:
        # One plain reason goes before two.
        sums = sums_written(marking.session, exercise)
        return None if any(exercise.one_slip(marking.rows(function), sums)) else found
    if found and marking.changed_arguments(function) and fails_on_copies_alone(marking, function):
        # What is given back is what it was given since it works on that.
        return None
    return found


def _change_before_two(clues: Clues) -> None:
    """Where one change mends all, two misconceptions are one mistake that shows in two ways."""
    if clues.found_two:
        clues.change = mending_change(clues.marking, clues.function, clues.fresh)
        clues.found = None if clues.change else clues.found


def _name_before_what_comes_of_it(clues: Clues) -> None:
    """A misconception goes before a place that tells no more than what comes of it.

    "Nothing is blocked" says what comes out, a name that gets another value why.
    """
    if clues.found and clues.slip and not KINDS[clues.slip.kind].tells_cause:
        clues.slip = None


def _observe(clues: Clues) -> None:
    """What can be seen is told only where nothing reproduces the answers."""
    if clues.is_steady and not (clues.found or clues.slip_says_all):
        clues.observations = observe(clues.marking, clues.function, clues.fresh.rows)


def _find_failure(clues: Clues) -> None:
    """Beside a line that stops, what comes back elsewhere goes before where it does."""
    clues.failure = failure_told(clues.marking, clues.function, clues.fresh)
    if isinstance(clues.failure, Raised):
        clues.observations.sort(key=lambda text: not says_kind(text))


def _read_formulas(clues: Clues) -> None:
    """A name goes before a formula, and so does what makes a formula none of the answers' own."""
    if not (clues.returned and clues.is_steady) or clues.found:
        return
    # What is put in an order of chance comes in a plain one at times; what is done twice mixes two.
    kind = KINDS[clues.slip.kind] if clues.slip else None
    if kind and (kind.by_chance or kind.says_all):
        return
    # Each entry comes of what was done after it: no formula of the one before it is its own.
    if any(one.key in EXPLAINS_SHAPES for one in clues.observations):
        return
    asked = clues.marking, clues.function, clues.predictions.reader
    clues.readings = read_formulas(*asked, fresh=clues.fresh.rows)


def _find_lines(clues: Clues) -> None:
    """The line that shows a misconception is looked for before any other place."""
    if clues.found:
        clues.lines = _lines_of(clues.found, clues)


def _lines_of(found: Found, clues: Clues) -> Mapping[str, int]:
    """The student's own lines that show what was found, by misconception."""
    marking, function = clues.marking, clues.function
    telling = {id: telling_line(marking.session, clues.exercise, id) for id in found.ids}
    lines = {id: line for id, line in telling.items() if line}
    match found.ids:
        case (one, other) if len(lines) < 2:
            pair = (one, other)
            return lines_of_pair(marking, function, clues.fresh, pair, clues.predictions) | lines
    return lines


def _matrix_before_product(clues: Clues) -> None:
    """Where an answer by hand holds a matrix turned, its product is right as it stands."""
    if not clues.found or clues.found_two or clues.slip or not _is_worked_by_hand(clues):
        return
    (id,) = clues.found.ids
    if id not in clues.exercise.families.get(TURNED, ()):
        return
    working = Working.of(clues.marking, clues.function)
    clues.change = working.matrix_held_turned() if working else None
    if clues.change:
        clues.lines = {id: clues.change.line}


def _is_worked_by_hand(clues: Clues) -> bool:
    by_hand = not clues.exercise.parameters
    return by_hand and is_worked_out(clues.marking.session, clues.exercise)


def _lines_before_slip(clues: Clues) -> None:
    """The line that shows a misconception goes before a place in another line."""
    if clues.slip and clues.lines and clues.slip.line not in clues.lines.values():
        clues.slip = None


def _find_change(clues: Clues) -> None:
    """A change that makes all right is looked for where no line is known to show what was found."""
    if clues.lacks_place and not clues.change:
        _open_by_hand(clues)
        change = mending_change(clues.marking, clues.function, clues.fresh)
        if change is None and _is_of_numbers_alone(clues):
            change = change_but_for_large(clues.marking, clues.function, clues.fresh)
        if change is None and not (clues.exercise.parameters or clues.found or clues.slip):
            change = line_of_two(clues.marking, clues.function)
        clues.change = None if change and _goes_round_factor(change, clues.readings) else change


def _entry_before_numbers(clues: Clues) -> None:
    """An entry that a line takes twice goes before a slip that is guessed from the numbers alone.

    What keeps a share of the points is told as it is.
    """
    if clues.change is None or clues.change.kind != ENTRY_TWICE:
        return
    of_points = {id for ids in clues.exercise.families.values() for id in ids}
    if clues.found and of_points.isdisjoint(clues.found.ids):
        clues.found = None
    leads = clues.exercise.leads_to
    clues.observations = [one for one in clues.observations if one.key not in leads]


def _is_of_numbers_alone(clues: Clues) -> bool:
    """Whether numbers come back each time, and it isn't known what is computed."""
    return not (clues.found or clues.readings or clues.failure or clues.slip)


def _open_by_hand(clues: Clues) -> None:
    """Ask an answer by hand in a process of its own, as others are: there changes are tried."""
    if clues.exercise.parameters or not clues.returned:
        return
    if is_worked_out(clues.marking.session, clues.exercise):
        probes = clues.marking.session.probes[clues.function]
        clues.marking.afresh(clues.function, probes[:1])


def _goes_round_factor(change: Change, readings: Sequence[Reading]) -> bool:
    """Whether a change exchanges what a loop goes through, where no more is wrong than a factor.

    That mends it by giving what is multiplied other names.
    """
    is_exchange = change.kind == "arguments" and change.place.startswith("zip(")
    return is_exchange and bool(readings) and readings[0].times_right


def _change_bears_out_slip(clues: Clues) -> None:
    """A place that is often harmless, or goes before a name, has to be borne out by a change."""
    slip, change = clues.slip, clues.change
    if slip is None or not (clues.found or KINDS[slip.kind].needs_change):
        return
    kind = KINDS[slip.kind].borne_out_by
    if kind and (change is None or change.kind != kind):
        clues.slip = None


def _slip_or_change(clues: Clues) -> None:
    """A place or a change is told, not both.

    What mends all in another line, about something else, shows that the place was none. Where one
    decides what becomes of numbers, what is calculated with these elsewhere may mend it too.
    """
    slip, change = clues.slip, clues.change
    if not clues.lacks_place or slip is None:
        return
    kind = KINDS[slip.kind]
    if kind.at_source:
        clues.change = None
    elif change is None:
        clues.slip = None if kind.needs_change else slip
    elif change.is_of_shape_alone:
        clues.slip = None  # It tells in which line the numbers get lost.
    elif change.leaves_out and slip.line in change.spared:
        clues.slip = None  # It makes nothing but what is left out.
    elif slip.line in {change.line, *change.heads} or change.is_about(slip.name):
        clues.change = None
    else:
        clues.slip = None


def _right_value_last(clues: Clues) -> None:
    """Where nothing tells the place, the one in which a right value mends all does.

    What has a name already needs no more than its line, and a line that only hands on what another
    made would be an innocent one.
    """
    if not clues.lacks_place or clues.slip or clues.change:
        return
    named = clues.found is not None
    if not clues.exercise.parameters:
        clues.change = right_value_missed(clues.marking, clues.function, clues.fresh)
        return
    change = right_value_missed(clues.marking, clues.function, clues.fresh, made=named)
    if clues.found and change:
        # A right value also hides what is wrong above it.
        id = clues.found.ids[0]
        shown = _shown_by(clues).get(id, change.line)
        clues.lines = {id: min(shown, change.line)}
    elif change:
        # A right value there also hides what goes wrong before it.
        half = half_mended(clues.marking, clues.function, clues.fresh, change.line)
        clues.change = half or change


def _two_changes(clues: Clues) -> None:
    """Where no one place mends all, two may; they go before formulas of a part of what is wrong."""
    read, *others = clues.readings or [None]
    if not clues.returned or not clues.lacks_place or not clues.exercise.parameters:
        return
    if clues.found or clues.slip or clues.change or (read and not (others or read.also_wrong)):
        return
    pair = two_changes(clues.marking, clues.function, clues.fresh)
    if pair:
        clues.change, clues.second = pair
        # What can be seen comes of both, and so may that it stops.
        clues.readings, clues.observations, clues.failure = (), [], None


def _line_that_makes(clues: Clues) -> None:
    """Where what has a name is mended as it is handed on, the line above that makes it shows it."""
    found, change = clues.found, clues.change
    if found and change and not clues.found_two and not clues.lines:
        made = line_made_above(clues.marking.session, clues.exercise, change)
        if made:
            clues.lines, clues.change = {found.ids[0]: made}, None


def _shown_last(clues: Clues) -> None:
    """Where nothing mends, the line by which a misconception shows is marked.

    Of a condition that is never so the line that stands below it is at fault.
    """
    found, change = clues.found, clues.change
    if not (found and clues.is_steady) or (change and change.kind not in OF_A_BRANCH):
        return
    if clues.slip and not KINDS[clues.slip.kind].of_all_lines:
        return
    if lines := _shown_by(clues):
        clues.lines, clues.change = {**clues.lines, **lines}, None


def _call_before_helper(clues: Clues) -> None:
    """A helper that is right for what it is made for is handed the wrong thing by its call."""
    session, exercise = clues.marking.session, clues.exercise
    calls = {
        id: at
        for id, line in clues.lines.items()
        if id in exercise.at_call and (at := call_at_fault(session, exercise, line))
    }
    clues.lines = {**clues.lines, **calls}


def _shown_by(clues: Clues) -> Mapping[str, int]:
    """The lines by which what was found shows, by misconception, where none is known yet."""
    missing = [id for id in clues.found.ids if id not in clues.lines] if clues.found else []
    known = clues.marking.assignment.known
    shown = {id: shown_line(clues.marking.session, clues.exercise, id, known) for id in missing}
    return {id: line for id, line in shown.items() if line}


def _mark_in_working(clues: Clues) -> None:
    """Of an answer by hand the line is marked that makes wrong numbers of right ones."""
    if not clues.found or clues.slip or clues.change or not clues.lacks_place:
        return
    # What is of the task may stand there under another's name.
    exchanged = not {*clues.found.ids}.isdisjoint(clues.exercise.families.get(ORDER, ()))
    if not exchanged and _is_worked_by_hand(clues):
        working = Working.of(clues.marking, clues.function)
        clues.marked = working.line_gone_wrong() if working else None


def _change_before_formula(clues: Clues) -> None:
    """A line that mends all goes before a formula that holds for some answers alone.

    It also does where the line says of itself why the formula lacks something.
    """
    asked = clues.readings, clues.marking, clues.function
    clues.exceptions = of_one_alone(*asked) or exceptions(*asked)
    change = clues.change
    if change and clues.exceptions and change.kind != FILLED:
        clues.readings, clues.exceptions = (), None
    if change and (change.is_of_shape_alone or change.kind in (UNREAD, CARRIED_ON)):
        # What is calculated goes on from what stands in the place of all numbers, or of the result.
        clues.readings, clues.exceptions = (), None


def _what_a_condition_asks(clues: Clues) -> None:
    """What the notes ask in its place tells more of a condition than that its rounds are others."""
    change = clues.change
    if change is None or change.kind != WHICH_ROUND:
        return
    filled = right_value_missed(clues.marking, clues.function, clues.fresh)
    if filled and filled.line == change.line and filled.place == condition_told(change.told):
        clues.change = filled


#: In this order: each leans on what those before it left.
_RULES: tuple[Callable[[Clues], None], ...] = (
    _ask_afresh,
    _find_slip,
    _search_misconceptions,
    _change_before_two,
    _name_before_what_comes_of_it,
    _observe,
    _find_failure,
    _read_formulas,
    _find_lines,
    _matrix_before_product,
    _lines_before_slip,
    _find_change,
    _entry_before_numbers,
    _change_bears_out_slip,
    _slip_or_change,
    _right_value_last,
    _two_changes,
    _line_that_makes,
    _shown_last,
    _mark_in_working,
    _call_before_helper,
    _change_before_formula,
    _what_a_condition_asks,
)
