"""The bytes in which points of one series are kept: times and values, exactly, and small.

Layout: ``<BBqI`` form of the times, form of the values, first time, number of points; then zlib
over the byte-shuffled differences of times and of values. Times are milliseconds since 1970 UTC.
Values that are decimals of at most four places are kept as scaled integers, all others as the
64-bit floats they are; reading gives back exactly what was written, NaN for "not a number" too.
"""

import struct
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.foreign_files import TooLarge, unpack_within
from mlops_desktop.outside.late import Late

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]
    Values = NDArray[np.float64]
else:
    np = Late("numpy")

_HEADER = struct.Struct("<BBqI")
_NARROW, _WIDE = 4, 8
_SCALED, _FLOATS = 1, 0
_SCALE = 10_000.0
_LIMIT = 2**31 - 1
_LEVEL = 1
_MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Points:
    """Points in the order of time: milliseconds since 1970 UTC, and values."""

    times: "Times"
    values: "Values"

    def __len__(self) -> int:
        return len(self.times)

    def before(self, until: int) -> "Points":
        """Return the points up to a time."""
        end = int(self.times.searchsorted(until, side="right"))
        return Points(self.times[:end], self.values[:end])

    def measured(self) -> "Points":
        """Return the points whose values are numbers."""
        numbers = ~np.isnan(self.values)
        return Points(self.times[numbers], self.values[numbers])

    def last(self, most: int) -> "Points":
        """Return the last points, at most so many."""
        return Points(self.times[-most:], self.values[-most:])


def encode(points: Points) -> bytes:
    """Return the bytes of points; their times must rise strictly."""
    steps = np.diff(points.times)
    if len(steps) and steps.min() <= 0:
        raise ValueError("times must rise")
    width = _NARROW if not len(steps) or steps.max() <= _LIMIT else _WIDE
    scaled = _scaled(points.values)
    form = _FLOATS if scaled is None else _SCALED
    parts = _shuffle(steps.astype(f"<i{width}"))
    parts += _shuffle(points.values.astype("<f8") if scaled is None else scaled)
    start = int(points.times[0]) if len(points) else 0
    return _HEADER.pack(width, form, start, len(points)) + zlib.compress(parts, _LEVEL)


def decode(content: bytes) -> Points:
    """Return the points of bytes; raises ``series.altered`` for what :func:`encode` never wrote."""
    try:
        width, form, start, number = _HEADER.unpack_from(content)
        cut = max(number - 1, 0) * width
        size = cut + number * (_WIDE if form == _FLOATS else _NARROW)
        raw = _unpack(content[_HEADER.size :], size)
        times = _times(raw[:cut], width, start, number)
        values = _floats(raw[cut:], number) if form == _FLOATS else _decimals(raw[cut:], number)
    except (struct.error, zlib.error, ValueError, TypeError, TooLarge) as error:
        raise AppError("series.altered", recovery=Recovery.BUG) from error
    return Points(times, values)


def _unpack(packed: bytes, size: int) -> bytes:
    """Return as many bytes as the points take; no memory is taken on the header's word."""
    raw = unpack_within(packed, min(size, _MOST_BYTES))
    if len(raw) != size:
        raise ValueError("another number of points than is said")
    return raw


def digest(content: bytes) -> str:
    """Return the SHA-256 of a chunk's bytes as hexadecimal text."""
    return sha256(content).hexdigest()


def _scaled(values: "Values") -> "NDArray[np.int32] | None":
    """Return the values as differences of scaled integers, None where that would lose any."""
    if not np.isfinite(values).all() or (np.abs(values) >= _LIMIT / _SCALE / 2).any():
        return None
    whole = np.rint(values * _SCALE)
    if (np.signbit(values) & (whole == 0)).any() or (whole / _SCALE != values).any():
        return None
    return np.diff(whole.astype(np.int64), prepend=0).astype("<i4")


def _shuffle(numbers: "NDArray[np.int64] | NDArray[np.int32] | Values") -> bytes:
    if not len(numbers):
        return b""
    lanes = numbers.view(np.uint8).reshape(len(numbers), numbers.itemsize)
    return lanes.T.tobytes()


def _unshuffle(raw: bytes, form: str, number: int) -> "NDArray[np.generic]":
    lanes = np.frombuffer(raw, np.uint8).reshape(np.dtype(form).itemsize, number)
    return np.ascontiguousarray(lanes.T).reshape(-1).view(form)


def _times(raw: bytes, width: int, start: int, number: int) -> "Times":
    times = np.full(number, start, np.int64)
    if number > 1:
        times[1:] += np.cumsum(_unshuffle(raw, f"<i{width}", number - 1).astype(np.int64))
    return times


def _floats(raw: bytes, number: int) -> "Values":
    return _unshuffle(raw, "<f8", number).astype(np.float64)


def _decimals(raw: bytes, number: int) -> "Values":
    whole = np.cumsum(_unshuffle(raw, "<i4", number).astype(np.int64))
    return np.asarray(whole / _SCALE, np.float64)
