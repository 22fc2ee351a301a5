"""Run one harness under Atheris: ``python -m tests.fuzz wire -max_total_time=300``."""

from __future__ import annotations

import hashlib
import importlib
import sys
from pathlib import Path

import atheris

FOLDER = Path("out") / "fuzz"
"""Where the inputs that reached something new are kept: a later run goes on from them."""
LIMITS = ("-rss_limit_mb=2048", "-timeout=20", "-max_len=4096")


def main(name: str, *options: str) -> None:
    """Fuzz until a property fails or an option of libFuzzer says to stop; or run given files."""
    # The engine has to be there before what it watches is imported.
    with atheris.instrument_imports(include=["autograder", "zipfile"]):
        harness = importlib.import_module(f"tests.fuzz.{name}")
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in harness.seeds():
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    dictionary = FOLDER / f"{name}.dict"
    dictionary.write_text("".join(map(_entry, harness.TOKENS)), encoding="ascii")
    if all(option.startswith("-") for option in options):
        options = (*options, str(corpus))
    given = (*LIMITS, f"-dict={dictionary}", f"-artifact_prefix={FOLDER}/{name}-", *options)
    atheris.Setup([name, *given], harness.check)
    atheris.Fuzz()


def _entry(token: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n'


if __name__ == "__main__":
    main(*sys.argv[1:])
