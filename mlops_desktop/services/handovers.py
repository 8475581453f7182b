"""What a leaver holds, and handing it over: effective once the receiver alone has accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.handovers import (
    HandoverAccepted,
    HandoverOffered,
    HandoverRefused,
)
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.handovers import HandoverState, HeldModel, answer_refusal
from mlops_desktop.core.inventory import PERSON_FIELDS, ModelDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.reviews import find_waiting
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import handovers as queries
from mlops_desktop.store.queries import items as item_queries
from mlops_desktop.store.queries import models as model_queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.handovers import HandoverRow
from mlops_desktop.store.queries.inventory_index import list_holdings
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.queries.succession import ModelName, name_model
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

_ANSWERING = "owner"


@dataclass(frozen=True, slots=True)
class Held:
    """A model in which a person is named, and as what."""

    row: ModelRow
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a person holds: models by role, open items, requests waiting for his decision."""

    person: str
    name: str
    models: tuple[Held, ...]
    items: tuple[ItemRow, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model on offer, and the roles in it that change hands."""

    model: ModelName
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """An offer in names and numbers, for window and command line."""

    row: HandoverRow
    giver: str
    receiver: str
    models: tuple[OfferedModel, ...]
    items: tuple[ItemRow, ...]

    @property
    def id(self) -> str:
        """The id of the offer."""
        return self.row.offer.handover


def list_held(session: Session, named: str) -> Holdings:
    """Return what a person holds; raises ``person.not_found``."""
    with session.workspace.read() as view:
        person = people.find_person(view.connection, named)
        models, items = _held_models(view, person.id), _held_items(view, person.id, person.name)
    theirs = replace(session, actor=replace(session.actor, person=person.id))
    waiting = tuple(sorted(find_waiting(theirs)))
    return Holdings(person.id, person.name, models, items, waiting)


def _held_models(view: ReadSession | WriteSession, person: str) -> tuple[Held, ...]:
    held = dict(list_holdings(view.connection, person, PERSON_FIELDS))
    rows = model_queries.list_models(view.connection, ModelFilter(scope=Scope.ALL))
    found = (Held(row, _changing(row, held[row.key])) for row in rows if row.key in held)
    return tuple(one for one in found if one.roles)


def _changing(row: ModelRow, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles that change hands: of a retired model, who answers for its documents."""
    if row.state is State.REJECTED:
        return ()
    return tuple(one for one in roles if one == _ANSWERING or row.state is not State.RETIRED)


def _held_items(view: ReadSession | WriteSession, person: str, name: str) -> tuple[ItemRow, ...]:
    found = item_queries.list_items(view.connection, ItemFilter(owners=(name,)))
    return tuple(row for row in found if row.owner_id == person)


@locks_late
def offer_handover(
    session: Session, giver: str, receiver: str, *, reason: str | None = None
) -> Recorded:
    """Offer all that a person holds to another.

    Raises ``person.not_found``, ``handover.to_self``, ``handover.receiver_revoked``,
    ``handover.nothing_held``, ``handover.offered_already``.
    """
    with session.workspace.write(session.actor) as work:
        one, other = (people.find_person(work.connection, who) for who in (giver, receiver))
        if one.id == other.id:
            raise AppError("handover.to_self", where="to", name=one.name)
        if other.is_revoked:
            raise AppError("handover.receiver_revoked", where="to", name=other.name)
        _refuse_second(work, one.id, one.name)
        models = tuple(HeldModel(held.row.key, held.roles) for held in _held_models(work, one.id))
        items = tuple(row.id for row in _held_items(work, one.id, one.name))
        if not models and not items:
            raise AppError("handover.nothing_held", where="name", name=one.name)
        id = new_id()
        offer = HandoverOffered(id, one.id, other.id, models, items, commit_text(reason))
        work.record(offer)
    return Recorded(id, work.changes)


def _refuse_second(work: WriteSession, giver: str, name: str) -> None:
    for row in queries.list_handovers(work.connection):
        if row.state is HandoverState.OFFERED and row.offer.giver == giver:
            raise AppError("handover.offered_already", where="name", name=name)


@locks_late
def accept_handover(session: Session, named: str) -> Recorded:
    """Take over what was offered, as far as the giver still holds it.

    Raises ``handover.not_found``, ``handover.only_receiver``, ``handover.answered``.
    """
    with session.workspace.write(session.actor) as work:
        offer = _open_offer(work, named)
        work.record(HandoverAccepted(offer.handover))
        for held in offer.models:
            _hand_model(work, offer, held)
        for item in offer.items:
            _hand_item(work, offer, item)
    return Recorded(offer.handover, work.changes)


@locks_late
def refuse_handover(session: Session, named: str, reason: str | None = None) -> Recorded:
    """Not take over what was offered; raises as :func:`accept_handover`, and without a reason."""
    if not (reason and reason.strip()):
        raise AppError("handover.reason_missing", where="reason")
    with session.workspace.write(session.actor) as work:
        offer = _open_offer(work, named)
        work.record(HandoverRefused(offer.handover, commit_text(reason)))
    return Recorded(offer.handover, work.changes)


def _open_offer(work: WriteSession, named: str) -> HandoverOffered:
    row = queries.find_handover(work.connection, named)
    rule = answer_refusal(row.state, row.offer.receiver, work.actor.person)
    if rule is not None:
        name = people.names(work.connection).get(row.offer.receiver, "")
        raise AppError(f"handover.{rule}", where="id", name=name)
    return row.offer


def _hand_model(work: WriteSession, offer: HandoverOffered, held: HeldModel) -> None:
    details = model_queries.get_model(work.connection, held.model).state.details
    still = [role for role in held.roles if getattr(details, role) == offer.giver]
    if still:
        changes = ModelDetails(**dict.fromkeys(still, offer.receiver))  # type: ignore[arg-type]
        work.record(ModelEdited(held.model, changes, (), offer.reason))


def _hand_item(work: WriteSession, offer: HandoverOffered, item: str) -> None:
    found = item_queries.get_item(work.connection, item)
    kind = kind_named(found.row.kind)
    if found.row.is_closed or found.state.details.owner != offer.giver:
        return
    make = cast(Any, kind.edited)
    work.record(make(item, kind.details(owner=offer.receiver), (), (), offer.reason))


def list_handovers(session: Session, as_of: AsOf = NOW) -> tuple[Handover, ...]:
    """Return every offer, the oldest first."""
    with session.workspace.read() as view:
        return tuple(_told(view, as_of))


def list_offered_to_me(session: Session) -> tuple[Handover, ...]:
    """Return the offers that wait for the acting person."""
    return tuple(one for one in list_handovers(session) if one.row.waits_for(session.actor.person))


def count_offered(session: Session) -> int:
    """Return how many offers wait for the acting person."""
    with session.workspace.read() as view:
        rows = queries.list_handovers(view.connection)
    return sum(row.waits_for(session.actor.person) for row in rows)


def _told(view: ReadSession, as_of: AsOf) -> Iterator[Handover]:
    names = people.names(view.connection)
    for row in queries.list_handovers(view.connection, as_of):
        offer = row.offer
        yield Handover(
            row,
            names.get(offer.giver, offer.giver),
            names.get(offer.receiver, offer.receiver),
            tuple(
                OfferedModel(name_model(view.connection, held.model, as_of), held.roles)
                for held in offer.models
            ),
            tuple(item_queries.get_item(view.connection, one, as_of).row for one in offer.items),
        )
