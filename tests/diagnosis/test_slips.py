"""A place in the code is pointed out only where it stands there and the answers bear its trace."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment.rows import Row
from autograder.diagnosis.slip_kinds import KINDS
from autograder.marking.marks import Expected
from autograder.source.slips.listing import slips
from autograder.source.trees import Slip
from autograder.source.written import words
from tests.conftest import ROOT
from tests.the_assignment import FUNCTIONS, probes_of

EXPECTED = Expected(probes_of(6))

Feedback = Callable[[str], dict[str, dict[str, Any]]]


def found(body: str) -> list[Slip]:
    # Most of these do not use all of what comes in, and exponentials are mostly of small numbers;
    # "axis of one" stands beside "axis" each time; most of them count to some number; what is
    # written into may be given back; what is in a list before a loop belongs there at times; and
    # mostly what comes in has decimals; what a loop goes through may be numbers or arrays, and so
    # may what is multiplied.
    kinds = {
        "only counted", "never used", "overflow", "axis of one", "fixed depth", "given back",
        "one already", "places alike", "loop number",
        "matrix by entries",
    }  # fmt: skip
    return [slip for slip in listed(body) if slip.kind not in kinds]


def listed(body: str) -> list[Slip]:
    source = "def f(error, items):\n" + "\n".join(f"    {line}" for line in body.splitlines())
    function = ast.parse(source).body[0]
    return slips([function], ["error", "items"], words([function]), {"f_of": ["item", "error"]})


LISTED = {
    "a name that gets what is put into an array": (
        "new = error[error <= -1] = 0\nreturn new * len(items)",
        ("value of a place", 2, "new"),
    ),
    "the same the other way round, with a condition of a name": (
        "off = items < 0\nout = np.array(error)\nout[off] = low = items * 0.1\nreturn low + out",
        ("value of a place", 4, "low"),
    ),
    "an argument that is one of several names": (
        "out = error = np.zeros(len(error))\nout[0] = items[0]\nreturn error + out",
        ("argument given away", 2, "error"),
    ),
    "an argument that was only counted before": (
        "n = len(items)\nout = items = np.zeros(n)\nout[0] = items[0] * error[0]\nreturn out",
        ("argument given away", 3, "items"),
    ),
    "two lists that are one": (
        "a = b = []\nfor e in error:\n    a.append(e)\n    b.append(e + len(items))\nreturn a, b",
        ("one for both", 2, "a"),
    ),
    "a map that is summed": (
        "s = np.sum(map(np.exp, error))\nreturn [e / s for e in error + items]",
        ("one by one", 2, "map"),
    ),
    "a map with a name that is divided": (
        "e = map(np.exp, error)\nreturn e / (np.sum(items))",
        ("one by one", 3, "map"),
    ),
    "values one by one that are made an array": (
        "return np.array(e * j for e, j in zip(error, items))",
        ("one by one", 2, "(... for ...)"),
    ),
    "a filter of which an entry is taken": (
        "big = filter(None, items)\nreturn error * big[0]",
        ("one by one", 3, "filter"),
    ),
    "one of two that are given back": (
        "out = zip(error, items)\nreturn out, len(error)",
        ("returned one by one", 3, "zip"),
    ),
    "written into what a condition picks out": (
        "error = np.array(error)\nerror[error < 0][:] = 0\nreturn error * len(items)",
        ("written to a copy", 3, "error"),
    ),
    "written into what a kept condition picks out": (
        "below = error < 0\nerror[below][0] -= 1\nreturn error * len(items)",
        ("written to a copy", 3, "error"),
    ),
    "written into a copy that is made on the spot": (
        "for i in range(3):\n    error.flatten()[i] = 0\nreturn error * len(items)",
        ("written to a copy", 3, "error"),
    ),
    "an index is carried along first": (
        "return reduce(lambda e, i: e @ items[i], range(len(items)))",
        ("reduce start", 2, "e"),
    ),
    "an index is carried along first, of numbers with a name": (
        "places = list(range(3))\nerror = functools.reduce(lambda s, n: s + error[n], places)",
        ("reduce start", 3, "s"),
    ),
    "the rows overwrite one another": (
        "for i in range(3):\n    for j in range(3):\n        out[i] = a[i] * b[j]",
        ("overwritten", 4, "j"),
    ),
    "they are added up": (
        "for i in range(3):\n    for j in range(3):\n        out[i] += a[i] * b[j]",
        ("added up", 4, "j"),
    ),
    "one entry in every round": (
        "for k in range(3):\n    error = error @ items[1]",
        ("same entry", 3, "items"),
    ),
    "one entry in a comprehension": (
        "return [e @ items[0] for e in error]",
        ("same entry", 2, "items"),
    ),
    "stored behind the loop": (
        "out = []\nfor J in items:\n    error = error @ J\nout.append(error)",
        ("after the loop", 5, "out"),
    ),
    "a loop that ends two rounds early": (
        "for k in range(len(items) - 2):\n    error = error @ items[k]",
        ("short range", 2, "items"),
    ),
    "a loop left": ("for J in items:\n    if J.any():\n        break", ("break", 4, "")),
    "a whole list for one of its entries": (
        "for item in range(3):\n    error = f_of(items.T, error)",
        ("whole", 3, "items"),
    ),
    "what is used up after the first round": (
        "each = map(abs, items)\nwhile True:\n    for item in each:\n        print(item)",
        ("used up", 4, "each"),
    ),
    "what `zip` makes and is used up after the first round": (
        "pairs = zip(error, items)\nwhile True:\n    for e, item in pairs:\n        print(e)",
        ("zip used up", 4, "pairs"),
    ),
    "the same done twice": (
        "for item in items:\n    error = error @ item\n    print(error)\n    error = error @ item",
        ("twice", 5, "error"),
    ),
    "a loop down to 1": (
        "for k in range(len(items) - 2, 0, -1):\n    error = error @ items[k]",
        ("down to one", 2, ""),
    ),
    "a third factor that is none": (
        "return np.matmul(error, items, error)",
        ("third argument", 2, "np.matmul"),
    ),
    "a second argument that is the place of the result": (
        "loss = np.square(error, slope).sum()\nreturn loss",
        ("second argument", 2, "np.square"),
    ),
    "a third sum that is none": (
        "grown = np.add(error, items, slope)\nreturn grown",
        ("third argument", 2, "np.add"),
    ),
    "a third thing to compare that is calculated there": (
        "return np.maximum(error, items, 0.0 * error)",
        ("third lost", 2, "np.maximum"),
    ),
    "the same by a name that is used nowhere else": (
        "low = error * 0\nreturn np.minimum(error, items, low)",
        ("third lost", 3, "np.minimum"),
    ),
    "a third one by a name that is read again": (
        "low = error * 0\nout = np.minimum(error, items, low)\nreturn out + low",
        ("third argument", 3, "np.minimum"),
    ),
    "a loop that ends one round early": (
        "for k in range(len(items) - 1):\n    error = error @ items[k]",
        ("but the last", 2, ""),
    ),
    "a list without its last": ("return [e + 1 for e in error[:-1]]", ("but the last", 2, "")),
    "a loop that begins with the second": (
        "for k in range(1, 3):\n    error = error @ items[k]",
        ("from the second", 2, ""),
    ),
    "what is used up in a comprehension within another": (
        "rows = filter(None, items)\nout = [[a @ r for r in rows] for a in error]\nreturn out",
        ("used up", 3, "rows"),
    ),
    "what a sum has used up": (
        "e = map(np.exp, error)\ns = sum(e)\nreturn [a / s for a in e]",
        ("empty by then", 4, "e"),
    ),
    "what one loop has used up before another": (
        "r = reversed(items)\nfor J in r:\n    error = error @ J\nfor J in r:\n    out.append(J)",
        ("empty by then", 5, "r"),
    ),
    "what two loops over the same change": (
        "while n < 3:\n    for J in items:\n        W = step(W, J)\n    for J in items:\n"
        "        W, t = both(W, J)",
        ("updated again", 6, "W"),
    ),
    "what two loops over the same take off": (
        "while n < 3:\n    for J in items:\n        W[0] -= g(W)\n    for J in items:\n"
        "        for l in n:\n            W[l] -= g(W)",
        ("updated again", 7, "W"),
    ),
    "an index that is not used": (
        "for i in range(3):\n    for j in range(3):\n        out[i, j] = a[i] * b[i]",
        ("not used", 4, "j"),
    ),
    "an index of a list that is not used": (
        "return [[a[i] * b[i] for j in range(3)] for i in range(3)]",
        ("not used", 2, "j"),
    ),
    "two loops that count as far": (
        "for i in range(len(error)):\n    for j in range(len(error)):\n"
        "        out[i, j] = error[i] * items[j]",
        ("counted alike", 3, ""),
    ),
    "an argument that is made smaller": (
        "rate = error\nfor k in range(3):\n    rate = rate * 0.9",
        ("argument scaled", 4, "rate"),
    ),
    "a number of the round that is calculated with": (
        "for k in range(items):\n    error = error / (1 + k)",
        ("of the round", 3, "k"),
    ),
    "an item that is told by itself": (
        "for item in items:\n    if item is items[-1]:\n        error = error @ item",
        ("told by itself", 3, "items"),
    ),
    "a sum that is never set back": (
        "t = 0\nfor e in error:\n    for i in items:\n        t += i * e\n    out.append(t)",
        ("not set back", 5, "t"),
    ),
    "entries of a sum that is never set back": (
        "t = [0] * 2\nfor k in range(3):\n    for e in error:\n        for l in range(2):\n"
        "            t[l] = t[l] + e\n    for l in range(2):\n        g[l] = g[l] - t[l]",
        ("not set back", 6, "t"),
    ),
    "a list of sums that is never set back": (
        "t = [np.zeros(2) for W in items]\nfor k in range(3):\n    for e in error:\n"
        "        t = [s + one for s, one in zip(t, f(e))]\n    g = f_of(t, g)",
        ("not set back", 5, "t"),
    ),
    "sums used where they grow": (
        "t = [0 * W for W in items]\nfor k in range(3):\n    for l in range(2):\n"
        "        t[l] += error[l]\n        g[l] = g[l] - t[l]",
        ("not set back", 5, "t"),
    ),
    "sums that are added to themselves, too": (
        "t = [0 * W for W in items]\nfor k in range(3):\n    for l in range(2):\n"
        "        t[l] += error[l] + 0.1 * t[l]\n        g[l] = g[l] - t[l]",
        ("not set back twice", 5, "t"),
    ),
    "sums from which what was there is taken off": (
        "t = [0 * W for W in items]\nfor k in range(3):\n    for l in range(2):\n"
        "        t[l] += error[l] - t[l]\n        g[l] = g[l] - t[l]",
        ("not set back", 5, "t"),
    ),
    "a buffer that is made where there is none, by another name": (
        "d = {}\nfor J in items:\n    b = d.setdefault(len(J), np.zeros(len(J)))\n"
        "    for k in range(3):\n        b[k] += error @ J[k]\n    error = b * 1.0",
        ("kept and added to", 6, "d"),
    ),
    "values compared in a table": (
        "same = error[:, None] == error[None, :]\nreturn np.where(same, items, 0)",
        ("values compared", 2, "error"),
    ),
    "a result that nobody keeps": (
        "for item in items:\n    f_of(item, error)\nreturn error",
        ("dropped", 3, "f_of"),
    ),
    "a place that is looked up by its value": (
        "for e in error:\n    out[error.index(e)] = e",
        ("first place", 3, "e"),
    ),
    "a product that is compared": ("return np.eye(3) * error > -1", ("compared last", 2, "")),
    "a number that is bent before it is compared": (
        "return np.where(np.tanh(error) > -1, error, 0)",
        ("bent first", 2, "tanh"),
    ),
    "shares that are written over what is still read": (
        "for i in range(3):\n    e[i] = np.exp(e[i]) / np.sum(np.exp(e))",
        ("changed meanwhile", 3, "e"),
    ),
    "zeros that are compared": (
        "J = np.diag(error)\nJ[J > -1] = 1\nreturn J @ items",
        ("zeros compared", 3, "J"),
    ),
    "what is stored anew at once": (
        "for i in range(3):\n    for j in range(3):\n        if i == j:\n"
        "            J[i, j] = error[i]\n        J[i, j] = error[i] * error[j]",
        ("set again", 6, "J"),
    ),
    "an order that is turned over": ("return np.flip(error)", ("turned over", 2, "np.flip")),
    "what is not added up": (
        "t = 0\nfor e in error:\n    t = e * items.sum()\nreturn t",
        ("not added up", 4, "t"),
    ),
    "a row that gets another value": (
        "for i, row in enumerate(items):\n    row = error * 0\nreturn items",
        ("loop variable", 3, "row"),
        ("worked out in vain", 3, "row"),
    ),
    "values that are compared in a choice": (
        "return [[a if a == b else 0 for b in error] for a in error]",
        ("values compared", 2, "error"),
    ),
    "a place that is stored": (
        "for v, i in enumerate(error):\n    out[v] = v",
        ("place taken", 3, "v"),
    ),
    "half precision": ("return np.float16(error)", ("half", 2, "float16")),
    "an order of chance": (
        "for i in np.random.permutation(3):\n    out[i] = error[i]",
        ("shuffled", 2, ""),
    ),
    "a difference quotient": (
        "h = 0.1\nd[0] = h\nreturn (g(error + d) - g(error)) / h",
        ("difference", 4, "h"),
    ),
    "a sum that changes from round to round": (
        "for i in range(3):\n    e[i] = e[i] / np.sum(e)",
        ("changed meanwhile", 3, "e"),
    ),
    "the first of a list that grows": (
        "out = [error]\nfor J in items:\n    out.append(out[0] @ J)",
        ("same entry", 4, "out"),
    ),
    "zeros of np.diag compared at once": (
        "x = error\nreturn np.where(np.diag(x) > -1, 1.0, 0.0)",
        ("zeros of a product compared", 3, ""),
    ),
    "an else in the column of a loop": (
        "out = []\nfor x in error:\n    if x > 0:\n        out.append(x)\nelse:\n    out.append(0)",
        ("else of a loop", 7, ""),
    ),
    "all inputs moved at once": (
        "h = 0.1\nreturn (g(items + h) - g(items)) / n",
        ("all moved", 3, "h"),
    ),
    "a difference that nothing divides": (
        "for d in items:\n    out.append(g(error + d) - g(error - d))",
        ("undivided", 3, "d"),
    ),
    "one row, many times": (
        "J = [[0] * 3] * 3\nfor i in error:\n    J[i][i] = 1",
        ("one row", 2, ""),
    ),
    "a place compared": (
        "for i in range(3):\n    if i > -1:\n        out[i] = error[i]",
        ("place compared", 3, "i"),
    ),
    "a matrix that is made in every round": (
        "for i in range(3):\n    J = np.zeros((3, 3))\n    J[i, i] = 1\nreturn J",
        ("made anew", 3, "J"),
    ),
    "a row that is stored before it is full": (
        "for i in range(3):\n    r = []\n    for e in error:\n        r.append(e)\n"
        "        out.append(r)",
        ("stored too often", 6, "r"),
    ),
    "a yes or no that is compared": (
        "if error.all() > -1:\n    return error",
        ("one yes or no", 2, "all"),
    ),
    "an axis for a number": ("return np.max(error, -1)", ("axis", 2, "np.max")),
    "differences of neighbours": ("return np.gradient(error)", ("neighbours", 2, "np.gradient")),
    "a name that gets another value": (
        "for v in error:\n    if v < 0:\n        v = 0\nreturn error",
        ("loop variable", 4, "v"),
    ),
    "a list that gets shorter": (
        "for v in items:\n    if v < 0:\n        items.remove(v)",
        ("shrinks", 4, "items"),
    ),
    "a list whose first entry is taken out in each round": (
        "for v in items:\n    error = error @ v\n    items.pop(0)",
        ("shrinks", 4, "items"),
    ),
    "a list from which entries are deleted": (
        "for v in items:\n    error = error @ v\n    del items[0]",
        ("shrinks", 4, "items"),
    ),
    "a place for what stands there": (
        "for i in range(3):\n    s = s + np.exp(i)",
        ("place taken", 3, "i"),
    ),
    "a place compared in a comprehension": (
        "return [1 if i > -1 else 0 for i in range(3)]",
        ("place compared", 2, "i"),
    ),
    "a list from the second entry": (
        "return [error[i] for i in range(1, 3)]",
        ("from the second", 2, ""),
    ),
    "a number that the next condition holds for": (
        "error[error <= -1] = 0\nerror[error > -1] = 1\nreturn error",
        ("asked again", 3, "error"),
    ),
    "the same with two ifs": (
        "if error[0] < 0:\n    error[0] = 5\nif error[0] > 1:\n    error[0] = 1",
        ("asked again", 4, "error"),
    ),
    "a comparison where something should be stored": (
        "error[error < 0] == 0\nreturn error",
        ("only compared", 2, "error"),
    ),
    "entries that go through a set": ("return [v for v in set(error)]", ("set", 2, "error")),
    "a number rounded before it is compared": (
        "return np.where(np.round(error) > -1, error, 0)",
        ("rounded first", 2, "round"),
    ),
    "entries put in order": ("items.sort()\nreturn items", ("sorted", 2, "items")),
    "values compared for their places": (
        "for i, a in enumerate(error):\n    for j, b in enumerate(error):\n        if a == b:\n"
        "            J[i, j] = a",
        ("values compared", 4, "error"),
    ),
    "the diagonal of a matrix": (
        "return np.diag(np.diagflat(error) - items)",
        ("diagonal taken", 2, ""),
    ),
    "a second name for one array": (
        "out = error\nfor i in range(3):\n    out[i] = error[i] / error.sum()",
        ("second name", 2, "error"),
    ),
    "the diagonal of a column": (
        "s = error.reshape(-1, 1)\nreturn np.diag(s)",
        ("diagonal read", 3, "s"),
    ),
    "random numbers": ("return error * np.random.rand(3)", ("random", 2, "")),
    "a vectorized function": ("return np.vectorize(g)(error)", ("vectorize", 2, "")),
    "whole numbers in all places": (
        "out = np.full(3, 0)\nfor i in range(3):\n    out[i] = error[i]",
        ("whole places", 2, "out"),
    ),
    "whole numbers of a list": (
        "out = np.array([0 for _ in error])\nout[error > 0] = error[error > 0]",
        ("whole places", 2, "out"),
    ),
    "a small number added to what divides": (
        "eps = 1e-9\nreturn error / (np.sum(items) + eps)",
        ("small added", 3, "eps"),
    ),
    "a small number added below a root": (
        "return np.sqrt(np.sum(error ** 2) + 1e-6)",
        ("small added", 2, "0.000001"),
    ),
    "a small number added to a sum by itself": (
        "total = np.sum(items)\ntotal += 1e-8\nreturn error / total",
        ("small added", 3, "0.00000001"),
    ),
    "the round after the last one": (
        "for i, J in enumerate(items):\n    if i == len(items):\n        error = J",
        ("past end", 3, "i"),
    ),
    "the place before the first one": (
        "for i in range(len(items)):\n    out[i - 1] = items[i] @ g",
        ("wraps", 3, "i"),
    ),
    "the same array in each round": (
        "for J in items:\n    out = J * (error > 0)",
        ("same all along", 3, "error"),
    ),
    "several rows at a time": (
        "for i in range(0, 9, k):\n    out += items[i:i + k].sum(axis=0)",
        ("in groups", 2, "k"),
    ),
    "a 1 put beside": ("return np.append(error, 1.0)", ("one added", 2, "error")),
    "a minus behind the sign": ("error =- items * 2\nreturn error", ("equals minus", 2, "error")),
    "rows taken apart": ("for i, J in items:\n    print(i)", ("taken apart", 2, "items")),
    "arguments exchanged": ("return f_of(error, J)", ("swapped", 2, "error")),
    "a slice of one row": (
        "for k in range(3):\n    print(items[k:k + 1])",
        ("slice of one", 3, "items"),
    ),
    "entries picked": (
        "for J in items:\n    z = J @ error\n    out.append(z[z > 0])",
        ("picked", 4, "z"),
    ),
    "values that share a place": (
        "t = {v: np.exp(v) for v in error}\nreturn [t[v] / sum(t.values()) for v in error]",
        ("keyed", 2, "t"),
    ),
    "matrices that share a place": (
        "known = {}\nfor J in items:\n    key = J.tobytes()\n    if key not in known:\n"
        "        known[key] = error @ J\n    out.append(known[key])",
        ("keyed", 6, "known"),
    ),
    "names in order by their letters": (
        "d = {}\nfor k in range(12):\n    d['W' + str(k)] = items[k]\n"
        "return [d[k] for k in sorted(d)]",
        ("sorted by letters", 5, "d"),
    ),
    "lambdas that look a name up too late": (
        "steps = [lambda W: W - error * G for G in items]\nreturn [s(g) for s in steps]",
        ("late lambda", 2, "G"),
    ),
    "a counter that is not set back": (
        "k = 0\nn = 0\nwhile k < 3:\n    while n < 2:\n        out.append(n)\n        n = n + 1\n"
        "    k = k + 1",
        ("counter goes on", 5, "n"),
    ),
    "a counter that a loop within takes, too": (
        "for i, J in enumerate(items):\n    if J.any():\n        for i in range(2):\n"
        "            error = error @ J\n    t += g(error, slope[i])",
        ("counted again", 4, "i"),
    ),
    "a value that a loop within takes, too": (
        "for J in items:\n    for J in error:\n        t += J\n    J = J * 2\n    out.append(J)",
        ("counted again", 3, "J"),
    ),
    "a sum that is replaced and then added to itself": (
        "t = 0.0\nfor e in error:\n    t = g(e)\n    t += t\nreturn t * items[0]",
        ("doubled anew", 5, "t"),
    ),
    "a sum that begins with another number and goes on": (
        "t = 0.1 * 2\nfor e in error:\n    for i in items:\n        t += i * e\n    t /= 3\n"
        "    out.append(t)",
        ("begun elsewhere", 5, "t"),
    ),
    "a sum that is added to itself, and to nothing else": (
        "t = 0\nfor e in error:\n    y = g(e, items)\n    t = t + t\nreturn t + y",
        ("added to itself", 5, "t"),
    ),
    "a column that meets a vector": (
        "return error - items.reshape(-1, 1)",
        ("column met", 2, ""),
    ),
    "a column with a name that meets one": (
        "t = items.reshape((len(items), 1))\nreturn t * error",
        ("column met", 3, ""),
    ),
    "what is kept in some rounds": (
        "for J in items:\n    error = error @ J\n    size = np.sum(error)\n    if size < least:\n"
        "        least = size\n        kept = error.copy()\nreturn kept",
        ("kept at times", 7, "kept"),
    ),
    "a squeeze of all axes": (
        "return np.squeeze(items @ error.reshape(-1, 1))",
        ("squeezed", 2, ""),
    ),
    "a squeeze of all axes, as a method": (
        "e = items @ error[:, None]\nreturn e.squeeze()",
        ("squeezed", 3, ""),
    ),
    "a counter that is raised once more": (
        "k = 0\nwhile k < 3:\n    out.append(error)\n    k += 1\n    k = k + 20",
        ("counted in leaps", 6, "k"),
    ),
    "a counter that is raised by two": (
        "k = 0\nwhile k < 3:\n    if error:\n        out.append(error)\n        k += 2",
        ("counted in leaps", 6, "k"),
    ),
    "one row by its name": (
        "row = [0] * 3\nout = [row] * 2\nfor k in range(2):\n    out[k][0] = error[k]",
        ("one row", 3, ""),
    ),
    "a list that is made once for all": (
        "rows = []\nout = []\nfor k in range(3):\n    for e in error:\n        rows.append(e * k)\n"
        "    out.append(rows)",
        ("made once", 7, "rows"),
    ),
    "an array that is made once for all": (
        "G = np.zeros((2, 2))\nout = []\nfor k in range(3):\n    for i in range(2):\n"
        "        G[i][0] = error[i] * items[k]\n    out.append(G)",
        ("made once", 7, "G"),
    ),
    "an array that is made once, and all of it written anew": (
        "e = np.array(error)\nout = []\nfor J in items:\n    e[:] = e @ J\n    out.append(e)",
        ("filled again", 5, "e"),
    ),
    "an array that is made once, set to one number and filled": (
        "G = np.array(error)\nout = []\nfor J in items:\n    G[:] = 0\n"
        "    for i in range(2):\n        G[i] = error[i] * J\n    out.append(G)",
        ("made once", 8, "G"),
    ),
    "an array that is made in some rounds": (
        "G = None\nout = []\nfor k in range(3):\n    if k == 0 or len(items[k]) != len(G):\n"
        "        G = np.zeros(len(items[k]))\n    G[:] = items[k]\n    out.append(G)",
        ("made seldom", 8, "G"),
    ),
    "zeros of a matrix that has a name": (
        "J = np.diag(error)\nreturn (J > -1).astype(float)",
        ("zeros compared", 3, "J"),
    ),
    "the last one told in a choice": (
        "for J in items:\n    f = np.exp if np.array_equal(J, items[-1]) else np.abs\n"
        "    g = f(J @ g)",
        ("told by itself", 3, "items"),
    ),
    "zeros of a matrix in a comparison": (
        "return (np.eye(3) * error > -1).astype(float)",
        ("zeros of a product compared", 2, ""),
    ),
    "a comma that is missing": ("out = np.array([11 -11])", ("missing comma", 2, "")),
    "a letter that is summed over": (
        "out = np.einsum('i,j->i', error, error)[:, None]",
        ("summed letter", 2, "j"),
    ),
    "all of a list in the rounds that have one each": (
        "for e, y in zip(error, items):\n    t = np.zeros(3)\n    t[items] = 1\n    s += e @ t",
        ("all for one", 4, "items"),
    ),
    "all of a list in a mean": (
        "for e, y in zip(error, items):\n    s += (e - np.mean(items)) ** 2",
        ("all for one", 3, "items"),
    ),
    "a place that no round makes 0 again": (
        "t = np.zeros(3)\nfor e, y in zip(error, items):\n    t[y] = 1\n    s += e @ t",
        ("left in", 4, "t"),
    ),
    "a step in one direction that stays in": (
        "d = np.zeros_like(error)\nfor i in range(3):\n    d[i] = h\n    out.append(f(error + d))",
        ("left in", 4, "d"),
    ),
    "a counter from an earlier loop": (
        "for j in range(len(error)):\n    e.append(items[j] * 2)\n"
        "for i in range(len(error)):\n    error[j] = e[j]\nreturn error",
        ("left over", 5, "j"),
    ),
    "the same in a comprehension": (
        "for j in range(len(error)):\n    e.append(items[j] * 2)\n"
        "return sum(e[j] for i in range(len(e)))",
        ("left over", 4, "j"),
    ),
    "a condition that nothing fulfils once a line has set what it asks": (
        "error = np.where(error > -1, error, 1)\nreturn np.where(-1 >= error, error, 0) * items",
        ("holds for none", 3, "error"),
    ),
    "one that all of what is set fulfils": (
        "a = np.maximum(error @ items, 0)\nprint(a)\nreturn (a >= 0).astype(float)",
        ("holds for all", 4, "a"),
    ),
    "the same of one number": (
        "if error < 0:\n    error = 0\nif error >= 0:\n    return 1\nreturn items",
        ("holds for all", 4, "error"),
    ),
    "one that chance picks in each round": (
        "X = np.array(error)\nfor n in range(items):\n    i = np.random.randint(len(X))\n"
        "    out.append(X[i] * 2)\nreturn out",
        ("one at random", 4, "X"),
        ("random", 4, ""),
    ),
    "each of them, and one more": (
        "for n in range(items):\n    i = np.random.randint(len(error))\n"
        "    out.append(error[i] * np.sum(error))\nreturn out",
        ("random", 3, ""),
    ),
    "what an inner loop sets in each round, and a line below it reads": (
        "for i in range(2):\n    for j in range(3):\n        g = error[j] / 2\n"
        "        d = items[i] * g\n    W.rows[i] -= d / 3",
        ("last round alone", 6, "d"),
    ),
    "one place for every round": (
        "for k in range(3):\n    out[-1] = items[k] @ g",
        ("overwritten", 3, "k"),
    ),
}


@pytest.mark.parametrize("case", LISTED)
def test_what_often_goes_wrong_is_listed_with_its_line(case: str) -> None:
    body, *slips = LISTED[case]
    assert found(body) == slips


@pytest.mark.parametrize(
    "body",
    [
        "o = {}\nfor k in range(3):\n    o[k] = items[k] + 1\nreturn [o[k] for k in sorted(o)]",
        "o = {i: e + 1 for i, e in enumerate(error)}\nreturn [o[i] for i in range(len(o))]",
        "for k in range(items):\n    out[k] = error\n    print(k + 1)\nreturn out",
        # The largest of all is what is asked for, and so may be what passes a limit.
        "for J in items:\n    if J > top:\n        top = J\nreturn top",
        "for J in items:\n    g = error @ J\n    if g > 3:\n        f = g\nreturn f",
        "a = np.squeeze(error, 1)\nreturn np.squeeze(a, axis=-1) + a.squeeze(axis=0)",
        # What is made anew between two loops, or changed in one of them, is not changed twice.
        "while n < 3:\n    for J in items:\n        W = step(W, J)\n    W = f(3)\n"
        "    for J in items:\n        W = step(W, J)",
        "while n < 3:\n    for J in items:\n        W = step(W, J)\n    for J in items:\n"
        "        t += loss(W, J)",
        # What is made in each round, or left before its end, is not used up.
        "for e in error:\n    r = zip(error, items)\n    for a, b in r:\n        t += a * b * e",
        "r = list(reversed(items))\nfor e in error:\n    for J in r:\n        t += e * J",
        "e = map(np.exp, error)\ne = list(e)\ns = sum(e)\nreturn [a / s for a in e]",
        "e = map(np.exp, error)\nif items:\n    return sum(e)\nreturn list(e)",
        "r = iter(items)\nf = next(r)\nfor J in r:\n    f = f @ J",
        # An entry of all, all with the number of the round, a size, and what is printed.
        "for i, (e, J) in enumerate(zip(error, items)):\n    out.append(e @ items[i])",
        "k = 0\nfor e, J in zip(error, items):\n    k += 1\n    out.append(g(items, k, e))",
        "for e, J in zip(error, items):\n    s += e / len(items)\n    print(items)",
        "for e, J in zip(error, items):\n    s += e @ J - np.mean(items)",
        # What is set back, filled in all places, or used when all rounds are over.
        "t = np.zeros(3)\nfor y in items:\n    t[y] = 1\n    s += g(t)\n    t[y] = 0",
        "t = np.zeros(3)\nfor y in items:\n    t[:] = 0\n    t[y] = 1\n    s += g(t)",
        "t = np.zeros(3)\nfor y in items:\n    for j in range(3):\n        t[j] = 1\n    s += g(t)",
        "t = np.zeros((3, 2))\nfor i, y in enumerate(items):\n    t[i, y] = 1\nreturn g(t)",
        # A counter that goes up by 1 in each round, whatever the round does.
        "k = 0\nwhile k < 3:\n    if error:\n        k += 1\n    else:\n        k += 1",
        "k = 0\nwhile k < 3:\n    k += 0.25\n    k += 0.5",
        "for e in error:\n    t = 0\n    for i in items:\n        t += i * e\n    out.append(t)",
        "for i in range(3):\n    for j in range(3):\n        out[i, j] = a[i] * b[j]",
        "for i in range(3):\n    for j in range(3):\n        out[i][j] = a[i] * b[j]",
        # A row that is made anew for each i has a place of its own.
        "for i in range(3):\n    r = [0] * 3\n    for j in range(3):\n        r[j] = a[i] * b[j]",
        "for i in range(3):\n    for j in range(3):\n        if i == j:\n            out[i] = a[j]",
        # A sum over j has a place for each i, and each layer an array of its own.
        "for i in range(3):\n    for j in range(3):\n        out[i] += a[i][j] * b[-1][j]",
        "for k in items:\n    z = []\n    z.append(k)\n    out.append(f_of(z, 0))\nreturn z",
        "for k in range(3):\n    error = error @ items[k]",
        "for k in range(3):\n    n = items[k].shape[1]",
        "first = items[0]\nfor k in range(3):\n    error = error @ first",
        "out = []\nfor J in items:\n    out.append(error @ J)\nout.append(error)",
        "return np.where(error > 0, error, items)",
        "return np.einsum('i,ij->j', error, items[0]) + np.einsum('ij->j', items[0])",
        "return np.array([11 - 2, 3-1, -4, +5])",
        # A place for the result that is meant as one.
        "np.multiply(error, items, out)\nreturn out",
        "out = np.empty(3)\nreturn np.matmul(error, items, out)",
        "error = np.maximum(error, 0, error)\nreturn error + items",
        "rows = []\nfor k in range(3):\n    rows = []\n    rows.append(k)\n    out.append(rows)",
        "rows = [1]\nfor k in range(3):\n    out.append(rows)",
        "return [f(2) for f in [lambda W, G=G: W - G for G in items]]",
        "return sum((lambda: G)() for G in items)",
        "k = 0\nwhile k < 3:\n    n = 0\n    while n < 2:\n        n += 1\n    k += 1",
        "return np.einsum('i,j->ij', error, error)",
        "return np.dot(error, items)",
        "return np.max(error) if (error > 0).all() else np.maximum(error, -1)",
        "for i in range(3):\n    for j in range(3):\n        s = a[i]\n        o[i, j] = s * b[i]",
        "for i in range(3):\n    out[i] = a[i] / np.sum(a)",
        "return (error - items.mean()) / n",
        "out = []\nfor J in items:\n    out.insert(0, error @ out[0])",
        "for k in range(3):\n    n = items[0].shape[1]",
        "for k in range(3):\n    error = error @ items[-1]",
        "for v in error:\n    v = max(v, 0)\n    out.append(v)",
        "for v in list(items):\n    items.remove(v)",
        "return g(error + d) / 2 - g(error - d) / 2",
        "return [[0] * 3 for _ in range(3)] * 1",
        "for i in range(3):\n    r = []\n    for e in error:\n        r.append(e)\n    out[i] = r",
        "for i in range(3):\n    if error[i] > -1:\n        out[i] = error[i]",
        "for i in range(3):\n    s = s + np.exp(error[i])",
        "error[error <= -1] = 0\nerror[error > 3] = 3",
        "items[0][:] = error * 2\nrows = [error.copy()]\nrows[0][1] = 2\nreturn items, rows",
        "if error[0] < 0:\n    error[0] = 5\nelif error[0] > 1:\n    error[0] = 1",
        "s = error.reshape(-1, 1)\nreturn np.diag(error) - s @ s.T",
        "d = np.diag(error)\nerror = error.reshape(-1, 1)\nreturn d - error @ error.T",
        "out = error\nfor i in range(3):\n    out = out @ items[i]",
        "for i in range(len(items)):\n    if i == len(items) - 1:\n        g = items[i]",
        "out = [error]\nfor J in items:\n    out.append(out[-1] @ J * (out[-1] > 0))",
        "for k in range(3):\n    out.append(items[k])\n    out[-1] = out[-1] * k",
        "x[x < 0] = -x[x < 0]\nreturn f_of(items[0], error)",
        "error = -items * 2",
        "for w in items:\n    w += error",
        "d = np.array([])\nfor v in error:\n    d = np.append(d, 1)",
        "for v in error:\n    if round(v, 6) > 0:\n        y = v",
        "print(np.diff(error))\nreturn error",
        "while True:\n    if len(out) == 3:\n        break\n    out.append(error @ J)",
        "for J in items:\n    V = J.copy()\n    V[0] = error @ J\n    out.append(V)",
        "np.exp(error, error)\nreturn error",
        "if np.isinf(error).any() == True:\n    error = np.nan_to_num(error)",
        "for k in range(3):\n    out.append((error > 0)[k])",
        "for k in np.flip(np.arange(3)):\n    error = error @ items[k]",
        "J = np.array([[0.0] * 3] * 3)\nJ[0][0] = 1\nreturn J",
        "J = np.zeros((3, 3))\nJ[0][1] =-error[0]\nreturn J",
        "for k in range(1, len(items) + 1):\n    error = error @ items[k - 1]",
        "for k in range(len(items)):\n    if k < len(items):\n        error = error @ items[k]",
        "places = np.where(error > -1.5)\nout[places] = error[places]",
        "J = np.diag(error)\nJ[J > 0] = 1\nJ[J <= 0] = 0\nreturn J",
        "for J in items:\n    v = np.zeros(2)\n    v[1] = error @ J\n    error = v\nreturn v",
        "n = 0\nfor k in items:\n    for e in error:\n        n += 1\n    out.append(n)",
        "n = 0\nfor k in items:\n    for e in error:\n        n += e * k\n    print(k, n)",
        # A sum for each round of the outer loop.
        "t = np.zeros(3)\nfor k in range(3):\n    for e in range(2):\n"
        "        t[k] += items[k][e] * error[e]\n    g = g + t[k]",
        # What was before counts for less and less.
        "v = [0] * 2\nfor e in error:\n    for l in range(2):\n        v[l] = 0.9 * v[l] + e\n"
        "        g[l] = g[l] - v[l]",
        "v = [0] * 2\nfor e in error:\n    for l in range(2):\n        v[l] += e ** 2\n"
        "        g[l] = g[l] - 1 / np.sqrt(v[l])",
        "t = [0] * 2\nfor k in items:\n    for e in error:\n        for l in range(2):\n"
        "            t[l] += e\n    g = f_of(t, g)\n    t[:] = [0] * 2",
        "t = [0] * 2\nfor e in error:\n    for l in range(2):\n        t[l] += 1\n"
        "        g[l] = g[l] / t[l]",
        "for J in items:\n    error = error @ J\n    error = error * 0.5\n    out.append(error)",
        "return np.exp(error - np.max(error, 0))",
        "m = np.max(error, 0)\nreturn np.exp(error - m)",
        "np.random.seed(42)\nreturn error",
        "for k in range(items):\n    error = error @ g\n    if k % 10 == 0:\n        print(k)",
        "pairs = zip(error, items)\npairs = list(pairs)\nwhile True:\n    for e, J in pairs:\n"
        "        print(e)",
        "for k in range(3):\n    x = items[k:k + 1].ravel()\n    y = items[k:k + 1][0]",
        "for k in range(3):\n    x = items[k:k + 1]\n    out.append(x[0])",
        "for k in range(3):\n    for x in items[k:k + 1]:\n        print(x)",
        "items = list(zip(error, items))\nfor e, J in items:\n    print(e)",
        "for t in range(n):\n    rate = error * np.exp(t)",
        # Numbers that are there for several names, and what is filled by one of them alone.
        "a = b = 0\nfor e in error:\n    a += e\n    b += e * items\nreturn a, b",
        "s = error = np.array(error, dtype=float)\nreturn s * error * items",
        "s = error.sum()\ne = error = items * s\nreturn e * error",
        "a = b = []\na.append(error)\nreturn a, b, items",
        "a = b = []\nb = [items]\na.append(error)\nb.append(error)\nreturn a, b",
        "error = error * 1.0\nlow = error[error < 0] = 0\nreturn error * items",
        "total = out[0] = 0.5 * error\nreturn total, items",
        # What goes through values that come one by one.
        "e = list(map(np.exp, error))\nreturn np.array(e) / sum(map(len, items))",
        "e = map(np.exp, error)\ne = np.array(list(e))\nreturn e / np.sum(items)",
        "return np.fromiter(map(np.exp, error), float) + np.sum(v for v in items)",
        "def both(a, b):\n    return zip(a, b)\nreturn [a * b for a, b in both(error, items)]",
        "h = 1e-5\nreturn (g(error + h) - g(error)) * items / h",
        "total = 0.001\ntotal = np.sum(items) + 1\nreturn error / total",
        "out = np.full(3, 0)\nfor i in range(3):\n    out[i] = error[i] > 0\nreturn out",
        "out = np.full(3, 0.0)\nfor i in range(3):\n    out[i] = error[i]\nreturn out",
        "out = np.zeros(3, dtype=int)\nout = out * 1.0\nout[0] = error[0]\nreturn out",
        "return np.vectorize(g, otypes=[float])(error)",
        # Two columns, a column and a row, and a column and a number.
        "t = items.reshape(-1, 1)\nreturn t - error[:, None]",
        "return items[:, None] * error[None, :]",
        "return 2 * items.reshape(-1, 1)",
        # A name of the loop around that nothing reads after the inner loop.
        "for i in range(3):\n    y = g(i)\n    for i in range(2):\n        y = y + g(y, i)\n"
        "    out.append(y)",
        "for i in range(3):\n    for i in range(2):\n        t += g(t, i)\n    i = 5\n    g(i)",
        "for i in range(3):\n    t += sum(g(i) for i in error)\n    out.append(g(t, i))",
        "for i in range(3):\n    if t:\n        for i in range(2):\n            t += g(t, i)\n"
        "    else:\n        t += g(i)",
        # A sum that each round begins anew, or that counts.
        "t = 5\nfor e in error:\n    t = 0\n    for i in items:\n        t += i * e\n"
        "    out.append(t)",
        "t = 1\nfor e in error:\n    for i in items:\n        g(i, e)\n        t += 1\n"
        "    out.append(t)",
        "t = 5\nfor e in error:\n    t: float = 0\n    for i in items:\n        t += i * e\n"
        "    out.append(t)",
        # What is doubled is no sum of the rounds, or something else is added.
        "t = 1\nfor e in error:\n    t += t\nreturn t * items[0]",
        "t = 0\nfor e in error:\n    y = g(e)\n    y += y\n    t += y\nreturn t * items[0]",
        # A place for the result that was made for it, or where nothing else is lost.
        "out = np.empty(3)\nreturn np.square(error, out)",
        "return np.exp(error, error)",
        # A start of its own, values and no places, and the larger of two of the values.
        "return reduce(lambda e, i: e @ items[i], range(1, 3), error)",
        "return reduce(lambda e, J: e @ J, [error, *items])",
        "return reduce(lambda i, j: i if error[i] > error[j] else j, range(len(error)))",
        "return reduce(lambda a, n: a * n, range(1, 4)) * items[0]",
        "places = range(3)\nplaces = [error, 1]\nreturn reduce(lambda e, i: e @ items[i], places)",
        "return np.add.reduce(error, 0)",
        "for k in range(3):\n    for x in items:\n        y = y + x\n        w[0] = y * x + k",
        # Some fulfil it and some do not, or what came before is set anew; or they only stay.
        "a = np.maximum(error @ items, 0)\nreturn (a > 0).astype(float)",
        "a = np.where(error > -1, error, 1) * items\nreturn np.where(a <= -1, 1, 0)",
        "a = np.maximum(error @ items, 0)\na = a - 1\nreturn np.where(a >= 0, 1, 0)",
        "a = np.maximum(error @ items, 0)\nreturn np.where(a >= 0, a, 0)",
        # What goes on from round to round, is stored in each, or is left with, and what may last.
        "for i in range(2):\n    for J in items:\n        error = error @ J\n    out[i] = error",
        "for i in range(2):\n    for e in error:\n        g = e * items[i]\n        out.append(g)\n"
        "    print(g)",
        "while k:\n    for e in error:\n        if e > 0:\n            g = e\n    out[i] = g",
        "for i in range(2):\n    for e in error:\n        g = step(e, items)\n    out[i] = g",
        "while k:\n    for e in error:\n        g = e * 2\n    g = items[i]\n    out[i] = g",
        "for e in error:\n    g = e * 2\nreturn g * items",
        # A counter that rounds of something else need, or that gets another value.
        "for j in range(len(items)):\n    W.append(items[j] * 2)\n"
        "for i in range(error):\n    W[j] = W[j] * 2",
        "for j in range(len(items)):\n    e = e + items[j] * error\n"
        "for i in range(len(items)):\n    j = i + 1\n    e = e * items[j]",
    ],
)
def test_what_is_written_often_and_rightly_is_not_listed(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(("called", "told"), [("move", True), ("other", False)])
def test_of_a_class_only_what_is_called_is_looked_at(called: str, told: bool) -> None:
    source = (
        "class Steps:\n    def move(self, p):\n        for i in range(2):\n"
        "            for g in p['grad'][i]:\n                d = g * self.lr\n"
        "            p['weight'][i] -= d\n"
        f"def f(error, items):\n    for p in items:\n        Steps(error).{called}(p)\n"
        "    return items\n"
    )
    units = [*reversed(ast.parse(source).body)]
    listed = slips(units, ["error", "items"], words(units), {})
    assert (Slip("last round alone", 6, "d") in listed) == told


_TAKES_ALL = (
    "def softmax(x):\n    e = np.exp(x - np.max(x))\n    return e / e.sum()\n"
    "def softmax_jacobian(scores):\n    s = softmax(scores)\n    return {result}\n"
)


@pytest.mark.parametrize(
    ("loop", "after", "line"),
    [
        ("for J in items[::-1]", "return out", 3),
        ("for k in range(n - 1, -1, -1)", "out.reverse()\nreturn out", 3),
        ("for J in items", "return out[1:]", 0),
        ("for J in items", "out.pop()\nreturn out", 0),
        ("for J in items[1:]", "return out", 0),
    ],
)
def test_a_list_that_has_one_before_a_round_for_each_is_listed(
    loop: str, after: str, line: int
) -> None:
    body = f"n = len(items); out = [error]\n{loop}:\n    out.append(out[-1] * 2)\n{after}"
    places = [slip.line for slip in listed(body) if slip.kind == "one already"]
    assert places == ([line] if line else [])


def test_a_vector_by_a_plural_is_no_list_of_several_things(feedback: Feedback) -> None:
    source = _TAKES_ALL.format(result="s[0] * np.sum(s[1:])")
    (item,) = feedback(source)["softmax_jacobian"]["parts"]
    assert item["title"] == "One effect in place of all"
    assert "hands over" not in item["did"]
    (item,) = feedback(_TAKES_ALL.format(result="s * (1 - s)"))["softmax_jacobian"]["parts"]
    assert item["title"] != "One effect in place of all"
    assert "hands over" not in item["did"]


def test_a_list_of_several_things_is_one_by_any_name(feedback: Feedback) -> None:
    source = (
        "def train(weights, data, targets, learning_rate, epochs):\n    losses = []\n"
        "    for _ in range(epochs):\n        a = forward(weights, data)\n"
        "        losses.append(0.5 * np.sum((a[-1] - targets) ** 2))\n"
        "        g = weight_gradients(backward(weights, a, targets), a)\n"
        "        weights = update_weights(weights, g, learning_rate)\n"
        "    return weights, losses\n"
    )
    text = feedback(source)["train"]["text"]
    assert "hands over all of `data` at once" in text


def test_a_number_that_counts_epochs_is_no_place() -> None:
    body = "for t in range(1, n + 1):\n    rate = error / np.sqrt(t)"
    assert "place taken" not in [kind for kind, _, _ in found(body)]


def test_what_leaves_a_loop_belongs_neither_to_its_else_nor_to_each_round() -> None:
    body = "for v in error:\n    if v < 0:\n        return items > 0\nelse:\n    return items"
    assert [kind for kind, _, _ in found(body)] == ["return"]


def test_a_place_before_the_first_is_none_where_that_round_goes_on_before() -> None:
    body = "for k in range(4):\n    if k == 0:\n        continue\n    out[k - 1] = error @ items[k]"
    assert [kind for kind, _, _ in found(body)] == ["continue"]


@pytest.mark.parametrize(
    "deep",
    [
        "if a:\n    b = 1\n" + "elif a:\n    b = 1\n" * 2000,
        "for i in range(3):\n    for j in range(3):\n        out[i] = " + "j + " * 900 + "i",
    ],
)
def test_code_too_deep_to_be_read_has_none(deep: str) -> None:
    assert found(f"{deep}\nfor k in a:\n    break") == []


def test_the_line_at_fault_is_pointed_out_with_a_step_of_its_own(feedback: Feedback) -> None:
    source = (
        "def softmax_jacobian(x):\n    s = softmax(x)\n    n = len(s)\n    out = np.zeros(n)\n"
        "    for i in range(n):\n        for j in range(n):\n"
        "            out[i] = -s[i] * x[j] * s[j]\n    return out\n"
    )
    entry = feedback(source)["softmax_jacobian"]
    assert "(`out[i] = -s[i] * x[j] * s[j]`) stores in one and the same place" in entry["text"]
    assert "for two values of `j`" in entry["parts"][0]["next"]
    assert entry["parts"][0]["line"]["number"] is not None


def test_what_is_given_two_sides_at_once_is_told_before_what_comes_of_it(
    feedback: Feedback,
) -> None:
    source = (
        "def threshold(x):\n    low = x <= -1\n    x = np.array(x)\n    out = x[low] = 0.0\n"
        "    return np.array(out)\n"
    )
    entry = feedback(source)["threshold"]
    assert entry["parts"][0]["title"] == "One value for both sides"
    assert "So `out` becomes that value alone" in entry["text"]
    assert "np.dot" not in entry["text"]
    assert "does it use what it is handed" not in entry["text"]


def test_values_that_come_one_by_one_are_told_where_they_are_used_first(feedback: Feedback) -> None:
    source = (
        "def softmax(x):\n    total = np.sum(map(np.exp, x))\n"
        "    return map(lambda v: np.exp(v) / total, x)\n"
    )
    entry = feedback(source)["softmax"]
    assert "(`total = np.sum(map(np.exp, x))`) uses what `map` makes" in entry["text"]
    assert "Print what `map` makes there by itself" in entry["parts"][0]["next"]


def test_what_a_helper_makes_one_by_one_is_told_as_that(feedback: Feedback) -> None:
    source = (
        "def threshold(x):\n    def cut(v):\n"
        "        return map(lambda one: one if one > -1 else 0.0, v)\n\n    return cut(x)\n"
    )
    text = feedback(source)["threshold"]["text"]
    assert "returns a map, which holds no numbers" in text
    assert "say what each part of it is" not in text


def test_a_slip_whose_trace_the_answers_do_not_bear_is_not_pointed_out(feedback: Feedback) -> None:
    # The loop is left only after the last entry: what is wrong is the sum, not the `break`.
    source = (
        "def propagate_chain(error, jacobians):\n    out = []\n"
        "    for k in range(len(jacobians) + 1):\n        if k == len(jacobians):\n"
        "            break\n        error = error @ jacobians[k] + 0.37 * k + error.sum() ** 2\n"
        "        out.append(error)\n    return out\n"
    )
    assert "leaves the loop" not in feedback(source)["propagate_chain"]["text"]


def test_a_right_function_with_such_a_place_is_right(feedback: Feedback) -> None:
    source = "def threshold(x):\n    return np.vectorize(lambda v: v if v > -1 else 0.0)(x)\n"
    assert feedback(source)["threshold"]["status"] == "right"


VECTORIZED = (
    "def threshold(x):\n    f = np.vectorize(thr)\n    return f(x)\n"
    "thr = lambda z: z if z > -1 else {zero}\n"
)


def test_a_function_that_decides_the_type_is_told_where_another_line_would_mend_it(
    feedback: Feedback,
) -> None:
    (item,) = feedback(VECTORIZED.format(zero="0"))["threshold"]["parts"]
    assert "takes the type of all results from the first one" in item["did"]
    assert "`f = np.vectorize(thr)`" in item["did"]
    assert "With one change" not in item["did"]


def test_a_type_is_not_told_of_numbers_that_have_their_decimals(feedback: Feedback) -> None:
    source = VECTORIZED.format(zero="0.0").replace("z > -1", "z > 1")
    (item,) = feedback(source)["threshold"]["parts"]
    assert "type of all results" not in item["did"]


WRAPPED = (
    "def forward(weights, x):\n    layers = [np.asarray(x, dtype=float)]\n"
    "    for W in weights[:-1]:\n        layers.append(rectify(W @ layers[-1]))\n"
    "    z = weights[-1] @ layers[-1]\n    e = np.exp(z - z.max())\n"
    "    return [*layers, e / e.sum()]\n"
    "rectify = np.vectorize(lambda v: {given})\n"
)


def test_a_type_is_told_of_a_hidden_layer_that_is_cut(feedback: Feedback) -> None:
    (item,) = feedback(WRAPPED.format(given="max(0, v)"))["forward"]["parts"]
    assert "takes the type of all results from the first one" in item["did"]
    assert "`rectify = np.vectorize(lambda v: max(0, v))`" in item["did"]
    assert "With one change" not in item["did"]


def test_a_type_is_not_told_of_a_hidden_layer_that_is_wrong_otherwise(feedback: Feedback) -> None:
    (item,) = feedback(WRAPPED.format(given="max(0.0, v - 0.5)"))["forward"]["parts"]
    assert "type of all results" not in item["did"]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("np.empty_like(e)", True),
        ("e.copy()", True),
        ("np.array(e)", True),
        ("np.array(e, copy=True)", True),
        ("copy.deepcopy(e)", True),
        ("e[:]", True),
        ("np.array(e, dtype=float)", False),
        ("copy.deepcopy(f)", False),
        ("np.zeros(len(e))", False),
        ("np.zeros_like(f)", False),
    ],
)
def test_an_array_with_the_type_of_what_came_in_is_listed(made: str, told: bool) -> None:
    body = f"e = np.array(error)\nf = e / 2\nout = {made}\nout[0] = f[0]\nreturn out * items"
    assert (Slip("places alike", 4, "out") in listed(body)) is told


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("a = items[0] @ error\nreturn items[-1] @ a", [2, 3]),
        ("n = len(items) + 1\na = items[0] @ error\nreturn items[n - 2] @ a", [3, 4]),
        ("n = len(items) + 1\na = items[0] @ error\nreturn items[n - 3] @ a", []),
        ("a = error\nif len(items) > 1:\n    a = items[0] @ a\nreturn items[-1] @ a", []),
        ("n = items[0].shape[1]\nreturn items[-1] @ error[:n]", []),
    ],
)
def test_lines_that_take_the_first_entry_and_the_last_are_listed(
    body: str, lines: list[int]
) -> None:
    assert [one.line for one in listed(body) if one.kind == "first and last"] == lines


ALWAYS_HIDDEN = (
    "def forward(weights, x):\n    layers = [np.maximum(weights[0] @ x, 0)]\n"
    "    for W in weights[1:-1]:\n        layers.append(np.maximum(W @ layers[-1], {low}))\n"
    "    e = weights[-1] @ layers[-1]\n    e = np.exp(e - e.max())\n"
    "    return [np.array(x), *layers, e / e.sum()]\n"
)


@pytest.mark.parametrize(("low", "told"), [("0", True), ("0.5", False)])
def test_one_entry_that_is_used_as_two_is_told_where_only_that_goes_wrong(
    low: str, told: bool, feedback: Feedback
) -> None:
    (item, *_) = feedback(ALWAYS_HIDDEN.format(low=low))["forward"]["parts"]
    assert ("and it is used twice" in item["did"]) is told
    assert ("0] @ x, 0)]`) and line" in item["did"]) is told


OF_ROWS = (
    "def propagate_error(error, jacobian):\n    J = np.array(jacobian{type})\n"
    "    parts = np.{like}(J)\n"
    "    for i in range(len(J)):\n        parts[i] = error[i] * J[i]{more}\n"
    "    return parts.sum(axis=0)\n"
)


@pytest.mark.parametrize("like", ["zeros_like", "empty_like", "array", "copy"])
def test_an_array_with_the_type_of_what_came_in_is_told(like: str, feedback: Feedback) -> None:
    (item,) = feedback(OF_ROWS.format(type="", like=like, more=""))["propagate_error"]["parts"]
    assert item["title"] == "An array with the type of what came in"
    assert "loses all that stands behind the decimal point" in item["did"]
    assert "`parts.dtype`" in item["next"]


@pytest.mark.parametrize(
    ("type", "more"), [(", dtype=float", " + 0.1 * (J.max() % 1 == 0)"), ("", " + 0.1")]
)
def test_the_type_of_what_came_in_is_not_told_of_what_is_wrong_otherwise(
    type: str, more: str, feedback: Feedback
) -> None:
    text = feedback(OF_ROWS.format(type=type, like="zeros_like", more=more))["propagate_error"]
    assert "type of what came in" not in str(text)


def test_a_function_is_read_with_what_its_name_is_put_into(feedback: Feedback) -> None:
    source = (
        "def threshold(v):\n    if v > -1:\n        return v\n    return 0\n"
        "threshold = np.vectorize(threshold)\n"
    )
    (item,) = feedback(source)["threshold"]["parts"]
    assert "`threshold = np.vectorize(threshold)`" in item["did"]


WHOLE = (
    "def softmax_jacobian(x):\n    s = softmax(x)\n    J = np.full((len(s), len(s)), {zero})\n"
    "    for i in range(len(s)):\n        for j in range(len(s)):\n"
    "            J[i, j] = s[i] * ((i == j) {sign} s[j])\n    return J\n"
)


def test_an_array_of_whole_numbers_is_told_beside_what_comes_of_it(feedback: Feedback) -> None:
    (item,) = feedback(WHOLE.format(zero="0", sign="-"))["softmax_jacobian"]["parts"]
    assert "makes `J` an array of whole numbers" in item["did"]
    assert "put 0.5 into one place of `J`" in item["next"]
    (item,) = feedback(WHOLE.format(zero="0.0", sign="+"))["softmax_jacobian"]["parts"]
    assert "whole numbers" not in item["did"]


UNSHIFTED = (
    "def softmax_jacobian(x):\n    s = softmax(x)\n    e = np.exp({given})\n"
    "    S = np.sum(e)\n    return np.diag(s) {sign} np.outer(e, e) / S ** 2\n"
)


def test_an_exponential_that_overflows_is_told_with_who_stands_up_to_it(
    feedback: Feedback,
) -> None:
    (item,) = feedback(UNSHIFTED.format(given="x", sign="-"))["softmax_jacobian"]["parts"]
    assert "(`e = np.exp(x)`) takes exp of numbers as they are" in item["did"]
    assert "`softmax`, in the same file, stands up to such inputs" in item["did"]
    assert "what goes into exp in `softmax`" in item["next"]


@pytest.mark.parametrize(
    "source",
    [
        # Shifted, and nan for another reason.
        UNSHIFTED.format(given="x - np.max(x)", sign="- (x[0] / x[0]) *"),
        # Wrong for small inputs as well.
        UNSHIFTED.format(given="x", sign="+ 2 *"),
    ],
)
def test_what_is_wrong_otherwise_is_no_overflow(source: str, feedback: Feedback) -> None:
    entry = feedback(source)["softmax_jacobian"]
    assert "takes exp of numbers" not in entry["text"]


def test_who_gets_shifted_numbers_takes_no_exponentials_of_them_as_they_are() -> None:
    called = "def f(x):\n    z = {given}\n    return g(z)\n"
    helper = "def g(z):\n    e = np.exp(z)\n    return e / np.sum(e)\n"
    for given, kinds in (("x - np.max(x)", []), ("np.asarray(x)", ["overflow"])):
        units = ast.parse(called.format(given=given) + helper).body
        assert [kind for kind, _, _ in slips(units, ["x"], words(units), {})] == kinds


def test_where_softmax_is_wrong_too_it_stands_up_to_nothing(feedback: Feedback) -> None:
    source = UNSHIFTED.format(given="x", sign="-") + (
        "def softmax(x):\n    e = np.exp(x)\n    return e / np.sum(e)\n"
    )
    assert "stands up" not in feedback(source)["softmax_jacobian"]["text"]


PATCHED = (
    "def softmax(x):\n    e = np.exp(np.minimum(x, {most}))\n    eps = {eps}\n"
    "    return e / (np.sum(e) + eps)\n"
)


def test_a_small_number_that_spoils_some_answers_is_told_with_one_of_the_others(
    feedback: Feedback,
) -> None:
    (item,) = feedback(PATCHED.format(most=600, eps="1e-9"))["softmax"]["parts"]
    assert "adds `eps` (1e-9)" in item["did"]
    assert "without it some of your wrong answers would be right" in item["did"]
    assert "gives" in item["example"]
    (besides,) = item["notes"]
    assert "would still be wrong" in besides
    assert item["example"] not in besides


def test_a_small_number_that_spoils_all_answers_is_told_with_all(feedback: Feedback) -> None:
    source = "def softmax(x):\n    e = np.exp(x - np.max(x))\n    p = e / np.sum(e) + 1e-4\n"
    (item,) = feedback(f"{source}    return p / np.sum(p)\n")["softmax"]["parts"]
    assert "without it everything that was tried would be right" in item["did"]


def test_a_small_number_that_spoils_nothing_is_not_told(feedback: Feedback) -> None:
    for source in (
        PATCHED.format(most=600, eps="1e-300"),
        PATCHED.format(most=600, eps="1e-9").replace("np.sum(e) + eps", "np.sum(e[1:]) + eps"),
        PATCHED.format(most=1, eps="1e-13"),
    ):
        assert "eps`" not in feedback(source)["softmax"]["text"].partition("Try this")[0]


def test_an_argument_of_which_only_the_length_is_used_is_listed() -> None:
    zeros = "return [np.zeros(len(error)) @ item for item in items]"
    assert listed(zeros) == [("only counted", 1, "error")]
    assert not listed("for i in range(len(error)):\n    total += error[i] * items[i]")
    assert listed("return np.sum(items)") == [("never used", 1, "error")]
    assert listed("error = items * 2\nreturn error") == []
    sizes = "sizes = [items[0].shape[1]] + [item.shape[0] for item in items]\nreturn error @ sizes"
    assert listed(sizes) == [("only counted", 1, "items")]
    assert not listed("for item in items:\n    total += item * item.shape[0]\nreturn error * total")


def test_what_is_worked_out_of_an_argument_for_nothing_is_listed() -> None:
    step = "step = [2 * e for e in error]\n"
    assert found(f"{step}return items") == [("worked out in vain", 2, "step")]
    assert not found(f"{step}print(step)\nreturn items")
    assert not found(f"{step}return items + error")


def test_what_is_worked_out_for_nothing_is_told_where_another_line_is_at_fault(
    feedback: Feedback,
) -> None:
    source = (
        "def update_weights(weights, gradients, learning_rate):\n"
        "    step = [learning_rate * G for G in gradients]\n"
        "    new = [W.copy() for W in weights]\n    for k in range(len(new)):\n"
        "        new[k] = gradients[k].copy()\n    return new\n"
    )
    entry = feedback(source)["update_weights"]
    (item,) = entry["parts"]
    assert entry["diagnosis"] == ["gradients-returned"]
    assert "works out `step`, and no line uses `step` after that" in item["did"]
    assert dict(item["line"]["code"])[item["line"]["number"]].strip() == (
        "new[k] = gradients[k].copy()"
    )


def test_a_cause_goes_before_the_stop_that_comes_of_it(feedback: Feedback) -> None:
    source = (
        "def forward(weights, x):\n    out = [x]\n"
        "    for W in weights[:-1]:\n        z = np.dot(W, out[-1])\n"
        "        out.append(np.max(z, 0))\n"
        "    return [*out, softmax(np.dot(weights[-1], out[-1]))]\n"
    )
    (item,) = feedback(source)["forward"]["parts"]
    cause = item["did"].index("takes the second argument for the number of an axis")
    assert cause < item["did"].index("it stops with `ValueError`")
    assert "np.max(z, 0)" in dict(item["line"]["code"])[item["line"]["number"]]
    assert item["call"][-1].endswith("# runs to the end, but is not right")


def _kinds_made(path: Path) -> Iterator[str]:
    """The kinds of slip that a module can make; it fails where one is not written out there."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(ast.Name(id="Slip"), [ast.Name(id="kind"), _, _]):
                pass  # One of the values that the name is given.
            case ast.Call(ast.Name(id="Slip"), [kind, _, _]) | ast.Assign(
                [ast.Name(id="kind")], kind
            ):
                for one in (kind.body, kind.orelse) if isinstance(kind, ast.IfExp) else (kind,):
                    assert isinstance(one, ast.Constant), f"{path.name}, line {one.lineno}"
                    yield one.value
            case ast.Call(ast.Name(id="Slip")):
                pytest.fail(f"{path.name}, line {node.lineno}")


