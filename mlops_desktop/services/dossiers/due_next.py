"""What of a model is due or runs out next: approvals, conditions, items, reviews, tiers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.dossiers.items import label_of
from mlops_desktop.services.dossiers.labels import label_in_both
from mlops_desktop.services.items import ItemRow
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.permissions import PermissionRow


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is due or until which it holds; ``section`` tells of it.

    ``what`` is a code of the dossier's words, ``label`` which one it is, in both languages.
    """

    on: date
    what: str
    label: str
    section: str


def find_due(
    sheet: ModelSheet,
    requests: tuple[RequestRow, ...],
    permissions: Iterable[PermissionRow],
    items: tuple[ItemRow, ...],
    day: date,
) -> tuple[Due, ...]:
    """Return everything that is due or runs out, the earliest first; ``items`` are open ones."""
    found = (
        *_of_model(sheet, day),
        *_of_requests(requests, day),
        *_of_permissions(permissions),
        *_of_items(items, day),
    )
    return tuple(sorted(found, key=lambda one: (one.on, one.section, one.label)))


def _of_model(sheet: ModelSheet, day: date) -> Iterator[Due]:
    row = sheet.row
    if row.state is State.RETIRED:  # nobody validates or rates what runs no more
        return
    override = row.tier_until if row.tier_until is not None and row.tier_until >= day else None
    for on, what, section in (
        (row.next_review, "due.review", "validations"),
        (row.tier_due, "due.rating", "tiering"),
        (override, "due.tier", "tiering"),
    ):
        if on is not None:
            yield Due(on, what, f"{row.id} {row.name}", section)


def _of_requests(requests: tuple[RequestRow, ...], day: date) -> Iterator[Due]:
    for row in requests:
        if row.status not in GRANTED:
            continue
        if row.valid_until is not None:
            yield Due(row.valid_until, "due.approval", _request(row), "approvals")
        for one in stand_of_conditions(row, day):
            if one.met is None and one.due is not None:
                label = label_in_both("due_label.condition", request=row.id, number=one.number)
                yield Due(one.due, "due.condition", label, "conditions")


def _request(row: RequestRow) -> str:
    if not row.label:
        return row.id
    return label_in_both("due_label.approval", request=row.id, version=row.label)


def _of_permissions(rows: Iterable[PermissionRow]) -> Iterator[Due]:
    """Yield the obligations of supervisors that nobody has met yet."""
    for row in rows:
        for number, told in enumerate(row.obligations, 1):
            if told.due is not None and row.fulfilment(number) is None:
                authority = row.permission.authority
                label = label_in_both("due_label.obligation", authority=authority, number=number)
                yield Due(told.due, "due.obligation", label, "permissions")


def _of_items(items: tuple[ItemRow, ...], day: date) -> Iterator[Due]:
    for row in items:
        plural = kind_named(row.kind).plural
        if row.due is not None:
            yield Due(row.due, f"{row.kind}.one", label_of(row), plural)
        if row.expires is not None and row.expires >= day:
            yield Due(row.expires, "due.expiry", label_of(row), plural)
