"""The lights of a validation by area, beside those the validation before gave the same model."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.validations import ValidationDetails
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.validations import Area, Expectation, Light, expectation
from mlops_desktop.services.items import ItemSheet
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow, StepRow
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was said of an area: by whom (an id), when, why, and the evidence by digest."""

    light: Light
    person: str
    on: date
    reason: Erasable | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaLight:
    """What a tier asks about an area, what was last said of it, and what was said before."""

    area: Area
    expected: Expectation
    said: Judgement | None
    before: Light | None = None

    @property
    def id(self) -> str:
        """The area, for tables."""
        return self.area.value

    @property
    def light(self) -> Light | None:
        """The light last given; None where nothing was said."""
        return self.said.light if self.said is not None else None


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of a validation, and the validation they are compared with, where there is one."""

    areas: tuple[AreaLight, ...]
    before: ItemRow | None


def judgements(steps: Iterable[StepRow]) -> dict[Area, Judgement]:
    """Return the last judgement of every area that was judged."""
    found: dict[Area, Judgement] = {}
    # A step dated back stands where it holds, whenever it was recorded.
    for step in sorted(steps, key=lambda step: (step.effective, step.position)):
        details = getattr(step.payload, "details", None)
        if step.step != "judge" or not isinstance(details, ValidationDetails):
            continue
        if details.area is not None and details.light is not None:
            reason = getattr(step.payload, "reason", None)
            on = date.fromisoformat(step.effective[:10])
            found[details.area] = Judgement(
                details.light, step.person, on, reason, details.evidence
            )
    return found


def lights_of(
    tier: int | None, steps: Iterable[StepRow], earlier: Iterable[StepRow] = ()
) -> tuple[AreaLight, ...]:
    """Return every area with its last judgement, in the order of the areas."""
    now, then = judgements(steps), judgements(earlier)
    return tuple(
        AreaLight(
            area,
            expectation(tier, area),
            now.get(area),
            then[area].light if area in then else None,
        )
        for area in Area
    )


def read_lights(
    view: ReadSession, sheet: ItemSheet, as_of: AsOf = NOW, model: str | None = None
) -> Lights:
    """Return the lights of a validation; ``model`` narrows a validation of several to one."""
    before = _before(view, sheet, (model,) if model else sheet.state.models, as_of)
    earlier = queries.list_steps(view.connection, before.id, as_of) if before else ()
    details = sheet.state.details
    tier = details.tier if isinstance(details, ValidationDetails) else None
    return Lights(lights_of(tier, sheet.steps, earlier), before)


def show_lights(session: Session, sheet: ItemSheet, as_of: AsOf = NOW) -> Lights:
    """Return the lights of a validation that was read for the same day."""
    with session.workspace.read() as view:
        return read_lights(view, sheet, as_of)


def _before(
    view: ReadSession, sheet: ItemSheet, models: tuple[str, ...], as_of: AsOf
) -> ItemRow | None:
    """Return the validation of one of the models whose report was approved last before."""
    if not models:
        return None
    wanted = ItemFilter(
        ("validation",), models=models, stages=("approved",), scope=ItemScope.ALL, as_of=as_of
    )
    rows = queries.list_items(view.connection, wanted)
    earlier = [row for row in rows if row.id != sheet.row.id and _place(row) < _place(sheet.row)]
    return max(earlier, key=_place, default=None)


def _place(row: ItemRow) -> tuple[date, str]:
    # One whose report is not approved yet comes after all that are.
    return (row.closed or date.max if row.stage == "approved" else date.max, row.number)
