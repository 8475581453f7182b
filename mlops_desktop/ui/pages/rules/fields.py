"""Fields of the workspace's own: what they ask for, who defined them, how many models answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.custom_fields import Choice, Field, Labels
from mlops_desktop.services.custom_fields import count_held, list_fields
from mlops_desktop.services.people import list_people
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_by
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.sections import Fact, Group


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field with how many models hold a value in it now."""

    field: Field
    held: int
    names: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its name."""
        return self.field.definition.name


def fetch(session: Session, as_of: AsOf) -> tuple[FieldLine, ...]:
    """Return the fields that are offered, then the archived ones, each in the order defined."""
    names = {person.id: person.name for person in list_people(session)}
    held = count_held(session)
    lines = (FieldLine(one, held.get(one.definition.name, 0), names)
             for one in list_fields(session, as_of))  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.field.is_archived))


def _label(context: Context, labels: Labels) -> str:
    return labels.say(context.language.code)


def name_of(context: Context, line: FieldLine) -> str:
    """Return what a field is called."""
    return _label(context, line.field.definition.labels)


def _kind(context: Context, line: FieldLine) -> str:
    return say(context, f"kind.{line.field.definition.kind.value}")


def _status(context: Context, line: FieldLine) -> Status:
    if line.field.is_archived:
        return Status("idle", say(context, "status.archived"))
    return Status("good", say(context, "status.offered"))


def _columns(context: Context) -> tuple[Column[FieldLine], ...]:
    number = context.language.number
    return (
        Column(
            "label",
            "oversight.field.label",
            lambda line: name_of(context, line),
            20,
            strong=True,
            flexible=True,
        ),
        Column(
            "status",
            "oversight.field.status",
            lambda line: _status(context, line).word,
            13,
            status=lambda line: _status(context, line),
        ),
        Column("kind", "oversight.field.kind", lambda line: _kind(context, line), 11),
        Column("held", "oversight.field.held", lambda line: number(line.held), 8, numeric=True),
        Column("name", "oversight.field.name", lambda line: line.id, 16, muted=True),
    )


def _head(context: Context, line: FieldLine) -> Head:
    one, chips = line.field.definition, [_status(context, line)]
    if one.is_required:
        chips.append(Status("info", say(context, "is_required")))
    if one.is_covered:
        chips.append(Status("info", say(context, "is_covered")))
    return Head(name_of(context, line), _kind(context, line), tuple(chips))


def _groups(context: Context, line: FieldLine, _: object) -> tuple[Group, ...]:
    one = line.field.definition
    lead = _label(context, one.help) if one.help is not None else ""
    groups = [Group("", lead=lead)] if lead else []
    groups.append(Group(say(context, "group.field"), tuple(_facts(context, line))))
    if one.choices:
        choices = tuple(_choice(context, choice) for choice in one.choices)
        groups.append(Group(say(context, "field.choices"), choices))
    by = say_by(context, line.names, line.field.person, line.field.at)
    groups.append(Group(say(context, "group.origin"), (fact(context, "defined", by),)))
    return tuple(groups)


def _facts(context: Context, line: FieldLine) -> Iterator[Fact]:
    one = line.field.definition
    yield fact(context, "name", one.name)
    yield fact(context, "label_en", one.labels.en)
    if one.labels.de:
        yield fact(context, "label_de", one.labels.de)
    yield fact(context, "kind", _kind(context, line))
    yield fact(context, "required", say(context, "yes" if one.is_required else "no"))
    yield fact(context, "covered", say(context, "yes" if one.is_covered else "no"))
    yield fact(context, "held", context.language.number(line.held))


def _choice(context: Context, one: Choice) -> Fact:
    label = _label(context, one.labels)
    said = say(context, "choice_removed", choice=label) if one.is_removed else label
    return Fact(one.key, said, "faint" if one.is_removed else "")


def _words(context: Context, line: FieldLine) -> str:
    labels = line.field.definition.labels
    return " ".join((line.id, labels.en, labels.de or "", _kind(context, line)))


PART: Part[FieldLine] = Part(
    "fields",
    ListSpec(
        "oversight_fields",
        "oversight.section.fields",
        _columns,
        EmptyText("oversight.empty.fields", "field.define", "columns"),
        actions=("field.amend", "field.archive", "field.reinstate", "", "field.models"),
    ),
    fetch,
    _words,
    _head,
    (("oversight.tab.field", _groups),),
    ("field.amend", "field.archive", "field.reinstate", "field.models"),
    "field.amend",
    keys={
        "label": lambda line: line.field.definition.labels.en.casefold(),
        "name": lambda line: line.id,
        "kind": lambda line: line.field.definition.kind.value,
        "status": lambda line: line.field.is_archived,
        "held": lambda line: line.held,
    },
)
