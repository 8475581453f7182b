"""From where on something is named as a bottleneck: a workspace's own limits, or the usual ones."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from mlops_desktop.core.errors import AppError


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares, and how many times what is used may be requested.

    ``full`` is the share of a capacity from which on it is short, ``idle`` that of a GPU that
    idles, ``over`` how many times what is used was requested, ``top`` the part of a whole from
    which on a single model is named.
    """

    full: Decimal = Decimal("0.8")
    idle: Decimal = Decimal("0.5")
    over: Decimal = Decimal(2)
    top: Decimal = Decimal("0.25")


USUAL: Final = Limits()
_RANGES: Final = {
    "full": (Decimal("0.01"), Decimal(1)),
    "idle": (Decimal("0.01"), Decimal(1)),
    "over": (Decimal(1), Decimal(1000)),
    "top": (Decimal("0.01"), Decimal(1)),
}
NAMES: Final = tuple(_RANGES)


def read_limit(name: str, text: str) -> Decimal:
    """Read a limit as people type it: ``80 %`` or ``0.8``, ``2`` for how many times.

    Raises ``resources.limit_refused``.
    """
    told = text.strip().replace(",", ".")
    is_percent = told.endswith("%")
    low, high = _RANGES[name]
    try:
        value = Decimal(told.removesuffix("%").strip())
    except InvalidOperation:
        value = Decimal(-1)
    value = value / 100 if is_percent else value
    if not value.is_finite() or not low <= value <= high:
        raise AppError(
            "resources.limit_refused", where=name, text=text, low=f"{low:f}", high=f"{high:f}"
        )
    return value


def write_limit(name: str, value: Decimal) -> str:
    """Return a limit as people type it."""
    if name == "over":
        return f"{value.normalize():f}"
    return f"{(value * 100).normalize():f} %"
