"""The properties that are fuzzed hold for the inputs that fuzzing starts from."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.fuzz import archive, cost, messages, report, source, wire


@pytest.mark.parametrize("harness", [archive, cost, messages, report, source, wire])
def test_the_property_holds_for_its_seeds(harness: ModuleType) -> None:
    seeds = harness.seeds()
    assert len(seeds) > 10
    for seed in seeds:
        harness.check(seed)
