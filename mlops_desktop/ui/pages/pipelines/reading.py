"""What the page asks of services, in the read lane."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.lineage import Way
from mlops_desktop.core.pipelines import OVERDUE, Freshness, Outcome
from mlops_desktop.services.lineage import Asked, Dependent, dependents, trace_lineage
from mlops_desktop.services.pipeline_filtering import filter_pipelines
from mlops_desktop.services.pipelines import (
    Pipeline,
    PipelineSheet,
    list_pipelines,
    show_pipeline,
)
from mlops_desktop.services.same_datasets import other_names, place_of
from mlops_desktop.services.session import Session
from mlops_desktop.services.source_links import links_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import ListQuery


class PipelineShelf:
    """Answers the list: pipelines are few, and all of them are needed for any order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._kept: tuple[AsOf, tuple[Pipeline, ...]] | None = None

    def forget(self) -> None:
        """Ask services again next time."""
        self._kept = None

    @property
    def at_hand(self) -> tuple[Pipeline, ...] | None:
        """The pipelines as they were last read, without asking."""
        kept = self._kept
        return filter_pipelines(kept[1], "") if kept is not None else None

    def all(self, as_of: AsOf) -> tuple[Pipeline, ...]:
        """Return every pipeline of a day."""
        kept = self._kept
        if kept is None or kept[0] != as_of:
            kept = self._kept = (as_of, list_pipelines(self._context.session, as_of))
        return kept[1]

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[Pipeline, ...]:
        """Return one page of pipelines; those that need looking at come first."""
        found = sorted(self._fitting(query), key=_ORDERS.get(query.sort, _worst_first))
        ordered = found[::-1] if query.descending else found
        return tuple(ordered[offset : offset + limit])

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many pipelines fit."""
        return len(self._fitting(query))

    def _fitting(self, query: ListQuery) -> tuple[Pipeline, ...]:
        try:
            return filter_pipelines(self.all(query.as_of), query.filter)
        except AppError as error:
            error.where = None  # the command line's option; here the line itself stands above
            raise


def _worst_first(row: Pipeline) -> tuple[Any, ...]:
    late = row.standing.freshness in OVERDUE
    return not row.needs_looking, not late, _quality(row), row.key.name.casefold()


def _quality(row: Pipeline) -> int:
    return tuple(Verdict).index(row.verdict) if row.verdict else len(Verdict)


_ORDERS: dict[str, Callable[[Pipeline], Any]] = {
    "name": lambda row: row.key.name.casefold(),
    "fresh": lambda row: (
        tuple(Freshness).index(row.standing.freshness), -(row.standing.late or timedelta())
    ),
    "outcome": lambda row: tuple(Outcome).index(row.outcome),
    "quality": _quality,
    "incidents": lambda row: (not row.incidents, row.incidents),
    "last": lambda row: row.last.at if row.last else "",
    "failures": lambda row: row.failures,
    "owner": lambda row: row.owner or "",
    "source": lambda row: row.key.source,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PipelineRead:
    """A pipeline whole, the models that depend on it, and where its runs can be opened."""

    sheet: PipelineSheet
    models: tuple[Dependent, ...]
    links: dict[str, str]
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names that persons said to mean one of its datasets, by the name it has here."""

    @property
    def datasets(self) -> tuple[str, ...]:
        """What its steps last wrote and read, each once, as people name it."""
        told = [step.last.details for step in self.sheet.steps]
        uses = [*(one for some in told for one in some.outputs),
                *(one for some in told for one in some.inputs)]  # fmt: skip
        return tuple(dict.fromkeys(map(place_of, uses)))

    @property
    def link(self) -> str | None:
        """Where its last run can be opened at the source."""
        last = self.sheet.pipeline.last
        return self.links.get(last.id) if last else None


def read_pipeline(session: Session, named: str, as_of: AsOf) -> PipelineRead:
    """Return everything the detail of a pipeline shows; raises ``pipeline.not_found``."""
    sheet = show_pipeline(session, named, as_of)
    found = trace_lineage(session, Asked(named, way=Way.DOWN, as_of=as_of))
    links = links_of(session, [step.last for step in sheet.steps])
    told = [step.last.details for step in sheet.steps]
    uses = [one for some in told for one in (*some.inputs, *some.outputs)]
    return PipelineRead(sheet, dependents(found), links, other_names(session, uses, as_of))
