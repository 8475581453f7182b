"""What groups of models consume of each resource in a period, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.resources.units import Unit


class By(StrEnum):
    """By what consumption is added up."""

    MODEL = "model"
    VERSION = "version"
    ENVIRONMENT = "environment"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of what is added up, both included, in UTC."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Amount:
    """A side of a resource in a period: average of a level or total of an amount.

    ``measured`` is the share of the period in which anything was measured: the average is over
    that time, the total lacks the rest. ``last`` is the latest value, ``peak`` the highest.
    """

    value: float
    measured: float
    peak: float
    last: float


@dataclass(frozen=True, slots=True)
class Use:
    """What a group consumes of one resource in one unit; sides nobody measured are missing.

    ``share`` is its part of what all groups use, ``before`` what it used in the period of the
    same length before, ``left_out`` the sources that tell the same again and are not added.
    ``shared_by`` are the keys by which what several models cost together was divided: a resource
    that they request, or ``equal``. ``version`` is that of the group, where groups are versions.
    """

    group: str
    resource: Resource
    unit: Unit
    sides: Mapping[Measure, Amount]
    share: float | None = None
    before: float | None = None
    left_out: tuple[str, ...] = ()
    shared_by: tuple[str, ...] = ()
    version: str = ""

    @property
    def models(self) -> str:
        """The models of a group by version, without the version."""
        return self.group.removesuffix(f" {self.version}") if self.version else self.group

    def value(self, side: Measure) -> float | None:
        """The value of a side, None where it was not measured."""
        found = self.sides.get(side)
        return found.value if found is not None else None

    @property
    def used(self) -> float | None:
        """What is used."""
        return self.value(Measure.USED)

    @property
    def available(self) -> float | None:
        """What use is held against: allocated, else requested, else the capacity."""
        for side in (Measure.ALLOCATED, Measure.REQUESTED, Measure.CAPACITY):
            found = self.value(side)
            if found:
                return found
        return 100.0 if self.unit.name == "%" else None

    @property
    def idle(self) -> float | None:
        """The share of what is available that is not used; None where one is not measured.

        Of what may be used beyond what was requested, nothing is idle.
        """
        used, available = self.used, self.available
        if self.unit.is_total or used is None or not available:
            return None
        return max(0.0, 1.0 - used / available)

    @property
    def over(self) -> float | None:
        """How many times what is used was requested; None where one is not measured."""
        used, requested = self.used, self.value(Measure.REQUESTED)
        return requested / used if used and requested is not None else None

    @property
    def filled(self) -> float | None:
        """The share of the capacity that is used."""
        used, capacity = self.used, self.value(Measure.CAPACITY)
        return used / capacity if used is not None and capacity else None

    @property
    def change(self) -> float | None:
        """By which share use grew against the period before; None where one is not measured."""
        used, before = self.used, self.before
        return used / before - 1.0 if used is not None and before else None


def with_shares(uses: Iterable[Use]) -> tuple[Use, ...]:
    """Return uses with each group's part of what all groups use of a resource in a unit."""
    known = tuple(uses)
    totals: dict[tuple[Resource, str], float] = {}
    for one in known:
        if one.used is not None:
            key = one.resource, one.unit.name
            totals[key] = totals.get(key, 0.0) + one.used
    return tuple(_with_share(one, totals.get((one.resource, one.unit.name), 0.0)) for one in known)


def _with_share(one: Use, total: float) -> Use:
    is_part = one.used is not None and total > 0 and one.unit.name != "%"
    share = one.used / total if is_part and one.used is not None else None
    return replace(one, share=share)
