"""A copy made an extract: what does not belong to it taken out, in one transaction."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core.extracts import Matter
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import extracts, log, numbering, rebuild, series
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.queries import extracting
from mlops_desktop.store.queries.extracting import Selection
from mlops_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Period:
    """Which time an extract is about: items still open since a day, events recorded until one."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What an extract leaves out, at which head: positions, and digests of texts and documents.

    ``numbers`` are lines of what it gives: an id, and the number it is known by.
    """

    head: Frontier
    withheld: tuple[int, ...]
    held_back: tuple[str, ...]
    numbers: tuple[str, ...]


def take_out(
    copy: Workspace,
    models: frozenset[str],
    period: Period,
    matters: frozenset[Matter],
    sign: Callable[[Left], str],
) -> None:
    """Take out of a whole copy what is about other models (none: nothing is) and these matters.

    ``sign`` makes the statement that is kept with it. The file still holds traces in free pages:
    whoever hands it on writes it anew first.
    """
    with copy.engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        numbering.keep_numbers(connection, numbering.read_numbers(connection))
        selection = _withhold(connection, models, period)
        _hold_back(connection, matters, selection)
        rebuild.rebuild(connection)
        extracts.drop_unnamed(connection)
        given = numbering.read_numbers(connection)
        numbering.keep_numbers(connection, given)
        gaps, texts = log.read_withheld(connection), extracts.read_held_back(connection)
        left = Left(
            log.read_head(connection), tuple(gaps), tuple(texts), tuple(numbering.to_lines(given))
        )
        extracts.keep_statement(connection, sign(left))
        connection.commit()


def _withhold(
    connection: sa.Connection, models: frozenset[str], period: Period
) -> Selection | None:
    selection = extracting.select_events(connection, models, period.since) if models else None
    withheld = set(selection.withheld) if selection is not None else set()
    if period.until is not None:
        withheld.update(extracting.recorded_after(connection, period.until))
    while withheld:
        extracts.withhold(connection, sorted(withheld))
        withheld = set(extracting.find_leading_nowhere(connection))
    return selection


def _hold_back(
    connection: sa.Connection, matters: frozenset[Matter], selection: Selection | None
) -> None:
    mixed = frozenset(selection.mixed) if selection is not None else frozenset()
    going: dict[Matter, list[str]] = defaultdict(list)
    for matter, digest in extracting.read_matters(connection, mixed):
        if matter is not None and matter in matters | {Matter.OTHERS}:
            going[matter].append(digest)
    if selection is not None:
        going[Matter.OTHERS] += series.hold_back_others(connection, selection.kept)
    for matter, digests in sorted(going.items()):
        extracts.hold_back(connection, digests, matter)
