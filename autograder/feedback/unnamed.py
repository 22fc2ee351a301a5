"""What the record keeps of a wrong function that has no name, for the class report."""

from __future__ import annotations

from autograder.diagnosis.behaviour import signature
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.lines import source_lines
from autograder.feedback.failures import on_some, wrong_kind
from autograder.feedback.record import UnnamedRecord
from autograder.formulas import what_it_computes
from autograder.intake.file_names import harmless
from autograder.marking.marks import Marking
from autograder.source.phrases import Phrases

#: Bytes of a file that are kept with a function, which may lean on the rest of it.
MOST_SOURCE = 20_000
MOST_OBSERVED = 4


def unnamed(diagnosis: Diagnosis, marking: Marking, say: Phrases) -> UnnamedRecord:
    """Give what groups a wrong function with others that do the same, and shows its code.

    Returns
    -------
    UnnamedRecord
        ``signature``, the same for the same answers; ``formula`` in words, or nothing;
        ``observed``; ``stops``, where and why it does on some inputs; ``source`` and the first and
        last of its ``lines`` that hold the function.
    """
    file, name = diagnosis.exercise.file, diagnosis.function
    formulas = dict.fromkeys(what_it_computes(one, say) for one in diagnosis.readings)
    kind = wrong_kind(diagnosis, marking, say)
    source, lines = marking.session.submission.files.get(file, b""), (1, 0)
    if span := marking.session.worker.facts(file).lines.get(name):
        lines = span
    if len(source) > MOST_SOURCE:
        own = "\n".join(source_lines(source)[lines[0] - 1 : lines[1]])
        source, lines = own.encode()[:MOST_SOURCE], (1, lines[1] - lines[0] + 1)
    return {
        "signature": signature(marking, name),
        "formula": " ".join(formulas),
        "observed": [kind] if kind else [*map(say.fill, diagnosis.observations[:MOST_OBSERVED])],
        "stops": on_some(diagnosis, marking, say),
        "source": harmless(source.decode("utf-8-sig", "replace"), keep="\r\n\t"),
        "lines": list(lines),
    }
