"""What is wrong with the sandbox itself, and with no submission."""

from __future__ import annotations


class SandboxError(RuntimeError):
    """The sandbox does not work."""


class TierTooLow(SandboxError):
    """This machine confines less well than the caller demands."""
