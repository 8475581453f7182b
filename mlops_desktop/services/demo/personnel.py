"""Acts around persons: who stood in for whom, what a leaver handed over, what was erased."""

from collections.abc import Iterator

from mlops_desktop import paths
from mlops_desktop.core.retention import Retained
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import delegations, handovers, items
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.retention import erasing
from mlops_desktop.services.retention.rules import define_rule


class DelegationPart(Strict, frozen=True):
    """Somebody let another sign in his place, from a day to a day."""

    giver: str
    holder: str
    on: str
    until: str
    why: str


class HandoverPart(Strict, frozen=True):
    """All that a leaver held was offered to another, who accepted."""

    giver: str
    receiver: str
    on: str
    by: str
    why: str
    accepted: str


class ErasurePart(Strict, frozen=True):
    """A retention rule, and the day on which it erased the item of a title."""

    rule: str
    kinds: tuple[str, ...]
    months: int
    on: str
    by: str
    why: str
    run: str
    title: str
    reason: str


class Personnel(Strict, frozen=True):
    """Everything of the file."""

    delegation: tuple[DelegationPart, ...]
    handover: tuple[HandoverPart, ...]
    erasure: tuple[ErasurePart, ...]


def read_personnel() -> Personnel:
    """Return what concerns the persons of the sample bank; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "personnel.toml"), Personnel)


def plan_personnel(wanted: Personnel, calendar: Calendar) -> Iterator[Act]:
    """Yield every act; a delegation is granted before anybody decides on that day."""
    for one in wanted.delegation:
        yield Act(calendar.moment(one.on, Hours.CONNECT), _delegate(one))
    for offer in wanted.handover:
        named: list[str] = []
        yield Act(calendar.moment(offer.on, Hours.STEP), _offer(offer, named))
        yield Act(calendar.moment(offer.accepted, Hours.STEP), _accept(offer, named))
    for rule in wanted.erasure:
        yield Act(calendar.moment(rule.on, Hours.EDIT), _define(rule))
        yield Act(calendar.moment(rule.run, Hours.EDIT), _erase(rule))


def _delegate(part: DelegationPart) -> Perform:
    def perform(stage: Stage) -> None:
        begins, ends = stage.calendar.day(part.on), stage.calendar.day(part.until)
        wanted = delegations.NewDelegation(part.holder, begins, ends, reason=part.why)
        delegations.grant_delegation(stage.acting(part.giver), wanted, stage.unlock)

    return perform


def _offer(part: HandoverPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        session, who = stage.acting(part.by), (part.giver, part.receiver)
        named.append(handovers.offer_handover(session, *who, reason=part.why).id)

    return perform


def _accept(part: HandoverPart, named: list[str]) -> Perform:
    return lambda stage: handovers.accept_handover(stage.acting(part.receiver), named[0])


def _define(part: ErasurePart) -> Perform:
    told = (part.rule, Retained.ITEMS, part.months, part.why, part.kinds)
    return lambda stage: define_rule(stage.acting(part.by), *told)


def _erase(part: ErasurePart) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(part.by)
        wanted = ItemFilter(part.kinds, scope=ItemScope.ALL)
        rows = items.list_items(session, wanted)
        only = tuple(row.number for row in rows if row.title == part.title)
        erasing.run_rule(session, part.rule, part.reason, only)

    return perform
