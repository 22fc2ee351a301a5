"""The wire format: what goes in comes out, and nothing but `WireError` comes of bad bytes."""

from __future__ import annotations

import array
import collections
import json
import struct
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox import wire
from autograder.sandbox.wire import Unsendable, WireError, dumps, loads

plain_arrays = hnp.arrays(
    st.sampled_from([np.float64, np.int64, np.bool_]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)
plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(st.characters(), max_size=300)
    | plain_arrays,
    lambda inner: st.lists(inner, max_size=6) | st.lists(inner, max_size=6).map(tuple),
    max_leaves=10,
)


def identical(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (
            one.dtype == other.dtype
            and one.shape == other.shape
            and one.tobytes() == other.tobytes()
        )
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(identical, one, other))
    return one == other or (one != one and other != other)


@given(plain_values)
def test_plain_values_come_back_as_they_were(value: Any) -> None:
    assert identical(loads(dumps(value)), value)


@pytest.mark.parametrize("kind", [float, int, bool])
def test_long_lists_of_numbers_come_back_as_lists_of_python_numbers(kind: type) -> None:
    values = [kind(k % 2) for k in range(50)]
    for sequence in (values, tuple(values)):
        assert identical(loads(dumps(sequence)), sequence)


@given(plain_arrays, plain_values, st.data())
def test_an_array_that_stands_in_a_value_twice_arrives_as_one(
    array: Any, between: Any, data: st.DataObject
) -> None:
    others = data.draw(st.permutations([array, between, array.copy(), np.float64(0.5)]))
    value = [array, *others, (array,)]
    received = loads(dumps(value))
    assert identical(received, loads(dumps([wire.copy(item) for item in value])))
    for came in (received, wire.copy(received)):
        places = [at for at, item in enumerate(value) if item is array]
        assert all(came[at] is came[0] for at in places)
        assert came[-1][0] is came[0]
        assert sum(item is came[0] for item in came) == len(places)


def test_an_array_counts_as_often_as_it_stands_in_a_frame() -> None:
    large = np.zeros(wire.MAX_ELEMENTS // 4)
    assert len(loads(dumps([large] * 3))) == 3
    with pytest.raises(WireError):
        dumps([large] * 5)
    header = ["l", ["a", "f8", [len(large)]], *[["a", 0]] * 4]
    with pytest.raises(WireError):
        loads(body(header, large.tobytes()))
    with pytest.raises(WireError):
        loads(body(["l", ["a", 0]], b""))


def test_an_array_that_arrives_is_plain_and_cannot_be_written_to() -> None:
    received = loads(dumps(np.arange(6.0).reshape(2, 3).T))
    assert type(received) is np.ndarray
    assert received.tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    with pytest.raises(ValueError, match="read-only"):
        received[0, 0] = 7.0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float32(0.5), np.array(0.5)),
        (np.array([1, 2], dtype=np.float16), np.array([1.0, 2.0])),
        (np.array([0.25], dtype=np.longdouble), np.array([0.25])),
        (np.array([1.0], dtype=">f8"), np.array([1.0])),
        (np.array([1, 2], dtype=np.uint8), np.array([1, 2])),
        (np.array([2**64 - 1], dtype=np.uint64), np.array([2.0**64])),
        (np.array([1, 2.5], dtype=object), np.array([1.0, 2.5])),
        (np.asarray([[1, 2]]).view(np.matrix), np.array([[1, 2]])),
        (np.ma.array([1.0, 2.0], mask=[True, False]), np.array([1.0, 2.0])),
        (array.array("d", [1.0, 2.0]), np.array([1.0, 2.0])),
        (memoryview(np.array([1.0, 2.0])), np.array([1.0, 2.0])),
        (2**70, float(2**70)),
        ([2**70] * 6, [float(2**70)] * 6),
        (Fraction(1, 4), 0.25),
        (Decimal("0.5"), 0.5),
        (range(3), [0, 1, 2]),
        (collections.deque([1, 2]), [1, 2]),
        (collections.UserList([1, 2]), [1, 2]),
        (collections.namedtuple("Pair", "a b")(1, 2), (1, 2)),
    ],
)
def test_what_numpy_reads_as_numbers_crosses_as_numbers(value: Any, expected: Any) -> None:
    assert identical(loads(dumps(value)), expected)


def test_an_object_array_with_an_array_per_layer_is_a_list_of_arrays() -> None:
    layers = np.empty(2, dtype=object)
    layers[:] = [np.zeros(2), np.zeros(3)]
    assert identical(loads(dumps(layers)), [np.zeros(2), np.zeros(3)])


