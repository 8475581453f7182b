"""Delegations: who lets whom sign in his place, until when, for what."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.delegations import list_delegations
from mlops_desktop.services.models import show_model
from mlops_desktop.services.people import names_by_id
from mlops_desktop.services.rows import DelegationRow
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[str, Mood] = {"holds": "good", "not_begun": "info", "ended": "idle", "revoked": "idle"}


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A delegation with the names it needs; ``models`` are pairs of number and label."""

    row: DelegationRow
    giver: str
    holder: str
    models: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The delegation's id."""
        return self.row.delegation.id


def standing(context: Context, line: DelegationLine) -> str:
    """Return where a delegation stands on the day shown."""
    one, day = line.row.delegation, context.as_of.day
    if one.is_revoked:
        return "revoked"
    if one.ends < day:
        return "ended"
    return "holds" if one.begins <= day else "not_begun"


def can_end(context: Context, line: DelegationLine) -> bool:
    """Whether it still holds or will; who may take it back is the service's to say."""
    return standing(context, line) in ("holds", "not_begun")


def _status(context: Context, line: DelegationLine) -> Status:
    stands = standing(context, line)
    return Status(_MOODS[stands], say(context, f"delegation.{stands}"))


def _scope(context: Context, line: DelegationLine) -> str:
    kinds = (context.say(f"rules.kind.{one.value}") for one in line.row.delegation.mandate.kinds)
    told = [id for id, _ in line.models] + list(kinds)
    return ", ".join(told) or say(context, "delegation.everything")


def _columns(context: Context) -> tuple[Column[DelegationLine], ...]:
    date = context.language.date
    return (
        Column("giver", "oversight.field.delegator", lambda one: one.giver, 20, strong=True),
        Column("holder", "oversight.field.deputy", lambda one: one.holder, 20, flexible=True),
        Column(
            "status",
            "oversight.field.status",
            lambda one: _status(context, one).word,
            18,
            status=partial(_status, context),
        ),
        Column("ends", "oversight.field.ends", lambda one: date(one.row.delegation.ends), 12),
        Column("scope", "oversight.field.mandate", lambda one: _scope(context, one), 22),
    )


def _head(context: Context, line: DelegationLine) -> Head:
    title = say(context, "delegation.title", giver=line.giver, holder=line.holder)
    return Head(title, _scope(context, line), (_status(context, line),))


def _groups(context: Context, line: DelegationLine, _: object) -> tuple[Group, ...]:
    return (Group("", tuple(_facts(context, line)), say(context, "delegation.lead")),)


def _facts(context: Context, line: DelegationLine) -> Iterator[Fact]:
    one, date = line.row.delegation, context.language.date
    yield fact(context, "delegator", line.giver)
    yield fact(context, "deputy", line.holder)
    yield fact(context, "begins", date(one.begins))
    yield fact(context, "ends", date(one.ends))
    kinds = ", ".join(context.say(f"rules.kind.{kind.value}") for kind in one.mandate.kinds)
    yield fact(context, "kinds", kinds or say(context, "delegation.everything"))
    for id, label in line.models:
        go = partial(context.show_page, "models", id)
        yield Fact(say(context, "field.models"), label, go=go)
    if line.row.reason:
        yield fact(context, "reason", line.row.reason)


def _fetch(session: Session, as_of: AsOf) -> tuple[DelegationLine, ...]:
    names = names_by_id(session)
    return tuple(
        DelegationLine(
            row,
            names.get(row.delegation.giver, row.delegation.giver),
            names.get(row.delegation.holder, row.delegation.holder),
            tuple(_label(session, key) for key in row.delegation.mandate.models),
        )
        for row in reversed(list_delegations(session, as_of))
    )


def _label(session: Session, key: str) -> tuple[str, str]:
    row = show_model(session, key).row
    return row.id, f"{row.id} {row.name}"


def _words(context: Context, line: DelegationLine) -> str:
    said = (line.giver, line.holder, _status(context, line).word, _scope(context, line))
    return " ".join((*said, line.row.reason or ""))


PART: Part[DelegationLine] = Part(
    "delegations",
    ListSpec(
        "oversight_delegations",
        "oversight.section.delegations",
        _columns,
        EmptyText("oversight.empty.delegations", "delegation.grant", "person"),
        actions=("delegation.revoke",),
    ),
    _fetch,
    _words,
    _head,
    (("oversight.tab.delegation", _groups),),
    ("delegation.revoke",),
    "",
    keys={
        "giver": lambda one: one.giver,
        "holder": lambda one: one.holder,
        "ends": lambda one: one.row.delegation.ends,
    },
)
