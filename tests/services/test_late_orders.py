"""Acts of two persons in every order that their questions to the server can take, drawn at random:
what a rule allowed must still have held where its event stands."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from random import Random

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.services import deployments, ledger, models, versions
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.session import Session
from mlops_desktop.services.versions import NewVersion
from mlops_desktop.store import late_pen, log
from mlops_desktop.store.line import Line
from tests.support.team import KEEPER, MEMBER, Team

_ACTS = 60


def act_of(draw: Random, keys: list[str]) -> Callable[[Session], object]:
    """Draw an act that others' acts may forbid."""
    model, label = draw.choice(keys), str(draw.randint(1, 3))
    place = Place(label, draw.choice(("test", "production")))
    name = f"Model {draw.randint(1, 12)}"
    return draw.choice(
        [
            lambda who: models.register_model(who, {"name": name}, anyway=True),
            lambda who: versions.register_version(who, model, NewVersion(label)),
            lambda who: deployments.open_deployment(who, model, place),
            lambda who: deployments.close_deployment(who, model, place),
            lambda who: models.edit_model(who, model, {"tier": label, "purpose": name}),
        ]
    )


def recorded(session: Session, start: int) -> Iterator[Event]:
    """Yield what was recorded from a size of the ledger on."""
    with session.workspace.read() as view:
        for stored in [*log.read_events(view.connection)][start:]:
            yield log.read_envelope(view.connection, stored.body).payload


def check_rules(events: list[Event]) -> None:
    """Fail where an event stands that the events before it forbid."""
    names = Counter(one.details.name for one in events if isinstance(one, ModelRegistered))
    labels = Counter(
        (one.model, one.details.version) for one in events if isinstance(one, VersionRegistered)
    )
    assert {*names.values(), *labels.values()} <= {1}
    open_at: dict[tuple[str, str, str], str] = {}
    for one in events:
        if isinstance(one, DeploymentOpened):
            place = one.model, one.version, one.environment
            assert place not in open_at
            open_at[place] = one.deployment
        elif isinstance(one, DeploymentClosed):
            assert one.deployment in open_at.values()
            open_at = {where: id for where, id in open_at.items() if id != one.deployment}


@pytest.mark.parametrize("seed", range(3))
def test_what_a_rule_allowed_still_holds_where_its_event_stands(
    team: Team, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    asleep = ("SET LOCAL idle_in_transaction_session_timeout = '50ms'", ())
    monkeypatch.setattr(late_pen, "_ASLEEP", asleep)  # who rehearses here cannot go on meanwhile
    draw, settle = Random(seed), Line.settle  # noqa: S311 - orders, not secrets
    with team.session(KEEPER) as other, team.session(MEMBER) as session:
        with session.workspace.read() as view:
            start = view.head().size
        keys = [
            models.register_model(session, {"name": f"Base {seed} {place}"}, anyway=True).id
            for place in range(2)
        ]
        told = Counter[str]()
        for _ in range(_ACTS):
            ours, theirs = act_of(draw, keys), act_of(draw, keys)
            asked, at = count(), draw.randint(0, 14)

            def meet(
                line: Line,
                asked: Iterator[int] = asked,
                at: int = at,
                theirs: Callable[[Session], object] = theirs,
            ) -> object:
                if not line._sent and next(asked) == at:
                    monkeypatch.setattr(Line, "settle", settle)
                    with suppress(AppError):
                        theirs(other)
                return settle(line)

            monkeypatch.setattr(Line, "settle", meet)
            try:
                ours(session)
                told["done"] += 1
            except AppError as error:
                told[error.code] += 1
            monkeypatch.setattr(Line, "settle", settle)
        check_rules([*recorded(session, start)])
        assert ledger.verify_ledger(session).is_ok
        assert told["done"] > _ACTS // 4
