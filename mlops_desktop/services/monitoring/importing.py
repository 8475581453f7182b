"""Thresholds from a sheet, with the days from which they held: all of them, or none.

Breaches are not taken from paper: they follow from measurements and thresholds. Who brings both,
with their days, has the past breaches found by the program, each with the value that shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.services.field_texts import read_decimal
from mlops_desktop.services.imports import Source
from mlops_desktop.services.imports.vocabulary import folded
from mlops_desktop.services.monitoring.thresholds import NewThreshold, record_threshold
from mlops_desktop.services.session import Session
from mlops_desktop.services.sheet_rows import Refusal, SheetForm, SheetRow, read_rows
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.store.unit_of_work import WriteSession

_LIMITS = ("warning", "intervention", "warning_high", "intervention_high")
_FORM = SheetForm(
    "threshold.heading",
    (
        *("metric", "model", "direction", *_LIMITS, "unit", "interval_days"),
        *("segment", "valid_from", "reason"),
    ),
    ("metric", "model", "warning", "intervention"),
    dates=frozenset({"valid_from"}),
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What came of thresholds: how many rows, what was refused; then nothing was taken."""

    rows: int
    refusals: tuple[Refusal, ...]
    changes: Changes
    is_recorded: bool


class _UndoneError(Exception):
    """Takes back what was recorded to find out whether it can be."""


def import_thresholds(
    session: Session,
    source: Source,
    given: Mapping[str, str] | None = None,
    *,
    is_dry: bool = False,
) -> Thresholds:
    """Set a threshold for each row of a sheet, the earliest first, all or none.

    ``given`` holds for every row that says nothing, as ``model`` or ``reason``. Raises
    ``threshold.no_metric_column``, ``import.…``.
    """
    needed = AppError("threshold.no_metric_column", where=source.name)
    rows = read_rows(source, _FORM, needed, given or {})
    rows.sort(key=lambda row: row.texts.get("valid_from", "9999"))
    refusals: list[Refusal] = []
    try:
        changes = _record(session, rows, refusals, is_dry=is_dry)
    except _UndoneError:
        changes = Changes()
    told = tuple(sorted(refusals, key=lambda one: one.row))
    return Thresholds(len(rows), told, changes, bool(changes.touched))


def _record(
    session: Session, rows: list[SheetRow], refusals: list[Refusal], *, is_dry: bool
) -> Changes:
    """Record every row; where one is refused, or nothing is to stay, take all of it back."""
    with session.workspace.write(session.actor) as work:
        refusals += [one for row in rows if (one := _take(work, row)) is not None]
        if refusals or is_dry or not rows:
            raise _UndoneError
    return work.changes


def _take(work: WriteSession, row: SheetRow) -> Refusal | None:
    if row.refusal is not None:
        return row.refusal
    try:
        record_threshold(work, row.texts.get("model", ""), _wanted(row.texts))
    except AppError as error:
        return Refusal(row.number, (error.where or "").lstrip("-"), error)
    work.rows.flush()  # a later row may change what this one set
    return None


def _wanted(texts: Mapping[str, str]) -> NewThreshold:
    limits = {name: _limit(name, texts.get(name, "")) for name in _LIMITS}
    bounds = Bounds(
        _side(texts.get("direction", ""), limits),
        **limits,
        unit=texts.get("unit"),
        interval_days=_days(texts.get("interval_days", "")),
    )
    since = date.fromisoformat(texts["valid_from"]) if texts.get("valid_from") else None
    told = texts.get("segment", ""), since, texts.get("reason")
    return NewThreshold(texts.get("metric", ""), bounds, *told)


def _limit(name: str, text: str) -> str | None:
    """Return a threshold; one comma alone is a decimal sign, as German sheets write it."""
    is_german = text.count(",") == 1 and "." not in text
    told = text.replace(",", ".") if is_german else text
    return read_decimal(name, told) if told else None


def _side(text: str, limits: Mapping[str, str | None]) -> Side:
    """Return the bad side as the row says it, else as its thresholds tell it."""
    for side in Side:
        for language in LANGUAGES:
            known = read_words(language).text(f"threshold.direction.{side.value}").split(",")
            if text and folded(text) in {side.value, *map(folded, known)}:
                return side
    warning, intervention = limits["warning"], limits["intervention"]
    if not text and (limits["warning_high"] or limits["intervention_high"]):
        return Side.BAND
    if text or warning is None or intervention is None or float(warning) == float(intervention):
        raise AppError("threshold.direction_unclear", where="direction", text=text[:60])
    return Side.BELOW if float(warning) > float(intervention) else Side.ABOVE


def _days(text: str) -> int | None:
    if not text:
        return None
    number = whole(text)
    if number is None:
        raise AppError("threshold.refused", where="interval_days", field="interval_days")
    return number
