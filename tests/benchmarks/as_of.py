"""Lists and pages as of a date, against the current ones: 20,000 models with three edits each."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.models import ModelFilter, SortBy, get_model, list_models
from mlops_desktop.store.tables.projected import models
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS = 20_000
_EDITS = 3
_PAGE = 64
_ROUNDS = 5
_FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
_DAY = timedelta(days=1)


def measure() -> list[Line]:
    """Ask now and as of a day in the middle, in turns, and compare."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        with clock.reading(lambda: _FIRST):
            fill(session, _MODELS)
        for edit in range(1, _EDITS + 1):
            _edit_all(session, _FIRST + edit * 30 * _DAY, edit)
        with session.workspace.read() as view:
            spent = interleave(_works(view.connection), _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _edit_all(session: Session, at: datetime, edit: int) -> None:
    with clock.reading(lambda: at), session.workspace.write(session.actor) as work:
        for key in work.connection.execute(sa.select(models.c.id)).scalars().all():
            work.record(ModelEdited(key, ModelDetails(tier=edit)))


def _works(connection: sa.Connection) -> dict[str, Callable[[], object]]:
    then = on((_FIRST + 45 * _DAY).date())
    key = connection.execute(sa.select(models.c.id).limit(1)).scalar_one()

    def page(as_of: AsOf, sort: SortBy = SortBy.NUMBER) -> Callable[[], object]:
        wanted = ModelFilter(scope=Scope.ALL, as_of=as_of, sort=sort)
        return lambda: [list_models(connection, wanted, limit=_PAGE) for _ in range(20)]

    def everything(as_of: AsOf) -> Callable[[], object]:
        return lambda: list_models(connection, ModelFilter(scope=Scope.ALL, as_of=as_of))

    def one(as_of: AsOf) -> Callable[[], object]:
        return lambda: [get_model(connection, key, as_of) for _ in range(50)]

    works: dict[str, Callable[[], object]] = {}
    for name, as_of in (("now", NOW), ("then", then)):
        works[f"page {name}"] = page(as_of)
        works[f"named {name}"] = page(as_of, SortBy.NAME)
        works[f"all {name}"] = everything(as_of)
        works[f"one {name}"] = one(as_of)
    return works


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    for name, what, runs, limit, goal in (
        ("page", f"a page of {_PAGE}, by number", 20, 4.0, 2.0),
        ("named", f"a page of {_PAGE}, by the name it had then", 20, None, None),
        ("all", f"all {_MODELS:,} models", 1, 12.0, 8.0),
        ("one", "one model whole", 50, 4.0, 2.0),
    ):
        now, then = (spent[f"{name} {when}"].processor for when in ("now", "then"))
        told = f"{milliseconds(now / runs)} now, {milliseconds(then / runs)} then"
        yield Line(what, told, then / now, limit, goal)
