"""``grading.yaml``, read and checked: points, limits, level and words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from autograder.notes6.contract import FUNCTIONS

DEFAULT = Path(__file__).parents[1] / "notes6" / "grading.yaml"

Level = Literal["locate", "explain", "reveal"]
Show = Literal["at once", "after publishing"]
Positive = Annotated[float, Field(gt=0)]


class ConfigError(Exception):
    """``grading.yaml`` cannot be used; the message names the file, the line and the key."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitsConfig(_Strict):
    """What one submission may use."""

    call_seconds: Positive = 2.0
    import_seconds: Positive = 5.0
    submission_seconds: Positive = 60.0
    memory_mb: Annotated[int, Field(ge=256)] = 1024


class GradescopeConfig(_Strict):
    """What students see on Gradescope, and when."""

    show: Show = "at once"
    levels: list[Level] = []


class Words(_Strict):
    """What is said about one misconception; without a section, that of the function."""

    title: str
    did: str
    why: str
    next: str
    section: str = ""
    source: str = "own"

    @field_validator("did", "why", "next")
    @classmethod
    def _only_known_placeholders(cls, text: str) -> str:
        try:
            text.format(function="softmax")
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError("the only placeholder is {function}; write other braces twice") from (
                error
            )
        return text


class Config(_Strict):
    """The grading of the assignment."""

    title: str
    level: Level = "explain"
    points: dict[str, Annotated[float, Field(ge=0)]]
    limits: LimitsConfig = LimitsConfig()
    gradescope: GradescopeConfig = GradescopeConfig()
    misconceptions: dict[str, Words]

    @field_validator("points")
    @classmethod
    def _each_function_once(cls, points: dict[str, float]) -> dict[str, float]:
        unknown, missing = points.keys() - FUNCTIONS.keys(), FUNCTIONS.keys() - points.keys()
        if unknown:
            raise ValueError(
                f"no function of the assignment is called {', '.join(sorted(unknown))}"
            )
        if missing:
            raise ValueError(f"points are missing for {', '.join(sorted(missing))}")
        if not sum(points.values()) > 0:
            raise ValueError("at least one function must have points")
        return points

    def words(self, function: str, id: str) -> Words:
        """The words for a misconception, those made for this function first, with a section."""
        found = self.misconceptions.get(f"{function}.{id}") or self.misconceptions.get(id)
        if found is None:
            raise ConfigError(f"grading.yaml has no words for the misconception '{id}'")
        section = found.section or FUNCTIONS[function].section
        return found.model_copy(update={"section": section})


def load(path: Path | None = None) -> Config:
    """Read and check a grading config.

    Parameters
    ----------
    path : Path, optional
        A file in place of the one that comes with the package.

    Raises
    ------
    ConfigError
        If it cannot be read, is not YAML, or says something that it cannot mean.
    """
    return _load(path or DEFAULT)


@cache
def _load(path: Path) -> Config:
    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        content = yaml.load(text, Loader=loader)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "cannot be read as YAML"
        raise ConfigError(f"{path}{line}: {problem}") from error
    if not isinstance(content, dict):
        raise ConfigError(f"{path}: must hold 'title', 'points' and 'misconceptions'")
    try:
        return Config.model_validate(content)
    except ValidationError as error:
        raise ConfigError(_explain(path, text, error)) from error


def _explain(path: Path, text: str, error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        keys = [str(key) for key in problem["loc"]]
        where = ".".join(keys) or "the file"
        message = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            message = "is not a key that can stand here"
        lines.append(f"{path}, line {_line(text, keys)}: {where}: {message}")
    return "\n".join(lines)


def _line(text: str, keys: list[str]) -> int:
    """The line of the deepest of these nested keys that the text has."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((k, v) for k, v in pairs if k.value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


_in_force: list[Config] = []


def use(config: Config) -> None:
    """Put a config in force for Otter's test files, which take no arguments."""
    _in_force[:] = [config]


def current() -> Config:
    """The config in force: the one given to ``use``, else the package's own."""
    return _in_force[0] if _in_force else load()
