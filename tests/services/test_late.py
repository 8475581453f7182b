"""Acts that read before they lock, on a team's real PostgreSQL: whom they keep waiting."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import GRANTED
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.identity import Role
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.teams import Group
from mlops_desktop.services import (
    approvals,
    asking,
    decisions,
    deployments,
    items,
    ledger,
    models,
    people,
    teams,
    versions,
    workspaces,
)
from mlops_desktop.services.asking import Asked
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.delegations import NewDelegation, grant_delegation
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.items import Given
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.monitoring import thresholds
from mlops_desktop.services.monitoring.thresholds import NewThreshold
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewLogin
from mlops_desktop.services.versions import NewVersion
from mlops_desktop.store.late_pen import LatePen, Turn
from tests.services.test_round_trips import counting
from tests.support.late import register, texts_of, two
from tests.support.team import KEEPER, MEMBER, PASSPHRASE, Team

_WAITS = b"SELECT count(*) FROM pg_locks WHERE NOT granted"


def waits_behind_the_lock(session: Session, folder: Path, act: Callable[[], object]) -> int:
    """Return how often an act waits for an answer while others wait for it."""
    with counting(session, folder):
        act()
    told = sorted((folder / "trace.txt").read_text(errors="replace").splitlines())  # by the time
    held = max(place for place, line in enumerate(told) if "public.ledger_hold(" in line)
    answers = [line[-1] for line in told[held:] if "\tReadyForQuery\t" in line]
    return answers.index("I")  # those of the transaction, before the one that ended it


def test_nobody_waits_while_an_act_reads_and_its_rules_look(team: Team, tmp_path: Path) -> None:
    place = Place("1.0", "production")
    texts = {"title": "Few defaults", "severity": "high", "origin": "expert", "owner": MEMBER}
    texts["due"] = "2099-01-31"
    with team.session(MEMBER) as session:
        model = register(session, "PD Retail")
        finding = items.open_item(session, FINDING, Given(texts, (model,))).id
        bounds = NewThreshold("psi", Bounds(Side.ABOVE, "0.1", "0.25"))
        acts: tuple[Callable[[], object], ...] = (
            partial(register, session, "PD Corporate"),
            partial(models.edit_model, session, model, {"description": "Small loans."}),
            partial(models.edit_model, session, model, {"tier": "2", "owner": MEMBER}),
            partial(versions.register_version, session, model, NewVersion("1.0")),
            partial(deployments.open_deployment, session, model, place),
            partial(thresholds.set_threshold, session, model, bounds),
            partial(items.edit_item, session, FINDING, finding, Given({"severity": "low"}, ())),
        )
        found = [waits_behind_the_lock(session, tmp_path, act) for act in acts]
        assert found == [0] * len(acts)
        assert ledger.verify_ledger(session).is_ok


@contextmanager
def validator(team: Team, name: str) -> Iterator[Session]:
    """Enrol somebody who may decide, whose key lies where the keeper's does, and open as him."""
    login = f"{team.prefix}_{name.split()[1].lower()}"
    with team.session(KEEPER) as keeper:
        wanted = people.Enrolment(name, (Role.VALIDATOR,), passphrase=PASSPHRASE)
        people.enrol_person(keeper, wanted, lambda: PASSPHRASE)
    teams.add_login(team.admin, None, NewLogin(name, login, Group.MEMBER))
    team.logins[name] = login
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLOPS_DESKTOP_HOME", str(team.home / team.logins[KEEPER]))
        session = workspaces.open_workspace(team.place(name), acting=name)
        yield session
        session.workspace.close()


