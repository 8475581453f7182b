"""What figures of the whole inventory are computed from, read in one go as of any date."""

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.portfolio import ItemFacts, ModelFacts
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.store.queries.inventory_index import read_records
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import list_items
from mlops_desktop.store.queries.models import ModelFilter, list_models


class _Details(msgspec.Struct):
    regions: tuple[str, ...] = ()
    monitoring_status: str | None = None


class _Record(msgspec.Struct):
    details: _Details


_DECODE = msgspec.json.Decoder(_Record).decode
_OUTSIDE = frozenset({State.CANDIDATE, State.REJECTED})


def model_facts(connection: sa.Connection, as_of: AsOf) -> Iterator[ModelFacts]:
    """Yield every model of the inventory; what nobody took in is none."""
    told = {key: _DECODE(record).details for key, record in read_records(connection, as_of).items()}
    for row in list_models(connection, ModelFilter(scope=Scope.ALL, as_of=as_of)):
        if row.state in _OUTSIDE:
            continue
        details = told[row.key]
        status = details.monitoring_status
        yield ModelFacts(
            row.state,
            row.tier,
            row.owner,
            details.regions,
            row.approval,
            row.approved_until,
            row.next_review,
            Monitoring(status) if status else None,
        )


def item_facts(connection: sa.Connection, as_of: AsOf) -> Iterator[ItemFacts]:
    """Yield every item of every kind, closed ones too."""
    for row in list_items(connection, ItemFilter(scope=ItemScope.ALL, as_of=as_of)):
        yield ItemFacts(row.kind, row.rank, row.opened, row.is_closed, row.is_overdue, row.lapsed)
