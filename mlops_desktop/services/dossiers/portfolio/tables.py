"""The tables of a portfolio: every model, what is overdue, open exceptions, findings by age."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from mlops_desktop.core.lifecycle import State
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Kind, Missing, Part, Reason, Value
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import label_of
from mlops_desktop.services.dossiers.portfolio.chosen import Chosen
from mlops_desktop.services.dossiers.standing import approval_values
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelRow

_MODELS = (
    "model", "tier", "state", "approval", "owner", "next_review", "open_items", "overdue_items",
)  # fmt: skip
_OVERDUE_REVIEWS = ("model", "owner", "next_review", "days_over")
_OVERDUE_ITEMS = ("item", "about_models", "owner", "due", "days_over")
_EXCEPTIONS = ("item", "about_models", "item_state", "owner", "opened_on", "holds_until")
_FINDINGS = ("item", "about_models", "severity", "item_state", "owner", "due", "age_days")
#: The oldest age in days of each group but the last.
_AGES = (30, 90, 180, 365)
_SEVERITIES = ("high", "medium", "low")


def build_models(chosen: Chosen, items: Iterable[ItemRow]) -> Chapter:
    """Return every chosen model in a line."""
    open_items = Counter(key for row in items for key in row.models)
    late = Counter(key for row in items if row.is_overdue for key in row.models)
    rows = tuple(_model(row, open_items[row.key], late[row.key]) for row in chosen.models)
    return Chapter("model_list", (Part("all_models", grid=Grid(_MODELS, rows)),))


def _model(row: ModelRow, still: int, late: int) -> tuple[Cell, ...]:
    return (
        _named(row),
        cells.count(row.tier) if row.tier is not None else cells.code("no_tier"),
        cells.code(row.state.value),
        approval_values(row.approval, row.approved_until),
        _person(row.owner),
        cells.NONE if row.state is State.RETIRED else _day(row.next_review),
        cells.count(still),
        cells.count(late),
    )


def build_overdue(chosen: Chosen, items: Iterable[ItemRow], day: date) -> Chapter:
    """Return the reviews and the items that were due before the day."""
    late = [
        row
        for row in chosen.models
        if row.state is not State.RETIRED and row.next_review and row.next_review < day
    ]
    reviews = tuple(
        (_named(row), _person(row.owner), _day(row.next_review), _since(row.next_review, day))
        for row in sorted(late, key=lambda row: (row.next_review or day, row.id))
    )
    due = sorted((row for row in items if row.is_overdue), key=lambda row: (row.due or day, row.id))
    rows = tuple(
        (_item(row), _about(row, chosen.numbers), _person(row.owner), _day(row.due),
         _since(row.due, day))
        for row in due
    )  # fmt: skip
    parts = (
        Part("reviews_overdue", grid=Grid(_OVERDUE_REVIEWS, reviews)),
        Part("items_overdue", grid=Grid(_OVERDUE_ITEMS, rows)),
    )
    return Chapter("overdue", parts)


def build_exceptions(chosen: Chosen, items: Iterable[ItemRow]) -> Chapter:
    """Return every open exception, the worst first."""
    found = sorted((row for row in items if row.kind == "exception"), key=_worst)
    rows = tuple(
        (_item(row), _about(row, chosen.numbers), _stage(row), _person(row.owner),
         _day(row.opened), _until(row.expires))
        for row in found
    )  # fmt: skip
    return Chapter("open_exceptions", (Part("all_exceptions", grid=Grid(_EXCEPTIONS, rows)),))


def build_findings(chosen: Chosen, items: Iterable[ItemRow], day: date) -> Chapter:
    """Return how old open findings are by severity, then each, the oldest first."""
    found = sorted(
        (row for row in items if row.kind == "finding"), key=lambda row: (row.opened, row.number)
    )
    rows = tuple(_finding(row, chosen.numbers, day) for row in found)
    parts = (
        Part("by_age", grid=_by_age(found, day)),
        Part("all_findings", grid=Grid(_FINDINGS, rows)),
    )
    return Chapter("findings_by_age", parts)


def _by_age(found: Iterable[ItemRow], day: date) -> Grid:
    counted = Counter((_age(row, day), row.rank) for row in found)
    rows = []
    for age in (*_AGES, 0):
        counts = [counted[age, rank] for rank in range(len(_SEVERITIES))]
        told = cells.code(f"age.{age}" if age else "age.more")
        rows.append((told, *(cells.count(one) for one in (*counts, sum(counts)))))
    columns = ("age", *(f"of_severity.{one}" for one in _SEVERITIES), "total")
    return Grid(columns, tuple(rows))


def _age(row: ItemRow, day: date) -> int:
    days = (day - row.opened).days
    return next((most for most in _AGES if days <= most), 0)


def _finding(row: ItemRow, numbers: Mapping[str, str], day: date) -> tuple[Cell, ...]:
    is_graded = row.rank < len(_SEVERITIES)
    return (
        _item(row),
        _about(row, numbers),
        cells.code(f"finding.choice.{_SEVERITIES[row.rank]}")
        if is_graded
        else Missing(Reason.NOT_RECORDED),
        _stage(row),
        _person(row.owner),
        _due(row),
        _since(row.opened, day),
    )


def _worst(row: ItemRow) -> tuple[int, str]:
    return row.rank, row.number


def _named(row: ModelRow) -> Cell:
    return Value(Kind.TEXT, row.id), Value(Kind.TEXT, row.name)


def _item(row: ItemRow) -> Cell:
    return (Value(Kind.BILINGUAL, label_of(row)),)


def _about(row: ItemRow, numbers: Mapping[str, str]) -> Cell:
    told = sorted(numbers[key] for key in row.models if key in numbers)
    return tuple(Value(Kind.TEXT, one) for one in told) or Missing(Reason.NOT_APPLICABLE)


def _stage(row: ItemRow) -> Cell:
    return cells.code(f"{row.kind}.stage.{row.stage}")


def _person(name: str) -> Cell:
    return cells.text(name) if name else Missing(Reason.NOT_RECORDED)


def _day(day: date | None) -> Cell:
    return cells.day(day) if day is not None else Missing(Reason.NOT_RECORDED)


def _due(row: ItemRow) -> Cell:
    """Return when a finding is due; whose risk was accepted, until when it is."""
    if row.due is None and row.expires is not None:
        return Value(Kind.CODE, "accepted_until"), Value(Kind.DATE, row.expires.isoformat())
    return _until(row.due)


def _until(day: date | None) -> Cell:
    return cells.day(day) if day is not None else cells.NONE


def _since(day: date | None, until: date) -> Cell:
    return cells.count((until - day).days) if day is not None else Missing(Reason.NOT_RECORDED)
