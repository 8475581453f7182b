"""What happens to a registry's entry of a model at its source."""

from dataclasses import dataclass

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Entry, Sighting


@event("entry.changed")
@dataclass(frozen=True, slots=True)
class EntryChanged:
    """The source tells other values than before: description, tags, aliases."""

    model: str
    entry: Entry
    seen: Sighting


@event("entry.renamed")
@dataclass(frozen=True, slots=True)
class EntryRenamed:
    """The source lists under a new name what is the same entry by its creation and versions."""

    model: str
    former_id: str
    entry: Entry
    seen: Sighting


@event("entry.missed")
@dataclass(frozen=True, slots=True)
class EntryMissed:
    """A complete listing no longer holds the entry; nothing is deleted or retired by that."""

    model: str
    source: str
    native_id: str


@event("entry.returned")
@dataclass(frozen=True, slots=True)
class EntryReturned:
    """An entry that was missing is listed again."""

    model: str
    entry: Entry
    seen: Sighting