def test_the_table_has_each_kind_of_slip_that_can_be_made_and_no_other() -> None:
    modules = (ROOT / "autograder" / "source" / "slips").glob("*.py")
    assert {kind for path in modules for kind in _kinds_made(path)} == {*KINDS}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_trace_can_be_looked_for_in_any_answers(function: str) -> None:
    """Whatever comes back, of whatever shape, and whatever the function is asked."""
    rows = []
    for probe, right in zip(EXPECTED.probes[function], EXPECTED.answers[function], strict=True):
        ways: list[Any] = [right, None, [], [np.zeros(())], [a[..., None] for a in right]]
        rows += [Row(probe, right, given, is_right=given is right) for given in ways]
    for kind, about in KINDS.items():
        assert about.trace(rows) in (True, False), kind


@pytest.mark.parametrize(
    ("call", "told"),
    [("zip(*error)", True), ("c", True), ("list(zip(*error))", False), ("error.T", False)],
)
def test_what_a_helper_is_given_may_be_used_up_after_its_first_round(call: str, told: bool) -> None:
    source = (
        "def times(a, cols):\n    return [[r @ c for c in cols] for r in a]\n"
        f"def f(error, items):\n    c = map(list, error)\n    return times(items, {call})\n"
    )
    units = [*reversed(ast.parse(source).body)]
    listed = slips(units, ["error", "items"], words(units), {})
    kinds = {kind for kind, line, name in listed if (line, name) == (2, "cols")}
    assert bool(kinds & {"used up", "zip used up"}) == told


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("Net().learn(pairs, epochs)", True),
        ("learn(epochs=epochs, pairs=pairs)", True),
        ("Net().learn(list(pairs), epochs)", False),
        ("Net().learn_once(pairs)", False),
    ],
)
def test_what_a_method_is_given_may_be_used_up_after_the_first_epoch(call: str, told: bool) -> None:
    loops = "for epoch in range(epochs):\n{0}    for x, t in pairs:\n{0}        self.step(x, t)\n"
    source = (
        "class Net:\n    def learn(self, pairs, epochs):\n        " + loops.format(" " * 8) + ""
        "    def learn_once(self, pairs):\n        for x, t in pairs:\n            self.step(x)\n"
        "def learn(pairs, epochs):\n    " + loops.format(" " * 4) + ""
        f"def f(error, items, epochs):\n    pairs = zip(error, items)\n    return {call}\n"
    )
    units = [*reversed(ast.parse(source).body)]
    listed = slips(units, ["error", "items"], words(units), {})
    assert any(kind == "zip used up" for kind, _, name in listed if name == "pairs") == told


