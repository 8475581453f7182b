"""Breaches as they follow from evaluations, from opened to cleared, and what they call for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import mlops_desktop.store.queries.monitoring as queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.breaches import (
    BreachDetails,
    BreachLevel,
    BreachMoved,
    BreachOpened,
)
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.events.thresholds import Level
from mlops_desktop.core.monitoring import segment_text
from mlops_desktop.core.validations import Trigger
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.monitoring.limits import limit_of
from mlops_desktop.services.monitoring.plans import current_of, mind_plans
from mlops_desktop.services.monitoring.runs import Judged
from mlops_desktop.services.session import must_commit
from mlops_desktop.services.validations import Firing, fire_each
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.monitoring import OpenBreach, SeriesFacts
from mlops_desktop.store.unit_of_work import WriteSession

_BREACHED = {Level.RED: BreachLevel.RED, Level.AMBER: BreachLevel.AMBER}


@dataclass(frozen=True, slots=True)
class Cause:
    """The delivery that brought a value: its batch, and the digest of the series' bytes in it."""

    batch: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a series came to for a model; ``is_over`` says that nothing holds for it any more."""

    series: SeriesFacts
    model: str
    judged: Sequence[Judged]
    cause: Cause
    is_over: bool = False


def follow_each(work: WriteSession, found: Sequence[Judgement]) -> None:
    """Let breaches follow what series came to, each of its model.

    A red one calls for a validation and, as long as no action is planned, is an exception.
    """
    if not found:
        return
    models = tuple(dict.fromkeys(one.model for one in found))
    known = queries.open_breaches(work.connection, models)
    owners = _owners(work, found)
    fired: list[Firing] = []
    for one in found:
        mine = known.get(one.model, ())
        breach = next((each for each in mine if each.details.series == one.series.id), None)
        fired += _follow(work, one, breach, owners.get(one.model))
    current = current_of(work, tuple(dict.fromkeys(one.model for one in fired)))
    fire_each(work, [one for one in fired if one.model in current])
    mind_plans(work, models)


def _owners(work: WriteSession, found: Iterable[Judgement]) -> dict[str, str | None]:
    """Return who looks after each model with a value out of its bounds."""
    wanted = (one.model for one in found if any(item.level in _BREACHED for item in one.judged))
    states = work.ask(present.current_states, tuple(dict.fromkeys(wanted)))
    return {
        key: state.details.monitoring_owner or state.details.owner for key, state in states.items()
    }


def _follow(
    work: WriteSession, one: Judgement, breach: OpenBreach | None, owner: str | None
) -> Iterator[Firing]:
    was_red = _is_red(breach)
    for item in one.judged:
        breach = _step(work, one, item, breach, owner)
    if one.is_over and breach is not None:
        _move(work, breach, "clear", BreachDetails(), None)
        breach = None
    if breach is not None and _is_red(breach) and not was_red:
        is_drift = one.series.details.kind is SeriesKind.STABILITY
        trigger = Trigger.DRIFT if is_drift else Trigger.BREACH
        yield Firing(one.model, trigger, _title(breach.details))


def _is_red(breach: OpenBreach | None) -> bool:
    return breach is not None and breach.details.level is BreachLevel.RED


def _step(
    work: WriteSession, one: Judgement, item: Judged, breach: OpenBreach | None, owner: str | None
) -> OpenBreach | None:
    level = _BREACHED.get(item.level)
    details = _details(one, item, level)
    if breach is None:
        return _open(work, one, details, item.at, owner) if level is not None else None
    if level is breach.details.level:
        return breach
    if level is None:
        _move(work, breach, "clear", replace(details, level=None), item.at)
        return None
    step = "worsen" if level is BreachLevel.RED else "ease"
    given = replace(details, title=must_commit(_title(replace(details, metric=_metric(one)))))
    return _move(work, breach, step, given, item.at)


def _metric(one: Judgement) -> str:
    return one.series.details.metric or one.series.details.name or ""


def _details(one: Judgement, item: Judged, level: BreachLevel | None) -> BreachDetails:
    bounds = item.version.bounds
    assert bounds is not None
    return BreachDetails(
        level=level,
        value=item.value,
        unit=bounds.unit or one.series.details.unit,
        measured_on=item.at.date(),
        side=bounds.side,
        warning=bounds.warning,
        intervention=bounds.intervention,
        warning_high=bounds.warning_high,
        intervention_high=bounds.intervention_high,
        threshold_from=item.version.since.date(),
        batch=one.cause.batch,
        digest=one.cause.digest,
    )


def _open(
    work: WriteSession, one: Judgement, details: BreachDetails, at: datetime, owner: str | None
) -> OpenBreach:
    told = replace(
        details,
        metric=_metric(one),
        segment=segment_text(one.series.details.segment) or None,
        series=one.series.id,
        source=one.series.source,
        owner=owner,
    )
    told = replace(told, title=must_commit(_title(told)))
    id, effective = new_id(), min(at, clock.now())
    work.record(BreachOpened(id, (one.model,), told), effective=effective)
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
