"""The catalogue: each function of the contract as a recipe whose steps misconceptions replace."""

from autograder.assignment.recipe import Recipe
from autograder.notes6.misconceptions import (
    backprop,
    error_norms,
    practice_6_1,
    practice_6_2,
    practice_6_3,
    training,
)

#: The recipe of each function of the contract.
RECIPES: dict[str, Recipe] = {
    recipe.function: recipe
    for recipe in (
        practice_6_1.threshold,
        practice_6_1.threshold_jacobian,
        practice_6_1.softmax,
        practice_6_1.softmax_jacobian,
        practice_6_1.practice_6_1,
        practice_6_2.propagate_error,
        practice_6_2.practice_6_2,
        practice_6_3.propagate_chain,
        practice_6_3.practice_6_3,
        backprop.forward,
        backprop.backward,
        backprop.weight_gradients,
        backprop.update_weights,
        training.train,
        error_norms.error_norms,
    )
}
