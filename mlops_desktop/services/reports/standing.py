"""What the board report is made of: models, items and figures on the day, and the day before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import mlops_desktop.store.queries.items as item_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.portfolio import Portfolio, compute
from mlops_desktop.services.monitoring.reading import measured_models
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.queries.portfolio import item_facts, model_facts
from mlops_desktop.store.unit_of_work import ReadSession

_KINDS = ("finding", "exception", "breach", "overlay")
_OUTSIDE = frozenset({State.CANDIDATE, State.REJECTED, State.RETIRED})
SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Standing:
    """Current models and open items on a day, with the figures of that day and of one before."""

    day: date
    now: Portfolio
    before: Portfolio
    models: tuple[ModelRow, ...]
    items: tuple[ItemRow, ...]
    numbers: Mapping[str, str]
    """What people say of a model, retired ones too, by its key."""

    def open_items(self, kind: str) -> tuple[ItemRow, ...]:
        """Return the open items of a kind, those of the worst grade first, then the oldest."""
        found = (row for row in self.items if row.kind == kind)
        return tuple(sorted(found, key=lambda row: (row.rank, row.opened, row.number)))

    @property
    def reviews_overdue(self) -> tuple[ModelRow, ...]:
        """Models whose next validation was due before the day, the longest first."""
        late = (row for row in self.models if row.next_review and row.next_review < self.day)
        return tuple(sorted(late, key=lambda row: (row.next_review or self.day, row.id)))

    @property
    def approvals_ending(self) -> tuple[ModelRow, ...]:
        """Models whose approval ends within 90 days, the earliest first."""
        last = self.day + SOON
        ending = (
            row
            for row in self.models
            if row.approved_until and self.day <= row.approved_until <= last
        )
        return tuple(sorted(ending, key=lambda row: (row.approved_until or last, row.id)))


def read_standing(view: ReadSession, as_of: AsOf, before: AsOf) -> Standing:
    """Return how the portfolio stood by the dates asked for, and before."""
    wanted = model_queries.ModelFilter(scope=Scope.ALL, as_of=as_of)
    models = model_queries.list_models(view.connection, wanted)
    items = item_queries.list_items(view.connection, ItemFilter(kinds=_KINDS, as_of=as_of))
    return Standing(
        as_of.day,
        _figures(view, as_of),
        _figures(view, before),
        tuple(row for row in models if row.state not in _OUTSIDE),
        items,
        {row.key: row.id for row in models},
    )


def _figures(view: ReadSession, as_of: AsOf) -> Portfolio:
    models = model_facts(view.connection, as_of, measured_models(view, as_of))
    return compute(models, item_facts(view.connection, as_of), as_of.day)


SEVERITIES = tuple(Severity)
RULES = tuple(ExceptionRule)
