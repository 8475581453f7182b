"""The steps of a pipeline: how fresh each is, and what persons say of one that no longer runs."""

from datetime import datetime, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.pipelines import PipelineStepEnded, PipelineStepResumed
from mlops_desktop.core.pipelines import Standing, StepTimes, stand_step
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.lineage_start import View
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import pipelines as queries
from mlops_desktop.store.queries.lineage_keys import PipelineKey
from mlops_desktop.store.queries.pipeline_sayings import Saying, Sayings, read_sayings
from mlops_desktop.store.queries.pipelines import PipelineRow


def stand_steps(
    row: PipelineRow, said: Sayings, interval: timedelta | None, moment: datetime, *, is_whole: bool
) -> dict[str, Standing]:
    """Return how fresh each step of a pipeline is, by its name."""
    times = step_times(row, said)
    return {name: stand_step(times, name, interval, moment, is_whole=is_whole) for name in times}


def step_times(row: PipelineRow, said: Sayings) -> dict[str, StepTimes]:
    """Return when each step ran; one that ran again after it was said to have ended has not."""
    return {
        name: StepTimes(
            clock.from_text(last),
            clock.from_text(good) if good else None,
            ended_step(said, row.key, name, last) is not None,
        )
        for name, good, last in zip(row.steps, row.goods, row.lasts, strict=True)
    }


def ended_step(said: Sayings, key: PipelineKey, step: str, last: str) -> Saying | None:
    """Return what was said of a step that no longer runs and has not run since."""
    found = said.ended.get((key, step))
    return found if found is not None and found.since >= last else None


@locks_late
def end_step(
    session: Session,
    named: str,
    step: str,
    *,
    became: str | None = None,
    reason: str | None = None,
) -> Recorded:
    """Say that a step no longer runs, or that it runs under another name from now on.

    Raises ``pipeline.not_found``, ``lineage.ambiguous``, ``pipeline.step_not_found``,
    ``pipeline.step_ended_already``, ``pipeline.step_is_itself``.
    """
    from mlops_desktop.services.pipelines import find_pipeline

    with session.workspace.write(session.actor) as work:
        key = find_pipeline(work, named)
        last = {run.step: run.at for run in queries.last_runs(work.connection)[key]}
        for given, where in ((step, "step"), (became or step, "became")):
            _refuse_unknown(given, where, tuple(last))
        if became == step:
            raise AppError("pipeline.step_is_itself", where="became", name=step)
        if _is_said(work, key, step, last[step], became or None):
            raise AppError("pipeline.step_ended_already", where="step", name=step)
        told = PipelineStepEnded(key.source, key.name, step, became or None, commit_text(reason))
        work.record(told)
    return Recorded(f"{key.source}/{key.name}", work.changes)


@locks_late
def resume_step(session: Session, named: str, step: str, *, reason: str | None = None) -> Recorded:
    """Take back that a step no longer runs.

    Raises ``pipeline.not_found``, ``lineage.ambiguous``, ``pipeline.step_not_ended``.
    """
    from mlops_desktop.services.pipelines import find_pipeline

    with session.workspace.write(session.actor) as work:
        key = find_pipeline(work, named)
        if (key, step) not in read_sayings(work.connection).ended:
            raise AppError("pipeline.step_not_ended", where="step", name=step)
        work.record(PipelineStepResumed(key.source, key.name, step, commit_text(reason)))
    return Recorded(f"{key.source}/{key.name}", work.changes)


def _refuse_unknown(name: str, where: str, known: tuple[str, ...]) -> None:
    if name not in known:
        told = ", ".join(known)
        raise AppError("pipeline.step_not_found", where=where, name=name, known=told)


def _is_said(view: View, key: PipelineKey, step: str, last: str, became: str | None) -> bool:
    found = ended_step(read_sayings(view.connection), key, step, last)
    return found is not None and found.became == became


def whole_sources(view: View, as_of: AsOf = NOW) -> frozenset[str] | None:
    """Return the sources whose last reading was whole; None for a past day, which nobody kept."""
    return queries.whole_sources(view.connection) if as_of.is_now else None
