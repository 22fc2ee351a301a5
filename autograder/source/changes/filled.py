"""One function in which right values can stand in the places of what it computes itself.

Every expression of it is a *place*. A *quantity* is what the notes compute on the way: one array,
or one for each layer. A *filling* puts a quantity into a place; which of its arrays comes when
follows a *way* through them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from ..phrases import Said, said
from ..trees import cut_short
from .factors import Factors
from .fitting import (
    NOTHING,
    Fitting,
    Quantities,
    Way,
    all_alike,
    are_of,
    are_same,
    begin_as,
    like,
    sequence,
)
from .forms import NONE
from .places import HOLD, Places, is_computed
from .reached import Reached, Unit
from .rewritten import Call, Rewritten, TooLong
from .room import is_room
from .switched import own_names
from .unread import unread_parameter

MOST_FILLINGS, MOST_NUMBERS = 1500, 200_000


@dataclass(frozen=True)
class Filling:
    """One quantity in one place.

    Attributes
    ----------
    place : int
        Its number.
    quantity : int
        Which of those that were given.
    way : (str, int, int)
        In which order its arrays come, and how many are left out at each end.
    """

    place: int
    quantity: int
    way: Way


class Filled(Rewritten):
    """A function's code in which any place can be filled.

    Parameters
    ----------
    reach : Reached
        The function, and what it calls.
    space : dict
        The names that its code reads.
    seconds : float
        CPU time after which its loops end.

    Attributes
    ----------
    fillings : list of Filling
        The number of each is its place here; those of places that go wrong first stand first.

    Raises
    ------
    CannotBeTried
    """

    def __init__(self, reach: Reached, space: Mapping[str, Any], seconds: float) -> None:
        super().__init__(reach, space, seconds)
        self.fillings: list[Filling] = []
        self._known: dict[int, set[int]] = {}
        self._known_at_first: dict[int, set[int]] = {}
        self._factors: dict[int, Factors] = {}
        self._given = 0
        self._places: list[list[ast.expr]] = []
        self._held: dict[int, list[Any]] | None = None
        self._times: dict[int, list[int]] = {}
        self._filling: Filling | None = None
        self._values: Sequence[Any] = ()
        self._count = self._room = 0
        self._space[HOLD] = self._hold
        self._make(reach, self._with_places, "a filling")

    def _with_places(self, unit: Unit) -> ast.stmt:
        return Places(self._places, own_names(unit.node)).function(unit.node)

    @property
    def count(self) -> int:
        """How many fillings there are."""
        return len(self.fillings)

    def look(self, call: Call, quantities: Quantities) -> None:
        """Find what can be filled: where a quantity has the shapes of what stands there.

        Parameters
        ----------
        call : callable
            Calls the function that it is given, once.
        quantities : sequence of sequences of arrays
            What they are in that call.
        """
        fitting = Fitting(quantities)
        found = [
            (self._first_wrong(place, values, quantities, number, way), Filling(place, number, way))
            for place, values in self._holds(call).items()
            for number, way in fitting.into(values)
        ]
        # In a loop a place can be right at first, and come before the one that spoils it later.
        found.sort(key=lambda one: one[0])
        self.fillings = [one for _, one in found[:MOST_FILLINGS]]

    def _first_wrong(
        self, place: int, values: Sequence[Any], quantities: Quantities, number: int, way: Way
    ) -> int:
        """When something else first stands in a place than would with a filling."""
        times = self._times[place]
        if number == NOTHING:
            return times[0]
        right = sequence(quantities[number], way)
        pairs = zip(times, values, cycle(right), strict=False)
        return next((time for time, value, one in pairs if not are_same(value, one)), times[-1])

    def compare(
        self,
        numbers: Sequence[int],
        call: Call,
        arguments: Sequence[Any],
        quantities: Quantities,
    ) -> None:
        """Find which known values stand in the places of some fillings, in one more call.

        Parameters
        ----------
        numbers : sequence of int
        call : callable
            Calls the function that it is given, once.
        arguments : sequence
            With these.
        quantities : sequence of sequences of arrays
            What they are in that call.
        """
        places = {self.fillings[number].place for number in numbers}
        places |= {at for place in places for at in self._arguments_of(place)}
        known = [*quantities, *([one] for one in arguments)]
        held = self._holds(call)
        for number in numbers:
            self._see_factors(number, held, quantities)
        for place, values in held.items():
            if place in places:
                are = {at for at, arrays in enumerate(known) if are_of(values, arrays)}
                self._known[place] = self._known.get(place, are) & are
                first = {at for at, of in enumerate(quantities) if begin_as(values, of)}
                self._known_at_first[place] = self._known_at_first.get(place, first) & first
        self._given = len(quantities)

    def _see_factors(
        self, number: int, held: Mapping[int, Sequence[Any]], quantities: Quantities
    ) -> None:
        """Look what a place is off by that is filled, and what its parts are then."""
        filling = self.fillings[number]
        if filling.quantity == NOTHING or filling.place not in held:
            return
        right = sequence(quantities[filling.quantity], filling.way)
        nodes = ast.walk(self._places[filling.place][0])
        inside = {self._place_of(node) for node in nodes if isinstance(node, ast.expr)}
        parts = {at: held[at] for at in inside - {filling.place} if at in held}
        seen = self._factors.setdefault(number, Factors())
        seen.see(held[filling.place], right, parts)

    def _factor(self, number: int) -> str:
        """The part of a place that is the factor by which it is off; of several the longest."""
        parts = self._factors[number].parts() if number in self._factors else []
        return max((ast.unparse(self._places[at][0]) for at in parts), key=len, default="")

    def _holds(self, call: Call) -> dict[int, list[Any]]:
        """By place, in the order in which they are computed: what that is in a call."""
        self._held, self._filling, self._rounds, self._room = {}, None, 0, MOST_NUMBERS
        self._times = {}
        call(self._function)
        held, self._held = self._held, None
        if self._room < 0:  # not all of it was looked at
            return {}
        many = {place: len(self._places[place]) for place in held}
        self._times = {place: times[:: many[place]] for place, times in self._times.items()}
        return {place: values[:: many[place]] for place, values in held.items()}

    def form(self, number: int, quantities: Quantities) -> Callable[..., Any]:
        """The function with one filling; it is the last one asked for that is made."""
        self._filling, self._rounds, self._count = self.fillings[number], 0, 0
        of = self._filling.quantity
        self._values = () if of == NOTHING else sequence(quantities[of], self._filling.way)
        return self._function

    def told(self, number: int) -> tuple[int, Said]:
        """The line of a filling, and what is said of it: quantities are told by number."""
        filling = self.fillings[number]
        node = self._places[filling.place][0]
        text = ast.unparse(node).partition("\n")[0]
        text = cut_short(text)
        known = self._known.get(filling.place, set())
        called, argument = self._called_with_known(node)
        told = {
            "place": said("change.place", place=text),
            "number": filling.place,
            "quantity": filling.quantity,
            "instead": self._instead(filling),
            "given": any(at >= self._given for at in known),
            "computed": is_computed(node),
            "unit": self._unit_of(node),
            "called": called,
            "argument": argument,
            "one_by_one": "flat" in filling.way[0],
            "own_call": self._is_own_call(node),
            "factor": said("change.place", place=cut_short(self._factor(number))),
            "lost": self._lost(node),
            "room": is_room(node, self._units[self._unit_of(node)].node),
        }
        return node.lineno, said("change.filled", **told)

    def _instead(self, filling: Filling) -> int:
        """The quantity that stands in a place, by number; `NONE` if it is none.

        Once an example has made the weights wrong, what stands there is none; but it was one till
        then.
        """
        known = [at for at in self._known.get(filling.place, ()) if at < self._given]
        at_first = self._known_at_first.get(filling.place, set()) - {filling.quantity}
        return min(known or at_first, default=NONE)

    def _unit_of(self, node: ast.expr) -> int:
        """In which of the functions a place stands, by number."""
        of = (unit.node for unit in self._units)
        inside = [n.lineno <= node.lineno <= (n.end_lineno or n.lineno) for n in of]
        return inside.index(True) if True in inside else 0

    def _called_with_known(self, node: ast.expr) -> tuple[int, int]:
        """The function that a place calls with quantities alone, and the last of these.

        Both by number; `NONE` where it calls no such.
        """
        if not isinstance(node, ast.Call) or not node.args or self._known.get(self._place_of(node)):
            return NONE, NONE
        known = [self._known.get(at, set()) for at in map(self._place_of, node.args)]
        last = max(min((at for at in of if at < self._given), default=-2) for of in known)
        name = ast.unparse(node.func).rpartition(".")[2]
        names = [unit.node.name for unit in self._units]
        if not all(known) or name not in names[1:]:
            return NONE, NONE
        return names.index(name, 1), last

    def _lost(self, node: ast.expr) -> Said:
        """What a place hands over to a function that never reads it; empty text if nothing."""
        units = {unit.node.name: unit.node for unit in self._units[1:] if unit.of is None}
        match node:
            case ast.Call(ast.Name(id=name), args=given) if name in units:
                if lost := unread_parameter(units[name], len(given)):
                    line = units[name].lineno
                    return said("change.lost", function=name, line=line, name=lost)
        return said("change.place", place="")

    def _is_own_call(self, node: ast.expr) -> bool:
        """Whether a place calls what the file defines, or a method of a value that it makes."""
        match node:
            case ast.Call(ast.Name(id=name)):
                return isinstance(self._space.get(name), (FunctionType, type))
            case ast.Call(ast.Attribute(ast.Name(id=name))):
                of = self._space.get(name)
                return of is not None and not isinstance(of, ModuleType)
            case ast.Call(ast.Attribute(ast.Call(ast.Name(id=name)))):
                return isinstance(self._space.get(name), type)
        return False

    def _place_of(self, node: ast.expr) -> int:
        of = (at for at, nodes in enumerate(self._places) if any(one is node for one in nodes))
        return next(of, NONE)

    def _arguments_of(self, place: int) -> list[int]:
        node = self._places[place][0]
        return [self._place_of(one) for one in node.args] if isinstance(node, ast.Call) else []

    def _hold(self, place: int, value: Any) -> Any:
        """What stands in a place: what was computed there, or what it is filled with."""
        if self._held is not None:
            values = self._held.setdefault(place, [])
            self._times.setdefault(place, []).append(-self._room)
            self._room -= max(np.size(value), 1) if isinstance(value, np.ndarray) else 1
            if self._room < 0:
                raise TooLong
            # What is changed later is kept as it is now.
            values.append(value.copy() if isinstance(value, np.ndarray) else value)
        elif self._filling is not None and self._filling.place == place:
            at = self._count // len(self._places[place])
            self._count += 1
            if self._filling.quantity == NOTHING:
                return all_alike(value, self._filling.way[1])
            again = self._filling.way[0] == "same" or "flat" in self._filling.way[0]
            return like(value, self._values[at % len(self._values) if again else at])
        return value
