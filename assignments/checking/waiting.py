"""Whether a function has to wait until another is right."""

from checking.evidence import Waiting, passes_its_checks
from checking.saying import say


def own_crashes(work, name, failed):
    """Give the crashes of a function before it gets to another that isn't written yet."""
    if not any(used in work.unwritten for used in work.uses.get(name, ())):
        return []
    return [found for found in failed if getattr(found[1], "error", None)]


def find_what_it_waits_for(work, name, failed):
    """Say which other function has to be right first; None if this one has to be mended."""
    calls = getattr(work.functions[name], "__globals__", {})
    for used in work.uses.get(name, ()):  # none where it has another name
        if getattr(calls.get(used), "__module__", "") in work.problems:
            return say("check.waits_for", function=used)  # its file can't be read to the end
        if calls.get(used) is not work.functions.get(used):
            continue  # it is not there to be called, or the file has one of its own
        if not passes_its_checks(work.functions.get(used), used):
            return say("check.waits_for", function=first_unwritten(work, used))
    findings = [finding for _, finding in failed]
    return str(findings[0]) if all(isinstance(f, Waiting) for f in findings) else None


def first_unwritten(work, name):
    """Give what a function that isn't right waits for itself: what isn't there yet, or that."""
    found = (first_unwritten(work, n) for n in work.uses.get(name, ()) if n != name)
    return next((n for n in found if n in work.unwritten or n not in work.functions), name)
