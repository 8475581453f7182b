"""Thresholds: set, set anew, ended, listed; what held before stays known."""

from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.models as model_queries
import mlops_desktop.store.queries.monitoring as queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.thresholds import Bounds, ThresholdEnded, ThresholdSet
from mlops_desktop.core.monitoring import ThresholdVersion, in_force, metric_key, refusal_of
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.field_texts import read_decimal
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text, effective_from
from mlops_desktop.store.unit_of_work import WriteSession

_LIMITS = ("warning", "intervention", "warning_high", "intervention_high")
_MOST_DAYS = 3_660


@dataclass(frozen=True, slots=True)
class NewThreshold:
    """What is to hold for a metric of a model, for a segment or for all, from which day on."""

    metric: str
    bounds: Bounds
    segment: str = ""
    valid_from: date | None = None
    reason: str | None = None


@locks_late
def set_threshold(session: Session, named: str, wanted: NewThreshold) -> Recorded:
    """Set a threshold, or a new version of the one there is for the same metric and segment.

    Raises ``threshold.metric_missing``, ``threshold.refused`` with the field in ``where``,
    ``threshold.reason_missing`` where one is changed, ``threshold.nothing_changed``,
    ``event.effective_in_future``, ``model.not_found``.
    """
    with session.workspace.write(session.actor) as work:
        id = record_threshold(work, named, wanted)
    return Recorded(id, work.changes)


def record_threshold(work: WriteSession, named: str, wanted: NewThreshold) -> str:
    """Do so inside a write session; return the threshold's id. Raises as :func:`set_threshold`."""
    metric = clean_text(wanted.metric).strip()
    if not metric:
        raise AppError("threshold.metric_missing", where="metric")
    bounds, segment = _checked(wanted.bounds), _segment(wanted.segment)
    model = model_queries.find_model(work.connection, named)
    known = _versions(work, model, metric, segment)
    _check_change(known, bounds, wanted)
    id = known[-1].threshold if known else new_id()
    told = ThresholdSet(id, model, metric, bounds, segment or None, commit_text(wanted.reason))
    work.record(told, effective=effective_from(wanted.valid_from))
    return id


def _checked(bounds: Bounds) -> Bounds:
    def read(name: str) -> str | None:
        text = str(getattr(bounds, name) or "")
        return read_decimal(name, text) if text.strip() else None

    unit = clean_text(bounds.unit or "").strip()[:60] or None
    warning, intervention, warning_high, intervention_high = map(read, _LIMITS)
    found = Bounds(
        bounds.side, warning, intervention, warning_high, intervention_high,
        unit, bounds.interval_days,
    )  # fmt: skip
    refused = refusal_of(found)
    if refused is not None:
        raise AppError("threshold.refused", where=refused, field=refused)
    if found.interval_days is not None and not 0 < found.interval_days <= _MOST_DAYS:
        raise AppError("threshold.refused", where="interval_days", field="interval_days")
    return found


def _segment(text: str) -> str:
    """Return a segment in its one form: names sorted, one blank after each comma."""
    parts = [part.strip() for part in clean_text(text).split(",") if part.strip()]
    for part in parts:
        if "=" not in part:
            raise AppError("threshold.segment_refused", where="segment", segment=text[:60])
    pairs = (part.partition("=") for part in parts)
    return ", ".join(sorted(f"{name.strip()}={value.strip()}" for name, _, value in pairs))


def _versions(
    work: WriteSession, model: str, metric: str, segment: str
) -> tuple[ThresholdVersion, ...]:
    key = metric_key(metric)
    return tuple(
        one
        for one in queries.list_thresholds(work.connection, model)
        if metric_key(one.metric) == key and one.segment == segment
    )


def _check_change(
    known: tuple[ThresholdVersion, ...], bounds: Bounds, wanted: NewThreshold
) -> None:
    if not known:
        return
    current = in_force(known, known[-1].segment, clock.now())
    is_same_day = wanted.valid_from in (None, clock.today())
    if current is not None and current.bounds == bounds and is_same_day:
        raise AppError("threshold.nothing_changed", metric=known[-1].metric)
    if not (wanted.reason and wanted.reason.strip()):
        raise AppError("threshold.reason_missing", where="reason")


@locks_late
def end_threshold(
    session: Session, id: str, reason: str | None = None, on: date | None = None
) -> Recorded:
    """Say that a threshold holds no longer, from a day on.

    Raises ``threshold.not_found``, ``threshold.ended_already``, ``threshold.reason_missing``.
    """
    if not (reason and reason.strip()):
        raise AppError("threshold.reason_missing", where="reason")
    with session.workspace.write(session.actor) as work:
        last = find_threshold(queries.list_thresholds(work.connection), id)
        if last.bounds is None:
            raise AppError("threshold.ended_already", metric=last.metric)
        ended = ThresholdEnded(
            last.threshold, last.model, last.metric, last.segment or None, commit_text(reason)
        )
        work.record(ended, effective=effective_from(on))
    return Recorded(last.threshold, work.changes)


def find_threshold(versions: tuple[ThresholdVersion, ...], id: str) -> ThresholdVersion:
    """Return the last version of a threshold, named by the beginning of its id."""
    found = {one.threshold: one for one in versions if id and one.threshold.startswith(id)}
    if len(found) != 1:
        raise AppError("threshold.not_found", id=id)
    return next(iter(found.values()))


def list_thresholds(
    session: Session, named: str | None = None, as_of: AsOf = NOW
) -> tuple[ThresholdVersion, ...]:
    """Return every version of thresholds, of one model if it is named, in the order recorded."""
    with session.workspace.read() as view:
        model = model_queries.find_model(view.connection, named) if named else None
        return queries.list_thresholds(view.connection, model, as_of)
