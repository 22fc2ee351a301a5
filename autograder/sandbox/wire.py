"""The only language that a worker and the grader speak: plain values as bytes.

A frame is a four-byte length and a body; a body is a four-byte length, a small JSON header and
the raw bytes of arrays and long texts in the order in which the header names them. Nothing is
unpickled and no class is looked up by name, so the worst that a forged frame can do is to be
another return value. Each limit is checked before the memory that it guards is allocated.
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
MAX_HEADER = 2**20
MAX_DEPTH = 10
MAX_ELEMENTS = 10**6
MAX_DIMENSIONS = 8
INLINE_TEXT = 200

# The exit status of a worker that has no memory left to answer with.
OUT_OF_MEMORY = 3

DTYPES = {"f8": np.dtype("<f8"), "i8": np.dtype("<i8"), "b1": np.dtype("?")}
COMPACT = {float: "f8", int: "i8", bool: "b1"}
INT64 = range(-(2**63), 2**63)

_LENGTH = struct.Struct("<I")
# Read past a metaclass that lies about its name.
_class_name: Callable[[type], str] = type.__dict__["__name__"].__get__
_view = np.ndarray.view


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
    header = json.dumps(encoder.encode(value, 0), separators=(",", ":")).encode("ascii")
    size = _LENGTH.size + len(header) + encoder.size
    if len(header) > MAX_HEADER or size > MAX_BODY:
        raise WireError("too large for a frame")
    return b"".join((_LENGTH.pack(len(header)), header, *encoder.payload))


def frame(value: object) -> bytes:
    """Encode one value as a whole frame; see `dumps`."""
    body = dumps(value)
    return _LENGTH.pack(len(body)) + body


class _Encoder:
    def __init__(self) -> None:
        self.payload: list[bytes] = []
        self.size = 0
        self.elements = 0

    def encode(self, value: object, depth: int) -> Any:
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return self.integer(value)  # type: ignore[arg-type]
        if depth > MAX_DEPTH:
            return self.unsendable(type_name(value))
        try:
            return self.compound(value, kind, depth)
        except (WireError, MemoryError):
            raise
        except Exception:
            # A student's class may raise anything from any method that is asked for its numbers.
            return self.unsendable(type_name(value))

    def compound(self, value: Any, kind: type, depth: int) -> Any:
        if issubclass(kind, str):
            return self.text(str.__str__(value))
        if issubclass(kind, np.ndarray):
            return self.array(_view(value, np.ndarray), depth)
        if issubclass(kind, np.generic):
            return self.array(np.asarray(value), depth)
        if issubclass(kind, int):
            return self.integer(int.__int__(value))
        if issubclass(kind, (numbers.Real, Decimal)):
            return float(value)
        if issubclass(kind, numbers.Complex):
            return self.unsendable("complex")
        if issubclass(kind, Unsendable):
            return self.unsendable(value.type_name)
        if issubclass(kind, tuple):
            return self.sequence("t", tuple.__getitem__(value, slice(None)), depth)
        if issubclass(kind, list):
            return self.sequence("l", list.__getitem__(value, slice(None)), depth)
        if issubclass(kind, (bytes, bytearray)):
            return self.unsendable(type_name(value))
        if hasattr(kind, "__array__") or issubclass(kind, (array.array, memoryview)):
            return self.array(_view(np.asarray(value), np.ndarray), depth)
        if issubclass(kind, Sequence) and len(value) <= MAX_ELEMENTS:
            return self.sequence("l", list(value), depth)
        return self.unsendable(type_name(value))

    def unsendable(self, name: str) -> list[str]:
        return ["u", safe_name(name)]

    def integer(self, value: int) -> Any:
        if value in INT64:
            return value
        try:
            return float(value)
        except OverflowError:
            return self.unsendable("huge_int")

    def text(self, value: str) -> Any:
        if len(value) <= INLINE_TEXT:
            return value
        if len(value) > MAX_BODY:
            raise WireError("too large for a frame")
        data = value.encode("utf-8", "surrogatepass")
        self.add(data, 0)
        return ["s", len(data)]

    def sequence(self, tag: str, items: Sequence[Any], depth: int) -> list[Any]:
        kinds = set(map(type, items))
        if len(items) > 4 and len(kinds) == 1 and (code := COMPACT.get(kinds.pop())):
            try:
                numbers_ = np.array(items, dtype=DTYPES[code])
            except OverflowError:
                numbers_ = np.array(items, dtype="<f8")
                code = "f8"
            self.add(numbers_.tobytes(), len(items))
            return ["n", tag, code, len(items)]
        self.add(b"", len(items))
        return [tag, *(self.encode(item, depth + 1) for item in items)]

    def array(self, value: np.ndarray[Any, Any], depth: int) -> list[Any]:
        if value.ndim > MAX_DIMENSIONS or max(value.shape, default=0) > MAX_ELEMENTS:
            return self.unsendable("huge_ndarray")
        self.add(b"", value.size)
        kind = value.dtype.kind
        if kind == "O":
            try:
                value = value.astype("f8")
            except Exception:
                # An object array that holds one array per layer is a sequence of arrays.
                if value.ndim == 1:
                    return self.sequence("l", list(value), depth)
                return self.unsendable("ndarray_of_object")
            kind = "f"
        if kind == "u" and value.size and int(value.max()) not in INT64:
            kind = "f"
        code = {"b": "b1", "i": "i8", "u": "i8", "f": "f8"}.get(kind)
        if code is None:
            return self.unsendable(
                "complex" if kind == "c" else f"ndarray_of_{_class_name(value.dtype.type)}"
            )
        with np.errstate(all="ignore"):
            self.add(value.astype(DTYPES[code]).tobytes(), 0)
        return ["a", code, list(value.shape)]

    def add(self, data: bytes, elements: int) -> None:
        self.payload.append(data)
        self.size += len(data)
        self.elements += elements
        if self.size > MAX_BODY or self.elements > MAX_ELEMENTS:
            raise WireError("too large for a frame")


# --- reading ----------------------------------------------------------------------------------


def body_length(prefix: bytes) -> int:
    """Read the length of a frame's body from the four bytes before it.

    Raises
    ------
    WireError
        If the length is more than `MAX_BODY`.
    """
    if len(prefix) != _LENGTH.size:
        raise WireError("a frame's length is cut off")
    length: int = _LENGTH.unpack(prefix)[0]
    if length > MAX_BODY:
        raise WireError("a frame's length is beyond the limit")
    return length


def loads(body: bytes) -> Any:
    """Decode the body of a frame.

    Parameters
    ----------
    body : bytes
        Anything at all.

    Returns
    -------
    None, bool, int, float, str, list, tuple, numpy.ndarray or Unsendable
        Integers fit 64 bits; arrays are plain, writable and of float64, int64 or bool; lists and
        tuples hold the same again.

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
        header = json.loads(body[_LENGTH.size : start].decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    decoder = _Decoder(memoryview(body)[start:])
    value = decoder.decode(header, 0)
    if decoder.at != len(decoder.payload):
        raise WireError("bytes are left over")
    return value


class _Decoder:
    def __init__(self, payload: memoryview) -> None:
        self.payload = payload
        self.at = 0
        self.elements = 0

    def decode(self, node: object, depth: int) -> Any:
        if node is None or isinstance(node, (bool, float, str)):
            return node
        if isinstance(node, int):
            if node not in INT64:
                raise WireError("an integer beyond 64 bits")
            return node
        if not isinstance(node, list) or depth > MAX_DEPTH + 1:
            raise WireError("not a value")
        match node:
            case ["l", *items]:
                return [self.decode(item, depth + 1) for item in items]
            case ["t", *items]:
                return tuple([self.decode(item, depth + 1) for item in items])
            case ["a", str(code), list(shape)]:
                return self.array(code, shape)
            case ["n", "l", str(code), int(count)]:
                return self.array(code, [count]).tolist()
            case ["n", "t", str(code), int(count)]:
                return tuple(self.array(code, [count]).tolist())
            case ["s", int(count)]:
                return self.text(count)
            case ["u", str(name)] if name == safe_name(name):
                return Unsendable(name)
        raise WireError("not a value")

    def take(self, count: int) -> memoryview:
        if count < 0 or count > len(self.payload) - self.at:
            raise WireError("more bytes are named than sent")
        self.at += count
        return self.payload[self.at - count : self.at]

    def array(self, code: str, shape: list[Any]) -> np.ndarray[Any, Any]:
        dtype = DTYPES.get(code)
        sizes_are_sound = len(shape) <= MAX_DIMENSIONS and all(
            type(size) is int and 0 <= size <= MAX_ELEMENTS for size in shape
        )
        if dtype is None or not sizes_are_sound:
            raise WireError("not an array's type and shape")
        count = math.prod(shape)
        self.elements += count
        if self.elements > MAX_ELEMENTS:
            raise WireError("too many elements")
        data = self.take(count * dtype.itemsize)
        if code == "b1" and any(byte > 1 for byte in bytes(set(data))):
            raise WireError("a truth value that is neither 0 nor 1")
        return np.frombuffer(data, dtype=dtype).reshape(shape).copy()

    def text(self, count: int) -> str:
        try:
            return bytes(self.take(count)).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise WireError("a text is not UTF-8") from error
