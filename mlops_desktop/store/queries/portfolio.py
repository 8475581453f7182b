"""What figures of the whole inventory are computed from, read in one go as of any date."""

from collections.abc import Collection, Iterator, Mapping

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.items.state import is_overdue
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.portfolio import ItemFacts, ModelFacts
from mlops_desktop.store.queries.item_filter import is_about
from mlops_desktop.store.queries.item_records import day_of
from mlops_desktop.store.queries.items_then import states_on
from mlops_desktop.store.queries.model_records import list_records
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.queries.record_terms import RecordTerm


class _Details(msgspec.Struct):
    regions: tuple[str, ...] = ()
    monitoring_status: str | None = None


class _Record(msgspec.Struct):
    details: _Details


_DECODE = msgspec.json.Decoder(_Record).decode
_NOTHING: Mapping[str, bool] = {}
_OUTSIDE = frozenset({State.CANDIDATE, State.REJECTED})


def model_facts(
    connection: sa.Connection,
    as_of: AsOf,
    measured: Mapping[str, bool] = _NOTHING,
    terms: tuple[RecordTerm, ...] = (),
) -> Iterator[ModelFacts]:
    """Yield every model of the inventory; what nobody took in is none.

    ``measured`` tells by model whether anything is measured in time, where there is a series;
    each of ``terms`` must hold.
    """
    wanted = ModelFilter(scope=Scope.ALL, records=terms, as_of=as_of)
    for row, record in list_records(connection, wanted):
        if row.state not in _OUTSIDE:
            yield facts_of(row, record, measured)


def facts_of(row: ModelRow, record: str, measured: Mapping[str, bool] = _NOTHING) -> ModelFacts:
    """Return what figures read of a model whose record was read before."""
    details = _DECODE(record).details
    status = details.monitoring_status
    return ModelFacts(
        row.state,
        row.tier,
        row.owner,
        details.regions,
        row.approval,
        row.approved_until,
        row.next_review,
        Monitoring(status) if status else None,
        measured.get(row.key),
        int(row.id.rpartition("-")[2]),
    )


def item_facts(
    connection: sa.Connection,
    as_of: AsOf,
    nouns: Collection[str] = (),
    within: frozenset[str] | None = None,
) -> Iterator[ItemFacts]:
    """Yield every item of some kinds, or of every kind; closed ones too.

    ``within`` leaves those alone that are about one of these model ids, or about none.
    """
    day, known = as_of.day, {kind.noun: kind for kind in kinds()}
    columns = states_on(connection, as_of, nouns).columns
    query = sa.select(*(columns[name] for name in _ITEM_COLUMNS))
    if nouns:
        query = query.where(columns["kind"].in_(sorted(nouns)))
    if within is not None:
        query = query.where(is_about(columns, within))
    found = connection.execute(query)
    for noun, rank, opened, is_closed, stage, due, expires in found:
        is_late = is_overdue(known[noun], stage, day_of(due) if due else None, day)
        has_lapsed = expires is not None and day_of(expires) < day
        yield ItemFacts(noun, rank, day_of(opened), bool(is_closed), is_late, has_lapsed)


_ITEM_COLUMNS = ("kind", "rank", "opened", "is_closed", "stage", "due", "expires")
