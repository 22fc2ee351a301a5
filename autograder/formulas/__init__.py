"""The formula that a wrong function computes, read out of its answers."""

from autograder.formulas.reading import Part, Reader, Reading, differs
from autograder.formulas.step import Vocabulary
from autograder.formulas.wording import (
    key_of_departure,
    lacks_something,
    title_of_departure,
    what_is_told,
    what_it_computes,
    what_next,
    where_alone,
    where_it_departs,
)

__all__ = [
    "Part",
    "Reader",
    "Reading",
    "Vocabulary",
    "differs",
    "key_of_departure",
    "lacks_something",
    "title_of_departure",
    "what_is_told",
    "what_it_computes",
    "what_next",
    "where_alone",
    "where_it_departs",
]
