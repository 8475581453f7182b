"""What the list of models asks of services: filtered, sorted and paged in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.custom_fields import PREFIX, Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.models import count_models, list_models, with_own_values
from mlops_desktop.services.own_scope import Scopes, narrow_models, terms_of
from mlops_desktop.services.rows import ModelFilter, ModelRow, SortBy
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import ListQuery

CANDIDATES, REJECTED = "candidates", "rejected"
SCOPES = (Scope.CURRENT.value, Scope.RETIRED.value, CANDIDATES, REJECTED, Scope.ALL.value)
_BY_STATE = {CANDIDATES: State.CANDIDATE, REJECTED: State.REJECTED}
_MOST_FOUND = 12


def narrow(query: ListQuery, scope: str) -> ModelFilter:
    """Return the filter of a list: the line as typed, inside ``scope`` unless it names another."""
    state = _BY_STATE.get(scope)
    base = ModelFilter(scope=Scope.ALL if state is not None else Scope(scope))
    try:
        found = parse_filter(query.filter, base)
    except AppError as error:
        # The place named is the command line's option; here the line itself stands above.
        error.where = None
        raise
    if state is not None and not found.states:
        found = replace(found, states=(state,))
    found = replace(found, is_descending=query.descending, as_of=query.as_of)
    if query.sort.startswith(PREFIX):
        return replace(found, sort_field=query.sort.removeprefix(PREFIX))
    return replace(found, sort=SortBy(query.sort) if query.sort else SortBy.NUMBER)


class Inventory:
    """Answers the list in the read lane; ``scope`` is one of :data:`SCOPES`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.scope = SCOPES[0]
        self.own: tuple[Field, ...] = ()
        """The fields of the workspace's own that columns can show."""

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[ModelRow, ...]:
        """Return one page of models."""
        wanted = self._narrow(query)
        rows = list_models(self._context.session, wanted, offset=offset, limit=limit)
        return with_own_values(self._context.session, rows, query.as_of) if self.own else rows

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many models the query has in all."""
        return count_models(self._context.session, self._narrow(query))

    def _narrow(self, query: ListQuery) -> ModelFilter:
        scopes = self._context.own_scope.read(self._context.session)
        return narrow_models(narrow(query, self.scope), scopes)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many there are in each scope, of which the others make up all, and how many run."""

    by_scope: Mapping[str, int]
    models: int
    running: int


def count_totals(session: Session, as_of: AsOf, scopes: Scopes = ()) -> Totals:
    """Count the inventory, or what is inside some scopes, whatever else the list shows."""
    terms = terms_of(scopes)

    def count(scope: Scope, *states: State) -> int:
        wanted = ModelFilter(scope=scope, states=states, records=terms, as_of=as_of)
        return count_models(session, wanted)

    every = count(Scope.ALL)
    retired, candidates = count(Scope.RETIRED), count(Scope.ALL, State.CANDIDATE)
    rejected = count(Scope.ALL, State.REJECTED)
    models = every - candidates - rejected
    by_scope = {
        Scope.CURRENT.value: models - retired,
        Scope.RETIRED.value: retired,
        CANDIDATES: candidates,
        REJECTED: rejected,
        Scope.ALL.value: every,
    }
    return Totals(by_scope, models, count(Scope.ALL, State.PRODUCTION))


def find_by_words(session: Session, typed: str) -> tuple[ModelRow, ...]:
    """Return the first models of any state in which every typed word occurs."""
    wanted = ModelFilter(words=tuple(typed.split()), scope=Scope.ALL)
    return list_models(session, wanted, limit=_MOST_FOUND)
