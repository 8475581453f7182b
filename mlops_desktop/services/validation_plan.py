"""The yearly plan of validations: what begins in a year, with its person-days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import mlops_desktop.store.queries.items as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.validations import ValidationDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.items.validations import FROM_PAPER, VALIDATION
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.validations import Cause
from mlops_desktop.services.exports.sheets import book_rows, csv_rows
from mlops_desktop.services.files import write_file
from mlops_desktop.services.items import Given, edit_item
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.unit_of_work import ReadSession

_COLUMNS = ("number", "models", "cause", "stage", "begins", "due", "days", "validator")
_WIDTHS = (12, 48, 18, 28, 14, 14, 14, 28)


@dataclass(frozen=True, slots=True)
class PlannedValidation:
    """A validation in the plan of a year.

    ``begins`` decides the month: the day planned, else the day due; of a paper, its own day.
    ``models`` are numbers and names. ``can_change`` says whether it can still be edited.
    """

    id: str
    number: str
    models: tuple[str, ...]
    cause: Cause | None
    stage: str
    begins: date
    due: date | None
    days: int | None
    validator: str
    can_change: bool


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """A validator's share of a year: how many validations, and their person-days by month."""

    validator: str
    validations: int
    days_by_month: tuple[int, ...]

    @property
    def days(self) -> int:
        """Person-days of the whole year."""
        return sum(self.days_by_month)


def plan_year(session: Session, year: int, as_of: AsOf = NOW) -> tuple[PlannedWork, ...]:
    """Return the yearly plan by validator: validations that begin in ``year``.

    Where no beginning is planned, the day due counts as such.
    What was validated on paper counts in the year of the paper, by whom the paper names.
    """
    return add_up(list_planned(session, year, as_of))


def add_up(planned: Iterable[PlannedValidation]) -> tuple[PlannedWork, ...]:
    """Return the sums of a plan by validator."""
    found: dict[str, list[PlannedValidation]] = defaultdict(list)
    for one in planned:
        found[one.validator].append(one)
    return tuple(_work(name, parts) for name, parts in sorted(found.items()))


def _work(name: str, parts: list[PlannedValidation]) -> PlannedWork:
    months = [0] * 12
    for one in parts:
        months[one.begins.month - 1] += one.days or 0
    return PlannedWork(name, len(parts), tuple(months))


def list_planned(session: Session, year: int, as_of: AsOf = NOW) -> tuple[PlannedValidation, ...]:
    """Return every validation of the plan of ``year``, by the day it begins."""
    wanted = ItemFilter(("validation",), scope=ItemScope.ALL, as_of=as_of)
    with session.workspace.read() as view:
        names = people.names(view.connection)
        found = [
            _planned(view, one.row, details, begins, names)
            for one in queries.read_items(view.connection, wanted)
            if isinstance(details := one.state.details, ValidationDetails)
            if one.row.stage != "cancelled"
            if (begins := _begins(one.row, details)) is not None and begins.year == year
        ]
        return tuple(sorted(found, key=lambda one: (one.begins, one.number)))


def _begins(row: ItemRow, details: ValidationDetails) -> date | None:
    is_past = row.stage == FROM_PAPER
    return row.closed if is_past else details.planned_from or details.due


def _planned(
    view: ReadSession,
    row: ItemRow,
    details: ValidationDetails,
    begins: date,
    names: dict[str, str],
) -> PlannedValidation:
    is_past = row.stage == FROM_PAPER
    return PlannedValidation(
        row.id,
        row.number,
        tuple(_called(view, model) for model in row.models),
        details.cause,
        row.stage,
        begins,
        details.due,
        details.person_days,
        row.title if is_past else names.get(details.owner or "", ""),
        VALIDATION.is_editable(row.stage),
    )


def _called(view: ReadSession, model: str) -> str:
    row = model_queries.get_model(view.connection, model).row
    return f"{row.id} {row.name}"


def set_days(session: Session, number: str, days: str) -> Recorded:
    """Set the person-days of a validation; blank takes them back. Raises as editing it does."""
    return edit_item(session, kind_named("validation"), number, Given({"person_days": days}))


def write_plan(planned: Iterable[PlannedValidation], path: Path, language: str) -> int:
    """Write a plan's rows and their sum as Excel or CSV, by the ending; return how many rows.

    Raises ``file.not_written``.
    """
    rows = list(planned)
    words = read_words(language)
    heads = [words.text(f"validation_plan.column.{name}") for name in _COLUMNS]
    cells = [_cells(one, language) for one in rows]
    cells.append([words.text("validation_plan.sum"), *[""] * 5, str(_total(rows)), ""])
    if path.suffix.lower() == ".xlsx":
        written = book_rows(words.text("validation_plan.sheet"), heads, cells, _WIDTHS)
    else:
        written = csv_rows(heads, cells, language)
    write_file(path, written)
    return len(rows)


def _total(rows: list[PlannedValidation]) -> int:
    return sum(one.days or 0 for one in rows)


def _cells(one: PlannedValidation, language: str) -> list[str]:
    words = read_words(language)
    cause = words.text(f"item.validation.choice.{one.cause.value}") if one.cause else ""
    return [
        one.number,
        ", ".join(one.models),
        cause,
        words.text(f"item.validation.stage.{one.stage}"),
        _day(one.begins, language),
        _day(one.due, language),
        "" if one.days is None else str(one.days),
        one.validator,
    ]


def _day(day: date | None, language: str) -> str:
    if day is None:
        return ""
    return day.strftime("%d.%m.%Y") if language == "de" else day.isoformat()
