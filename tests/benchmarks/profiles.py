"""How 10,000 models stand under one regime, against reading the same rows plainly.

The floor is the driver's own reading of every row that the judgement looks at, its JSON decoded:
the models' records, the dates of their fields, versions, deployments, what governs them, and which
texts are still there. On top of it come 260,000 cells of the matrix.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import ModelDetails, VersionDetails
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.profiles.checking import Matrix, read_matrix
from mlops_desktop.services.session import Session
from mlops_desktop.store import sql
from mlops_desktop.store.queries.models import ModelFilter
from mlops_desktop.store.tables.projected import models
from tests.benchmarks.governance import govern
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS = 10_000
_ROUNDS = 5
_FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
_FLOOR = (
    "SELECT id, number, name, state, tier, record FROM models",
    "SELECT model, effective, fields FROM field_changes ORDER BY effective, position",
    "SELECT model, MAX(effective) FROM versions GROUP BY model",
    "SELECT model, MAX(opened) FROM deployments GROUP BY model",
)
_ITEMS = "SELECT kind, stage, opened, closed, due, models, taken, takers, marked, record FROM items"
_TEXTS = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT digest FROM disclosures)"


def measure() -> list[Line]:
    """Ask now and as of yesterday, in turns with the floor, and compare."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        with clock.reading(lambda: _FIRST):
            fill(session, _MODELS)
        with clock.reading(lambda: _FIRST + timedelta(days=20)):
            govern(session, _FIRST.date())
        with clock.reading(lambda: _FIRST + timedelta(days=60)):
            _complete(session)
        with session.workspace.read() as view:
            digests = _digests(view.connection)
            then = on((_FIRST + timedelta(days=30)).date())
            works: dict[str, Callable[[], object]] = {
                "floor": lambda: _read_plainly(view.connection, digests),
                "items": lambda: sql.fetch(view.connection, _ITEMS),
                "E-23": lambda: read_matrix(view, "osfi-e23", _all(), opens=False),
                "counted": lambda: _counted(read_matrix(view, "osfi-e23", _all(), opens=False)),
                "AI Act": lambda: read_matrix(view, "eu-ai-act", _all(), opens=False),
                "then": lambda: read_matrix(view, "osfi-e23", _all(then), opens=False),
            }
            spent = interleave(works, _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _complete(session: Session) -> None:
    """Give the models an edit each, and most of them a version that serves."""
    with session.workspace.write(session.actor) as work:
        keys = work.connection.execute(sa.select(models.c.id)).scalars().all()
        for at, key in enumerate(keys):
            work.record(ModelEdited(key, ModelDetails(review_frequency_months=12, tier=at % 4 + 1)))
            if at % 5:
                version = new_id()
                work.record(VersionRegistered(version, key, VersionDetails("1")))
                work.record(DeploymentOpened(new_id(), key, version, "1", "production", "champion"))


def _all(as_of: AsOf = NOW) -> ModelFilter:
    return ModelFilter(scope=Scope.ALL, as_of=as_of)


def _counted(matrix: Matrix) -> object:
    return matrix.counts()


def _digests(connection: sa.Connection) -> str:
    found = sql.fetch(connection, "SELECT record FROM models")
    details = [msgspec.json.decode(record)["details"] for (record,) in found]
    return msgspec.json.encode([one["description"]["..."] for one in details]).decode()


def _read_plainly(connection: sa.Connection, digests: str) -> None:
    for text in _FLOOR:
        rows = sql.fetch(connection, text)
        if "record" in text:
            for row in rows:
                msgspec.json.decode(row[-1])
    sql.fetch(connection, _TEXTS, digests)


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    floor, items = spent["floor"].processor, spent["items"].processor
    yield Line(f"floor: the rows of {_MODELS:,} models read and decoded", milliseconds(floor))
    yield Line("floor: what governs them too", milliseconds(floor + items))
    for name, what, limit, goal in (
        ("E-23", "OSFI E-23, 26 rules", 12.0, 8.0),
        ("counted", "OSFI E-23, counted by rule and result", 12.0, 8.0),
        ("AI Act", "EU AI Act, 26 rules, nothing decided", 8.0, 4.0),
        ("then", "OSFI E-23 as of a day before the last edit of each model", 12.0, 8.0),
    ):
        took, own = spent[name].processor, floor if name == "AI Act" else floor + items
        yield Line(what, milliseconds(took), took / own, limit, goal)
