"""What happens to the fields that a workspace adds to the inventory record.

Labels and help are rules like those of a tiering template, not statements about anybody: plain.
"""

from dataclasses import dataclass

from mlops_desktop.core.custom_fields import Choice, FieldDefinition, Labels
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event


@event("field.defined")
@dataclass(frozen=True, slots=True)
class FieldDefined:
    """The record of every model has one more field; its name is never given again."""

    definition: FieldDefinition


@event("field.amended")
@dataclass(frozen=True, slots=True)
class FieldAmended:
    """A field is called, explained or answered differently; what is None stays.

    ``choices`` are all that are offered from now on; ``drops_help`` takes the help away.
    """

    field: str
    labels: Labels | None = None
    help: Labels | None = None
    choices: tuple[Choice, ...] = ()
    is_required: bool | None = None
    drops_help: bool = False


@event("field.archived")
@dataclass(frozen=True, slots=True)
class FieldArchived:
    """A field is no longer offered; the values it has stay on record."""

    field: str
    reason: Erasable | None = None


@event("field.reinstated")
@dataclass(frozen=True, slots=True)
class FieldReinstated:
    """An archived field is offered again."""

    field: str
    reason: Erasable | None = None