_KEPT = (
    "d = {}\nfor k, J in enumerate(items):\n    n = len(J)\n    if n not in d:\n"
    "        d[n] = np.zeros(n)\n    d[n] += error @ J\n    error = d[n].copy()"
)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", True),
        ("    d[n] +=", "    d[n][:] = 0\n    d[n] +=", False),
        ("d[n]", "d[k]", False),
        ("    error = d[n].copy()", "return d", False),
    ],
)
def test_a_buffer_is_told_where_a_later_round_finds_it_filled(
    before: str, after: str, told: bool
) -> None:
    kinds = [kind for kind, _, _ in listed(_KEPT.replace(before, after) if before else _KEPT)]
    assert ("kept and added to" in kinds) == told


@pytest.mark.parametrize(("reset", "told"), [("", True), ("    out[:] = 0\n", False)])
def test_what_a_helper_adds_to_is_told_where_nothing_sets_it_back(reset: str, told: bool) -> None:
    source = (
        f"def add(J, out):\n{reset}    for j in range(3):\n        out[j] += J[j]\n"
        "def f(error, items):\n    b = np.zeros(3)\n    for J in items:\n"
        "        add(error @ J, b)\n        error = b.copy()\n    return error\n"
    )
    units = [*reversed(ast.parse(source).body)]
    listed = slips(units, ["error", "items"], words(units), {})
    assert (("kept and added to", 3, "b") in listed) == told


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("n = 2\nfor k in range(n):\n    error = error @ items[k]", 2),
        ("A, B, C = items\nreturn error @ A @ B @ C", 2),
        ("return error @ items[0] @ items[2]", 2),
        ("out = error\nreturn [out @ items[k] for k in range(3)]", 3),
        ("n = len(items)\nfor k in range(n):\n    error = error @ items[k]", 0),
        ("n = 1\nfor k in range(len(items) - n):\n    error = error @ items[k]", 0),
        ("first, *others = items\nreturn error @ items[0]", 0),
    ],
)
def test_a_number_that_fixes_how_far_a_list_is_used_is_listed(body: str, line: int) -> None:
    fixed = [at for kind, at, name in listed(body) if (kind, name) == ("fixed depth", "items")]
    assert fixed == ([line] if line else [])


