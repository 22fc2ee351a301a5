"""What the pages draw, measured out: places, shades and the words that say the same thing.

Matrices are HTML tables with shaded cells, and the few line drawings inline SVG from Jinja
macros. A plotting library would cost 30 ms a figure, and its pictures neither follow dark mode
nor can be read cell by cell by a screen reader; these cost a fraction of a millisecond.
"""

from __future__ import annotations

from typing import Any

#: Shades on either side of 0; the sign is always in the number too.
SHADES = 4
#: Inputs that take more characters are only named in a line of text.
LONGEST_INPUTS = 120


def number(value: Any, digits: int = 4) -> str:
    """One value as it stands in a cell, with a real minus sign."""
    text = value if isinstance(value, str) else f"{value:.{digits}g}"
    return text.replace("-", "−")


def nested(values: Any) -> str:
    """Nested lists as the student would write them, with real minus signs."""
    if isinstance(values, list):
        return f"[{', '.join(nested(v) for v in values)}]"
    return number(values)


def matrix(
    values: Any, wrong: Any = None, rows: list[str] | None = None, columns: list[str] | None = None
) -> dict[str, Any]:
    """Lay out numbers as a table of shaded cells; a vector is a matrix of one row.

    Parameters
    ----------
    values : number or (nested) list of numbers
    wrong : same shape, optional
        Which entries are in question.
    rows, columns : list of str, optional
        Their names; by default the index.
    """
    table = values if _depth(values) == 2 else [values] if _depth(values) == 1 else [[values]]
    marks = wrong if _depth(wrong) == 2 else [wrong] if _depth(wrong) == 1 else [[bool(wrong)]]
    top = max((abs(v) for row in table for v in row if not isinstance(v, str)), default=0)
    cells = [
        [
            {
                "text": number(value),
                "shade": _shade(value, top),
                "wrong": bool(wrong is not None and marks[i][j]),
            }
            for j, value in enumerate(row)
        ]
        for i, row in enumerate(table)
    ]
    width = max((len(row) for row in table), default=0)
    return {
        "columns": columns if columns and len(columns) == width else [f"{j}" for j in range(width)],
        "rows": list(zip(_row_names(rows, table, values), cells, strict=True)),
    }


def _row_names(rows: list[str] | None, table: list[Any], values: Any) -> list[str]:
    if rows is not None and len(rows) == len(table):
        return rows
    return [f"{i}" for i in range(len(table))] if _depth(values) == 2 else [""]


def _depth(values: Any) -> int:
    return 1 + _depth(values[0]) if isinstance(values, list) and values else 0


def _shade(value: Any, top: float) -> str:
    if isinstance(value, str):
        return "odd"
    # Divided first: four times the largest numbers would be no number any more.
    level = round(SHADES * (abs(value) / top)) if top else 0
    if value == 0:
        return "zero"
    return f"{'p' if value > 0 else 'n'}{max(1, level)}"


# --- one picture -------------------------------------------------------------------------------


def drawing(picture: dict[str, Any]) -> dict[str, Any]:
    """What a page shows of one function's evidence: a kind, its parts and its words."""
    return {"kind": picture["kind"], **_DRAW[picture["kind"]](picture)}


def _answer(item: dict[str, Any], **names: Any) -> dict[str, Any]:
    """One array of the answer: its table, or the words for why there is none."""
    table = None if item["values"] is None else matrix(item["values"], item["wrong"], **names)
    right = matrix(item["right"], **names) if "right" in item else None
    return {"table": table, "right": right, "shape": _shape_words(item), "words": in_question(item)}


def _shape_words(item: dict[str, Any]) -> str:
    given, asked = _shape(item["shape"]), item["asked"]
    if asked is None:
        return f"shape {given}, where nothing more is asked for"
    if item["shape"] != asked:
        return f"shape {given}; asked for is {_shape(asked)}"
    return "" if item["values"] is not None else f"shape {given}, too large to draw"


def _shape(shape: list[int]) -> str:
    if not shape:
        return "() (a single number)"
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def questionable(item: dict[str, Any]) -> bool:
    """Whether anything about one array of an answer is in question."""
    return item["wrong"] is None or _any(item["wrong"])


def _any(marks: Any) -> bool:
    return any(map(_any, marks)) if isinstance(marks, list) else bool(marks)


