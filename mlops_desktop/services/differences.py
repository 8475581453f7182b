"""What changed in the inventory between two days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import mlops_desktop.store.queries.models as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.custom_fields import CustomValue
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.services.cases import View
from mlops_desktop.services.exports.content import detail_of
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.own_values import text_of
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.custom_values import list_values
from mlops_desktop.store.queries.inventory_index import open_states, read_records
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.queries.named import printed_names


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a model at two dates; None where it had no value."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ModelDifference:
    """What happened to one model between two dates: added, or changed in these fields."""

    id: str
    name: str
    is_new: bool
    fields: tuple[FieldChange, ...]


_COMPARED = ("name", "state", "tier", "owner", "approval", "serving", "next_review")


def diff_models(session: Session, start: date, end: date) -> tuple[ModelDifference, ...]:
    """Return every model that was added or whose row differs between two days as known then."""
    with session.workspace.read() as view:
        before, after = (_rows(view, AsOf(day, day)) for day in (start, end))
        held, now = (list_values(view.connection, AsOf(day, day)) for day in (start, end))
        names = printed_names(view.connection)
    found = (
        (
            _difference(before.get(key), row),
            _own_changes(held.get(key, ()), now.get(key, ()), names),
        )
        for key, row in after.items()
    )
    whole = (one if one.is_new else replace(one, fields=(*one.fields, *own)) for one, own in found)
    return tuple(item for item in whole if item.is_new or item.fields)


def _own_changes(
    before: tuple[CustomValue, ...], after: tuple[CustomValue, ...], names: Mapping[str, str]
) -> Iterator[FieldChange]:
    """Yield the workspace's own fields that differ, each by its key, values as they are typed."""
    held, now = ({one.key: text_of(one, names) for one in values} for values in (before, after))
    for key in sorted({*held, *now}):
        if held.get(key) != now.get(key):
            yield FieldChange(key, _text(held.get(key)), _text(now.get(key)))


def compare_records(view: View, start: AsOf, end: AsOf) -> tuple[ModelDifference, ...]:
    """Return every model that was added or changed between two states, by every field kept."""
    before, after = _rows(view, start), _rows(view, end)
    details = _compare_details(view, start, end)
    found = (
        (_difference(before.get(key), row), details.get(key, ())) for key, row in after.items()
    )
    whole = (replace(one, fields=one.fields + more) for one, more in found)
    return tuple(item for item in whole if item.is_new or item.fields)


def compare_model(view: View, key: str, start: AsOf, end: AsOf) -> ModelDifference:
    """Return what differs of one model between two states, by every field kept.

    Raises ``model.not_known_then`` where it was not known at the end.
    """
    after = queries.get_model(view.connection, key, end)
    try:
        before = queries.get_model(view.connection, key, start)
    except AppError:
        return _difference(None, after.row)
    told = _difference(before.row, after.row)
    names = printed_names(view.connection)
    changes = tuple(_detail_changes(before.state, after.state, names))
    return replace(told, fields=(*told.fields, *changes))


def _rows(view: View, as_of: AsOf) -> dict[str, ModelRow]:
    wanted = ModelFilter(scope=Scope.ALL, as_of=as_of)
    return {row.key: row for row in queries.list_models(view.connection, wanted)}


def _compare_details(view: View, start: AsOf, end: AsOf) -> dict[str, tuple[FieldChange, ...]]:
    held, now = (read_records(view.connection, as_of) for as_of in (start, end))
    changed = [key for key, record in held.items() if now.get(key, record) != record]
    before = open_states(view.connection, {key: held[key] for key in changed})
    after = open_states(view.connection, {key: now[key] for key in changed})
    names = printed_names(view.connection)
    return {key: tuple(_detail_changes(before[key], after[key], names)) for key in changed}


def _detail_changes(
    before: ModelState, after: ModelState, names: Mapping[str, str]
) -> Iterator[FieldChange]:
    for name in field_names():
        texts = [_text(detail_of(state, name, names)) for state in (before, after)]
        if name not in _COMPARED and texts[0] != texts[1]:
            yield FieldChange(name, *texts)
    yield from _own_changes(before.details.custom, after.details.custom, names)


def _text(value: object) -> str | None:
    return None if value in (None, "") else str(value)


def _difference(before: ModelRow | None, after: ModelRow) -> ModelDifference:
    changes = tuple(
        FieldChange(name, _shown(before, name), _shown(after, name))
        for name in _COMPARED
        if before is not None and _shown(before, name) != _shown(after, name)
    )
    return ModelDifference(after.id, after.name, before is None, changes)


def _shown(row: ModelRow | None, field: str) -> str | None:
    return _text(getattr(row, field))
