"""Acts on the bank's own fields: defined, filled for some models, one archived."""

from collections.abc import Iterator
from datetime import timedelta

from mlops_desktop import paths
from mlops_desktop.core.custom_fields import PREFIX, Choice, FieldDefinition, FieldKind, Labels
from mlops_desktop.core.inventory import number_text
from mlops_desktop.services import custom_fields, many
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file

_APART = timedelta(minutes=4)


class FieldPart(Strict, frozen=True):
    """A field: when it was defined, and when it was archived, if it was."""

    on: str
    name: str
    label: str
    label_de: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    help: str = ""
    help_de: str = ""
    archived_on: str = ""
    archived_why: str = ""


class ValuePart(Strict, frozen=True):
    """One value that some models got on a day."""

    on: str
    by: str
    field: str
    text: str
    models: tuple[int, ...]


class OwnFields(Strict, frozen=True):
    """The fields, who defined them, and the values."""

    by: str
    field: tuple[FieldPart, ...]
    value: tuple[ValuePart, ...]


def read_own_fields() -> OwnFields:
    """Return the bank's own fields; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "custom_fields.toml"), OwnFields)


def plan_own_fields(wanted: OwnFields, calendar: Calendar) -> Iterator[Act]:
    """Yield each definition, each value, and what was archived."""
    for at, part in enumerate(wanted.field):
        moment = calendar.moment(part.on, Hours.EDIT)
        yield Act(moment + at * _APART, _define(wanted.by, part))
        if part.archived_on:
            yield Act(calendar.moment(part.archived_on, Hours.EDIT), _archive(wanted.by, part))
    for number, value in enumerate(wanted.value):
        yield Act(about(calendar.moment(value.on, Hours.EDIT), "own", number), _fill(value))


def _define(by: str, part: FieldPart) -> Perform:
    help = Labels(part.help, part.help_de) if part.help else None
    made = FieldDefinition(
        part.name,
        Labels(part.label, part.label_de),
        part.kind,
        tuple(map(_choice, part.choices)),
        help,
    )
    return lambda stage: custom_fields.define_field(stage.acting(by), made)


def _choice(text: str) -> Choice:
    key, _, labels = text.partition("=")
    english, _, german = labels.partition("|")
    return Choice(key, Labels(english, german))


def _archive(by: str, part: FieldPart) -> Perform:
    def perform(stage: Stage) -> None:
        custom_fields.archive_field(stage.acting(by), part.name, part.archived_why)

    return perform


def _fill(value: ValuePart) -> Perform:
    def perform(stage: Stage) -> None:
        models, key = map(number_text, value.models), PREFIX + value.field
        many.change_models(stage.acting(value.by), models, key, value.text)

    return perform
