"""The only language that a worker and the grader speak: plain values as bytes.

A frame is a four-byte length and a body; a body is a four-byte length, a small JSON header and
the raw bytes of arrays and long texts in the order in which the header names them. An array that
stands in a value twice is sent once, and arrives as one array. Nothing is unpickled and no class
is looked up by name, so the worst that a forged frame can do is to be another return value. Each
limit is checked before the memory that it guards is allocated.
"""

from __future__ import annotations

import array
import json
import math
import numbers
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

MAX_BODY = 16 * 2**20
# As JSON a list of two characters becomes an object of some sixty bytes.
MAX_HEADER = 2**16
MAX_DEPTH = 10
# Of numbers: right answers hold a few dozen, and the grader keeps all of a submission's.
MAX_ELEMENTS = 10**5
MAX_DIMENSIONS = 8
INLINE_TEXT = 200

# The exit status of a worker that has no memory left to answer with.
OUT_OF_MEMORY = 112

DTYPES = {"f8": np.dtype("<f8"), "i8": np.dtype("<i8"), "b1": np.dtype("?")}
FLOATS = np.dtype(float)
COMPACT = {float: "f8", int: "i8", bool: "b1"}
CODES = {"b": "b1", "i": "i8", "u": "i8", "f": "f8"}
INT64 = range(-(2**63), 2**63)

_LENGTH = struct.Struct("<I")
# Bytes of the length before a body.
PREFIX = _LENGTH.size
# Read past a metaclass that lies about its name.
_class_name: Callable[[type], str] = type.__dict__["__name__"].__get__
_view = np.ndarray.view
_from_json = json.JSONDecoder().raw_decode
_quoted = json.encoder.encode_basestring_ascii
# What JSON, as Python reads it, has no shorter way to write.
_SPELLED = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


class WireError(ValueError):
    """The bytes are no frame of this format, or a value is too large for one."""


@dataclass(frozen=True)
class Unsendable:
    """Stands for a value that cannot cross, known by the name of its type alone.

    Attributes
    ----------
    type_name : str
        At most 40 letters, digits, dots and underscores. ``huge_...`` is a value of a type that
        can cross, but too large.
    """

    type_name: str


def safe_name(text: str) -> str:
    """Cut an identifier that a student chose down to 40 harmless characters."""
    return re.sub(r"[^A-Za-z0-9_.]", "_", text[:40]) or "object"


def type_name(value: object) -> str:
    """Name the class of a student's value, whatever it pretends to be."""
    return safe_name(_class_name(type(value)))


# --- writing ----------------------------------------------------------------------------------


def dumps(value: object) -> bytes:
    """Encode one value as the body of a frame.

    Parameters
    ----------
    value : object
        None, bool, int, float, str, list, tuple or a numeric array are sent as they are; other
        numbers as int or float, other sequences as a list, what NumPy reads as a numeric array
        as that array, and everything else as `Unsendable`.

    Raises
    ------
    WireError
        If the value is larger than a frame may be.
    """
    encoder = _Encoder()
    header = encoder.encode(value, 0).encode("ascii")
    size = _LENGTH.size + len(header) + encoder.size
    if len(header) > MAX_HEADER or size > MAX_BODY:
        raise WireError("too large for a frame")
    return b"".join((_LENGTH.pack(len(header)), header, *encoder.payload))


def frame(value: object) -> bytes:
    """Encode one value as a whole frame; see `dumps`."""
    body = dumps(value)
    return _LENGTH.pack(len(body)) + body