def test_nobody_waits_while_somebody_signs(team: Team, tmp_path: Path) -> None:
    with validator(team, "Vera Valid") as one, validator(team, "Vito Valid2") as other:
        with team.session(MEMBER) as session:
            model = register(session, "PD Signed")
            versions.register_version(session, model, NewVersion("1.0"))
            asked = Asked(version="1.0", environment="test")
            ask = partial(asking.ask_approval, session, model, asked)
            assert waits_behind_the_lock(session, tmp_path, ask) == 0
            (request,) = (row.key for row in approvals.list_requests(session))
        ballot = Ballot(Decision.APPROVE, "I have reviewed it.")
        days = clock.today(), clock.today() + timedelta(days=7)
        away = NewDelegation(MEMBER, *days)
        for signer in (one, other):
            unlock = people.unlocker(signer, lambda: PASSPHRASE)
            decide = partial(decisions.decide, signer, request, ballot, unlock)
            delegate = partial(grant_delegation, signer, away, unlock)
            assert waits_behind_the_lock(signer, tmp_path, decide) == 0
            assert waits_behind_the_lock(signer, tmp_path, delegate) == 0
        assert approvals.show_request(one, request).status in GRANTED
        assert ledger.verify_ledger(one).is_ok


def test_whoever_begins_while_somebody_writes_takes_his_turn_at_once(
    team: Team, tmp_path: Path
) -> None:
    with two(team) as (other, session), counting(session, tmp_path):
        model = register(session, "Turns")
        with ThreadPoolExecutor(1) as pool, team.connect() as looking:
            with other.workspace.write(other.actor) as work:
                work.record(PersonLocked("x", 3))
                edit = pool.submit(models.edit_model, session, model, {"purpose": "Order"})
                until = time.monotonic() + 20
                while looking.execute(_WAITS).fetchone() == (0,):
                    assert time.monotonic() < until
            edit.result(20)
        assert texts_of(session, model)[0] == "Order"
    told = (tmp_path / "trace.txt").read_text(errors="replace")
    assert told.count("public.ledger_hold(") == 1  # the registration's
    assert told.count("public.ledger_lock(") == 1


def test_the_lock_and_its_end_leave_together(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    held = b"SELECT count(*) FROM pg_locks WHERE relation = 'head'::regclass AND granted"
    finish, seen = LatePen.finish, list[object]()
    with team.session(MEMBER) as session, team.connect() as admin:

        def look(pen: LatePen, connection: sa.Connection) -> None:
            time.sleep(0.1)  # what had left would have arrived
            seen.append(admin.execute(held).fetchone())
            finish(pen, connection)

        monkeypatch.setattr(LatePen, "finish", look)
        model = register(session, "In one piece")  # its reading ends with the piece
        models.edit_model(session, model, {"tier": "2"})  # its rehearsal ended before
    assert seen == [(1,), (0,)]


def test_what_an_act_has_committed_is_never_done_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    begin = LatePen.begin

    def note(pen: LatePen, *given: object) -> object:
        made.append(pen)
        return begin(pen, *given)  # type: ignore[arg-type] # as they came

    @locks_late
    def act(session: Session) -> None:
        register(session, "Twofold")
        with session.workspace.write(session.actor) as work:
            work.record(PersonLocked("x", 3))

    monkeypatch.setattr(LatePen, "begin", note)
    with team.session(MEMBER) as session:
        act(session)
    assert len(made) == 1


def test_what_is_not_rehearsed_is_refused_and_not_lost(team: Team) -> None:
    with team.session(MEMBER) as session:
        late = replace(session.workspace, turn=Turn())
        with pytest.raises(RuntimeError, match="not rehearsed"), late.write(session.actor) as work:
            work.connection.execute(sa.text("DELETE FROM models WHERE number = 0"))


def test_what_became_of_a_commit_is_looked_up_behind_the_lock(team: Team) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE relation = 'head'::regclass AND mode = %s"
    pen, mode = LatePen(), ("ShareRowExclusiveLock",)
    asked = pen.begin, pen.lock
    with team.session(MEMBER) as session, team.connect() as admin:
        for number, ask in enumerate(asked):
            with session.workspace.engine.connect() as connection:
                ask(connection, "")
                assert admin.execute(held, mode).fetchone() == (number,)