def _of_depths(right: Sequence[int], wrong: Sequence[int]) -> list[Row]:
    one = [np.ones(1)]
    return [
        Row(replace(probes_of(6)["forward"][0], arguments=([np.eye(1)] * depth, one)), one, one, ok)
        for depths, ok in ((right, True), (wrong, False))
        for depth in depths
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [((2, 2, 2), (1, 3), True), ((2, 2, 2), (1, 2, 3), False), ((2, 2, 1), (3, 4), False)],
)
def test_it_is_told_where_one_length_alone_is_right(
    right: tuple[int, ...], wrong: tuple[int, ...], told: bool
) -> None:
    assert KINDS["fixed depth"].trace(_of_depths(right, wrong)) is told


INSIDE = """\
for x in items:
    a = f(W, x)
    for i, row in enumerate(out):
        row -= rate * a[i]
        {line}"""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("W = W - rate * a", True),
        ("W -= rate * np.outer(a, x)", True),
        ("for l in range(3):\n            W[l] = W[l] - rate * a", True),
        ("W[i] -= rate * a[i]", False),
        ("d = a[i]\n        W -= rate * d", False),
        ("d = g(W, i)\n        W -= rate * a", False),
        ("net.d = a[i]\n        W -= rate * net.d", False),
        ("n -= 1", False),
        ("if i: continue\n        W -= rate * a", False),
    ],
)
def test_a_step_that_takes_nothing_from_its_loop_is_listed(line: str, told: bool) -> None:
    again = [slip for slip in listed(INSIDE.format(line=line)) if slip.kind == "done again"]
    assert [slip.name for slip in again] == (["i"] if told else [])


