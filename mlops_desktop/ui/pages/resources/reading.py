"""What the page Resources asks of services, in the read lane."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.series import Resource
from mlops_desktop.core.resources.bottlenecks import Bottleneck
from mlops_desktop.core.resources.use import By, Period, Use
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.services.resources.frameworks import FrameworkRow, ended, read_frameworks
from mlops_desktop.services.resources.outlook import read_outlook, running_out
from mlops_desktop.services.resources.reading import Resources, Wanted, read_resources
from mlops_desktop.services.session import Session
from mlops_desktop.ui.jobs import Progress

SPANS = (7, 30, 90, 365)
"""The periods on offer, in days that end with the day shown."""


@dataclass(frozen=True, slots=True)
class UseLine:
    """A use in the table."""

    id: str
    use: Use
    name: str


@dataclass(frozen=True, slots=True)
class BottleneckLine:
    """Something to look at, in the table."""

    id: str
    found: Bottleneck
    name: str


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A release of a framework, in the table."""

    id: str
    row: FrameworkRow
    models: str
    """Named once for all: ten thousand hang on one release."""


@dataclass(frozen=True, slots=True)
class Consumption:
    """Everything the page shows."""

    found: Resources
    lines: tuple[UseLine, ...]
    bottlenecks: tuple[BottleneckLine, ...]
    frameworks: tuple[FrameworkLine, ...]

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources that are measured at all."""
        return tuple(dict.fromkeys(line.use.resource for line in self.lines))

    def rows(self) -> tuple[object, ...]:
        """Return all that is many here, to be given up by pieces."""
        found = self.found
        told = (self.lines, self.bottlenecks, self.frameworks, found.uses, found.unmeasured)
        return (*chain.from_iterable(told), *found.models.values())


def wanted_of(by: By, days: int, as_of: AsOf) -> Wanted:
    """Return what is asked for: so many days up to the day shown."""
    last: date = as_of.day
    return Wanted(by, Period(last - timedelta(days=days - 1), last), None, as_of)


def wanted_work(progress: Progress) -> Work:
    """Return what stops a reading that nobody waits for any more, as when the window closes."""
    return Work(is_cancelled=progress.is_cancelled, stopped="resources.not_wanted")


def read_consumption(session: Session, wanted: Wanted, work: Work = QUIET) -> Consumption:
    """Return consumption, bottlenecks and frameworks of a period."""
    found = read_resources(session, wanted, work)
    work.require_wanted()
    frameworks = read_frameworks(session, wanted.as_of)
    work.require_wanted()
    out = running_out(read_outlook(session, wanted.as_of, work=work))
    every = (*found.bottlenecks, *out, *ended(frameworks))
    return Consumption(
        found,
        tuple(_line(found, one) for one in found.uses),
        tuple(
            BottleneckLine(f"{at}", one, _name(found, one.group)) for at, one in enumerate(every)
        ),
        tuple(
            FrameworkLine(f"{one.name} {one.version}", one, ", ".join(one.models))
            for one in frameworks
        ),
    )


def _line(found: Resources, one: Use) -> UseLine:
    return UseLine(f"{one.group}|{one.resource}|{one.unit.name}", one, _name(found, one.group))


def _name(found: Resources, group: str) -> str:
    row = found.models.get(group)
    return row.name if row is not None else ""
