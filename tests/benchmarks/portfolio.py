"""Figures, lists of items and what is due over 10,000 models, against reading the rows plainly.

The floors are the driver's own: the columns that figures are made of, with the records decoded; a
page of 64 rows of an index; the rows due within a month. Beside them stand the figures now and as
of a past day, first pages and jumps of the lists, and a month of notices with its calendar.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeAlias

import msgspec
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.notices.collecting import Digest, Wanted, collect
from mlops_desktop.services.notices.writing import write_calendar
from mlops_desktop.services.portfolio import read_portfolio
from mlops_desktop.services.session import Session
from mlops_desktop.store import sql
from mlops_desktop.store.queries.item_filter import ItemFilter, ItemSort
from mlops_desktop.store.queries.items import count_items, list_items
from mlops_desktop.store.tables.projected import models
from tests.benchmarks.governance import govern
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS = 10_000
_ROUNDS = 5
_PAGE = 64
_RUNS = 20
_FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
_NOW = _FIRST + timedelta(days=60)
_THEN = on((_FIRST + timedelta(days=45)).date())
_MODEL_ROWS = (
    "SELECT id, number, state, tier, owner_name, approval, approved_until, next_review, record "
    "FROM models"
)
_ITEM_ROWS = "SELECT kind, rank, opened, is_closed, stage, due, expires FROM items"
_FLOOR_PAGE = (
    "SELECT * FROM items WHERE kind = 'finding' AND is_closed = 0 "
    "AND due IS NOT NULL ORDER BY due LIMIT 64"
)
_DUE_ROWS = (
    "SELECT kind, number, due, owner, title FROM items WHERE is_closed = 0 AND due <= ?",
    "SELECT number, name, next_review, record FROM models WHERE next_review <= ?",
)


def measure() -> list[Line]:
    """Ask for each in turns with its floor, and compare."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        with clock.reading(lambda: _FIRST):
            fill(session, _MODELS)
        with clock.reading(lambda: _FIRST + timedelta(days=30)):
            govern(session, _FIRST.date())
        with clock.reading(lambda: _NOW):
            _edit_all(session)
            spent = interleave(_works(session), _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _edit_all(session: Session) -> None:
    with session.workspace.write(session.actor) as work:
        for key in work.connection.execute(sa.select(models.c.id)).scalars().all():
            work.record(ModelEdited(key, ModelDetails(review_frequency_months=12)))


def _works(session: Session) -> dict[str, Callable[[], object]]:
    works: dict[str, Callable[[], object]] = {
        "figures floor": partial(with_rows, session, read_plainly),
        "figures now": partial(read_portfolio, session),
        "figures then": partial(read_portfolio, session, _THEN),
        "page floor": partial(with_rows, session, _page_plainly),
        "due floor": partial(with_rows, session, _due_plainly),
        "due": partial(_due, session),
        "calendar": partial(_calendar, session),
    }
    for name, (wanted, offset) in _lists().items():
        works[name] = partial(with_rows, session, partial(_page, wanted=wanted, offset=offset))
    return works


def with_rows(session: Session, work: Callable[[sa.Connection], object]) -> None:
    """Do work on the rows of a workspace."""
    with session.workspace.read() as view:
        work(view.connection)


def _lists() -> dict[str, tuple[ItemFilter, int]]:
    found = ItemFilter(("finding",), sort=ItemSort.DUE)
    return {
        "findings, open, by day due": (found, 0),
        "findings, open, by severity from the end": (
            ItemFilter(("finding",), sort=ItemSort.RANK, is_descending=True), 0,
        ),
        "findings with a word, by owner": (
            ItemFilter(("finding",), words=("proxy",), sort=ItemSort.OWNER), 0,
        ),
        "findings, a jump to the middle": (found, 2_000),
        "validations, all, by number": (ItemFilter(("validation",), scope=ItemScope.ALL), 0),
        "validations, a jump to the middle": (
            ItemFilter(("validation",), scope=ItemScope.ALL, sort=ItemSort.DUE), 3_000,
        ),
        "exceptions, open, by rule": (ItemFilter(("exception",), sort=ItemSort.RANK), 0),
        "every kind, open, by day due": (ItemFilter(sort=ItemSort.DUE), 0),
        "every kind, overdue": (ItemFilter(overdue=True, sort=ItemSort.DUE), 0),
        "findings as of a past day, by day due": (
            ItemFilter(("finding",), sort=ItemSort.DUE, as_of=_THEN), 0,
        ),
        "counting open findings": (found, -1),
    }  # fmt: skip


def _page(connection: sa.Connection, wanted: ItemFilter, offset: int) -> None:
    for _ in range(_RUNS):
        if offset < 0:
            count_items(connection, wanted)
        else:
            list_items(connection, wanted, offset=offset, limit=_PAGE)


def _page_plainly(connection: sa.Connection) -> None:
    for _ in range(_RUNS):
        sql.fetch(connection, _FLOOR_PAGE)


def read_plainly(connection: sa.Connection) -> None:
    """Read the columns that figures are made of, with the records decoded."""
    for row in sql.fetch(connection, _MODEL_ROWS):
        msgspec.json.decode(row[-1])
    sql.fetch(connection, _ITEM_ROWS)


def _due_plainly(connection: sa.Connection) -> None:
    until = (_NOW + timedelta(days=30)).date().isoformat()
    for text in _DUE_ROWS:
        for row in sql.fetch(connection, text, until):
            if "record" in text:
                msgspec.json.decode(row[-1])


def _due(session: Session) -> Digest:
    return collect(session, Wanted(within=30, is_for_all=True))


def _calendar(session: Session) -> None:
    write_calendar(_due(session), "de")


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    for name, what, limit, goal in (
        ("figures now", "every figure, now", 5.0, 3.0),
        ("figures then", "every figure, as of a past day", 8.0, 5.0),
    ):
        yield _line(what, spent[name], spent["figures floor"], (limit, goal))
    page = replace(spent["page floor"], processor=spent["page floor"].processor / _RUNS)
    for name, (wanted, _) in _lists().items():
        one = replace(spent[name], processor=spent[name].processor / _RUNS)
        yield _line(name, one, page, (6.0, 4.0) if wanted.as_of.is_now else (104.0, 52.0))
    yield _line("what is due within 30 days", spent["due"], spent["due floor"], (6.0, 4.0))
    yield _line("the same as a calendar", spent["calendar"], spent["due floor"], (None, None))


_Bounds: TypeAlias = tuple[float | None, float | None]


def _line(what: str, spent: Spent, floor: Spent, bounds: _Bounds) -> Line:
    told = f"{milliseconds(spent.processor)} against {milliseconds(floor.processor)}"
    return Line(what, told, spent.processor / floor.processor, *bounds)
