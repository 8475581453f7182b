"""The workspace's own fields as a dossier prints them, and what changed of a covered one."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from mlops_desktop.core.custom_fields import CustomValue, FieldDefinition, FieldKind, Labels
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.inventory import Pair
from mlops_desktop.dossier.content import (
    Field,
    FieldChange,
    Kind,
    Missing,
    Reason,
    Section,
    Value,
)
from mlops_desktop.services.dossiers.erased import gap_of
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.own_values import in_order, text_of
from mlops_desktop.store import log
from mlops_desktop.store.unit_of_work import ReadSession


def build_own(sheet: ModelSheet) -> Iterator[Section]:
    """Yield a section of the fields that are offered, and one of what archived ones still hold."""
    held = {one.name: one for one in sheet.state.details.custom}
    offered = [one.definition for one in sheet.own_fields if not one.is_archived]
    if offered:
        rows = (_row(one, held.get(one.name), sheet.names) for one in offered)
        yield Section("custom", tuple(rows))
    past = [
        _row(field.definition if field else _unknown(value), value, sheet.names)
        for field, value in in_order(sheet.state.details.custom, sheet.own_fields)
        if field is None or field.is_archived
    ]
    if past:
        yield Section("custom_archived", tuple(past))


def _unknown(value: CustomValue) -> FieldDefinition:
    return FieldDefinition(value.name, Labels(value.name), value.kind)


def _row(definition: FieldDefinition, value: CustomValue | None, names: Mapping[str, str]) -> Field:
    label = "\n".join(_both(definition.labels))
    return Field(definition.key, _values(definition, value, names), (), label)


def _both(labels: Labels) -> tuple[str, ...]:
    return (labels.en, labels.de) if labels.de else (labels.en,)


def _values(
    definition: FieldDefinition, value: CustomValue | None, names: Mapping[str, str]
) -> tuple[Value, ...] | Missing:
    if value is None:
        return Missing(Reason.NOT_RECORDED)
    if value.text is not None and value.text.text is None:
        return gap_of(value.text)
    text = text_of(value, names)
    match definition.kind:
        case FieldKind.NUMBER:
            return (Value(Kind.EXACT, text),)
        case FieldKind.DATE:
            return (Value(Kind.DATE, text),)
        case FieldKind.CHOICE:
            choice = definition.choice(text)
            labels = _both(choice.labels) if choice is not None else (text,)
            return (Value(Kind.BILINGUAL, "\n".join(labels)),)
        case _:
            return (Value(Kind.TEXT, text),)


def own_change(
    view: ReadSession,
    definition: FieldDefinition,
    before: tuple[Pair, ...],
    after: tuple[Pair, ...],
    at: datetime,
    names: Mapping[str, str],
) -> FieldChange:
    """Return how a covered field changed after a decision, named in both languages."""

    def shown(pairs: tuple[Pair, ...]) -> str | Missing:
        name = f"model.{definition.key}"
        value = next((pair.value for pair in pairs if pair.name == name), "")
        return _covered(view, definition, value, names) if value else Missing(Reason.NOT_RECORDED)

    return FieldChange(" / ".join(_both(definition.labels)), shown(before), shown(after), at)


def _covered(
    view: ReadSession, definition: FieldDefinition, value: str, names: Mapping[str, str]
) -> str | Missing:
    if definition.kind is FieldKind.TEXT:
        kept = Erasable(value, log.open_commitments(view.connection, [value]).get(value))
        return gap_of(kept) if kept.text is None else kept.text
    choice = definition.choice(value) if definition.kind is FieldKind.CHOICE else None
    if choice is not None:
        return " / ".join(_both(choice.labels))
    return names.get(value, value)
