"""Acts on items: what was opened about the sample bank's models, and what became of it."""

from collections.abc import Iterator

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.services import items
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.items import Given
from mlops_desktop.services.session import effective_from


class StepPart(Strict, frozen=True):
    """A step of an item: when, by whom, which one, why, with which fields."""

    on: str
    by: str
    step: str
    why: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)


class ItemPart(Strict, frozen=True):
    """An item: opened on a day by a person about some models; ``since`` dates it back."""

    kind: str
    on: str
    by: str
    models: tuple[int, ...]
    fields: dict[str, str]
    since: str | None = None
    step: tuple[StepPart, ...] = ()


class _File(Strict, frozen=True):
    item: tuple[ItemPart, ...]


def read_items() -> tuple[ItemPart, ...]:
    """Return every item of the sample bank; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "items.toml"), _File).item


def plan_items(parts: tuple[ItemPart, ...], calendar: Calendar) -> Iterator[Act]:
    """Yield the opening of each item and its steps."""
    for number, part in enumerate(parts):
        named: list[str] = []
        at = about(calendar.moment(part.on, Hours.ITEM), "item", number)
        yield Act(at, _open(part, named))
        for place, step in enumerate(part.step):
            at = about(calendar.moment(step.on, Hours.STEP), "step", number, place)
            yield Act(at, _take(part, step, named))


def _open(part: ItemPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        kind = kind_named(part.kind)
        models = tuple(number_text(number) for number in part.models)
        since = effective_from(stage.calendar.day(part.since)) if part.since else None
        given = Given(_texts(stage, part.fields), models, effective=since)
        named.append(items.open_item(stage.acting(part.by), kind, given).id)

    return perform


def _take(part: ItemPart, step: StepPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        given = Given(_texts(stage, step.fields), reason=step.why)
        session = stage.acting(step.by)
        items.take_step(session, kind_named(part.kind), named[0], step.step, given)

    return perform


def _texts(stage: Stage, fields: dict[str, str]) -> dict[str, str]:
    fill, fill_date = stage.calendar.fill, stage.calendar.fill_date
    return {name: fill_date(fill(text)) for name, text in fields.items()}
