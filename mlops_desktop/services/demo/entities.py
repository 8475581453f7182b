"""Acts on legal entities: recorded, named as users of models, one use without an approval."""

from collections.abc import Iterator

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.entities import ENTITY
from mlops_desktop.services import items, models
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import Bank
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.items import Given
from mlops_desktop.services.session import effective_from


class EntityPart(Strict, frozen=True):
    """A legal entity, and since when it is one."""

    since: str
    fields: dict[str, str]


class UsersPart(Strict, frozen=True):
    """Who developed some models and who uses them; empty where it is not recorded."""

    models: tuple[int, ...]
    used_by: str
    developed_by: str = ""


class UsePart(Strict, frozen=True):
    """That a person recorded by whom a model is used, other than before."""

    model: int
    used_by: str
    on: str
    by: str
    reason: str


class ValidationPart(Strict, frozen=True):
    """A validation of a model, the first unless said, judged and reported in one go."""

    model: int
    title: str
    planned_by: str
    by: str
    begun: str
    due: str
    reported: str
    approved: str
    person_days: str
    report: str
    why: str
    cause: str = "initial"


class Group(Strict, frozen=True):
    """The legal entities and what they have to do with the models."""

    entity: tuple[EntityPart, ...]
    part: tuple[UsersPart, ...]
    use: tuple[UsePart, ...]
    validation: tuple[ValidationPart, ...] = msgspec.field(default=())

    def fields_of(self, model: int) -> dict[str, str]:
        """Return the fields of a model's record that name entities."""
        parts = (part for part in self.part if model in part.models)
        named = ({"used_by": part.used_by, "developed_by": part.developed_by} for part in parts)
        return {name: text for fields in named for name, text in fields.items() if text}


def read_group() -> Group:
    """Return the group of the sample bank; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "entities.toml"), Group)


def plan_group(bank: Bank, group: Group, calendar: Calendar) -> Iterator[Act]:
    """Yield the entities on the first day, before the register names them, and later uses."""
    for entity in group.entity:
        yield Act(calendar.moment(bank.first_day, Hours.CONNECT), _record(entity))
    for use in group.use:
        yield Act(calendar.moment(use.on, Hours.EDIT), _use(use))


def _record(part: EntityPart) -> Perform:
    return lambda stage: items.open_item(
        stage.session,
        ENTITY,
        Given(part.fields, effective=effective_from(stage.calendar.day(part.since))),
    )


def _use(part: UsePart) -> Perform:
    return lambda stage: models.edit_model(
        stage.acting(part.by),
        number_text(part.model),
        {"used_by": part.used_by},
        reason=part.reason,
    )
