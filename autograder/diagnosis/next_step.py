"""What to do next, by what was observed of a wrong answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.assignment.exercise import Exercise

#: By what an observation says: the step that it leads to, the most telling first.
_STEPS = (
    (
        r"same answer to every input",
        "Take each argument in turn: in which line is it used, and does the result come of it?",
    ),
    (
        r"^The list (?:of \w+ )?(?:is too|has)",
        "Print `len` of your list, and say of each entry what it belongs to.",
    ),
    (
        r"\bshape\b|is too (?:short|long)",
        "Print `.shape` of your result for this input, and say of each entry what it belongs to.",
    ),
    (
        r"far (?:below|from) 0",
        "Print what goes into `exp` and what comes out, for [-1000, -1001]: where do the "
        "two no longer differ?",
    ),
    (
        r"lost their decimals",
        "Print the `dtype` of what you store the numbers in, and try your code on whole numbers "
        "and on decimals.",
    ),
    (
        r"nan or inf",
        "Print each step of your code for such an input: which is the first to give inf or nan?",
    ),
    (
        r"^Only entry \d+",
        "Go through your code for that entry and for the one before it: what is done to the one "
        "and not to the other?",
    ),
    (
        r"opposite sign|some signs are wrong",
        "Go to each minus in your code, and say which of the two is taken from which.",
    ),
    (
        r"a factor, and that differs",
        "Print what multiplies the gradient in each round of your loop: should it change on the "
        "way?",
    ),
    (
        r"^There is a loss for each example",
        "Look at the line that stores a loss: in which of your two loops does it stand?",
    ),
    (
        r"on, but weakly",
        "Print what you compare the activations with: from where on is a neuron on?",
    ),
    (
        r"same factor",
        "Go through all that is multiplied or divided in your code, and say of each factor what "
        "it is for.",
    ),
    (
        r"same amount",
        "Go through all that is added in your code, and say of each term what it is for.",
    ),
    (
        r"ever larger than|Small entries",
        "Print each step for a large and for a small entry: in which line are they treated "
        "differently?",
    ),
    (
        r"not exact",
        "Print the numbers with all their digits after each step: where do they first depart?",
    ),
    (
        r"wrong places",
        "Mark on paper where each number should stand, and see which index puts it elsewhere.",
    ),
    (
        r"all 0 where they should not be|comes back as something else",
        "Choose one such entry, and follow its number through your code: where does it change?",
    ),
    (
        r"lie on the diagonal",
        "Work out one entry on the diagonal by hand, and follow your code beside it.",
    ),
    (
        r"The diagonal is right",
        "Work out one entry off the diagonal by hand, and follow your code beside it.",
    ),
    (
        r"\(top\) entry of the list is right",
        "The top is right, so start one layer further down: work out one entry there by hand.",
    ),
    (
        r"it first goes wrong after that",
        "Start where it first goes wrong: work that entry out by hand from the one before it.",
    ),
    (
        r"^Only the (?:first|last)|In each case just one|The first entry is always right",
        "Work out a wrong entry by hand, and ask what your code does otherwise there than for a "
        "right one.",
    ),
    (
        r"(?:fails exactly on the inputs with|all that fail have) (?P<tag>[^.;()]+?)(?: \(|[.,])",
        "Choose one simple input with {tag}, print each step of your code for it, and work it out "
        "by hand beside it: which step is the first to differ?",
    ),
)


#: After a slip in a sum of products.
_OUT_OF_PRODUCTS = (
    "Write its products one below the other, and say of each number where it stands in the task."
)


def next_step(exercise: Exercise, observations: Sequence[str]) -> str:
    """What the observations lead to; empty where they lead to nothing of their own.

    An answer by hand has its own step: what follows from an observation there is to work again.
    """
    if not exercise.parameters:
        return _OUT_OF_PRODUCTS if any(" product" in text for text in observations) else ""
    for pattern, step in _STEPS:
        for text in observations:
            if found := re.search(pattern, text):
                return step.format(**found.groupdict())
    return ""
