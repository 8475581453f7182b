"""What happens to an experiment: a champion against a challenger."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.items.details import DecimalText, ItemDetails


@dataclass(frozen=True, slots=True)
class ExperimentDetails(ItemDetails):
    """An experiment: what was fixed beforehand, then the result with its uncertainty.

    ``smallest`` is the least difference that would matter, ``sample`` the cases wanted on each
    side; ``lower`` and ``upper`` bound the difference challenger minus champion, at the
    ``confidence`` stated (per cent).
    """

    hypothesis: Erasable | None = None
    criterion: str | None = None
    direction: Direction | None = None
    smallest: DecimalText | None = None
    sample: int | None = None
    starts: date | None = None
    ends: date | None = None
    champion: str | None = None
    challenger: str | None = None
    champion_value: DecimalText | None = None
    challenger_value: DecimalText | None = None
    champion_sample: int | None = None
    challenger_sample: int | None = None
    lower: DecimalText | None = None
    upper: DecimalText | None = None
    confidence: DecimalText | None = None
    evidence: tuple[str, ...] = ()


@event("experiment.opened")
@dataclass(frozen=True, slots=True)
class ExperimentOpened:
    """An experiment was fixed: hypothesis, criterion, sample and end."""

    item: str
    models: tuple[str, ...]
    details: ExperimentDetails


@event("experiment.edited")
@dataclass(frozen=True, slots=True)
class ExperimentEdited:
    """Something about an experiment changed, but nothing that was fixed."""

    item: str
    details: ExperimentDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("experiment.moved")
@dataclass(frozen=True, slots=True)
class ExperimentMoved:
    """An experiment was concluded with a result, or abandoned."""

    item: str
    step: str
    details: ExperimentDetails
    reason: Erasable | None = None
