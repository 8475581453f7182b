"""Numbers and times in cells of tables, as people of a language write them."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from mlops_desktop.core.custom_forms import read_number
from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.files.values import moment

_LANGUAGES = ("de", "en")
_POWER = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_GERMAN = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?: Uhr)?)?"
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NONE = frozenset({"nan", "na", "n/a", "#n/a", "null", "none", "-", "–", "k.a.", "k. a."})


def read_value(cell: str | float, language: str | None) -> float:
    """Return a number, NaN for a word that says there is none.

    What reads as two different numbers is refused unless ``language`` says which; raises
    ValueError.
    """
    if not isinstance(cell, str):
        return float(cell)
    told = cell.strip().removesuffix("%").strip()
    if told.casefold() in _NONE:
        return float("nan")
    if _POWER.fullmatch(told):
        return float(told)
    found = {one: _number(told, one) for one in _LANGUAGES}
    meant = found.get(language or "")
    if meant is None:
        several = {number for number in found.values() if number is not None}
        if len(several) != 1:
            raise ValueError("number")
        (meant,) = several
    return float(meant)


def _number(told: str, language: str) -> str | None:
    try:
        return read_number(told, language)
    except ValueError:
        return None


def read_time(cell: str, zone: tzinfo) -> datetime:
    """Return a time: in ISO form, a day or month of it, or as written in German.

    A day is its beginning in ``zone``. Days with slashes are refused, since two may be meant;
    raises ValueError.
    """
    told = cell.strip()
    if found := _GERMAN.fullmatch(told):
        day, month, year = (int(found[at]) for at in (1, 2, 3))
        hour, minute, second = (int(found[at] or 0) for at in (4, 5, 6))
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    if found := _MONTH.fullmatch(told):
        first = datetime.combine(date(int(found[1]), int(found[2]), 1), time(), zone)
        return first.astimezone(UTC)
    read = moment(told, zone) if len(told) >= 10 else None
    if read is None:
        raise ValueError("time")
    return read


def read_zone(name: str) -> tzinfo:
    """Return the zone of times without one; raises ``folder.zone_unknown``."""
    try:
        return UTC if name.upper() == "UTC" else ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise AppError("folder.zone_unknown", where="settings", zone=name) from None
