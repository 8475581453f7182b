"""Which registry entry is known to be which model, said by a person before a source told it."""

from dataclasses import dataclass

from mlops_desktop.core.events.registry import event


@event("entry.linked")
@dataclass(frozen=True, slots=True)
class EntryLinked:
    """A person said: this entry of this source is this model; later readings go to it."""

    model: str
    source: str
    native_id: str
