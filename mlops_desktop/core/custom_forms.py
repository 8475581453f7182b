"""Numbers and days as people of a language write them, and back; canonical without a language."""

import re
from datetime import date
from decimal import Decimal

from mlops_desktop.core.date_rules import is_plausible

_SIGNS = {"en": (",", "."), "de": (".", ",")}
"""What groups thousands and what begins the decimals."""
_MOST_DIGITS = 30
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CANONICAL = re.compile(r"[+-]?\d+(?:\.\d+)?")


def read_number(text: str, language: str | None = None) -> str:
    """Return a number as canonical decimal text: 1.234,50 in German is 1234.5.

    Without a language only digits, a sign and a decimal point count. Raises ValueError.
    """
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", "")
    if language is not None:
        plain = _without_groups(plain, *_SIGNS[language])
    if not plain.isascii() or not _CANONICAL.fullmatch(plain) or len(plain) > _MOST_DIGITS:
        raise ValueError(text)
    number = Decimal(plain).normalize()
    return format(number, "f") if number else "0"


def _without_groups(text: str, group: str, point: str) -> str:
    whole, sign, rest = text.partition(point)
    parts = whole.lstrip("+-").split(group)
    is_grouped = len(parts[0]) in range(1, 4) and all(len(part) == 3 for part in parts[1:])
    if group in rest or (len(parts) > 1 and not is_grouped):
        raise ValueError(text)
    return whole.replace(group, "") + ("." if sign else "") + rest


def write_number(number: str, language: str) -> str:
    """Return canonical decimal text as people of a language write it."""
    group, point = _SIGNS[language]
    whole, sign, rest = number.partition(".")
    digits = whole.removeprefix("-")
    grouped = f"{int(digits):,}".replace(",", group)
    return ("-" if whole.startswith("-") else "") + grouped + (point if sign else "") + rest


def read_day(text: str, language: str | None = None) -> str:
    """Return a day as ISO 8601; in German TT.MM.JJJJ counts too. Raises ValueError."""
    plain = text.strip()
    german = _GERMAN_DAY.fullmatch(plain) if language == "de" else None
    if german:
        plain = f"{german[3]}-{german[2]:0>2}-{german[1]:0>2}"
    if not _DAY.fullmatch(plain):
        raise ValueError(text)
    try:
        day = date.fromisoformat(plain)
    except ValueError:
        raise ValueError(text) from None
    if not is_plausible(day):
        raise ValueError(text)
    return day.isoformat()


def write_day(day: str, language: str) -> str:
    """Return an ISO day as people of a language write it."""
    return ".".join(reversed(day.split("-"))) if language == "de" else day


def order_key(number: str) -> str:
    """Return a text that sorts as the number does, whatever its sign and size."""
    sign, digits, exponent = Decimal(number).normalize().as_tuple()
    if digits == (0,):
        return "1"
    size = 500 + len(digits) + int(exponent)
    shown = "".join(map(str, digits))
    if not sign:
        return f"2{size:03d}{shown}"
    turned = "".join(str(9 - digit) for digit in digits)
    return f"0{999 - size:03d}{turned}~"  # the sign after it is above every digit
