"""Legal entities that have to do with a model, and its approval in each."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.items.entities import ENTITY
from mlops_desktop.dossier.content import Chapter, Field, Kind, Missing, Part, Reason, Value
from mlops_desktop.services.dossiers.standing import approval_values
from mlops_desktop.services.entity_parts import EntityPart, parts_of
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.entities import Entity, list_entities
from mlops_desktop.store.queries.request_names import request_names
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 14


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return every entity that developed, owns or uses the model, or that an approval names."""
    known = {one.id: one for one in list_entities(view.connection, as_of)}
    parts = [
        Part(ENTITY.noun, part.name, tuple(_fields(view, sheet, part, known.get(part.id))))
        for part in parts_of(sheet, as_of.day)
    ]
    return Chapter(ENTITY.plural, tuple(parts) or Missing(Reason.NOT_RECORDED))


def _approval(sheet: ModelSheet, part: EntityPart) -> tuple[Value, ...]:
    held = [one for id in part.requests if (one := sheet.state.request(id)) is not None]
    until = min((one.valid_until for one in held if one.valid_until is not None), default=None)
    bound, paper = any(one.is_conditional for one in held), part.is_on_paper
    return approval_values(part.approval, until, is_bound=bound, is_on_paper=paper)


def _fields(
    view: ReadSession, sheet: ModelSheet, part: EntityPart, entity: Entity | None
) -> Iterator[Field]:
    yield Field("entity_roles", tuple(_code(f"entity_{role}") for role in part.roles))
    if part.is_use:
        yield Field("entity_approval", _approval(sheet, part))
        holding = request_names(view.connection, part.requests)
        yield Field("entity_requests", _texts(*holding) or Missing(Reason.NONE_YET))
    if part.versions:
        yield Field("entity_serving", _texts(*part.versions))
    for name in ("short_name", "country", "region", "lei"):
        value = getattr(entity.details, name) if entity is not None else None
        if value:
            yield Field(f"{ENTITY.noun}.{name}", _texts(value))


def _texts(*texts: str) -> tuple[Value, ...]:
    return tuple(Value(Kind.TEXT, text) for text in texts)


def _code(code: str) -> Value:
    return Value(Kind.CODE, code)