def in_question(item: dict[str, Any]) -> str:
    """Which entries of one array are questionable, in words."""
    wrong = item["wrong"]
    if wrong is None:
        return "Its shape is in question."
    if _depth(wrong) == 2:
        places = [f"[{i}, {j}]" for i, row in enumerate(wrong) for j, w in enumerate(row) if w]
        of = sum(map(len, wrong))
    else:
        flat = wrong if isinstance(wrong, list) else [wrong]
        places = [f"[{i}]" for i, w in enumerate(flat) if w]
        of = len(flat)
    if not places:
        return "No entry is in question."
    if len(places) == of:
        return "Every entry is in question." if of > 1 else "The entry is in question."
    shown = ", ".join(places[:12]) + (" and others" if len(places) > 12 else "")
    be = "is" if len(places) == 1 else "are"
    return f"{len(places)} of {of} entries {be} in question: {shown}."


def _jacobian(picture: dict[str, Any]) -> dict[str, Any]:
    (name, x), item = _first_input(picture), picture["items"][0]
    square = item["shape"] == [len(x), len(x)]
    names = {
        "rows": [f"output {i}" for i in range(len(x))] if square else None,
        "columns": [f"input {j}" for j in range(len(x))] if square else None,
    }
    return {
        "input": matrix(x, rows=[name], columns=[f"input {j}" for j in range(len(x))]),
        "answer": _answer(item, **names),
        "wiggle": _wiggle(picture["wiggle"], len(x)) if picture["wiggle"] else None,
    }


def _wiggle(wiggle: dict[str, Any], size: int) -> dict[str, Any]:
    """The nudged input on the left, a line to each output that moves."""
    j, yours, tried = wiggle["input"], wiggle["yours"], wiggle["tried"]
    outputs = [
        {
            "i": i,
            "y": 46 + 30 * i,
            "yours": yours[i],
            "tried": tried[i] if tried else None,
            "differs": bool(tried) and tried[i] != yours[i],
        }
        for i in range(size)
    ]
    words = f"Input {j} is nudged up a little. By your matrix {_moves(yours)}."
    if tried:
        words += f" Trying it with the function itself: {_moves(tried)}."
    return {
        "input": j,
        "y": 46 + 30 * j,
        "height": 46 + 30 * size,
        "outputs": outputs,
        "words": words,
    }


def _moves(directions: list[str]) -> str:
    parts = []
    for direction, words in (("up", "moves up"), ("down", "moves down"), ("nan", "gets no number")):
        where = [str(i) for i, d in enumerate(directions) if d == direction]
        if where:
            many = len(where) > 1
            verb = words.replace("moves", "move").replace("gets", "get") if many else words
            parts.append(f"output{'s' if many else ''} {_and(where)} {verb}")
    still = [str(i) for i, d in enumerate(directions) if d == "still"]
    if still:
        noun, verb = ("outputs", "stay") if len(still) > 1 else ("output", "stays")
        parts.append(f"{noun} {_and(still)} {verb} still")
    return ", ".join(parts)


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _first_input(picture: dict[str, Any]) -> tuple[str, Any]:
    name, values = next(iter(picture["inputs"].items()))
    return name, values


def _vector(picture: dict[str, Any]) -> dict[str, Any]:
    name, x = _first_input(picture)
    return {
        "input": matrix(x, rows=[name]),
        "answer": _answer(picture["items"][0], rows=["yours"]),
    }


def _step(picture: dict[str, Any]) -> dict[str, Any]:
    return {
        "error": matrix(picture["inputs"]["error"], rows=["error"]),
        "jacobian": matrix(picture["inputs"]["jacobian"]),
        "answer": _answer(picture["items"][0], rows=["yours"]),
    }


def _chain(picture: dict[str, Any]) -> dict[str, Any]:
    """The links in the order in which the error meets them, each with what came out of it."""
    items, jacobians = picture["items"], picture["inputs"]["jacobians"]
    links = [
        {
            "k": k + 1,
            "jacobian": matrix(jacobians[k]) if k < len(jacobians) else None,
            "answer": _answer(items[k], rows=["yours"]) if k < len(items) else None,
            "first_wrong": picture["first_wrong"] == k,
        }
        for k in range(max(len(items), len(jacobians)))
    ]
    return {
        "error": matrix(picture["inputs"]["error"], rows=["error"]),
        "links": links,
        "length": _length(picture),
    }


def _length(picture: dict[str, Any]) -> str:
    given, asked = picture["length"]
    return "" if given == asked else f"The list has {given} entries; {asked} are asked for."


def _weights(picture: dict[str, Any]) -> dict[str, Any]:
    answers = [
        {"name": f"{picture['letter']}_{k}", **_answer(item)}
        for k, item in enumerate(picture["items"], 1)
    ]
    return {"answers": answers, "length": _length(picture)}


def _training(picture: dict[str, Any]) -> dict[str, Any]:
    *weights, losses = picture["items"]
    answers = [
        {"name": f"{picture['letter']}_{k}", **_answer(item)} for k, item in enumerate(weights, 1)
    ]
    answers.append({"name": "losses", **_answer(losses)})
    return {"answers": answers, "length": _length(picture)}


