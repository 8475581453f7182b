"""What becomes of a field of the workspace's own with each event about it."""

from dataclasses import replace

from mlops_desktop.core import clock
from mlops_desktop.core.custom_fields import Field, FieldDefinition, with_choices
from mlops_desktop.core.events.custom_fields import (
    FieldAmended,
    FieldArchived,
    FieldDefined,
    FieldReinstated,
)
from mlops_desktop.core.model_state import Happening


def field_of(payload: object) -> str:
    """Return the name of the field an event is about, "" where it is about none."""
    if isinstance(payload, FieldDefined):
        return payload.definition.name
    return str(getattr(payload, "field", ""))


def change(field: Field | None, happening: Happening) -> Field | None:
    """Return a field after an event about it; a second definition of a name changes nothing."""
    match happening.payload:
        case FieldDefined(definition=definition) if field is None:
            return Field(definition, happening.actor.person, clock.to_text(happening.at))
        case FieldAmended() as payload if field is not None:
            return replace(field, definition=amend(field.definition, payload))
        case FieldArchived() if field is not None:
            return replace(field, is_archived=True)
        case FieldReinstated() if field is not None:
            return replace(field, is_archived=False)
    return field


def amend(before: FieldDefinition, payload: FieldAmended) -> FieldDefinition:
    """Return a definition with what an amendment says; name, kind and cover stay."""
    required = payload.is_required
    return replace(
        before,
        labels=payload.labels or before.labels,
        help=None if payload.drops_help else payload.help or before.help,
        choices=with_choices(before.choices, payload.choices)
        if payload.choices
        else before.choices,
        is_required=before.is_required if required is None else required,
    )
