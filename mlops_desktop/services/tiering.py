"""The tier of a model: assessed by a template, overridden for a time, shown with its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import mlops_desktop.store.queries.models as model_queries
import mlops_desktop.store.queries.tiering as queries
from mlops_desktop.core import clock, tiering
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.date_rules import check_plausible
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.tier_history import TierStep, tell
from mlops_desktop.core.tier_template_check import TIERS
from mlops_desktop.core.tier_templates import Template, TemplateStatus
from mlops_desktop.core.tiering import Basis, Computed, Override, Rating
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import list_items
from mlops_desktop.store.queries.models import ModelAsOf, ModelRow
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

_NO_MODELS = frozenset({State.CANDIDATE, State.REJECTED})


@dataclass(frozen=True, slots=True)
class TierSheet:
    """A model's tier with all that stands behind it; ``template`` is the one it was rated by."""

    row: ModelRow
    rating: Rating | None
    override: Override | None
    template: Template | None
    steps: tuple[TierStep, ...]
    names: Mapping[str, str]
    day: date
    high_findings: int = 0
    medium_findings: int = 0

    @property
    def basis(self) -> Basis | None:
        """What the tier rests on."""
        return self.row.tier_basis

    @property
    def inherent(self) -> int | None:
        """The computed tier."""
        return self.rating.computed.tier if self.rating is not None else None

    @property
    def residual(self) -> int | None:
        """The tier of the risk that remains, from the computed tier and what is open."""
        if self.inherent is None:
            return None
        return tiering.residual(self.inherent, self.high_findings, self.medium_findings)

    @property
    def has_lapsed(self) -> bool:
        """Whether an override was there that holds no longer."""
        return self.override is not None and not self.override.holds(self.day)


def show_tiering(session: Session, named: str, as_of: AsOf = NOW) -> TierSheet:
    """Return a model's tier as of any date; raises ``model.not_found``, ``model.…``."""
    with session.workspace.read() as view:
        return read_tiering(view, model_queries.find_model(view.connection, named), as_of)


def read_tiering(view: ReadSession, key: str, as_of: AsOf = NOW) -> TierSheet:
    """Return a model's tier, inside a read session."""
    found = model_queries.get_model(view.connection, key, as_of)
    rating = found.state.rating
    template = None
    if rating is not None:
        # The version a model was rated by is shown whatever became of it since.
        named = f"{rating.template}@{rating.version}"
        template = queries.find_template(view.connection, named).template
    steps = tell(queries.read_tellings(view.connection, key, as_of), as_of.day)
    names = people.names(view.connection)
    grave = _open_findings(view, key, as_of)
    return TierSheet(
        found.row, rating, found.state.override, template, steps, names, as_of.day, *grave
    )


def _open_findings(view: ReadSession, key: str, as_of: AsOf) -> tuple[int, int]:
    """Return how many findings of high and of medium severity are open about a model."""
    wanted = ItemFilter(kinds=("finding",), models=(key,), as_of=as_of)
    ranks = [row.rank for row in list_items(view.connection, wanted)]
    grades = list(Severity)
    return ranks.count(grades.index(Severity.HIGH)), ranks.count(grades.index(Severity.MEDIUM))


def preview(template: Template, answers: Mapping[str, str]) -> Computed | None:
    """Return what answers would make, None while a question is still open."""
    if any(item.id not in answers for item in template.questions):
        return None
    return tiering.compute(template, answers)


@locks_late
def assess_tier(
    session: Session,
    named: str,
    template: str,
    answers: Mapping[str, str],
    *,
    reason: str | None = None,
    effective: datetime | None = None,
) -> Recorded:
    """Rate a model by an active template; an override that is there ends.

    Raises ``tiering.template_not_found``, ``tiering.template_not_active``,
    ``tiering.not_a_model``, and what :func:`tiering.compute` refuses of the answers.
    """
    with session.workspace.write(session.actor) as work:
        found = _find(work, named)
        row = queries.find_template(work.connection, template)
        if row.status is not TemplateStatus.ACTIVE:
            raise AppError(
                "tiering.template_not_active",
                where="template",
                key=row.key,
                status=row.status.value,
            )
        computed = tiering.compute(row.template, answers)
        tiered = ModelTiered(
            found.state.id, row.template.id, row.template.version, computed, commit_text(reason)
        )
        work.record(tiered, effective=effective)
    return Recorded(found.state.id, work.changes)


@locks_late
def override_tier(
    session: Session,
    named: str,
    tier: int,
    reason: str,
    until: date | None,
    *,
    effective: datetime | None = None,
) -> Recorded:
    """Let another tier than the computed one hold, up to and including a day.

    Raises ``tiering.tier_refused``, ``tiering.reason_missing``, ``tiering.until_missing``,
    ``tiering.until_refused``, ``tiering.not_assessed``, ``tiering.override_same``.
    """
    why = commit_text(reason)
    since = (effective or clock.now()).date()
    wanted, last = _check_override(tier, why, until, since)
    with session.workspace.write(session.actor) as work:
        found = _find(work, named)
        rating = found.state.rating
        if rating is None:
            raise AppError("tiering.not_assessed", id=found.row.id)
        if rating.computed.tier == tier:
            raise AppError("tiering.override_same", where="tier", tier=tier)
        overridden = ModelTierOverridden(found.state.id, tier, last, wanted)
        work.record(overridden, effective=effective)
    return Recorded(found.state.id, work.changes)


def _check_override(
    tier: int, reason: Erasable | None, until: date | None, since: date
) -> tuple[Erasable, date]:
    if tier not in TIERS:
        raise AppError("tiering.tier_refused", where="tier", tier=tier)
    if reason is None:
        raise AppError("tiering.reason_missing", where="reason")
    if until is None:
        raise AppError("tiering.until_missing", where="until")
    if until < since:
        raise AppError(
            "tiering.until_refused",
            where="until",
            until=until.isoformat(),
            since=since.isoformat(),
        )
    check_plausible("until", until)
    return reason, until


@locks_late
def end_override(session: Session, named: str, reason: str | None = None) -> Recorded:
    """Let the computed tier hold again before an override expires.

    Raises ``tiering.no_override`` where none holds.
    """
    with session.workspace.write(session.actor) as work:
        found = _find(work, named)
        override = found.state.override
        if override is None or not override.holds(clock.today()):
            raise AppError("tiering.no_override", id=found.row.id)
        work.record(ModelTierOverrideEnded(found.state.id, commit_text(reason)))
    return Recorded(found.state.id, work.changes)


def _find(work: WriteSession, named: str) -> ModelAsOf:
    key = model_queries.find_model(work.connection, named)
    found = model_queries.get_model(work.connection, key)
    if found.state.stage in _NO_MODELS:
        told = found.row.state.value
        raise AppError("tiering.not_a_model", id=found.row.id, state=told)
    return found
