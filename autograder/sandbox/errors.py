"""What is wrong with the sandbox itself, or with what it is asked for."""

from __future__ import annotations

import json

from ..source.phrases import Said


class SandboxError(RuntimeError):
    """The sandbox does not work."""


class TierTooLow(SandboxError):
    """This machine confines less well than the caller demands."""

    for_people = True


class CannotConfine(TierTooLow):
    """This machine cannot run student code at all; the message says so, and the ways out."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"student code cannot be shut in on this machine ({why}), so none is run: use WSL on "
            "Windows, or on any system the container of docs/machines.md"
        )


class Refused(Exception):
    """A stand-in was called with what the contract doesn't allow.

    Parameters
    ----------
    what : Said
        What was given and what is wanted, by words of the area ``refusal``.
    """

    def __init__(self, what: Said) -> None:
        super().__init__(json.dumps(what.as_json()))
        self.what = what