@pytest.mark.parametrize(
    "body",
    [
        "for x in items:\n    for k in range(9):\n        W = W - rate * f(W, x)",
        "for k in range(9):\n    for x in items:\n        W = W - rate * f(W, x)",
        "for i in range(9):\n    a[i] = i\n    W -= rate * error",
    ],
)
def test_a_loop_of_steps_is_not(body: str) -> None:
    assert not [slip for slip in listed(body) if slip.kind == "done again"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("for _ in items:\n    x = next(pairs(error, items))", True),
        ("k = 0\nwhile k < 9:\n    x, y = next(pairs(items))\n    k += 1", True),
        ("x = next(pairs(items))\nfor _ in items:\n    print(x)", False),
        ("going = pairs(items)\nfor _ in items:\n    x = next(going)", False),
        ("for k in range(9):\n    x = next(pairs(items, k))", False),
        ("it = iter(items)\nfor _ in error:\n    x = next(pairs(it))", False),
        ("for _ in error:\n    items = items[1:]\n    x = next(pairs(items))", False),
    ],
)
def test_a_generator_that_is_begun_anew_in_each_round_is_listed(body: str, told: bool) -> None:
    anew = [slip for slip in listed(body) if slip.kind == "begun anew"]
    assert [slip.name for slip in anew] == (["pairs"] if told else [])


