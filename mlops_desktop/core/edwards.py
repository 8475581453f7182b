"""Points of edwards25519, as far as telling their order takes: RFC 8032, sections 5.1.3 and 6.

What is computed here is public, so it need not take the same time for every point.
"""

from functools import lru_cache
from typing import TypeAlias

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order of the base point, a prime; every key made as RFC 8032 says lies in its group."""

_D = -121665 * pow(121666, -1, PRIME) % PRIME
_ROOT = pow(2, (PRIME - 1) // 4, PRIME)
_Point: TypeAlias = tuple[int, int, int, int]
_NEUTRAL: _Point = (0, 1, 1, 0)


@lru_cache(maxsize=1024)
def has_prime_order(public: bytes) -> bool:
    """Tell whether 32 bytes are a point of the base point's group, not the neutral one.

    False as well for what RFC 8032, section 5.1.3, decodes to no point.
    """
    point = _decode(public)
    return point is not None and not _is_neutral(point) and _is_neutral(_times(ORDER, point))


def _decode(public: bytes) -> _Point | None:
    told = int.from_bytes(public, "little")
    sign, y = told >> 255, told & ((1 << 255) - 1)
    x = _x_of(y, sign) if len(public) == 32 and y < PRIME else None
    return None if x is None else (x, y, 1, x * y % PRIME)


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * _ROOT % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    return PRIME - x if x & 1 != sign else x


def _add(one: _Point, other: _Point) -> _Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b = (y1 - x1) * (y2 - x2) % PRIME, (y1 + x1) * (y2 + x2) % PRIME
    c, d = 2 * t1 * t2 * _D % PRIME, 2 * z1 * z2 % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def _times(number: int, point: _Point) -> _Point:
    found = _NEUTRAL
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _is_neutral(point: _Point) -> bool:
    x, y, z, _ = point
    return x == 0 and (y - z) % PRIME == 0
