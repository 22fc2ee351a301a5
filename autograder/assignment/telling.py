"""What is said of a misconception: sentences, and such as speak of code that not everyone wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Sentence(BaseModel):
    """A sentence on the student's code, said only where what it speaks of stands there.

    Attributes
    ----------
    say : str
    speaks_of : str or list of str
        A word of code, such as "reshape", "[::-1]" or "+="; of several one is enough. "f(" is a
        call of a function of that name, "f(x)" one of a module's function with that name as its
        first argument, "loop" a loop of any kind.
    otherwise : str
        What is said where it isn't there.
    lacks : str
        A word of code beside which it is not said: another sentence speaks of that.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: str
    speaks_of: Annotated[
        str | list[str],
        Field(description="A word of code, or 'loop'; of several one is enough."),
    ]
    otherwise: Annotated[str, Field(description="What is said where it isn't there.")] = ""
    lacks: Annotated[str, Field(description="A word of code beside which it is not said.")] = ""

    def for_code(self, words: frozenset[str]) -> str:
        """What is said of code with these words in it."""
        wanted = {self.speaks_of} if isinstance(self.speaks_of, str) else {*self.speaks_of}
        if self.lacks and self.lacks in words:
            return ""
        return self.say if wanted & words else self.otherwise


#: A text, or its sentences where some depend on the student's code.
Telling = str | list[str | Sentence]


def texts(telling: Telling | None) -> Iterator[str]:
    """All texts in it."""
    for part in [telling or ""] if isinstance(telling, str | None) else telling:
        yield from (part.say, part.otherwise) if isinstance(part, Sentence) else (part,)


def told(telling: Telling, words: frozenset[str] | None = None) -> str:
    """Leave out the sentences on code that is not there.

    Parameters
    ----------
    telling : Telling
    words : frozenset of str, optional
        What stands in the function's code, by its syntax tree; None where that is not known: then
        all is said.
    """
    if isinstance(telling, str):
        return telling
    parts = []
    for part in telling:
        if isinstance(part, str):
            parts.append(part)
        elif words is not None:
            parts.append(part.for_code(words))
        elif not part.lacks:
            parts.append(part.say)
    return " ".join(filter(None, parts))