def _norms(picture: dict[str, Any]) -> dict[str, Any]:
    item = picture["items"][0]
    values = item["values"]
    if _depth(values) != 1 or any(isinstance(v, str) for v in values) or len(values) < 2:
        return {"answer": _answer(item), "points": [], "words": ""}
    top = max(max(abs(v) for v in values), 1e-12)
    step = min(90, 360 // (len(values) - 1))
    points = [
        {
            "k": k,
            "x": 46 + step * k,
            "y": round(120 - 90 * (abs(v) / top)),
            "text": number(v),
            "wrong": bool(item["wrong"] and item["wrong"][k]),
        }
        for k, v in enumerate(values)
    ]
    trend = "grows" if values[-1] > values[0] else "shrinks" if values[-1] < values[0] else "stays"
    words = f"The error's length by depth: {', '.join(p['text'] for p in points)}. It {trend}."
    return {
        "answer": _answer(item),
        "points": points,
        "words": words,
        "width": 92 + points[-1]["x"],
    }


# --- a network ---------------------------------------------------------------------------------


def _network(picture: dict[str, Any]) -> dict[str, Any]:
    """Layers from the input at the left to the top at the right, with a cell for each neuron."""
    inputs, items = picture["inputs"], picture["items"]
    weights = inputs["weights"]
    sizes = [len(weights[0][0]), *(len(W) for W in weights)]
    back = picture["kind"] == "errors"
    layers = []
    for l, size in enumerate(sizes):
        k = l - 1 if back else l
        item = items[k] if 0 <= k < len(items) else None
        forward = inputs["activations"][l] if back else None
        layers.append(_layer(l, size, item, forward, back, picture["first_wrong"] == k >= 0))
    lines = [
        (_x(l), neuron["y"], _x(l + 1), above["y"])
        for l in range(len(layers) - 1)
        for neuron in layers[l]["neurons"]
        for above in layers[l + 1]["neurons"]
    ]
    return {
        "layers": layers,
        "lines": lines,
        "back": back,
        "width": _x(len(sizes) - 1) + 75,
        "height": 82 + _row(back) * max(sizes),
        "length": _length(picture),
        "words": _network_words(picture, back),
    }


def _x(layer: int) -> int:
    return 75 + 170 * layer


def _row(back: bool) -> int:
    """The height of a neuron, on the way back with a box for its error."""
    return 94 if back else 74


def _layer(
    l: int, size: int, item: dict[str, Any] | None, forward: Any, back: bool, first: bool
) -> dict[str, Any]:
    fits = item is not None and item["shape"] == [size] and item["values"] is not None
    row = _row(back)
    neurons = []
    for i in range(size):
        own = number(item["values"][i], 3) if item is not None and fits else None
        wrong = bool(item is not None and fits and item["wrong"] and item["wrong"][i])
        neurons.append(
            {
                "y": 80 + row * i,
                "activation": number(forward[i], 3) if back else own,
                "error": own if back else None,
                "wrong": wrong,
            }
        )
    name = "x" if l == 0 else f"layer {l}"
    problem = "" if item is None or fits else _shape_words(item)
    return {"name": name, "x": _x(l), "neurons": neurons, "first": first, "problem": problem}


def _network_words(picture: dict[str, Any], back: bool) -> str:
    letter, first = ("e", 1) if back else ("a", 0)
    parts = [
        f"{letter}_{k + first}: {nested(item['values']) if item['values'] is not None else ''} "
        f"{_shape_words(item)} {in_question(item)}"
        for k, item in enumerate(picture["items"])
    ]
    if back:
        parts.reverse()
    return " ".join(" ".join(parts).split())


_DRAW = {
    "jacobian": _jacobian,
    "vector": _vector,
    "step": _step,
    "chain": _chain,
    "activations": _network,
    "errors": _network,
    "weights": _weights,
    "training": _training,
    "norms": _norms,
}


def summary(picture: dict[str, Any]) -> str:
    """The question and the student's answer in one line, for the report's examples."""
    inputs = ", ".join(f"{name} = {nested(value)}" for name, value in picture["inputs"].items())
    if len(inputs) > LONGEST_INPUTS:
        inputs = f"{', '.join(picture['inputs'])} as on the students' pages"
    values = [item["values"] for item in picture["items"]]
    if any(v is None for v in values):
        return f"{inputs} → {', '.join(_shape_words(item) for item in picture['items'])}"
    alone = picture["kind"] in ("jacobian", "vector", "step", "norms")
    return f"{inputs} → {nested(values[0] if alone else values)}"


def doubtful(picture: dict[str, Any]) -> bool:
    """Whether anything in a picture is in question."""
    given, asked = picture["length"]
    return given != asked or any(questionable(item) for item in picture["items"])
