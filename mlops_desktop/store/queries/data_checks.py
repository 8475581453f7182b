"""Results of checks of data out: the last of every suite, or all of them, by dataset."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.lineage import Node
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.lineage_keys import (
    dataset_name,
    dataset_place,
    newest_of,
)
from mlops_desktop.store.tables.lineage import data_checks
from mlops_desktop.store.tables.observed import observed_states


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A result of a suite on a dataset, when it held, with all that its source told."""

    id: str
    source: str
    suite: str
    verdict: Verdict
    at: str
    details: CheckDetails
    seen_digest: str
    seen_at: str


_c = data_checks.c


def checks_of(
    connection: sa.Connection,
    datasets: Collection[Node],
    as_of: AsOf = NOW,
    *,
    only_last: bool = True,
) -> dict[Node, tuple[CheckRow, ...]]:
    """Return the results on datasets, the latest first; of each suite the last alone if said."""
    words: dict[str, list[Node]] = defaultdict(list)
    tails: dict[str, list[Node]] = defaultdict(list)
    for node in datasets:
        for word in {dataset_place(node), dataset_name(node)[1]}:
            words[word].append(node)
        tails[dataset_name(node)[1]].append(node)
    found: dict[Node, dict[str, CheckRow]] = defaultdict(dict)
    rows = [
        *_read(connection, _c.dataset, words, as_of, only_last=only_last),
        *_read(connection, _c.tail, tails, as_of, only_last=only_last),
    ]
    for row in sorted(rows, key=lambda one: (one.effective, one.position), reverse=True):
        for node in {*words.get(row.dataset, ()), *tails.get(row.tail, ())}:
            suite = f"{row.source}/{row.suite}" if only_last else row.id
            found[node].setdefault(suite, _check(row))
    return {node: tuple(some.values()) for node, some in found.items()}


def _read(
    connection: sa.Connection,
    column: sa.ColumnElement[str],
    keys: Collection[str],
    as_of: AsOf,
    *,
    only_last: bool,
) -> list[Any]:
    told, later = observed_states.c, (_c.effective.desc(), _c.position.desc(), _c.id)
    place = sa.func.row_number().over(
        partition_by=(_c.source, _c.dataset, _c.suite), order_by=later
    )
    newest = newest_of(connection, data_checks, "id", as_of)
    ranked = (
        sa.select(data_checks, place.label("place"))
        .where(*newest, Among(column, keys))
        .subquery("ranked")
    )
    here = sa.and_(told.id == ranked.c.id, told.position == ranked.c.position)
    query = sa.select(ranked, told.record, told.seen_digest, told.seen_at).join(
        observed_states, here
    )
    return list(connection.execute(query.where(ranked.c.place == 1) if only_last else query))


def _check(row: Any) -> CheckRow:
    return CheckRow(
        id=row.id,
        source=row.source,
        suite=row.suite,
        verdict=Verdict(row.verdict),
        at=row.effective,
        details=records.from_text(CheckDetails, row.record),
        seen_digest=row.seen_digest,
        seen_at=row.seen_at,
    )