_FILLED = "found = [error]\nfor a in items:\n    found.append(found[-1] @ a)\n"
_ROWS = "table = np.zeros((3, 2))\nfor k, a in enumerate(items):\n    table[k, :] = error @ a\n"
_ADDED = "total = 0\nfor a in items:\n    total += np.linalg.norm(error @ a) ** 2\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"{_FILLED}return np.sqrt(sum(np.linalg.norm(e) ** 2 for e in found))", "found"),
        (f"{_FILLED}size = np.linalg.norm(np.concatenate(found))\nreturn float(size)", "found"),
        ("norms = [np.linalg.norm(a) for a in items]\nreturn np.array(norms).mean()", "norms"),
        (f"{_ADDED}return np.sqrt(total)", "total"),
        (f"{_FILLED}A = np.array(found)\nreturn np.linalg.norm(A)", "A"),
        (f"{_FILLED}return float(np.max(np.vstack(found)))", "found"),
        (f"{_ROWS}size = np.linalg.norm(table)\nreturn size", "table"),
        (f"{_ROWS}return np.sum(table, axis=1)", ""),
        (f"{_ROWS}return np.linalg.norm(table[-1])", ""),
        ("table = np.array(items)\nreturn np.linalg.norm(table)", ""),
        ("a = np.zeros(2)\nfor k in items:\n    a[0] = k\nreturn np.max(a)", ""),
        (f"{_FILLED}return [np.linalg.norm(e) for e in found]", ""),
        (f"{_FILLED}return np.linalg.norm(found[-1])", ""),
        (f"{_FILLED}return sum(np.linalg.norm(e) for e in found if e[0] > 0)", ""),
        (f"{_FILLED}return np.linalg.norm(found, axis=1)", ""),
        (f"{_FILLED}return np.sqrt(error @ error)", ""),
        ("for a in items:\n    total = 0\n    for n in a:\n        total += n\nreturn total", ""),
    ],
)
def test_the_line_that_makes_one_number_of_all_is_listed(body: str, told: str) -> None:
    kinds = ("one of several", "added to one")
    assert [slip.name for slip in listed(body) if slip.kind in kinds] == ([told] if told else [])


