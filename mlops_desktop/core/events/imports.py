"""An inventory kept elsewhere came in."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column of the file by its heading, and the field it was read as; "" was left out."""

    heading: str
    field: str = ""


@event("import.applied")
@dataclass(frozen=True, slots=True)
class ImportApplied:
    """A person took over the rows of a file; the report kept as evidence says what became of each.

    The mapping of columns stands here, so that the next file of that form is read the same way.
    ``papers`` counts what waits for a second person, ``plan`` is the finding of the gaps.
    """

    intake: str
    file: Erasable
    digest: str
    report: Sighting
    rows: int
    created: int
    changed: int
    unchanged: int
    left_out: int = 0
    people: int = 0
    columns: tuple[ColumnRead, ...] = ()
    papers: int = 0
    plan: str | None = None
