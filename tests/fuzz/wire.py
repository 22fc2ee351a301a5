"""Whatever is read as a frame is a plain value of a bounded size, or `WireError`."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.wire import Unsendable, WireError

TOKENS = [
    *(f'["{tag}",'.encode() for tag in "ltansu"),
    *(f'"{code}",'.encode() for code in wire.DTYPES),
    b'["n","l","f8",5]', b'["a","f8",[2,3]]', b"null", b"true", b"NaN", b"1e999", b"-0.0",
    b"9223372036854775808", b"1000001", b'"\\ud800"', b"\xed\xa0\x80", b"]]]]",
]  # fmt: skip
WORDS: list[Any] = [
    "[", "]", "l", "t", "a", "n", "s", "u", *wire.DTYPES, 0, 1, 2, 3, 5, 8, -1, 2**63, 10**6,
    10**6 + 1, 0.5, float("nan"), None, True, "x", "a b", "ndarray", "\ud800", {},
]  # fmt: skip


def seeds() -> list[bytes]:
    """Bodies of frames as a worker sends them, in both forms that `check` reads."""
    values: list[Any] = [
        None,
        [True, 3, 0.5, "text", "long text \N{SNOWMAN}" * 30],
        ("returned", 1, 0, np.arange(6.0).reshape(2, 3), []),
        ("returned", 1, 1, [np.eye(2, dtype=bool), np.arange(3)], [0, 1]),
        ("returned", 2, 0, ([[0.5] * 8, tuple([1] * 8)], [True] * 8), []),
        ("raised", 3, 0, "ValueError", "m", "backprop.py", 3, "train", [("W", [3, 2])], None, None),
        ("done", "practice_6_1", None),
        [[[[[[[[[[1]]]]]]]]]],
        Unsendable("generator"),
    ]
    bodies = [wire.dumps(value) for value in values]
    return bodies + [_unpacked(body) for body in bodies]


def _unpacked(body: bytes) -> bytes:
    """The form that is easy to change: no lengths, the header and the payload with a 0 between."""
    end = 4 + struct.unpack("<I", body[:4])[0]
    return body[4:end] + b"\0" + body[end:]


def packed(data: bytes) -> bytes:
    """The body of a frame, of its header and payload with a 0 between."""
    header, _, payload = data.partition(b"\0")
    return struct.pack("<I", len(header)) + header + payload


def grown(data: bytes, words: Sequence[object] = WORDS) -> bytes:
    """The body of a frame whose header is JSON whatever the bytes are.

    Each byte adds a word, opens a list or closes one; after 255 comes the payload.
    """
    program, _, payload = data.partition(b"\xff")
    root: list[Any] = []
    opened = [root]
    for byte in program:
        word = words[byte % len(words)]
        if word == "]":
            opened = opened[:-1] or [root]
        else:
            opened[-1].append([] if word == "[" else word)
            opened += opened[-1][-1:] if word == "[" else []
    return packed(json.dumps(root[0] if root else None).encode() + b"\0" + payload)


def check(data: bytes) -> None:
    """Read the bytes as a body as they are, as a header and a payload, and as a program."""
    check_body(data)
    check_body(packed(data))
    check_body(grown(data))


def check_body(body: bytes) -> None:
    """A body is a plain value that survives being sent again, or no frame."""
    try:
        value = wire.loads(body)
    except WireError:
        return
    held = list(parts(value))
    assert all(type(part) in PLAIN for part in held)
    assert len(held) <= len(body)
    arrays = [part for part in held if isinstance(part, np.ndarray)]
    assert sum(array.size for array in arrays) <= wire.MAX_ELEMENTS
    assert sum(array.nbytes for array in arrays) <= len(body)
    assert all(type(array) is np.ndarray and not array.flags.writeable for array in arrays)
    assert all(array.dtype in wire.DTYPES.values() for array in arrays)
    assert all(part in wire.INT64 for part in held if type(part) is int)
    # A forger may nest one level deeper than an honest worker does, which changes nothing.
    again = wire.loads(wire.dumps(value))
    assert identical(again, value) or _depth(value) > wire.MAX_DEPTH


PLAIN = {type(None), bool, int, float, str, list, tuple, np.ndarray, Unsendable}


def parts(value: Any) -> Iterator[Any]:
    """A value and all that it holds."""
    yield value
    if isinstance(value, list | tuple):
        for item in value:
            yield from parts(item)


def _depth(value: Any) -> int:
    inner = value if isinstance(value, list | tuple) else []
    return 1 + max(map(_depth, inner), default=-1)


def identical(one: Any, other: Any) -> bool:
    """Tell whether two plain values are the same to the last bit, but for kinds of NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        same_form = one.dtype == other.dtype and one.shape == other.shape
        return same_form and one.tobytes() == other.tobytes()
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other or (one != one and other != other))
