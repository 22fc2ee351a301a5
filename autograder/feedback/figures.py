"""What the pages draw, measured out: places, shades and the words that say the same thing.

Matrices are HTML tables with shaded cells, and the few line drawings inline SVG from Jinja
macros. A plotting library would cost 30 ms a figure, and its pictures neither follow dark mode
nor can be read cell by cell by a screen reader; these cost a fraction of a millisecond.
"""

from __future__ import annotations

from typing import Any

from autograder.feedback.curves import curves
from autograder.feedback.naming import MOST_NAMED, ordinal, places, value_names
from autograder.source.phrases import Phrases

#: Shades on either side of 0; the sign is always in the number too.
SHADES = 4
#: Inputs that take more characters are only named in a line of text.
LONGEST_INPUTS = 120
#: Columns that a phone shows beside each other.
MOST_ON_A_PHONE = 5


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
    values: Any,
    say: Phrases,
    wrong: Any = None,
    rows: list[str] | None = None,
    columns: list[str] | None = None,
    top: float | None = None,
) -> dict[str, Any]:
    """Lay out numbers as a table of shaded cells; a vector is a matrix of one row.

    Parameters
    ----------
    values : number or (nested) list of numbers
    say : Phrases
    wrong : same shape, optional
        Which entries are in question.
    rows, columns : list of str, optional
        Their names; by default their places.
    top : float, optional
        The size that has the darkest shade, of a series the same for all.
    """
    table = values if _depth(values) == 2 else [values] if _depth(values) == 1 else [[values]]
    marks = wrong if _depth(wrong) == 2 else [wrong] if _depth(wrong) == 1 else [[bool(wrong)]]
    top = largest([table]) if top is None else top
    digits = 3 if len(table) > 1 and len(table[0]) > 2 else 4
    cells = [
        [
            {
                "text": _in_short(value, digits),
                "shade": _shade(value, top),
                "wrong": bool(wrong is not None and marks[i][j]),
            }
            for j, value in enumerate(row)
        ]
        for i, row in enumerate(table)
    ]
    width = max((len(row) for row in table), default=0)
    return {
        "columns": columns if columns and len(columns) == width else _counted(width, values, say),
        "wide": width > MOST_ON_A_PHONE,
        "rows": list(zip(_row_names(rows, table, values, say), cells, strict=True)),
    }


def _in_short(value: Any, digits: int) -> str:
    """A value in few digits, unless they would make a whole number of what is none."""
    rounded = isinstance(value, str) or value % 1 == 0 or float(f"{value:.{digits}g}") % 1 != 0
    return number(value, digits if rounded else 4)


def _row_names(rows: list[str] | None, table: list[Any], values: Any, say: Phrases) -> list[str]:
    if rows is not None and len(rows) == len(table):
        return rows
    return _counted(len(table), values, say) if _depth(values) == 2 else [""]


def _counted(count: int, values: Any, say: Phrases) -> list[str]:
    """Places, where a column or a row is one among others."""
    several = count > 1 or _depth(values) == 2
    return [ordinal(k, say) for k in range(count)] if several else [""]


def column(
    values: Any,
    say: Phrases,
    wrong: Any = None,
    rows: list[str] | None = None,
    top: float | None = None,
) -> dict[str, Any]:
    """Lay out a vector as a column, as the notes write it."""
    if _depth(values) != 1:
        return matrix(values, say, wrong, top=top)
    marks = [[bool(w)] for w in wrong] if isinstance(wrong, list) else None
    value = [say("picture.value")]
    return matrix([[v] for v in values], say, marks, rows=rows, columns=value, top=top)


def largest(series: Any) -> float:
    """The largest size of all numbers in nested lists; what is no number counts as none."""
    if isinstance(series, list):
        return max(map(largest, series), default=0.0)
    return 0.0 if series is None or isinstance(series, str) else abs(series)


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


