import numpy as np

from checking.why import jacobian


def ask_threshold(said, done, j):
    if np.delete(said, j).any():
        return "Question: does any output but its own listen to this input?"
    if not said[j]:
        return "Question: is this value above the threshold, and does its output then move?"
    if not done[j]:
        return "Question: this value is replaced by 0. When it moves a little, does the 0 move?"
    return "Question: when this input moves by 1, how far does its output move with it?"


EXPERIMENT = jacobian("threshold_jacobian", "threshold", np.array([2.0, -0.5, -1.5]), ask_threshold)
