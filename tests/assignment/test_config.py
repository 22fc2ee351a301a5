"""A file of an instructor's own: what it names changes, and everything else stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from autograder.assignment.config import Config
from autograder.assignment.yaml_files import ConfigError
from tests.the_assignment import CONFIG, FUNCTIONS, NOTES6, RECIPES, load_config


def config_of(tmp_path: Path, content: object) -> Config:
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load_config(path)


def test_only_what_is_named_changes(tmp_path: Path) -> None:
    config = config_of(tmp_path, {"points": {"softmax": 7}, "limits": {"call_seconds": 3.0}})
    assert config.points == {**CONFIG.points, "softmax": 7}
    assert config.limits == CONFIG.limits.model_copy(update={"call_seconds": 3.0})
    for part in ("title", "level", "gradescope", "next_steps", "misconceptions"):
        assert getattr(config, part) == getattr(CONFIG, part)


def test_words_of_an_id_are_those_of_every_function_that_has_it(tmp_path: Path) -> None:
    changes = {"wrong-sign": {"title": "A minus"}, "backward.wrong-sign": {"title": "Uphill"}}
    config = config_of(tmp_path, {"misconceptions": changes})
    having = [name for name, recipe in RECIPES.items() if "wrong-sign" in recipe.misconceptions]
    assert len(having) > 5
    for name in having:
        words, before = config.words(name, "wrong-sign"), CONFIG.words(name, "wrong-sign")
        assert words.title == ("Uphill" if name == "backward" else "A minus")
        assert words.model_copy(update={"title": before.title}) == before


def test_a_whole_copy_works_as_it_did_when_all_words_stood_in_it(tmp_path: Path) -> None:
    whole = CONFIG.model_dump(exclude={"next_steps", "examples", "phrases"})
    assert config_of(tmp_path, whole) == CONFIG
    assert config_of(tmp_path, {**whole, "level": "locate"}).level == "locate"


def test_identical_words_stand_once_and_are_those_of_the_other() -> None:
    text = (NOTES6.folder / "softmax_jacobian.yaml").read_text(encoding="utf-8")
    own = yaml.safe_load(text)["misconceptions"]
    referring = {id: entry["same_as"] for id, entry in own.items() if "same_as" in entry}
    assert referring
    for id, other in referring.items():
        function, _, name = other.partition(".")
        found, meant = CONFIG.words("softmax_jacobian", id), CONFIG.words(function, name)
        assert found.model_dump(exclude={"section"}) == meant.model_dump(exclude={"section"})


def test_without_a_section_the_words_are_of_the_functions_own() -> None:
    assert CONFIG.words("error_norms", "root-missing").section == FUNCTIONS["error_norms"].section


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"points": {"softmx": 3}}, "called softmx; did you mean 'softmax'\\?"),
        ({"misconceptions": {"softmx.a": {"title": "x"}}}, "is called softmx"),
        ({"misconceptions": {"zzz": {"title": "x"}}}, "misconceptions.zzz: is no misconception$"),
        (
            {"misconceptions": {"softmax.no-shft": {"title": "x"}}},
            "no-shft: is no misconception; did you mean 'softmax.no-shift'",
        ),
        ({"misconceptions": {"no-shft": {"title": "x"}}}, "no-shft: .* did you mean 'no-shift'"),
        ({"rubric": {"no-shft": 0.5}}, "rubric.no-shft: .* did you mean 'no-shift'"),
        ({"levle": "reveal"}, "levle: is not a key .*; did you mean 'level'"),
        ({"limits": {"memory": 512}}, "limits.memory: .* did you mean 'memory_mb'"),
        ({"points": dict.fromkeys(FUNCTIONS, 0)}, "at least one function must have points"),
        ({"colour": "red"}, "colour: is not a key that can stand here"),
    ],
)
def test_what_it_cannot_mean_is_said_with_the_line(
    content: object, says: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=rf"mine\.yaml, line \d+: .*{says}"):
        config_of(tmp_path, content)


def test_an_unknown_function_is_told_with_the_line_of_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "points:\n  softmax: 3\n  trian: 4\nmisconceptions:\n  wrong-sign:\n    title: x\n"
        "  trian.wrong-sign:\n    title: x\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as refused:
        load_config(path)
    first, second = str(refused.value).splitlines()
    assert "line 3: points.trian: " in first
    assert "line 7: misconceptions.trian.wrong-sign: " in second
    assert second.endswith("is called trian; did you mean 'train'?")


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("points:\n  softmax: 3\n  train: 4\n  softmax: 5\n", encoding="utf-8")
    with pytest.raises(
        ConfigError, match=r"mine\.yaml, line 4: 'softmax' stands here a second time"
    ):
        load_config(path)