def test_one_number_of_a_list_is_told_where_one_number_comes_back(feedback: Feedback) -> None:
    head = "import numpy as np\ndef error_norms(error, jacobians):\n    found = [error]\n"
    fill = "    for J in jacobians:\n        found.append(found[-1] @ J)\n"
    of_all = "np.sqrt(sum(np.linalg.norm(e) ** 2 for e in found))\n"
    told = feedback(f"{head}{fill}    return {of_all}")["error_norms"]["parts"][0]
    assert "makes one number of all that `found` holds" in told["did"]
    assert f"return {of_all.strip()}" in told["did"]
    several = f"{head}{fill}    size = {of_all}    return np.array([size for e in found])\n"
    assert "makes one number" not in str(feedback(several)["error_norms"]["parts"])


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("e = np.asarray(error)\nfor k in range(3):\n    e[k] = items[k]\nreturn e", 4),
        ("error[0] += items\nreturn error", 2),
        # One that is given back at times alone, copies, and what is made of it before.
        ("items[0] = 2\nif error is None:\n    return items\nreturn items * 2", 0),
        ("e = np.array(error)\ne[0] = items\nreturn e", 0),
        ("items = items * 1.0\nitems[0] = error\nreturn items", 0),
        ("items[0] = 2\nreturn error", 0),
    ],
)
def test_an_argument_that_is_written_into_and_given_back_is_listed(body: str, line: int) -> None:
    lines = [slip.line for slip in listed(body) if slip.kind == "given back"]
    assert lines == ([line] if line else [])


_INTO_IT = (
    "def propagate_error({0}, J):\n    kept = np.array({0})\n    for j in range(min(J.shape)):\n"
    "        {0}[j] = np.sum(kept * J[:, j])\n    return {1}\n"
)


@pytest.mark.parametrize("name", ["error", "vector"])
def test_an_answer_that_is_written_into_an_argument_is_told_by_that(
    feedback: Feedback, name: str
) -> None:
    (item,) = feedback(_INTO_IT.format(name, name))["propagate_error"]["parts"]
    assert item["title"] == "The answer is written into an argument"
    assert f"writes into `{name}`, the argument itself" in item["did"]
    assert "too short" in item["did"]


@pytest.mark.parametrize("result", ["kept", "error @ J", "error * 2"])
def test_what_is_given_back_beside_an_argument_that_is_written_into_is_not_told_as_that(
    feedback: Feedback, result: str
) -> None:
    text = feedback(_INTO_IT.format("error", result))["propagate_error"]["text"]
    assert "the argument itself" not in text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("total = error @ items\nreturn sum", True),
        ("out = [*error]\nfor J in items:\n    out.append(J)\nreturn out, list", True),
        ("sum = error @ items\nreturn sum", False),
        ("def sum(v):\n    return v\nreturn sum", False),
        ("for next in items:\n    error = error @ next\nreturn next", False),
        ("return sum(error * items)", False),
        ("return error", False),
    ],
)
def test_a_function_in_place_of_a_result_is_listed(body: str, told: bool) -> None:
    assert ("function returned" in {slip.kind for slip in listed(body)}) is told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("total = error @ items\nreturn lambda J: total / J", True),
        ("def one(J):\n    return error @ J\nreturn one", True),
        ("return (lambda J: error @ J)(items)", False),
        ("def step(rate):\n    return lambda J: rate * J\nreturn step(2)(items)", False),
        ("return list(map(lambda J: error @ J, items))", False),
    ],
)
def test_a_function_that_is_made_and_returned_is_listed(body: str, told: bool) -> None:
    assert ("made function returned" in {slip.kind for slip in listed(body)}) is told


@pytest.mark.parametrize("name", ["input", "list", "max"])
def test_a_function_in_place_of_a_result_is_told_with_its_line(
    name: str, feedback: Feedback
) -> None:
    source = (
        "def propagate_chain(error, jacobians):\n    return Net(jacobians).back(error)\n"
        "class Net:\n    def __init__(self, layers):\n        self.layers = layers\n"
        "    def back(self, error):\n        found = []\n        for layer in self.layers:\n"
        "            error = error @ layer\n            found.append(error)\n"
        f"        return {name}\n"
    )
    (item,) = feedback(source)["propagate_chain"]["parts"]
    assert item["title"] == "A function is returned, and no result"
    assert f"(`return {name}`) returns `{name}`" in item["did"]
    assert "`propagate_chain` has to return a list of arrays." in item["did"]
    assert "print each name to which your code gives a value" in item["next"]


def test_a_function_that_is_returned_elsewhere_is_not_told(feedback: Feedback) -> None:
    source = (
        "def threshold(x):\n    def kind(v):\n        if len(v) > 90:\n            return list\n"
        "        return v\n    return np.where(kind(x) > 1, x, 0)\n"
    )
    assert "A function is returned" not in str(feedback(source)["threshold"])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return error / np.linalg.norm(error)", "error"),
        ("n = np.sqrt(error @ error)\nreturn error / n", "error"),
        ("error /= np.sum(error ** 2) ** 0.5", "error"),
        ("return [e / max(np.sqrt((e * e).sum()), 1e-9) for e in items]", "e"),
        ("return np.divide(items, np.linalg.norm(items))", "items"),
        ("return error / np.linalg.norm(items)", None),
        ("n = np.sqrt(error @ error)\nn = n + items\nreturn error / n", None),
        ("return error / np.sum(error)", None),
        ("return np.linalg.norm(error) / error", None),
    ],
)
def test_a_vector_over_its_length_is_listed(body: str, told: str | None) -> None:
    names = [slip.name for slip in listed(body) if slip.kind == "unit length"]
    assert names == ([told] if told else [])


LENGTHS = (
    "def error_norms(error, jacobians):\n    def length(v):\n"
    "        v = np.asarray(v, dtype=float)\n        return {made}\n    found = [length(error)]\n"
    "    for J in jacobians:\n        error = error @ J\n        found.append(length(error))\n"
    "    return {returned}\n"
)


@pytest.mark.parametrize("returned", ["found", "np.array(found)"])
@pytest.mark.parametrize(
    "made", ["v / (np.linalg.norm(v) + 1e-12)", "v / max(np.sqrt(np.sum(v ** 2)), 1e-6)"]
)
def test_a_vector_over_its_length_in_place_of_a_number_is_told(
    made: str, returned: str, feedback: Feedback
) -> None:
    (item,) = feedback(LENGTHS.format(made=made, returned=returned))["error_norms"]["parts"]
    assert item["title"] == "Divided by its length"
    assert f"(`return {made}`) divides `v` by its length" in item["did"]
    assert "by hand for `v` = [3, 4]" in item["next"]


