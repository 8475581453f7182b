"""What lists of cases have in common: a model, its version, and where the case stands."""

from collections.abc import Callable
from typing import TypeVar

from mlops_desktop.services.oversight import EmergencySheet, PermissionSheet
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Status

C = TypeVar("C", EmergencySheet, PermissionSheet)


def model_id(sheet: EmergencySheet | PermissionSheet) -> str:
    """Return the number of the model that a case is about."""
    return sheet.model.row.id


def case_columns(status_of: Callable[[C], Status], width: int) -> tuple[Column[C], ...]:
    """Return the columns of any case; ``width`` is that of its status, in characters."""
    return (
        Column("model_id", "oversight.field.model_id", model_id, 9, shown=False),
        Column(
            "model",
            "oversight.field.model",
            lambda one: one.model.row.name,
            16,
            strong=True,
            flexible=True,
        ),
        Column("label", "oversight.field.version", lambda one: one.label, 8),
        Column(
            "status",
            "oversight.field.status",
            lambda one: status_of(one).word,
            width,
            status=status_of,
        ),
    )
