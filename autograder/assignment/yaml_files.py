"""YAML files of words and settings: read, checked, and the line told where something is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from yaml.constructor import ConstructorError


class ConfigError(Exception):
    """A config cannot be used; the message names the file, the line and the key."""

    for_people = True


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Tells the line of a value that Python cannot make, such as a number of 100,000 digits."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, ArithmeticError, LookupError) as error:
            problem = "this is no number, date or text that can be read"
            raise ConstructorError(None, None, problem, node.start_mark) from error

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> Any:
        """YAML lets the last of two equal keys win without a word."""
        seen: set[str] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.value in seen:
                problem = f"'{key.value}' stands here a second time"
                raise ConstructorError(None, None, problem, key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def mapping(path: Path) -> dict[str, Any]:
    """What a file holds; raises ConfigError if it cannot be read as a mapping."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = yaml.load(text, Loader=Loader)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "cannot be read as YAML"
        raise ConfigError(f"{path}{line}: {problem}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deeply") from error
    if not isinstance(content, dict):
        raise ConfigError(f"{path}: must hold keys such as 'title', 'points' or 'misconceptions'")
    return content


Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], content: dict[str, Any], path: Path) -> Model:
    """Check what a file holds; raises ConfigError with each line at fault."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise ConfigError(_explain(path, error, _keys(model))) from error


def _keys(model: Any) -> set[str]:
    """All keys that a model names, in itself and within."""
    if not isinstance(model, type):
        return set().union(*map(_keys, get_args(model)))
    if not issubclass(model, BaseModel):
        return set()
    within = (_keys(field.annotation) for field in model.model_fields.values())
    return set(model.model_fields).union(*within)


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """The rest of a sentence on a name that there is not: the one that is nearest to it, if any."""
    near = [] if text in known else get_close_matches(text, known, 1)
    return f"; did you mean '{near[0]}'?" if near else ""


def _explain(path: Path, error: ValidationError, known: Collection[str]) -> str:
    text = path.read_text(encoding="utf-8-sig")
    lines = []
    for problem in error.errors():
        keys = [str(key) for key in problem["loc"]]
        where = ".".join(keys) or "the file"
        message = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            message = f"is not a key that can stand here{did_you_mean(keys[-1], known)}"
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


def wrong(path: Path, keys: list[str], message: str) -> ConfigError:
    """The error for what a file has under some nested keys."""
    return ConfigError(f"{line_of(path, keys)}: {message}")


def line_of(path: Path, keys: list[str]) -> str:
    """Tell the file, the line and the keys."""
    line = _line(path.read_text(encoding="utf-8-sig"), keys)
    return f"{path}, line {line}: {'.'.join(keys)}"
