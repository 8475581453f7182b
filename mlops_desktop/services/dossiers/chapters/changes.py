"""Changes of the model, and what called for a validation out of turn.

SS1/23 P3.5, MaRisk AT 8.2, Delegated Regulation (EU) 2022/439 Art. 32(2): a list of changes.
"""

from collections.abc import Iterator, Mapping

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.custom_fields import PREFIX
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.model_links import ModelLinked, ModelUnlinked
from mlops_desktop.core.events.models import ModelEdited, ModelMoved
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.events.tiering import ModelTiered, ModelTierOverridden
from mlops_desktop.core.events.validations import ValidationDetails
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.dossier.content import (
    Cell,
    Chapter,
    Field,
    Grid,
    Kind,
    Part,
    Value,
)
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import label_of
from mlops_desktop.services.dossiers.summaries import summarise
from mlops_desktop.services.items import read_item
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.wording import read_words
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.models import numbers
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 74
_COLUMNS = ("effective", "change", "change_what", "person")
_TRIGGERS = ("change_validation", "change_trigger", "opened_on", "state")
_OF_MODEL = ("model.", "version.", "deployment.", "threshold.", "entry.")
_NOT_CHANGES = frozenset({"model.evidenced", "model.scoped", "entry.changed"})
"""Filed documents and decisions on scope have sections of their own; a registry tells of every
alias it moves, and the version that it means is told as deployed."""
_MOST = 150


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the changes by the day from which each holds, the newest first, and the triggers."""
    size = known_size(view.connection, as_of)
    stored = log.read_subject_stored(view.connection, sheet.row.key, size)
    found = [envelopes.from_body(one.body, {}) for one in stored]
    changes = [one for one in found if _is_change(one, as_of)]
    changes.sort(key=lambda one: one.effective, reverse=True)
    others = numbers(view.connection, _others(changes))
    rows = tuple(_row(sheet, one, others) for one in changes[:_MOST])
    left = len(changes) - len(rows)
    more = (Field("changes_left_out", cells.count(left)),) if left else ()
    return Chapter(
        "changes",
        (Part("changes", fields=more, grid=Grid(_COLUMNS, rows)), _triggered(view, sheet, as_of)),
    )


def _others(changes: list[Envelope]) -> Iterator[str]:
    links = (one.payload for one in changes)
    yield from (one.other for one in links if isinstance(one, ModelLinked | ModelUnlinked))


def _is_change(envelope: Envelope, as_of: AsOf) -> bool:
    name = registry.name_of(type(envelope.payload))
    at = as_of.at_text
    is_then = at is None or clock.to_text(envelope.effective) <= at
    return is_then and name.startswith(_OF_MODEL) and name not in _NOT_CHANGES


def _row(sheet: ModelSheet, envelope: Envelope, others: Mapping[str, str]) -> tuple[Cell, ...]:
    person = envelope.actor.person
    return (
        cells.day(envelope.effective.date()),
        cells.code(f"event.{registry.name_of(type(envelope.payload))}"),
        _what(sheet, envelope, others),
        cells.person(sheet.names, person),
    )


def _what(sheet: ModelSheet, envelope: Envelope, others: Mapping[str, str]) -> Cell:
    if isinstance(envelope.payload, ModelLinked | ModelUnlinked):
        other = others.get(envelope.payload.other, envelope.payload.other)
        return Value(Kind.CODE, f"link.{envelope.payload.kind.value}"), Value(Kind.TEXT, other)
    if isinstance(envelope.payload, DeploymentClosed):
        named = (one for one in sheet.deployments if one.key == envelope.payload.deployment)
        return next((_runs(one.label, one.environment) for one in named), cells.NONE)
    if isinstance(envelope.payload, DeploymentOpened):
        return _runs(envelope.payload.label, envelope.payload.environment, envelope.payload.role)
    if isinstance(envelope.payload, ModelTierOverridden):
        return cells.text(str(envelope.payload.tier))
    if isinstance(envelope.payload, ModelTiered):
        return _edition(envelope.payload)
    told = summarise(envelope.payload)
    if isinstance(envelope.payload, ModelEdited):
        names = (name.removeprefix("-") for name in told.split(", "))
        return tuple(_named(sheet, name) for name in names)
    if isinstance(envelope.payload, ModelMoved):
        return cells.code(f"move.{envelope.payload.move.value}")
    return cells.text(told) if told else cells.NONE


def _edition(told: ModelTiered) -> Cell:
    both = (read_words(language) for language in ("en", "de"))
    said = (one.text("dossier.edition", name=told.template, version=told.version) for one in both)
    return (Value(Kind.BILINGUAL, "\n".join(said)),)


def _runs(label: str, environment: str, role: str = "") -> Cell:
    return cells.place(f"{label} → ", environment, f" ({role})" if role else "")


def _named(sheet: ModelSheet, field: str) -> Value:
    if not field.startswith(PREFIX):
        return Value(Kind.CODE, f"field.{field}")
    labels = (one.definition.labels for one in sheet.own_fields if one.definition.key == field)
    told = next((f"{one.en}\n{one.de or one.en}" for one in labels), field)
    return Value(Kind.BILINGUAL, told)


def _triggered(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Part:
    key = sheet.row.key
    wanted = ItemFilter(("validation",), scope=ItemScope.ALL, models=(key,), as_of=as_of)
    sheets = (read_item(view, row.id, as_of) for row in queries.list_items(view.connection, wanted))
    rows = tuple(
        (
            (Value(Kind.BILINGUAL, label_of(one.row)),),
            cells.code(f"validation.choice.{one.state.details.trigger}"),
            cells.day(one.row.opened),
            cells.code(f"validation.stage.{one.row.stage}"),
        )
        for one in sheets
        if isinstance(one.state.details, ValidationDetails) and one.state.details.trigger
    )
    if rows:
        return Part("triggers", grid=Grid(_TRIGGERS, rows))
    return Part("triggers", fields=(Field("triggers", cells.NONE),))
