"""A small assignment from elsewhere: the logistic sigmoid, its Jacobian, an error of cross-entropy.

It shows that the engine knows no exercise: ``autograder grade CLASS -o OUT --assignment FOLDER``.
"""

from . import cross_entropy_error, sigmoid, sigmoid_jacobian

EXERCISES = (sigmoid.exercise, sigmoid_jacobian.exercise, cross_entropy_error.exercise)
