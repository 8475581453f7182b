"""Whether bytes are DER (X.690, 10 and 11): one value has one form, so none hides in another."""

from collections.abc import Iterator

_BOOLEAN, _INTEGER, _SET = 0x01, 0x02, 0x31
_CONSTRUCTED, _LONG_TAG, _LONG = 0x20, 0x1F, 0x80
_DEEPEST = 40


def is_der(data: bytes) -> bool:
    """Tell whether ``data`` is one value, lengths, numbers, truth values and sets in their form."""
    try:
        return [end for *_, end in _elements(data, 0, len(data), 0)] == [len(data)]
    except (IndexError, ValueError):
        return False


def _elements(data: bytes, at: int, end: int, depth: int) -> Iterator[tuple[int, int]]:
    """Yield where each element begins and ends; raises ValueError for another form than DER's."""
    while at < end:
        tag, start, stop = _head(data, at)
        if stop > end or depth > _DEEPEST:
            raise ValueError("beyond its holder")
        if tag & _CONSTRUCTED:
            inside = list(_elements(data, start, stop, depth + 1))
            parts = [data[first:last] for first, last in inside]
            if tag == _SET and parts != sorted(parts):
                raise ValueError("a set out of order")
        else:
            _require_plain(tag, data[start:stop])
        yield at, stop
        at = stop


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    tag, length, start = data[at], data[at + 1], at + 2
    if tag & _LONG_TAG == _LONG_TAG:
        raise ValueError("a long tag")
    if length & _LONG:
        count = length & ~_LONG
        written = data[start : start + count]
        length, start = int.from_bytes(written, "big"), start + count
        if not written or not written[0] or length < _LONG:
            raise ValueError("a length too long")
    return tag, start, start + length


def _require_plain(tag: int, value: bytes) -> None:
    if tag == _BOOLEAN and value not in {b"\x00", b"\xff"}:
        raise ValueError("a truth value of another form")
    if tag == _INTEGER:
        number = int.from_bytes(value, "big", signed=True)
        if (
            not value
            or len(value)
            != (number.bit_length() if number >= 0 else (~number).bit_length()) // 8 + 1
        ):
            raise ValueError("a number too long")
