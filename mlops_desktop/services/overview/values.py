"""Values as cards take them, from what the ledger keeps as text."""

from datetime import date
from decimal import Decimal, InvalidOperation

from mlops_desktop.core import clock
from mlops_desktop.services.overview.cards import Amount, Value

_DIGITS = 4


def amount(text: str | None, unit: str | None = None) -> Value:
    """Return a decimal text as a number of as many digits, at most four; else the text."""
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return text
    exponent = found.as_tuple().exponent
    if not isinstance(exponent, int):  # NaN and the infinities
        return text
    return Amount(float(found), min(_DIGITS, max(0, -exponent)), unit or "")


def day(text: str | None) -> date | None:
    """Return the day of a moment kept as text."""
    return clock.from_text(text).date() if text else None
