"""Breaches as they follow from evaluations, from opened to cleared, and what they call for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import mlops_desktop.store.queries.items as item_queries
import mlops_desktop.store.queries.monitoring as queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.breaches import (
    BreachDetails,
    BreachLevel,
    BreachMoved,
    BreachOpened,
)
from mlops_desktop.core.events.exceptions import (
    ExceptionDetails,
    ExceptionMoved,
    ExceptionOpened,
    ExceptionRule,
)
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.events.thresholds import Level
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.monitoring import segment_text
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.validations import Trigger
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.monitoring.limits import limit_of
from mlops_desktop.services.monitoring.runs import Judged
from mlops_desktop.services.session import must_commit
from mlops_desktop.services.validations import fire
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.monitoring import OpenBreach, SeriesFacts
from mlops_desktop.store.unit_of_work import WriteSession

_BREACHED = {Level.RED: BreachLevel.RED, Level.AMBER: BreachLevel.AMBER}


@dataclass(frozen=True, slots=True)
class Cause:
    """The delivery that brought a value: its batch, and the digest of the series' bytes in it."""

    batch: str | None = None
    digest: str | None = None


def follow(
    work: WriteSession,
    one: SeriesFacts,
    model: str,
    judged: Sequence[Judged],
    cause: Cause,
    *,
    is_over: bool = False,
) -> None:
    """Let a model's breach follow what a series came to; ``is_over`` says nothing holds any more.

    A red one calls for a validation and, as long as no action is planned, is an exception.
    """
    found = queries.open_breaches(work.connection, model)
    breach = next((known for known in found if known.details.series == one.id), None)
    was_red = breach is not None and breach.details.level is BreachLevel.RED
    for item in judged:
        breach = _step(work, one, model, item, cause, breach)
    if is_over and breach is not None:
        _move(work, breach, "clear", BreachDetails(), None)
        breach = None
    is_red = breach is not None and breach.details.level is BreachLevel.RED
    if is_red and not was_red and breach is not None and _is_current(work, model):
        trigger = Trigger.DRIFT if one.details.kind is SeriesKind.STABILITY else Trigger.BREACH
        fire(work, model, trigger, _title(breach.details))
    mind_plan(work, model)


def _step(
    work: WriteSession,
    one: SeriesFacts,
    model: str,
    item: Judged,
    cause: Cause,
    breach: OpenBreach | None,
) -> OpenBreach | None:
    level = _BREACHED.get(item.level)
    details = _details(one, item, level, cause)
    if breach is None:
        return _open(work, one, model, details, item.at) if level is not None else None
    if level is breach.details.level:
        return breach
    if level is None:
        _move(work, breach, "clear", replace(details, level=None), item.at)
        return None
    step = "worsen" if level is BreachLevel.RED else "ease"
    given = replace(details, title=must_commit(_title(replace(details, metric=_metric(one)))))
    return _move(work, breach, step, given, item.at)


def _metric(one: SeriesFacts) -> str:
    return one.details.metric or one.details.name or ""


def _details(
    one: SeriesFacts, item: Judged, level: BreachLevel | None, cause: Cause
) -> BreachDetails:
    bounds = item.version.bounds
    assert bounds is not None
    return BreachDetails(
        level=level,
        value=item.value,
        unit=bounds.unit or one.details.unit,
        measured_on=item.at.date(),
        side=bounds.side,
        warning=bounds.warning,
        intervention=bounds.intervention,
        warning_high=bounds.warning_high,
        intervention_high=bounds.intervention_high,
        threshold_from=item.version.since.date(),
        batch=cause.batch,
        digest=cause.digest,
    )


def _open(
    work: WriteSession, one: SeriesFacts, model: str, details: BreachDetails, at: datetime
) -> OpenBreach:
    person = work.ask(present.current_state, model).details
    told = replace(
        details,
        metric=_metric(one),
        segment=segment_text(one.details.segment) or None,
        series=one.id,
        source=one.source,
        owner=person.monitoring_owner or person.owner,
    )
    told = replace(told, title=must_commit(_title(told)))
    id, effective = new_id(), min(at, clock.now())
    work.record(BreachOpened(id, (model,), told), effective=effective)
    return OpenBreach(id, "", "open", told, effective)


def _move(
    work: WriteSession, breach: OpenBreach, step: str, details: BreachDetails, at: datetime | None
) -> OpenBreach:
    # Never before what was last done about it: a late measurement cannot undo an acknowledgement.
    effective = min(max(at, breach.effective), clock.now()) if at is not None else None
    work.record(BreachMoved(breach.id, step, details), effective=effective)
    after = replace(
        breach.details, level=details.level, value=details.value, measured_on=details.measured_on
    )
    return replace(breach, details=after, effective=effective or clock.now())


def _title(details: BreachDetails) -> str:
    segment = f" ({details.segment})" if details.segment else ""
    unit, limit = f" {details.unit}" if details.unit else "", limit_of(details)
    beyond = f" {limit}{unit}" if limit else ""
    return f"{details.metric}{segment} {details.value}{unit}{beyond}".strip()


def _is_current(work: WriteSession, model: str) -> bool:
    is_decided = bool(work.ask(present.decided, (model,)))
    return is_decided and work.ask(present.current_state, model).stage is not State.RETIRED


def mind_plan(work: WriteSession, model: str) -> None:
    """Open the exception of every red breach without a plan, and settle those that have one."""
    work.rows.flush()
    breaches = queries.open_breaches(work.connection, model)
    bare = {
        one.number: one
        for one in breaches
        if one.details.level is BreachLevel.RED and one.stage != "planned"
    }
    told = _told(work, model)
    for number, one in bare.items():
        if number not in told.values() and _is_current(work, model):
            work.record(ExceptionOpened(new_id(), (model,), _exception(number, one.details)))
    for id, number in told.items():
        if number not in bare:
            work.record(ExceptionMoved(id, "settle", ExceptionDetails()))


def _exception(number: str, details: BreachDetails) -> ExceptionDetails:
    return ExceptionDetails(
        owner=details.owner,
        rule=ExceptionRule.BREACH_WITHOUT_PLAN,
        subject=number,
        evidence=tuple(part for part in (details.digest,) if part),
    )


def _told(work: WriteSession, model: str) -> dict[str, str]:
    """Return the open exceptions about breaches without a plan, each with the breach's number."""
    wanted = ItemFilter(("exception",), scope=ItemScope.OPEN, models=(model,))
    found: dict[str, str] = {}
    for row in item_queries.list_items(work.connection, wanted):
        details = item_queries.current_details(work.connection, row.id)
        if (
            isinstance(details, ExceptionDetails)
            and details.rule is ExceptionRule.BREACH_WITHOUT_PLAN
        ):
            found[row.id] = details.subject or ""
    return found


def mind_plans(work: WriteSession, breaches: Iterable[str]) -> None:
    """Do so for the models of these breaches."""
    models: dict[str, None] = {}
    for id in breaches:
        models |= dict.fromkeys(item_queries.current_row(work.connection, id).models)
    for model in models:
        mind_plan(work, model)
