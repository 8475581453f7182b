"""What happens to a legal entity of the group or beside it."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import CountryCode, EntityId, ItemDetails, LeiText


@dataclass(frozen=True, slots=True)
class EntityDetails(ItemDetails):
    """A legal entity: ``title`` is its name, ``region`` part of a country, ``parent`` owns it.

    From when and until when it is one say the events that register and close it.
    """

    short_name: str | None = None
    country: CountryCode | None = None
    region: str | None = None
    lei: LeiText | None = None
    parent: EntityId | None = None


@event("entity.registered")
@dataclass(frozen=True, slots=True)
class EntityRegistered:
    """A legal entity was recorded; ``effective`` is from when it is one."""

    item: str
    models: tuple[str, ...]
    details: EntityDetails


@event("entity.amended")
@dataclass(frozen=True, slots=True)
class EntityAmended:
    """Some fields of a legal entity changed."""

    item: str
    details: EntityDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("entity.moved")
@dataclass(frozen=True, slots=True)
class EntityMoved:
    """A legal entity was closed, ``effective`` until when it was one, or that was taken back."""

    item: str
    step: str
    details: EntityDetails
    reason: Erasable | None = None
