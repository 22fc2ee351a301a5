"""What students receive holds no hidden input, in whatever form."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import thinned
from tests.the_assignment import FUNCTIONS, build, load_config, probes_of

NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> list[float]:
    """All numbers of the hand-out's texts, in their order, notebooks decoded."""
    out = tmp_path_factory.mktemp("dist")
    list(build(out, load_config(), None))
    found: list[float] = []
    with zipfile.ZipFile(io.BytesIO((out / "student.zip").read_bytes())) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace")
            if Path(name).suffix == ".ipynb":
                text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
            found += [float(n) for n in NUMBER.findall(text)]
    return found


def rows(value: Any) -> Iterator[list[float]]:
    """The rows of all arrays of a probe that are long and odd enough to be recognised."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from rows(item)
    elif isinstance(value, np.ndarray):
        for row in np.atleast_2d(value).astype(float):
            if len({abs(v) for v in row} - {0.0, 0.5, 1.0, 2.0, 3.0}) >= 3:
                yield row.tolist()


def occurs(row: list[float], numbers: list[float]) -> bool:
    starts = (i for i, n in enumerate(numbers) if n == row[0])
    return any(numbers[i : i + len(row)] == row for i in starts)


@pytest.mark.parametrize("seed", thinned([0, 6], 2))
def test_no_hidden_input_is_in_the_hand_out(seed: int, numbers: list[float]) -> None:
    probes = probes_of(seed)
    hidden = [p for name in FUNCTIONS for p in probes[name] if not p.public]
    searched = [row for probe in hidden for row in rows(probe.arguments)]
    assert len(searched) > 100
    assert [row for row in searched if occurs(row, numbers)] == []


def test_the_search_finds_what_is_there(numbers: list[float]) -> None:
    """The vector of the notes, which is printed in the hand-out, is found."""
    assert occurs([0.3, -1.8, -0.2, 0.4, 0.9], numbers)