def test_a_vector_over_its_length_is_not_told_where_a_number_is_made_of_it(
    feedback: Feedback,
) -> None:
    source = LENGTHS.format(made="np.max(v / (np.linalg.norm(v) + 1e-12))", returned="found")
    assert "by its length" not in str(feedback(source)["error_norms"])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("a, b = error\nreturn np.array([[a, -b], [b, a]])", (3, "2")),
        ("out = [error[0] * items, error[1] * items, 0]\nreturn np.array(out)", (2, "3")),
        ("out = np.array([[0, 1], [1, 0]])\nreturn out", (2, "2")),
        ("out = [0, 0, 0]\nfor i in range(3):\n    out[i] = error[i]\nreturn out", None),
        ("out = np.array([error[0], error[1]])\nout = out * items\nreturn out", None),
        ("if items:\n    return [[1, 2], [3, 4]]\nreturn np.diag(error)", None),
        ("return np.array([*error, *items])", None),
        ("return np.array([error])", None),
    ],
)
def test_a_result_that_is_written_out_is_listed(body: str, told: tuple[int, str] | None) -> None:
    places = [(slip.line, slip.name) for slip in listed(body) if slip.kind == "written out"]
    assert places == ([told] if told else [])


TWO_BY_TWO = (
    "def softmax_jacobian(x):\n    s = softmax(x)\n    a, b = s[0], s[{last}]\n"
    "    J = {made}\n    return J\n"
)


@pytest.mark.parametrize("last", ["1", "-1"])
def test_a_result_that_is_written_out_is_told_before_where_it_stops(
    last: str, feedback: Feedback
) -> None:
    source = TWO_BY_TWO.format(last=last, made="np.array([[-b, b], [a, -a]])")
    (item,) = feedback(source)["softmax_jacobian"]["parts"]
    assert item["title"] == "Written out for one size"
    assert "its `len` is 2, whatever comes in" in item["did"]
    assert "(`J = np.array([[-b, b], [a, -a]])`) writes the result out" in item["did"]
    assert "that fits one size" not in item["did"]


def test_a_result_of_each_size_is_not_told_as_written_out(feedback: Feedback) -> None:
    source = TWO_BY_TWO.format(last="-1", made="np.diag(s) - a * b")
    assert "Written out" not in str(feedback(source)["softmax_jacobian"])


def _of_two(data: str, helper: str) -> list[Slip]:
    source = f"{data}\ndef f(error, items):\n    return g(error, items)\n{helper}"
    units = [*reversed(ast.parse(source).body)]
    return [
        one for one in slips(units, ["error", "items"], words(units), {}) if "outside" in one.kind
    ]


@pytest.mark.parametrize(
    ("data", "body", "told"),
    [
        ("W = [[3, -3], [4, -4]]", "return [e * W[i] for i, e in enumerate(a)]", True),
        ("W = np.array([[3., 4.]])", "assert len(a) == len(b)\n    return a @ W", True),
        ("W = [1, 2]", "return a @ np.zeros(b.shape) + W", True),
        ("W = [[3, -3], [4, -4]]", "return a @ b + W", False),
        ("W = [[3, -3], [4, -4]]", "W = [a, 2]\n    return W", False),
        ("W = 0.5", "return a * W", False),
        ("W = [[0, 0]]\nW[0] = 1", "return a @ W", False),
    ],
)
def test_numbers_from_outside_in_place_of_an_argument_are_listed(
    data: str, body: str, told: bool
) -> None:
    found = _of_two(data, f"def g(a, b):\n    {body}\n")
    assert [one.name for one in found] == (["W"] if told else [])


def test_numbers_from_outside_are_told_in_the_function_that_is_asked_for(
    feedback: Feedback,
) -> None:
    source = (
        "def propagate_error(error, jacobian):\n    assert len(error) == len(jacobian)\n"
        "    return np.array([np.dot(error, row) for row in GIVEN])\nGIVEN = [[3, -3], [4, -4]]\n"
    )
    (item,) = feedback(source)["propagate_error"]["parts"]
    assert item["title"] == "Numbers from outside of the function"
    assert "works with `GIVEN`" in item["did"]
    assert "stays the same whatever comes in" in item["did"]
    assert item["next"].startswith("Which argument of that function is it?")


def test_numbers_from_outside_beside_all_arguments_are_not_told(feedback: Feedback) -> None:
    source = (
        "def propagate_error(error, jacobian):\n"
        "    return error @ jacobian + np.sum(GIVEN)\nGIVEN = [[3, -3], [4, -5]]\n"
    )
    assert "outside of the function" not in str(feedback(source)["propagate_error"])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("for v in error:\n    v *= 2\nreturn error", "v"),
        ("for row in items:\n    for i, v in enumerate(row):\n        v -= 1\nreturn items", "v"),
        ("for i, (v, g) in enumerate(zip(error, items)):\n    v = v - g\nreturn error", "v"),
        ("for v in error:\n    v += 1\nreturn [v for v in error]", "v"),
        ("for v in error:\n    v *= 2\n    items.append(v)", None),
        ("for v in error:\n    while v < 9:\n        v *= 2", None),
        ("for v in error:\n    v *= 2\nreturn v", None),
        ("for i, v in enumerate(error):\n    i += 1", None),
        ("for k in range(3):\n    k += 1", None),
    ],
)
def test_a_loops_name_that_is_changed_and_not_read_is_listed(body: str, told: str | None) -> None:
    names = [slip.name for slip in listed(body) if slip.kind == "loop number"]
    assert names == ([told] if told else [])


UPDATED = (
    "def update_weights(weights, gradients, learning_rate):\n"
    "    new = [np.array(w, dtype=float) for w in weights]\n"
    "    for w, g in zip(new, gradients):\n        for row, slopes in zip(w, g):\n{rows}"
    "    return new\n"
)


def test_a_name_for_one_number_that_is_changed_alone_is_told_with_its_line(
    feedback: Feedback,
) -> None:
    numbers = (
        "            for one, slope in zip(row, slopes):\n"
        "                one -= learning_rate * slope\n"
    )
    (item,) = feedback(UPDATED.format(rows=numbers))["update_weights"]["parts"]
    assert item["title"] == "The weights stay as they were"
    assert "(`one -= learning_rate * slope`) changes `one` alone" in item["did"]
    assert item["next"].startswith("Print `one` just after this line, and when all rounds are done")


def test_a_name_for_a_row_that_is_changed_with_it_is_not_told(feedback: Feedback) -> None:
    source = UPDATED.format(rows="            row += learning_rate * slopes\n")
    assert "alone" not in str(feedback(source)["update_weights"]["parts"])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("for i in range(len(items)):\n    error = error @ items[-i]\nreturn error", True),
        ("for i, _ in enumerate(items):\n    error = error @ np.array(items[-i])", True),
        ("return [items[-k] @ error for k in range(0, len(items))]", True),
        ("for i in range(1, len(items)):\n    error = error @ items[-i]", False),
        ("for i in range(len(items)):\n    error = error @ items[-i - 1]", False),
        ("for i in range(len(items)):\n    if i > 0:\n        error = error @ items[-i]", False),
        ("for i in range(len(items)):\n    error[-i] = items[-i] * 2", False),
        ("for i in range(len(items)):\n    i += 1\n    error = error @ items[-i]", False),
        ("for i in range(len(items)):\n    total += items[-i] * error[0]", False),
    ],
)
def test_a_place_of_minus_a_count_from_0_is_listed(body: str, told: bool) -> None:
    names = [slip.name for slip in listed(body) if slip.kind == "minus zero"]
    assert bool(names) is told


CHAIN = (
    "def propagate_chain(error, jacobians):\n    out, back = [], list(reversed(jacobians))\n"
    "    for n in range(len(back)):\n        error = error @ back[{place}]\n"
    "        out.append(error)\n    return out\n"
)


def test_a_place_of_minus_a_count_from_0_is_told_with_its_line(feedback: Feedback) -> None:
    (item,) = feedback(CHAIN.format(place="-n"))["propagate_chain"]["parts"]
    assert item["title"] == "-0 is place 0"
    assert "In the first round `n` is 0, and -0 is 0" in item["did"]
    assert item["next"].startswith("Write down for three entries, as they stand when the loop")
    assert "-0" not in str(feedback(CHAIN.format(place="n"))["propagate_chain"]["parts"])


SLOPES = """
def threshold_jacobian(x):
    return np.diag(Cut(x).slope() * np.ones(len(x)))
class Layer:
    def __init__(self, x):
        self.x = np.array(x, dtype=float)
    def {above}(self):
        return {gives}
class Cut(Layer):
    def out(self):
        return np.where(self.x > -1, self.x, 0)
    def {own}(self):
        return 1.0 * (self.x > {limit})
"""


@pytest.mark.parametrize("gives", ["np.ones(self.x.shape)", "np.ones_like(self.x)", "1.0"])
def test_ones_of_the_class_above_are_told_with_their_line(gives: str, feedback: Feedback) -> None:
    source = SLOPES.format(above="slope", gives=gives, own="size", limit=-1)
    (item,) = feedback(source)["threshold_jacobian"]["parts"]
    assert (
        f"(`return {gives}`) is what `Cut.slope` comes to: its class has no method" in item["did"]
    )
    assert item["next"].startswith("Print what `Cut.slope` gives for an input that is let through")


@pytest.mark.parametrize(
    ("above", "gives", "own"),
    [("slope", "np.ones(self.x.shape)", "slope"), ("slope", "0.0 * self.x", "size")],
)
def test_a_slope_of_ones_own_is_not_told_as_of_the_class_above(
    above: str, gives: str, own: str, feedback: Feedback
) -> None:
    source = SLOPES.format(above=above, gives=gives, own=own, limit=0)
    assert "has no method" not in str(feedback(source)["threshold_jacobian"]["parts"])


BY_ENTRIES = (
    "def backward(weights, activations, target):\n    y = activations[-1]\n"
    "    error = (y - target) @ (np.diag(y) - np.outer(y, y))\n    errors = [error]\n"
    "    for {loop}:\n        error = {product}\n        errors.insert(0, error)\n"
    "    return errors\n"
)
BY_NUMBER = "l in range(len(weights) - 1, 0, -1)"


@pytest.mark.parametrize(
    ("loop", "product"),
    [
        (BY_NUMBER, "error * weights[l] * (activations[l] > 0)"),
        (BY_NUMBER, "weights[l].T * error"),
        ("W, a in zip(weights[:0:-1], activations[-2::-1])", "error * W * (a > 0)"),
    ],
)
def test_a_matrix_that_is_multiplied_by_entries_is_told_with_its_line(
    loop: str, product: str, feedback: Feedback
) -> None:
    (item,) = feedback(BY_ENTRIES.format(loop=loop, product=product))["backward"]["parts"]
    assert item["title"] == "`*` with a whole matrix"
    assert (
        f"(`error = {product}`) multiplies a whole matrix out of `weights` with `*`" in item["did"]
    )
    assert "A whole table is what" not in item["did"]


@pytest.mark.parametrize(
    "product",
    [
        "np.sum(error * weights[l].T, axis=1)",
        "error * activations[l]",
        "error @ (weights[l] * y[0])",
    ],
)
def test_a_product_that_makes_no_table_is_not_told_as_of_a_matrix(
    product: str, feedback: Feedback
) -> None:
    told = str(feedback(BY_ENTRIES.format(loop=BY_NUMBER, product=product))["backward"]["parts"])
    assert "whole matrix out of" not in told
