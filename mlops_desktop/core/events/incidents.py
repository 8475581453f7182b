"""What happens to an incident of data: a dataset or a pipeline run that was found bad."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


@dataclass(frozen=True, slots=True)
class IncidentDetails(ItemDetails):
    """Bad data: which, at which state, since when, why, what was done about it.

    ``dataset`` is named as sources name it, with its namespace before it where it has one; without
    a ``digest`` every state is meant. ``pipeline_run`` is the run's id at its source: what it
    wrote is meant. What lies downstream is never written down: it is read from the history.
    """

    severity: Severity | None = None
    dataset: str | None = None
    digest: str | None = None
    pipeline_run: str | None = None
    found: date | None = None
    cause: Erasable | None = None
    resolution: Erasable | None = None


@event("incident.opened")
@dataclass(frozen=True, slots=True)
class IncidentOpened:
    """A dataset or a pipeline run was found bad."""

    item: str
    models: tuple[str, ...]
    details: IncidentDetails


@event("incident.edited")
@dataclass(frozen=True, slots=True)
class IncidentEdited:
    """Some fields of an incident changed."""

    item: str
    details: IncidentDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("incident.moved")
@dataclass(frozen=True, slots=True)
class IncidentMoved:
    """A step of an incident's life was taken."""

    item: str
    step: str
    details: IncidentDetails
    reason: Erasable | None = None


@event("incident.reached")
@dataclass(frozen=True, slots=True)
class IncidentReached:
    """The data of a confirmed incident came to a model, whose validation was called for.

    What lies downstream is read from the history whenever it is asked for; this says that a
    model was acted on, so that it is acted on once.
    """

    incident: str
    model: str
