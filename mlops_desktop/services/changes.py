"""What changed between two days: figures, models, requests for approval, and what was opened.

Each line names its thing, so that a list can lead to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import Figure, Place, Portfolio
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.cases import View
from mlops_desktop.services.differences import FieldChange, ModelDifference, compare_records
from mlops_desktop.services.portfolio import read_portfolio
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.approvals import RequestRow, list_requests
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow

__all__ = ["Area", "ChangeLine", "ItemRow", "What", "compare_days"]


class Area(StrEnum):
    """What a line is about."""

    FIGURES = "figures"
    MODELS = "models"
    TIERS = "tiers"
    APPROVALS = "approvals"
    ITEMS = "items"


class What(StrEnum):
    """What happened to it."""

    ADDED = "added"
    RETIRED = "retired"
    CHANGED = "changed"
    OPENED = "opened"
    DECIDED = "decided"
    CLOSED = "closed"
    REOPENED = "reopened"
    MORE = "more"
    FEWER = "fewer"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that differs; ``before`` and ``after`` are values as they are kept.

    ``number`` is what people say, ``noun`` the kind of an item, ``row`` the item itself. ``filter``
    leads to the rows of a figure, and ``difference`` tells by how much it moved. ``label`` is the
    version that a request is for.
    """

    area: Area
    what: What
    number: str
    name: str
    field: str
    before: str
    after: str
    place: str
    filter: str = ""
    difference: int | None = None
    row: ItemRow | None = None
    label: str = ""

    @property
    def id(self) -> str:
        """What tells it from every other line."""
        return f"{self.area}:{self.number or self.name}:{self.field}:{self.what}"


def compare_days(session: Session, before: AsOf, after: AsOf) -> tuple[ChangeLine, ...]:
    """Return what differs between two days, first the figures, then each kind by number.

    Raises ``changes.not_before`` where the first day is not before the second.
    """
    if before.day >= after.day:
        first, last = before.day.isoformat(), after.day.isoformat()
        raise AppError("changes.not_before", where="before", first=first, last=last)
    figures = (read_portfolio(session, before), read_portfolio(session, after))
    with session.workspace.read() as view:
        models = compare_records(view, before, after)
        requests = [_by_key(list_requests(view.connection, as_of=day)) for day in (before, after)]
        items = [_items(view, day) for day in (before, after)]
    return (
        *_figures(*figures),
        *_models(models),
        *_requests(*requests),
        *(line for row in items[1].values() for line in _item(items[0].get(row.id), row)),
    )


def _by_key(rows: Iterable[RequestRow]) -> Mapping[str, RequestRow]:
    return {row.key: row for row in rows}


def _items(view: View, as_of: AsOf) -> Mapping[str, ItemRow]:
    wanted = ItemFilter(scope=ItemScope.ALL, as_of=as_of)
    return {row.id: row for row in item_queries.list_items(view.connection, wanted)}


def _figures(before: Portfolio, after: Portfolio) -> Iterator[ChangeLine]:
    then = {one.name: one.value for one in before.figures}
    models = Figure("all_models", after.models, Place.MODELS, "")
    for one in (models, *after.figures):
        held = then.get(one.name, before.models if one is models else 0)
        moved = one.value - held
        what = What.MORE if moved > 0 else What.FEWER if moved < 0 else What.SAME
        yield ChangeLine(
            Area.FIGURES, what, "", one.name, "", str(held), str(one.value), one.place.value,
            one.filter, moved,
        )  # fmt: skip


def _models(found: Iterable[ModelDifference]) -> Iterator[ChangeLine]:
    for one in found:
        if one.is_new:
            what, area = What.ADDED, Area.MODELS
            yield ChangeLine(area, what, one.id, one.name, "", "", "", "models")
        yield from (_field(one, change) for change in one.fields)


def _field(one: ModelDifference, change: FieldChange) -> ChangeLine:
    area = Area.TIERS if change.field == "tier" else Area.MODELS
    gone = change.field == "state" and change.after == State.RETIRED.value
    what = What.RETIRED if gone else What.CHANGED
    values = (change.before or "", change.after or "")
    return ChangeLine(area, what, one.id, one.name, change.field, *values, "models")


def _requests(
    before: Mapping[str, RequestRow], after: Mapping[str, RequestRow]
) -> Iterator[ChangeLine]:
    for key, row in sorted(after.items(), key=lambda pair: pair[1].id):
        held = before.get(key)
        if held is not None and held.status is row.status:
            continue
        what = What.OPENED if held is None else What.DECIDED
        name = f"{row.model_id} {row.model_name}"
        status = held.status.value if held is not None else ""
        yield ChangeLine(
            Area.APPROVALS, what, row.id, name, "status", status, row.status.value, "approvals",
            label=row.label,
        )  # fmt: skip


def _item(before: ItemRow | None, after: ItemRow) -> Iterator[ChangeLine]:
    def line(what: What, field: str, held: str, now: str) -> ChangeLine:
        return ChangeLine(
            Area.ITEMS, what, after.number, after.title, field, held, now, "governance", row=after
        )

    if before is None:
        yield line(What.OPENED, "stage", "", after.stage)
        if after.is_closed:
            yield line(What.CLOSED, "stage", "", after.stage)
        return
    if before.stage != after.stage:
        moved = before.is_closed != after.is_closed
        what = (What.CLOSED if after.is_closed else What.REOPENED) if moved else What.CHANGED
        yield line(what, "stage", before.stage, after.stage)
    for field in ("owner", "due", "expires"):
        held, now = (str(getattr(one, field) or "") for one in (before, after))
        if held != now:
            yield line(What.CHANGED, field, held, now)
