"""What risk management does with a campaign: opens, extends, withdraws and closes it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.attestations import Asked, Coverage, Gap, Stage, Target, read_percent
from mlops_desktop.core.date_rules import check_plausible
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.campaigns import (
    CampaignClosed,
    CampaignExtended,
    CampaignOpened,
    CampaignScoped,
    CampaignWithdrawn,
)
from mlops_desktop.core.identity import Role
from mlops_desktop.core.lifecycle import NOT_CURRENT
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.attestations.showing import CampaignSheet, read_campaign
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.profiles.filtering import narrow_by_rules
from mlops_desktop.services.session import Recorded, Session, commit_text, must_commit
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.campaign_answers import AskedRow, list_owners
from mlops_desktop.store.queries.campaigns import CampaignRow, find_campaign
from mlops_desktop.store.queries.models import ModelFilter, list_models
from mlops_desktop.store.unit_of_work import WriteSession

_TIERS = {"1": 1, "2": 2, "3": 3, "4": 4, "unrated": None}
_AT_ONCE = 1_500  # ids of 36 characters, so that an event stays well below 256 KiB
_NAMED = 10


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a campaign is to ask: which models by a filter line, until when, to what coverage."""

    title: str
    statement: str
    due: date
    targets: tuple[Target, ...]
    scope: str = ""


def parse_target(text: str) -> Target:
    """Return a target as people type it: ``1=100``, ``unrated=90``.

    Raises ``campaign.target_refused``.
    """
    tier, _, percent = (part.strip() for part in text.partition("="))
    share = read_percent(percent)
    if tier not in _TIERS or share is None:
        raise AppError("campaign.target_refused", where="target", text=text)
    return Target(share, _TIERS[tier])


def open_campaign(session: Session, wanted: NewCampaign) -> Recorded:
    """Open a campaign and freeze its models with their tiers and owners; risk managers only.

    Raises ``campaign.refused_role``, ``campaign.title_missing``, ``campaign.statement_missing``,
    ``campaign.due_past``, ``campaign.target_missing``, ``campaign.target_twice``,
    ``campaign.nothing_in_scope`` and refusals of the filter.
    """
    _check(wanted)
    with session.workspace.read() as view:
        filtered = narrow_by_rules(view, parse_filter(wanted.scope))
    with session.workspace.write(session.actor) as work:
        _require_manager(work)
        found = _frozen(work, filtered)
        if not found:
            raise AppError("campaign.nothing_in_scope", where="scope", scope=wanted.scope)
        key = new_id()
        work.record(_opening(key, wanted))
        for tier, asked in found.items():
            for part in _parts(asked):
                work.record(CampaignScoped(key, part, tier))
    return Recorded(key, work.changes)


def _check(wanted: NewCampaign) -> None:
    for name in ("title", "statement"):
        if not getattr(wanted, name).strip():
            raise AppError(f"campaign.{name}_missing", where=name)
    if wanted.due < clock.today():
        raise AppError("campaign.due_past", where="due", day=wanted.due.isoformat())
    check_plausible("due", wanted.due)
    if not wanted.targets:
        raise AppError("campaign.target_missing", where="target")
    tiers = [target.tier for target in wanted.targets]
    if len(set(tiers)) < len(tiers):
        raise AppError("campaign.target_twice", where="target")


def _require_manager(work: WriteSession) -> None:
    person = people.get_person(work.connection, work.actor.person)
    if person.is_revoked or Role.RISK_MANAGER not in person.roles:
        raise AppError("campaign.refused_role", person=person.name)


def _frozen(work: WriteSession, filtered: ModelFilter) -> dict[int | None, list[Asked]]:
    owners = list_owners(work.connection)
    found: dict[int | None, list[Asked]] = defaultdict(list)
    for row in list_models(work.connection, filtered):
        if row.state not in NOT_CURRENT:
            found[row.tier].append(Asked(row.key, owners.get(row.key)))
    return found


def _opening(key: str, wanted: NewCampaign) -> CampaignOpened:
    return CampaignOpened(
        key,
        must_commit(wanted.title),
        must_commit(wanted.statement),
        wanted.due,
        wanted.targets,
        commit_text(wanted.scope),
    )


def _parts(asked: list[Asked]) -> Iterator[tuple[Asked, ...]]:
    for start in range(0, len(asked), _AT_ONCE):
        yield tuple(asked[start : start + _AT_ONCE])


@locks_late
def extend_campaign(session: Session, named: str, due: date, reason: str) -> Recorded:
    """Give more time.

    Raises ``campaign.refused_role``, ``campaign.not_open``, ``campaign.reason_missing``,
    ``campaign.not_later``.
    """
    with session.workspace.write(session.actor) as work:
        row = _running(work, named)
        if due <= row.due or due < clock.today():
            raise AppError("campaign.not_later", where="due", day=row.due.isoformat())
        check_plausible("due", due)
        work.record(CampaignExtended(row.key, due, _reason(reason)))
    return Recorded(row.key, work.changes)


@locks_late
def withdraw_campaign(session: Session, named: str, reason: str) -> Recorded:
    """End it without a result; what was answered stays on record.

    Raises ``campaign.refused_role``, ``campaign.not_open``, ``campaign.reason_missing``.
    """
    with session.workspace.write(session.actor) as work:
        row = _running(work, named)
        work.record(CampaignWithdrawn(row.key, _reason(reason)))
    return Recorded(row.key, work.changes)


@locks_late
def close_campaign(session: Session, named: str, remark: str | None = None) -> Recorded:
    """End it with every target reached.

    Raises ``campaign.refused_role``, ``campaign.not_open``, and ``campaign.targets_unmet``, which
    names the tiers with their counts and the models that block, by what they lack.
    """
    with session.workspace.write(session.actor) as work:
        row = _running(work, named)
        sheet = read_campaign(work, row)
        if sheet.unmet:
            raise _unmet(sheet)
        work.record(CampaignClosed(row.key, commit_text(remark)))
    return Recorded(row.key, work.changes)


def _running(work: WriteSession, named: str) -> CampaignRow:
    _require_manager(work)
    row = find_campaign(work.connection, named)
    if row.stage is not Stage.OPEN:
        raise AppError("campaign.not_open", id=row.id)
    return row


def _reason(text: str) -> Erasable:
    if not text.strip():
        raise AppError("campaign.reason_missing", where="reason")
    return must_commit(text)


def _unmet(sheet: CampaignSheet) -> AppError:
    blocking: dict[Gap, list[AskedRow]] = defaultdict(list)
    for row in sheet.blocking:
        if (gap := row.standing.gap) is not None:
            blocking[gap].append(row)
    named: dict[str, Any] = {gap.value: _ids(blocking[gap]) for gap in Gap}
    tiers = ", ".join(map(_short, sheet.unmet))
    return AppError("campaign.targets_unmet", id=sheet.row.id, tiers=tiers, **named)


def _short(one: Coverage) -> str:
    target = one.target.percent if one.target else ""
    tier = one.tier or "–"
    return f"{tier}: {one.covered}/{one.counting} ({one.percent} % < {target} %)"


def _ids(rows: Iterable[AskedRow]) -> str:
    found = [row.id for row in rows]
    more = [f"+{len(found) - _NAMED}"] if len(found) > _NAMED else []
    return ", ".join([*found[:_NAMED], *more]) or "–"
