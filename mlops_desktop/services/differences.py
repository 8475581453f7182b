"""What changed in the inventory between two days."""

from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.models as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.models import ModelFilter, ModelRow


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
        before, after = (
            {
                row.key: row
                for row in queries.list_models(
                    view.connection, ModelFilter(scope=Scope.ALL, as_of=AsOf(day, day))
                )
            }
            for day in (start, end)
        )
    differences = (_difference(before.get(key), row) for key, row in after.items())
    return tuple(item for item in differences if item.is_new or item.fields)


def _difference(before: ModelRow | None, after: ModelRow) -> ModelDifference:
    changes = tuple(
        FieldChange(name, _shown(before, name), _shown(after, name))
        for name in _COMPARED
        if before is not None and _shown(before, name) != _shown(after, name)
    )
    return ModelDifference(after.id, after.name, before is None, changes)


def _shown(row: ModelRow | None, field: str) -> str | None:
    value = getattr(row, field)
    return None if value in (None, "") else str(value)