def drawing(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    """What a page shows of one function's evidence: a kind, its parts and its words."""
    return {"kind": picture["kind"], **_DRAW[picture["kind"]](picture, say)}


def _answer(
    item: dict[str, Any],
    say: Phrases,
    *,
    upright: list[str] | None = None,
    inputs: list[str] | None = None,
    **names: Any,
) -> dict[str, Any]:
    """One array of the answer: its table, or the words for why there is none.

    ``upright`` names the entries of a vector that stands as a column, ``inputs`` the inputs that
    entries belong to.
    """

    # The student's answer and the right one are read side by side too.
    names.setdefault("top", largest([item["values"], item.get("right")]))

    def table(values: Any, wrong: Any = None) -> dict[str, Any]:
        if upright is not None and _depth(values) == 1:
            return column(values, say, wrong, upright, names["top"])
        return matrix(values, say, wrong, **names)

    return {
        "table": None if item["values"] is None else table(item["values"], item["wrong"]),
        "right": table(item["right"]) if "right" in item else None,
        "shape": _shape_words(item, say),
        "words": in_question(item, say, inputs),
    }


def item_name(picture: dict[str, Any], k: int, say: Phrases) -> str:
    """What one array of a list is called: as in the notes, unless their number is another."""
    given, asked = picture["length"]
    if given != asked:
        return say("picture.entry", place=k)
    letter = {"errors": "e", "activations": "a", "chain": "e"}.get(picture["kind"])
    first = 0 if picture["kind"] == "activations" else 1
    return f"{letter or picture['letter']}_{k + first}"


def _shape_words(item: dict[str, Any], say: Phrases) -> str:
    given, asked = _shape(item["shape"], say), item["asked"]
    if asked is None:
        return say("picture.shape_not_asked", given=given)
    if item["shape"] != asked:
        return say("picture.shape_asked", given=given, asked=_shape(asked, say))
    return "" if item["values"] is not None else say("picture.shape_too_large", given=given)


def _shape(shape: list[int], say: Phrases) -> str:
    if not shape:
        return say("picture.no_shape")
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def questionable(item: dict[str, Any]) -> bool:
    """Whether anything about one array of an answer is in question."""
    return item["wrong"] is None or _any(item["wrong"])


def _any(marks: Any) -> bool:
    return any(map(_any, marks)) if isinstance(marks, list) else bool(marks)


def in_question(item: dict[str, Any], say: Phrases, inputs: list[str] | None = None) -> str:
    """Which entries of one array are questionable, in words.

    Parameters
    ----------
    item : dict
    say : Phrases
    inputs : list of str, optional
        What the inputs are called that the entries belong to.
    """
    wrong = item["wrong"]
    if wrong is None:
        return say("picture.shape_in_question")
    flat = [w for row in wrong for w in row] if _depth(wrong) == 2 else wrong
    flat = flat if isinstance(flat, list) else [flat]
    count = sum(map(bool, flat))
    if not count:
        return say("picture.none_in_question")
    if count == len(flat):
        return say("picture.all_in_question", count=count)
    return say("picture.in_question", where=_where(wrong, inputs, say))


def _where(wrong: Any, inputs: list[str] | None, say: Phrases) -> str:
    if _depth(wrong) == 2:
        if inputs and len(inputs) == len(wrong) == len(wrong[0]):
            rows = [say("places.output_row", output=name) for name in inputs]
            columns = [say("places.input_column", input=name) for name in inputs]
        else:
            rows = [say("places.row", nth=ordinal(i, say)) for i in range(len(wrong))]
            columns = [say("places.column", nth=ordinal(j, say)) for j in range(len(wrong[0]))]
        return places(wrong, rows, columns, say)
    at = [k for k, w in enumerate(wrong) if w]
    if len(at) > MOST_NAMED:
        return say("places.some", count=len(at), all=len(wrong))
    if inputs and len(inputs) == len(wrong):
        listed = say.listed([inputs[k] for k in at])
        return say("places.entries_for", count=len(at), inputs=listed)
    return say("places.entries", count=len(at), nth=say.listed([ordinal(k, say) for k in at]))


def _signed(names: list[str]) -> list[str]:
    return [name.replace("-", "−") for name in names]


def _jacobian(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    (name, x), item = _first_input(picture), picture["items"][0]
    square = item["shape"] == [len(x), len(x)]
    inputs = _signed(value_names(x, say))
    names: dict[str, Any] = {"rows": inputs, "columns": inputs} if square else {}
    return {
        "name": name,
        "input": column(x, say, rows=[ordinal(k, say) for k in range(len(x))]),
        "answer": _answer(item, say, upright=[], inputs=inputs, **names),
        "square": square,
        "wiggle": _wiggle(picture["wiggle"], inputs, say) if picture["wiggle"] else None,
    }


#: Where the bars of the wiggle begin, and how far the longest goes.
_STILL_AT, _FARTHEST = 300, 96


def _wiggle(wiggle: dict[str, Any], inputs: list[str], say: Phrases) -> dict[str, Any]:
    """The nudged input on the left, a line to each output that moves, and how far each does."""
    j, yours, tried = wiggle["input"], wiggle["yours"], wiggle["tried"]
    size = wiggle["size"] or [""] * len(inputs)
    bars = [[_bar(share) for share in column] for column in wiggle["reach"]]
    outputs = [
        {
            "i": inputs[i],
            "y": 58 + 30 * i,
            "yours": yours[i],
            "tried": tried[i] if tried else None,
            "bars": [column[i] for column in bars],
            "differs": bool(size[i]) or bool(tried and tried[i] != yours[i]),
        }
        for i in range(len(inputs))
    ]
    return {
        "input": inputs[j],
        "y": 58 + 30 * j,
        "height": 50 + 30 * len(inputs),
        "still": _STILL_AT,
        "outputs": outputs,
        "words": _wiggle_words(wiggle, inputs, size, say),
    }


def _bar(share: float) -> dict[str, int]:
    length = round(_FARTHEST * abs(share))
    return {"x": _STILL_AT - (length if share < 0 else 0), "length": length}


def _wiggle_words(wiggle: dict[str, Any], inputs: list[str], size: list[str], say: Phrases) -> str:
    yours, tried = wiggle["yours"], wiggle["tried"]
    words = [say("wiggle.nudged", input=inputs[wiggle["input"]])]
    if tried == yours:
        words.append(say("wiggle.right_way"))
    else:
        words.append(say("wiggle.yours", moves=_moves(yours, inputs, say)))
        if tried:
            words.append(say("wiggle.tried", moves=_moves(tried, inputs, say)))
    for which in ("too far", "not far enough"):
        if at := [inputs[i] for i in range(len(inputs)) if size[i] == which]:
            words.append(say(f"wiggle.{which}", count=len(at), outputs=_outputs(at, say)))
    return " ".join(words)


def _outputs(names: list[str], say: Phrases) -> str:
    return say("wiggle.outputs", count=len(names), names=say.listed(names))


def _moves(directions: list[str], inputs: list[str], say: Phrases) -> str:
    parts = []
    for direction in ("up", "down", "nan", "still"):
        at = [inputs[i] for i, d in enumerate(directions) if d == direction]
        if at:
            parts.append(say(f"wiggle.{direction}", count=len(at), outputs=_outputs(at, say)))
    return say.listing(parts)


def _first_input(picture: dict[str, Any]) -> tuple[str, Any]:
    name, values = next(iter(picture["inputs"].items()))
    return name, values


def _vector(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    name, x = _first_input(picture)
    names = _signed(value_names(x, say)) if _depth(x) == 1 else []
    item = picture["items"][0]
    beside = item["shape"] == [len(names)]
    return {
        "name": name,
        # Beside each entry of a column stands the input that it belongs to.
        "input": None if beside else _input(x, name, say),
        "answer": _answer(
            item,
            say,
            upright=names if beside else None,
            inputs=names,
            rows=[say("picture.yours")],
        ),
    }


def _input(x: Any, name: str, say: Phrases) -> dict[str, Any]:
    return column(x, say) if _depth(x) == 1 else matrix(x, say, rows=[name])


def _step(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    error, item = picture["inputs"]["error"], picture["items"][0]
    top = largest([error, *_given_and_right([item])])
    return {
        "error": matrix(error, say, rows=[say("picture.error")], top=top),
        "jacobian": matrix(picture["inputs"]["jacobian"], say),
        "answer": _answer(item, say, rows=[say("picture.yours")], top=top),
    }


def _given_and_right(items: list[dict[str, Any]]) -> list[Any]:
    return [item.get(key) for item in items for key in ("values", "right")]


def _chain(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    """The links in the order in which the error meets them, each with what came out of it."""
    items, jacobians = picture["items"], picture["inputs"]["jacobians"]
    error = picture["inputs"]["error"]
    # A series is read side by side: one shade means one size in all of it.
    top, steepest = largest([error, *_given_and_right(items)]), largest(jacobians)
    yours = [say("picture.yours")]
    links = [
        {
            "k": k + 1,
            "jacobian": matrix(jacobians[k], say, top=steepest) if k < len(jacobians) else None,
            "answer": _answer(items[k], say, rows=yours, top=top) if k < len(items) else None,
            "first_wrong": picture["first_wrong"] == k,
        }
        for k in range(max(len(items), len(jacobians)))
    ]
    return {
        "error": matrix(error, say, rows=[say("picture.error")], top=top),
        "links": links,
        "length": _length(picture, say),
    }


def _length(picture: dict[str, Any], say: Phrases) -> str:
    given, asked = picture["length"]
    return "" if given == asked else say("picture.length", given=given, asked=asked)


def _weights(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    top = largest(_given_and_right(picture["items"]))
    answers = [
        {"name": item_name(picture, k, say), **_answer(item, say, top=top)}
        for k, item in enumerate(picture["items"])
    ]
    return {"answers": answers, "length": _length(picture, say)}


def _training(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    *weights, losses = picture["items"]
    top = largest(_given_and_right(weights))
    answers = [
        {"name": item_name(picture, k, say), **_answer(item, say, top=top)}
        for k, item in enumerate(weights)
    ]
    answers.append({"name": say("picture.losses"), **_answer(losses, say)})
    return {"answers": answers, "length": _length(picture, say)}


def _norms(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    item = picture["items"][0]
    values = item["values"]
    if _depth(values) != 1 or any(isinstance(v, str) for v in values) or len(values) < 2:
        return {"answer": _answer(item, say), "points": [], "words": ""}
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
    lengths = say.listing([p["text"] for p in points])
    words = f"{say('picture.lengths', lengths=lengths)} {say(f'picture.{trend}')}"
    return {
        "answer": _answer(item, say),
        "points": points,
        "words": words,
        "width": 92 + points[-1]["x"],
    }


# --- a network ---------------------------------------------------------------------------------


def _network(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
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
        first = picture["first_wrong"] == k >= 0
        layers.append(_layer(l, size, item, forward, back, first, say))
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
        "length": _length(picture, say),
        "words": _network_words(picture, back, say),
        "narrow": [_narrow(layer, back, say) for layer in layers],
    }


def _narrow(layer: dict[str, Any], back: bool, say: Phrases) -> dict[str, Any]:
    """A layer as a table, for where the drawing has no room."""
    kinds = (
        [("activation", "activation"), ("error", "error")] if back else [("yours", "activation")]
    )
    neurons = layer["neurons"]
    rows = [
        (
            say(f"picture.{head}"),
            [_cell(n, key, marked=key == "error" or not back) for n in neurons],
        )
        for head, key in kinds
        if any(n[key] is not None for n in neurons)
    ]
    return {
        "name": layer["name"],
        "wide": len(neurons) > MOST_ON_A_PHONE,
        "columns": [ordinal(k, say) for k in range(len(neurons))],
        "rows": rows,
    }


def _cell(neuron: dict[str, Any], key: str, *, marked: bool) -> dict[str, Any]:
    shown = neuron[key] is not None
    return {
        "text": neuron[key] if shown else "–",
        "shade": "zero",
        "wrong": shown and marked and neuron["wrong"],
    }


def _x(layer: int) -> int:
    return 75 + 170 * layer


def _row(back: bool) -> int:
    """The height of a neuron, on the way back with a box for its error."""
    return 94 if back else 74


def _layer(
    l: int,
    size: int,
    item: dict[str, Any] | None,
    forward: Any,
    back: bool,
    first: bool,
    say: Phrases,
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
    name = "x" if l == 0 else say("picture.layer", number=l)
    problem = "" if item is None or fits else _shape_words(item, say)
    return {"name": name, "x": _x(l), "neurons": neurons, "first": first, "problem": problem}


def _sentence(words: str) -> str:
    return f"{words}." if words else ""


def _network_words(picture: dict[str, Any], back: bool, say: Phrases) -> str:
    parts = [
        f"{item_name(picture, k, say)}: "
        f"{_sentence(_shape_words(item, say)) or in_question(item, say)}"
        for k, item in enumerate(picture["items"])
        if questionable(item) or _shape_words(item, say)
    ]
    if back:
        parts.reverse()
    return " ".join(" ".join(parts).split())


# --- what a right function shows ----------------------------------------------------------------


def _curves(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    return curves(picture)


def _grid(picture: dict[str, Any], say: Phrases) -> dict[str, Any]:
    rows, columns = picture["rows"], picture["columns"]
    table = matrix(picture["values"], say, rows=_signed(rows), columns=_signed(columns))
    return {"title": picture["title"], "words": picture["words"], "table": table}


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
    "curves": _curves,
    "grid": _grid,
}


def summary(picture: dict[str, Any], say: Phrases) -> str:
    """The question and the student's answer in one line, for the report's examples."""
    inputs = ", ".join(f"{name} = {nested(value)}" for name, value in picture["inputs"].items())
    if len(inputs) > LONGEST_INPUTS:
        inputs = say("picture.as_on_pages", names=", ".join(picture["inputs"]))
    values = [item["values"] for item in picture["items"]]
    if any(v is None for v in values):
        return f"{inputs} → {', '.join(_shape_words(item, say) for item in picture['items'])}"
    alone = picture["kind"] in ("jacobian", "vector", "step", "norms")
    return f"{inputs} → {nested(values[0] if alone else values)}"


def doubtful(picture: dict[str, Any]) -> bool:
    """Whether anything in a picture is in question."""
    given, asked = picture["length"]
    return given != asked or any(questionable(item) for item in picture["items"])
