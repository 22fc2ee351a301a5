"""What is wrong with the sandbox itself, or with what it is asked for."""

from __future__ import annotations


class SandboxError(RuntimeError):
    """The sandbox does not work."""


class TierTooLow(SandboxError):
    """This machine confines less well than the caller demands."""


class Refused(Exception):
    """A stand-in was called with what the contract doesn't allow; the message says what."""
