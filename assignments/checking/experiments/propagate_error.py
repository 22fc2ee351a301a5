import numpy as np

from checking.evidence import array
from checking.saying import say
from checking.why import Experiment, far, table


def propagated(functions):
    J = np.array([[3.0, 4.0], [5.0, 6.0]])
    for i, error in enumerate(np.eye(2)):
        found = array(functions["propagate_error"], error, J, shape=(2,))
        if far(found, J[i]):
            return True, [
                say("propagate_error.one_output_in_error", i=i),
                say("propagate_error.the_error_is", first=f"{error[0]:g}", second=f"{error[1]:g}"),
                say("propagate_error.how_much_to_blame"),
                "",
                *table(
                    [say("propagate_error.input_0"), say("propagate_error.input_1")],
                    found,
                    J[i],
                    say("propagate_error.yours"),
                    say("propagate_error.moves_output", i=i),
                ),
                "",
                say("propagate_error.ask_row_or_column"),
            ]
    return False, [
        say("propagate_error.blamed_as_it_moves"),
    ]


EXPERIMENT = Experiment((), propagated)
