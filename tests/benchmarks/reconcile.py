"""Contradictions between sources and 3,000 models, now and as of a past day.

A third of the models serve without an approval, a tenth is gone at its source. The floor reads,
by the driver alone, the rows that the answer is made of.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.events.versions import VersionObserved
from mlops_desktop.core.inventory import Sighting, VersionDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.reconciliation.listing import reconcile
from mlops_desktop.services.session import Session
from mlops_desktop.store import sql
from mlops_desktop.store.tables.projected import models
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS = 3_000
_ROUNDS = 3
_SEEN = Sighting("cc" * 32, datetime(2026, 1, 1, 6, tzinfo=UTC))
_PLAIN = (
    "SELECT id, number, name, state, owner_name, tier, record FROM models",
    "SELECT id, model, version, environment, opened, closed FROM deployments",
    "SELECT source, native_id, model, record FROM entries",
)
_THEN = (
    "SELECT id, state, effective, position, record FROM model_states",
    *_PLAIN[1:],
)


def measure() -> list[Line]:
    """Reconcile the whole inventory, now and as of today's end, which is a past day's way."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        fill(session, _MODELS)
        _serve(session)
        spent = interleave(_works(session), _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _serve(session: Session) -> None:
    with session.workspace.write(session.actor) as work:
        keys = work.connection.execute(sa.select(models.c.id)).scalars().all()
        for model in keys[::3]:
            version = new_id()
            told = VersionDetails("1", artifact="sha256:aa")
            work.record(VersionObserved(version, model, "registry", f"{model}/1", told, _SEEN))
            work.record(DeploymentOpened(new_id(), model, version, "1", "production", "champion"))


def _works(session: Session) -> dict[str, Callable[[], object]]:
    then = AsOf(known=datetime.now(UTC).date())
    earlier = AsOf(at=(datetime.now(UTC) - timedelta(days=1)).date())
    return {
        "floor": partial(_plainly, session, _PLAIN),
        "floor_then": partial(_plainly, session, _THEN),
        "now": partial(reconcile, session),
        "then": partial(reconcile, session, then),
        "earlier": partial(reconcile, session, earlier),
    }


def _plainly(session: Session, texts: tuple[str, ...]) -> None:
    with session.workspace.read() as view:
        for text in texts:
            sql.fetch(view.connection, text)


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    for name, what, beside in (
        ("now", f"{_MODELS:,} models reconciled", "floor"),
        ("then", "the same as known on a day", "floor_then"),
        ("earlier", "the same before any of it held", "floor_then"),
    ):
        one, floor = spent[name], spent[beside]
        told = f"{milliseconds(one.processor)} against {milliseconds(floor.processor)}"
        yield Line(what, told, one.processor / floor.processor, 130.0, 65.0)
