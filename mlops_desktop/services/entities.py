"""Legal entities: what is checked before one is recorded, and a name found or registered."""

from collections.abc import Iterable

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.entities import EntityDetails, EntityRegistered
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries import entities as queries
from mlops_desktop.store.queries.entities import Entity
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

__all__ = ["Entity"]


def list_entities(session: Session) -> tuple[Entity, ...]:
    """Return every legal entity, closed ones too, by number."""
    with session.workspace.read() as view:
        return queries.list_entities(view.connection)


def check_entity(work: WriteSession, id: str, details: ItemDetails) -> None:
    """Refuse a legal entity that is called like another open one, or belongs to itself.

    Raises ``entity.name_taken``, ``entity.lei_taken``, ``entity.parent_circle``; other kinds of
    items pass.
    """
    if not isinstance(details, EntityDetails):
        return
    others = [one for one in queries.list_entities(work.connection) if one.id != id]
    _check_names(details, [one for one in others if not one.is_closed])
    parents = {one.id: one.details.parent for one in others}
    above = details.parent
    while above is not None:
        if above == id:
            raise AppError("entity.parent_circle", where="parent")
        above = parents.get(above)


def _check_names(details: EntityDetails, others: list[Entity]) -> None:
    name = details.title.text if details.title is not None else None
    for where, text in (("title", name), ("short_name", details.short_name)):
        taken = next((one for one in others if text and sort_key(text) in one.keys), None)
        if taken is not None:
            raise AppError("entity.name_taken", where=where, name=text or "", id=taken.number)
    for one in others:
        if details.lei is not None and details.lei == one.details.lei:
            raise AppError("entity.lei_taken", where="lei", lei=details.lei, id=one.number)


def register_named(work: WriteSession, name: str) -> str:
    """Register an entity of which nothing but its name is known, as an import does."""
    id, details = new_id(), EntityDetails(title=must_commit(name))
    check_entity(work, id, details)
    work.record(EntityRegistered(id, (), details))
    return id


def find_entities(view: ReadSession | WriteSession, named: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of legal entities by what they are called, each once, sorted.

    Raises ``entity.not_found``, ``entity.ambiguous``, each with ``entities`` in ``where``.
    """
    known = queries.list_entities(view.connection)
    try:
        return tuple(sorted({queries.choose_entity(known, one).id for one in named}))
    except AppError as error:
        error.where = "entities"
        raise
