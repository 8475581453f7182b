"""From a cell of any file to the text a field is typed with; what is not certain is refused."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.imports.vocabulary import code_of, codes_of, folded
from mlops_desktop.sources.tabular import Value
from mlops_desktop.sources.tabular.grid import Unread, plain

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})")
_NAMED_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]0+)?")
_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)(?=\s*(?:,|$))")
_INTEGER = re.compile(r"(\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,]0+)?")
_FIRST_NUMBER = re.compile(r"\D*?(\d+)\D*")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januar", "january", "jaenner"), ("feb", "februar", "february"),
            ("mar", "mrz", "maerz", "march"), ("apr", "april"), ("mai", "may"),
            ("jun", "juni", "june"), ("jul", "juli", "july"), ("aug", "august"),
            ("sep", "sept", "september"), ("okt", "oct", "oktober", "october"),
            ("nov", "november"), ("dez", "dec", "dezember", "december"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_NOTHING = frozenset({
    "", "-", "--", "–", "—", "/", "?", ".", "n/a", "na", "n.a.", "k.a.", "k. a.", "#n/a", "#nv",
    "n.v.", "nan", "null", "none", "keine angabe", "nicht erfasst", "not recorded", "tbd", "offen",
})  # fmt: skip

ReadText: TypeAlias = Callable[[str], str]


def text_of(value: Value) -> str:
    """Return a cell as text; a place holder for nothing is nothing.

    Raises the refusal of a cell that cannot be taken.
    """
    if isinstance(value, Unread):
        raise AppError(value.code, value=value.text)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = plain(value)
    return "" if text.casefold() in _NOTHING else text


def read_date(text: str, order: str | None) -> str:
    """Return a day as ISO; ``order`` says what 03/04/2024 means.

    A day with points is read as German; 03/04/2024 without an order is refused, since two days are
    meant by it. Raises ``import.date_ambiguous``, ``import.date_is_number``, ``import.not_a_date``.
    """
    if match := _ISO.fullmatch(text):
        return _day(text, match[1], match[2], match[3])
    if match := _DOTTED.fullmatch(text):
        return _day(text, match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(text):
        return _slashed(text, match[1], match[3], match[4], order)
    if match := _NAMED.fullmatch(text):
        return _named(text, match[3], match[2], match[1])
    if match := _NAMED_FIRST.fullmatch(text):
        return _named(text, match[3], match[1], match[2])
    if _SERIAL.fullmatch(text):
        raise AppError("import.date_is_number", value=text)
    raise AppError("import.not_a_date", value=text)


def _slashed(text: str, first: str, second: str, year: str, order: str | None) -> str:
    if int(first) > 12 or int(first) == int(second):
        return _day(text, year, second, first)
    if int(second) > 12 or order == MONTH_FIRST:
        return _day(text, year, first, second)
    if order == DAY_FIRST:
        return _day(text, year, second, first)
    early, late = (_day(text, year, *pair) for pair in ((second, first), (first, second)))
    raise AppError("import.date_ambiguous", value=text, first=early, second=late)


def _named(text: str, year: str, month: str, day: str) -> str:
    number = _MONTHS.get(folded(month))
    if number is None:
        raise AppError("import.not_a_date", value=text)
    return _day(text, year, str(number), day)


def _day(text: str, year: str, month: str, day: str) -> str:
    full = int(year)
    if len(year) == 2:
        full += 1900 if full >= 70 else 2000
    try:
        found = date(full, int(month), int(day))
    except ValueError:
        raise AppError("import.not_a_date", value=text) from None
    if not 1950 <= found.year <= 2200:
        raise AppError("import.not_a_date", value=text)
    return found.isoformat()


def read_integer(text: str) -> str:
    """Return a whole number as digits: 12, 12,0, 1.200; raises ``import.not_a_number``."""
    match = _INTEGER.fullmatch(text)
    if match is None:
        raise AppError("import.not_a_number", value=text)
    return str(int(re.sub(r"\D", "", match[1])))


def read_months(text: str) -> str:
    """Return how often as months: 12, jährlich, alle 2 Jahre; raises ``import.not_a_number``."""
    known = code_of("review_frequency_months", text)
    if known is not None:
        return known
    match = _FIRST_NUMBER.fullmatch(text)
    if match is None or not any(mark.isalpha() for mark in text):
        return read_integer(text)
    spelled = folded(text)
    years = "jahr" in spelled or "year" in spelled
    if not years and "mon" not in spelled:
        raise AppError("import.not_a_number", value=text)
    return str(int(match[1]) * (12 if years else 1))


def read_tier(text: str) -> str:
    """Return the tier: 1, Klasse 1, RK 1, I; raises ``import.value_unknown``."""
    last = text.rsplit(maxsplit=1)[-1].casefold() if text.split() else ""
    if last in _ROMAN:
        return _ROMAN[last]
    match = _FIRST_NUMBER.fullmatch(text)
    if match is None:
        raise AppError("import.value_unknown", value=text, known="1, 2, 3, 4")
    return str(int(match[1]))


def read_code(field: str, text: str) -> str:
    """Return the code a word of a closed list means; raises ``import.value_unknown``."""
    found = code_of(field, text)
    if found is None:
        raise AppError("import.value_unknown", value=text, known=", ".join(codes_of(field)))
    return found


def read_list(text: str) -> str:
    """Return parts divided by semicolon, comma, line or bar, with a comma between them."""
    parts = (" ".join(part.split()) for part in re.split(r"[;,\n|]", text))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def read_indicators(text: str, order: str | None) -> str:
    """Return indicators with the days in their brackets as ISO; raises as :func:`read_date`."""
    return _BRACKETS.sub(lambda found: f"({read_date(found[1].strip(), order)})", text)