class Hostile:
    """Raises from every method that an encoder might call."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __array__(self, *_: Any) -> Any:
        raise ValueError("no")


class LyingList(list):  # type: ignore[type-arg]
    def __iter__(self) -> Any:
        raise RuntimeError

    def __len__(self) -> int:
        return 10**12

    def __getitem__(self, at: Any) -> Any:
        return 0


class LyingArray(np.ndarray):
    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (10**9,)

    def tobytes(self, *_: Any) -> bytes:
        return b"lie"


class LyingName(type):
    __name__ = "ndarray"  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (1j, "complex"),
        (np.array([1j]), "complex"),
        (np.array(["a"]), "ndarray_of_str_"),
        (np.array([[None, {}]], dtype=object), "ndarray_of_object"),
        ((n for n in ()), "generator"),
        (zip((), strict=True), "zip"),
        (map(int, ()), "map"),
        ({}.values(), "dict_values"),
        ({}, "dict"),
        (set(), "set"),
        (b"1", "bytes"),
        (print, "builtin_function_or_method"),
        (np, "module"),
        (LyingName("Real", (), {})(), "Real"),
        (type("a" * 100, (), {})(), "a" * 40),
        (type("<b>\u202e", (), {})(), "_b__"),
        (10**400, "huge_int"),
        (np.broadcast_to(0.0, (10**9,)), "huge_ndarray"),
    ],
)
def test_everything_else_crosses_as_the_name_of_its_type(value: Any, name: str) -> None:
    assert loads(dumps(value)) == Unsendable(name)
    assert loads(dumps([value, 1.0])) == [Unsendable(name), 1.0]


def test_an_object_that_raises_from_everything_crosses_as_the_name_of_its_type() -> None:
    assert loads(dumps([Hostile()])) == [Unsendable("Hostile")]


def test_a_subclass_cannot_lie_about_its_content() -> None:
    assert loads(dumps(LyingList([1.0, 2.0]))) == [1.0, 2.0]
    lying = np.arange(3.0).view(LyingArray)
    assert identical(loads(dumps(lying)), np.arange(3.0))


def test_a_list_that_holds_itself_ends() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert "Unsendable(type_name='list')" in repr(loads(dumps(endless)))


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((1001, 1000)),
        [np.zeros(60_000)] * 2,
        [None] * (wire.MAX_HEADER // 4),
        [0.5] * (wire.MAX_ELEMENTS + 1),
        "x" * (wire.MAX_BODY + 1),
    ],
    ids=["array", "arrays", "header", "list", "text"],
)
def test_what_is_too_large_is_refused_before_it_is_sent(value: Any) -> None:
    with pytest.raises(WireError):
        dumps(value)


# --- bad bytes ----------------------------------------------------------------------------------


def body(header: object, payload: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<I", len(text)) + text + payload


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\0\0\0",
        struct.pack("<I", 2**32 - 1),
        struct.pack("<I", 5) + b"null",
        body(b"nul"),
        body(b"[" * 100_000),
        body(b"9" * 5000),
        body(b'"\xff"'),
        body(None, b"surplus"),
        body({}),
        body([]),
        body(2**63),
        body(["l", {}]),
        body(["x"]),
        body([["l"]]),
        body(["a", "f8", [2]], bytes(15)),
        body(["a", "f8", [2]], bytes(17)),
        body(["a", "f8", [-1]]),
        body(["a", "f8", [True]], bytes(8)),
        body(["a", "f8", [1.0]], bytes(8)),
        body(["a", "f8", 1], bytes(8)),
        body(["a", "f8", [10**6, 10**6]]),
        body(["a", "f8", [0, 2**62]]),
        body(["a", "f8", [0, *[wire.MAX_ELEMENTS] * 4]]),
        body(["a", "f8", [1] * 9], bytes(8)),
        body(["a", "O", [1]], bytes(8)),
        body(["a", "f8", [1], 1], bytes(8)),
        body(["a", [], [1]], bytes(8)),
        body(["b1"]),
        body(["a", "b1", [1]], b"\2"),
        body(["n", "l", "f8", -1]),
        body(["n", "l", "f8", None]),
        body(["n", "x", "f8", 0]),
        body(["s", 3], b"\xff\xff\xff"),
        body(["s", -3]),
        body(["s", 3]),
        body(["u", "a b"]),
        body(["u", "a" * 41]),
        body(["u", ""]),
        body(["u", 1]),
    ],
)
def test_bad_bytes_are_an_error_of_the_wire(bad: bytes) -> None:
    with pytest.raises(WireError):
        loads(bad)


def test_too_deep_is_an_error_of_the_wire() -> None:
    nested: list[Any] = ["l"]
    for _ in range(wire.MAX_DEPTH + 5):
        nested = ["l", nested]
    with pytest.raises(WireError):
        loads(body(nested))


def test_the_length_before_a_body_is_limited() -> None:
    assert wire.body_length(struct.pack("<I", wire.MAX_BODY)) == wire.MAX_BODY
    with pytest.raises(WireError):
        wire.body_length(struct.pack("<I", wire.MAX_BODY + 1))
    with pytest.raises(WireError):
        wire.body_length(b"\0")


def check_only_wire_error(data: bytes) -> None:
    try:
        value = loads(data)
    except WireError:
        return
    dumps(value)


json_nodes = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["l", "t", "a", "n", "s", "u", "f8", "i8", "b1"]),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=20,
)


@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    check_only_wire_error(data)
    check_only_wire_error(body(data))


@given(json_nodes, st.binary(max_size=64))
def test_random_headers(header: object, payload: bytes) -> None:
    check_only_wire_error(body(header, payload))


@given(plain_values, st.data())
def test_damaged_frames(value: Any, data: st.DataObject) -> None:
    good = bytearray(dumps(value))
    at = data.draw(st.integers(0, len(good) - 1))
    match data.draw(st.sampled_from(["change", "cut", "insert"])):
        case "change":
            good[at] = data.draw(st.integers(0, 255))
        case "cut":
            del good[at:]
        case "insert":
            good[at:at] = data.draw(st.binary(max_size=8))
    check_only_wire_error(bytes(good))