class _Encoder:
    """Writes the header, piece by piece, and collects what comes after it."""

    def __init__(self) -> None:
        self.payload: list[bytes] = []
        self.size = 0
        self.elements = 0
        self.arrays_written = 0
        # The text for an array by its identity; the array is kept, so that no other gets that.
        self.known: dict[int, tuple[str, object]] = {}

    def encode(self, value: object, depth: int) -> str:
        kind = type(value)
        # What nearly all answers are is looked for first.
        if kind is int:
            return self.integer(value)  # type: ignore[arg-type]
        if kind is float:
            return self.real(value)  # type: ignore[arg-type]
        if kind is str:
            return self.text(value)  # type: ignore[arg-type]
        if value is None:
            return "null"
        if kind is bool:
            return "true" if value else "false"
        if depth > MAX_DEPTH:
            return self.unsendable(type_name(value))
        try:
            if kind is np.ndarray:
                return self.once(value, depth)  # type: ignore[arg-type]
            if kind is list or kind is tuple:
                return self.sequence("l" if kind is list else "t", value, depth)  # type: ignore[arg-type]
            return self.compound(value, kind, depth)
        except (WireError, MemoryError):
            raise
        except Exception:
            # A student's class may raise anything from any method that is asked for its numbers.
            return self.unsendable(type_name(value))

    def compound(self, value: Any, kind: type, depth: int) -> str:
        if issubclass(kind, np.ndarray):
            return self.array(_view(value, np.ndarray), depth)
        if issubclass(kind, tuple):
            return self.sequence("t", tuple.__getitem__(value, slice(None)), depth)
        if issubclass(kind, list):
            return self.sequence("l", list.__getitem__(value, slice(None)), depth)
        if issubclass(kind, np.generic):
            return self.array(np.asarray(value), depth)
        if issubclass(kind, int):
            return self.integer(int.__int__(value))
        if issubclass(kind, (numbers.Real, Decimal)):
            return self.real(float(value))
        if issubclass(kind, numbers.Complex):
            return self.unsendable("complex")
        if issubclass(kind, Unsendable):
            return self.unsendable(value.type_name)
        if issubclass(kind, str):
            return self.text(str.__str__(value))
        if issubclass(kind, (bytes, bytearray)):
            return self.unsendable(type_name(value))
        if hasattr(kind, "__array__") or issubclass(kind, (array.array, memoryview)):
            return self.array(_view(np.asarray(value), np.ndarray), depth)
        if issubclass(kind, Sequence) and len(value) <= MAX_ELEMENTS:
            return self.sequence("l", list(value), depth)
        return self.unsendable(type_name(value))

    def unsendable(self, name: str) -> str:
        return f'["u","{safe_name(name)}"]'

    def real(self, value: float) -> str:
        text = repr(value)
        return _SPELLED.get(text, text)

    def integer(self, value: int) -> str:
        if value in INT64:
            return repr(value)
        try:
            return self.real(float(value))
        except OverflowError:
            return self.unsendable("huge_int")

    def text(self, value: str) -> str:
        if len(value) <= INLINE_TEXT:
            return _quoted(value)
        if len(value) > MAX_BODY:
            raise WireError("too large for a frame")
        data = value.encode("utf-8", "surrogatepass")
        self.add(data, 0)
        return f'["s",{len(data)}]'

    def sequence(self, tag: str, items: Sequence[Any], depth: int) -> str:
        code = COMPACT.get(type(items[0])) if len(items) > 4 else None
        if code is not None and len(set(map(type, items))) == 1:
            try:
                numbers_ = np.array(items, dtype=DTYPES[code])
            except OverflowError:
                numbers_ = np.array(items, dtype="<f8")
                code = "f8"
            self.add(numbers_.tobytes(), len(items))
            return f'["n","{tag}","{code}",{len(items)}]'
        self.add(b"", len(items))
        inner = depth + 1
        return f'["{tag}"{"".join(["," + self.encode(item, inner) for item in items])}]'

    def once(self, value: np.ndarray[Any, Any], depth: int) -> str:
        """An array; one that was written before by its place among the arrays."""
        if known := self.known.get(id(value)):
            self.add(b"", value.size)
            return known[0]
        text = self.array(value, depth)
        if text.startswith('["a"'):
            self.known[id(value)] = f'["a",{self.arrays_written - 1}]', value
        return text

    def array(self, value: np.ndarray[Any, Any], depth: int) -> str:
        shape = value.shape
        if value.dtype is FLOATS and 0 < value.size <= MAX_ELEMENTS and len(shape) <= 2:
            self.add(value.tobytes(), value.size)
            self.arrays_written += 1
            return f'["a","f8",{[*shape]}]'
        if len(shape) > MAX_DIMENSIONS or max(shape, default=0) > MAX_ELEMENTS:
            return self.unsendable("huge_ndarray")
        kind = value.dtype.kind
        if kind == "O":
            return self.objects(value, depth)
        if kind == "u" and value.size and int(value.max()) not in INT64:
            kind = "f"
        code = CODES.get(kind)
        if code is None:
            name = "complex" if kind == "c" else f"ndarray_of_{_class_name(value.dtype.type)}"
            return self.unsendable(name)
        self.add(b"", value.size)
        if value.dtype != DTYPES[code]:
            # A long double may not fit; it is not finite then, which is what the grader looks at.
            with np.errstate(all="ignore"):
                value = value.astype(DTYPES[code])
        self.add(value.tobytes(), 0)
        self.arrays_written += 1
        return f'["a","{code}",{[*shape]}]'

    def objects(self, value: np.ndarray[Any, Any], depth: int) -> str:
        try:
            return self.array(value.astype("f8"), depth)
        except (TypeError, ValueError):
            # An object array that holds one array per layer is a sequence of arrays.
            if value.ndim == 1:
                return self.sequence("l", list(value), depth)
            return self.unsendable("ndarray_of_object")

    def add(self, data: bytes, elements: int) -> None:
        self.payload.append(data)
        self.size += len(data)
        self.elements += elements
        if self.size > MAX_BODY or self.elements > MAX_ELEMENTS:
            raise WireError("too large for a frame")


# --- reading ----------------------------------------------------------------------------------


def body_length(data: bytes | bytearray, at: int = 0) -> int:
    """Read the length of a frame's body from the four bytes before it.

    Raises
    ------
    WireError
        If the length is more than `MAX_BODY`, or is cut off.
    """
    try:
        length: int = _LENGTH.unpack_from(data, at)[0]
    except struct.error as error:
        raise WireError("a frame's length is cut off") from error
    if length > MAX_BODY:
        raise WireError("a frame's length is beyond the limit")
    return length


