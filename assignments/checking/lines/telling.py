"""Which line of a wrong function does something else than it seems to."""

import ast

from checking.lines import conditions, loops, lost, rounds, values
from checking.lines.parts import see
from checking.showing import read_function

#: What is looked for in each part of the code, in this order: the first that is found is told.
LOOKS = (
    loops.counts_no_round,
    loops.one_after_the_other,
    conditions.one_for_all,
    conditions.places_alone,
    values.place_of_largest,
    values.product_before_minus,
    conditions.product_compared,
    rounds.name_alone,
    rounds.changed_meanwhile,
    values.diagonal_of_a_column,
    lost.does_nothing,
    lost.dots_left,
    loops.name_unused,
    loops.ends_at_once,
    lost.put_over,
    rounds.put_in_twice,
    lost.stores_plus,
    loops.one_counter_for_two,
    values.power_of_a_power,
    loops.above_the_diagonal,
    lost.never_reached,
    conditions.place_compared,
    loops.last_place_left,
    rounds.made_anew,
    rounds.always_one_place,
    values.list_for_numbers,
    rounds.divided_too_early,
    rounds.made_for_nothing,
    loops.first_taken_twice,
)

#: After these a shape or an index that doesn't fit needs no other reason.
EXPLAIN_A_CRASH = {
    conditions.places_alone,
    values.place_of_largest,
    values.diagonal_of_a_column,
    loops.ends_at_once,
    loops.counts_no_round,
    loops.first_taken_twice,
    loops.one_counter_for_two,
    rounds.always_one_place,
    rounds.made_anew,
    loops.name_unused,
    lost.dots_left,
    values.product_before_minus,
    rounds.put_in_twice,
    loops.one_after_the_other,
}


def telling_line(function, own=()):
    """Say which line does something else than it seems to, and whether that explains any crash.

    Parameters
    ----------
    function : function
        A student's, which is wrong.
    own : collection of str
        The names of the functions that are written here: they give something back.

    Returns
    -------
    told : str
        Empty if there is no such line.
    explains : bool
    """
    node = read_function(function)
    if not node:
        return "", False
    for part in ast.walk(node):
        if told := lost.kept_nowhere(part, own):
            return see(part, told), False
        for look in LOOKS:
            if told := look(part):
                return see(part, told), look in EXPLAIN_A_CRASH
        if told := conditions.never_last(part):
            return told, False
    if told := lost.helper_gives_none(function, node):
        return told, True
    return lost.argument_replaced(node) or values.place_by_name(node), False
