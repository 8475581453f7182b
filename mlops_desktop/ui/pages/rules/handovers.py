"""Handovers: what a leaver held, offered to whom, and what became of the offer."""

from collections.abc import Iterator
from functools import partial

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.handovers import HandoverState
from mlops_desktop.services.handovers import Handover, OfferedModel, list_handovers
from mlops_desktop.services.items import ItemRow
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_words
from mlops_desktop.ui.pages.governance.said import say_title
from mlops_desktop.ui.pages.models.said import field_name
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_when
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[HandoverState, Mood] = {
    HandoverState.OFFERED: "info",
    HandoverState.ACCEPTED: "good",
    HandoverState.REFUSED: "idle",
}


def waits_for_me(context: Context, one: Handover) -> bool:
    """Whether who acts is the one to answer an offer."""
    return one.row.waits_for(context.session.actor.person)


def handover_status(context: Context, one: Handover) -> Status:
    """Return the chip of where an offer stands; one that waits for who acts stands out."""
    if waits_for_me(context, one):
        return Status("warn", say(context, "handover.mine"))
    state = one.row.state
    return Status(_MOODS[state], say(context, f"handover.{state.value}"))


def _columns(context: Context) -> tuple[Column[Handover], ...]:
    number = context.language.number
    return (
        Column("giver", "oversight.field.giver", lambda one: one.giver, 18, strong=True),
        Column("receiver", "oversight.field.receiver", lambda one: one.receiver, 18, flexible=True),
        Column(
            "status",
            "oversight.field.status",
            lambda one: handover_status(context, one).word,
            20,
            status=partial(handover_status, context),
            key=True,
        ),
        Column(
            "models", "oversight.field.models", lambda one: number(len(one.models)), 8, numeric=True
        ),
        Column(
            "items", "oversight.field.items", lambda one: number(len(one.items)), 9, numeric=True
        ),
        Column(
            "offered",
            "oversight.field.offered",
            lambda one: say_when(context, one.row.at),
            16,
            key=True,
        ),
    )


def _head(context: Context, one: Handover) -> Head:
    title = say(context, "handover.title", giver=one.giver, receiver=one.receiver)
    return Head(title, say_when(context, one.row.at), (handover_status(context, one),))


def _groups(context: Context, one: Handover, _: object) -> tuple[Group, ...]:
    number = context.language.number
    models = say(context, "handover.models", n=number(len(one.models)))
    items = say(context, "handover.items", n=number(len(one.items)))
    groups = (
        Group("", tuple(_facts(context, one)), say(context, "handover.lead")),
        Group(models, tuple(_model(context, held) for held in one.models)),
        Group(items, tuple(_item(context, row) for row in one.items)),
    )
    return tuple(group for group in groups if group.facts)


def _facts(context: Context, one: Handover) -> Iterator[Fact]:
    row = one.row
    yield fact(context, "giver", one.giver)
    yield fact(context, "receiver", one.receiver)
    if row.offer.reason is not None:
        yield fact(context, "reason", say_words(context, row.offer.reason))
    if row.answered_at is None:
        yield fact(context, "handover_answered", say(context, "gap.not_yet"), "warn")
    else:
        yield fact(context, "handover_answered", say_when(context, row.answered_at))
    if row.refusal is not None:
        yield fact(context, "declined", say_words(context, row.refusal))


def _model(context: Context, held: OfferedModel) -> Fact:
    roles = ", ".join(field_name(context, role) for role in held.roles)
    named = f"{held.model.id} {held.model.name}"
    return Fact(roles, named, go=partial(context.show_page, "models", held.model.id))


def _item(context: Context, row: ItemRow) -> Fact:
    go = partial(context.show_page, "governance", row.id)
    return Fact(row.number, say_title(context, row), go=go)


def _fetch(session: Session, as_of: AsOf) -> tuple[Handover, ...]:
    return tuple(reversed(list_handovers(session, as_of)))


def _words(context: Context, one: Handover) -> str:
    told = [held.model.id for held in one.models] + [row.number for row in one.items]
    status = handover_status(context, one).word
    return " ".join((one.giver, one.receiver, status, *told))


PART: Part[Handover] = Part(
    "handovers",
    ListSpec(
        "oversight_handovers",
        "oversight.section.handovers",
        _columns,
        EmptyText("oversight.empty.handovers", "handover.offer", "person"),
        actions=("handover.accept", "handover.decline"),
    ),
    _fetch,
    _words,
    _head,
    (("oversight.tab.handover", _groups),),
    ("handover.accept", "handover.decline"),
    "handover.accept",
    keys={
        "giver": lambda one: one.giver,
        "receiver": lambda one: one.receiver,
        "status": lambda one: one.row.state.value,
        "models": lambda one: len(one.models),
        "items": lambda one: len(one.items),
        "offered": lambda one: one.row.at,
    },
)
