import numpy as np

from checking.evidence import array
from checking.why import Experiment, far, table


def propagated(functions):
    J = np.array([[3.0, 4.0], [5.0, 6.0]])
    for i, error in enumerate(np.eye(2)):
        found = array(functions["propagate_error"], error, J, shape=(2,))
        if far(found, J[i]):
            return True, [
                f"The Jacobian is [[3, 4], [5, 6]], and only output {i} is in error, by 1:",
                f"the error is [{error[0]:g}, {error[1]:g}].",
                "How much is each input to blame? As much as it moves that output.",
                "",
                *table(["input 0", "input 1"], found, J[i], "yours", f"moves output {i} by"),
                "",
                "Question: does one output's row or one output's column tell what moves it?",
            ]
    return False, [
        "One output's error at a time goes back as it should: each input is blamed as much as "
        "it moves that output. Do the blames of two outputs add up?",
    ]


EXPERIMENT = Experiment((), propagated)