def header_length(body: bytes) -> int:
    """How many bytes of a body are its header, as it says itself."""
    return int.from_bytes(body[: _LENGTH.size], "little")


def loads(body: bytes) -> Any:
    """Decode the body of a frame.

    Parameters
    ----------
    body : bytes
        Anything at all.

    Returns
    -------
    None, bool, int, float, str, list, tuple, numpy.ndarray or Unsendable
        Integers fit 64 bits; arrays are plain, of float64, int64 or bool, and look into `body`, so
        that none can be written to; lists and tuples hold the same again.

    Raises
    ------
    WireError
        Whatever is wrong with the bytes; no other exception.
    """
    if len(body) < _LENGTH.size or len(body) > MAX_BODY:
        raise WireError("a body of this length is none")
    length: int = _LENGTH.unpack_from(body)[0]
    start = _LENGTH.size + length
    if length > MAX_HEADER or start > len(body):
        raise WireError("the header's length is beyond the body")
    try:
        text = body[_LENGTH.size : start].decode("ascii")
        header, end = _from_json(text)
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    if end != len(text):
        raise WireError("the header is more than one JSON value")
    decoder = _Decoder(memoryview(body)[start:])
    value = decoder.decode(header, 0)
    if decoder.at != len(decoder.payload):
        raise WireError("bytes are left over")
    return value


def copy(value: Any) -> Any:
    """Copy a value that was read, so that its arrays and lists can be written to.

    An array that stands in it twice is one array in the copy too.
    """
    return _copy(value, {})


def _copy(value: Any, made: dict[int, Any]) -> Any:
    if isinstance(value, np.ndarray):
        if id(value) not in made:
            made[id(value)] = value.copy()
        return made[id(value)]
    if isinstance(value, (list, tuple)):
        return type(value)([_copy(item, made) for item in value])
    return value


class _Decoder:
    def __init__(self, payload: memoryview) -> None:
        self.payload = payload
        self.at = 0
        self.elements = 0
        self.arrays: list[np.ndarray[Any, Any]] = []

    def decode(self, node: Any, depth: int) -> Any:
        kind = type(node)
        if node is None or kind is bool or kind is float or kind is str:
            return node
        if kind is int and node in INT64:
            return node
        if kind is not list or not node or depth > MAX_DEPTH + 1:
            raise WireError("not a value")
        tag = node[0]
        if tag == "a" and len(node) == 3 and type(node[1]) is str and type(node[2]) is list:
            self.arrays.append(self.array(node[1], node[2]))
            return self.arrays[-1]
        if tag == "a" and len(node) == 2 and type(node[1]) is int:
            return self.again(node[1])
        if tag in ("l", "t"):
            self.count(len(node) - 1)
        if tag == "l":
            return [self.decode(item, depth + 1) for item in node[1:]]
        if tag == "t":
            return tuple([self.decode(item, depth + 1) for item in node[1:]])
        match node:
            case ["n", "l", str(code), count]:
                return self.array(code, [count]).tolist()
            case ["n", "t", str(code), count]:
                return tuple(self.array(code, [count]).tolist())
            case ["s", int(count)]:
                return self.text(count)
            case ["u", str(name)] if name == safe_name(name):
                return Unsendable(name)
        raise WireError("not a value")

    def count(self, elements: int) -> None:
        self.elements += elements
        if self.elements > MAX_ELEMENTS:
            raise WireError("too many elements")

    def take(self, count: int) -> int:
        """Claim the next bytes of the payload; returns where they start."""
        start = self.at
        if count < 0 or count > len(self.payload) - start:
            raise WireError("more bytes are named than sent")
        self.at = start + count
        return start

    def array(self, code: str, shape: list[Any]) -> np.ndarray[Any, Any]:
        dtype = DTYPES.get(code)
        if dtype is None or len(shape) > MAX_DIMENSIONS:
            raise WireError("not an array's type and shape")
        for size in shape:
            if type(size) is not int or not 0 <= size <= MAX_ELEMENTS:
                raise WireError("not an array's shape")
        count = math.prod(shape)
        self.count(count)
        start = self.take(count * dtype.itemsize)
        if code == "b1" and not set(self.payload[start : self.at]) <= {0, 1}:
            raise WireError("a truth value that is neither 0 nor 1")
        try:
            return np.ndarray(shape, dtype, self.payload, start)
        except ValueError as error:
            # A size of 0 hides others that NumPy cannot multiply.
            raise WireError("not an array's shape") from error

    def again(self, place: int) -> np.ndarray[Any, Any]:
        """One of the arrays before; it counts as often as it stands there."""
        if not 0 <= place < len(self.arrays):
            raise WireError("not the place of an array")
        self.count(self.arrays[place].size)
        return self.arrays[place]

    def text(self, count: int) -> str:
        start = self.take(count)
        try:
            return str(self.payload[start : self.at], "utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise WireError("a text is not UTF-8") from error
