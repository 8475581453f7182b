"""Results of checks of data out: the last of every suite, or all of them, by dataset."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.lineage import Node
from mlops_desktop.core.same_datasets import SameDatasets
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.lineage_keys import (
    dataset_name,
    dataset_place,
    newest_of,
)
from mlops_desktop.store.queries.lineage_seeds import datasets_named
from mlops_desktop.store.queries.same_datasets import read_same
from mlops_desktop.store.tables.lineage import data_checks
from mlops_desktop.store.tables.observed import observed_states


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A result of a suite on a dataset, when it held, with all that its source told.

    ``is_by_last_part`` where its source names the dataset by another first part (the store that
    the suite read from), and only what follows it is the dataset's name.
    """

    id: str
    source: str
    suite: str
    verdict: Verdict
    at: str
    details: CheckDetails
    seen_digest: str
    seen_at: str
    is_by_last_part: bool = False


_c = data_checks.c


def checks_of(
    connection: sa.Connection,
    datasets: Collection[Node],
    as_of: AsOf = NOW,
    *,
    only_last: bool = True,
) -> dict[Node, tuple[CheckRow, ...]]:
    """Return the results on datasets, the latest first; of each suite the last alone if said.

    A result belongs to the dataset that its source names in full, or else by name, or else by
    what follows the first part of the name; never to one of several that it may mean.
    """
    same = read_same(connection, as_of)
    names = {name for node in datasets for name in same.all_of(node)}
    tails = {dataset_name(name)[1] for name in names}
    rows = [
        *_read(connection, _c.dataset, tails | set(map(dataset_place, names)), as_of, only_last),
        *_read(connection, _c.tail, tails, as_of, only_last),
    ]
    known = _Known.of(connection, rows, same, names, as_of)
    wanted, found = set(datasets), defaultdict[Node, dict[str, CheckRow]](dict)
    for row in sorted(rows, key=lambda one: (one.effective, one.position), reverse=True):
        node, is_by_last_part = known.meant(row.dataset, row.tail)
        if node in wanted:
            suite = f"{row.source}/{row.suite}" if only_last else row.id
            found[node].setdefault(suite, _check(row, is_by_last_part=is_by_last_part))
    return {node: tuple(some.values()) for node, some in found.items()}


@dataclass(slots=True)
class _Known:
    """The datasets that words of results may mean, by their full name and by their name."""

    same: SameDatasets
    by_place: dict[str, set[Node]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[Node]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(
        cls,
        connection: sa.Connection,
        rows: list[Any],
        same: SameDatasets,
        asked: set[Node],
        as_of: AsOf,
    ) -> "_Known":
        made, words = cls(same), {row.dataset for row in rows} | {row.tail for row in rows}
        for node in {*asked, *datasets_named(connection, words, as_of)}:
            made.by_place[dataset_place(node)].add(same.of(node))
            made.by_name[dataset_name(node)[1]].add(same.of(node))
        return made

    def meant(self, word: str, tail: str) -> tuple[Node | None, bool]:
        """Return the one dataset that a word means, and whether only by its last part."""
        for found, is_by_last_part in (
            (self.by_place.get(word), False),
            (self.by_name.get(word), False),
            (self.by_name.get(tail) if tail else None, True),
        ):
            if found:
                return (next(iter(found)) if len(found) == 1 else None), is_by_last_part
        return None, False


def _read(
    connection: sa.Connection,
    column: sa.ColumnElement[str],
    keys: Collection[str],
    as_of: AsOf,
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


def _check(row: Any, *, is_by_last_part: bool) -> CheckRow:
    return CheckRow(
        id=row.id,
        source=row.source,
        suite=row.suite,
        verdict=Verdict(row.verdict),
        at=row.effective,
        details=records.from_text(CheckDetails, row.record),
        seen_digest=row.seen_digest,
        seen_at=row.seen_at,
        is_by_last_part=is_by_last_part,
    )
