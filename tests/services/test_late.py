"""Acts that read before they lock, on a team's real PostgreSQL: whom they keep waiting, and what
becomes of them where others write meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import GRANTED
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.models import ModelEdited
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
from mlops_desktop.services.duplicates import warn_alike
from mlops_desktop.services.items import Given
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.monitoring import thresholds
from mlops_desktop.services.monitoring.thresholds import NewThreshold
from mlops_desktop.services.own_values import check_kept
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewLogin
from mlops_desktop.services.versions import NewVersion
from mlops_desktop.store import late_pen, log
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.late_pen import LatePen, Turn
from mlops_desktop.store.line import Line
from tests.services.test_round_trips import counting
from tests.support.team import KEEPER, MEMBER, PASSPHRASE, Team

T = TypeVar("T")
_WAITS = b"SELECT count(*) FROM pg_locks WHERE NOT granted"
Texts = dict[str, str]


@contextmanager
def two(team: Team) -> Iterator[tuple[Session, Session]]:
    """Open the workspace as two persons, each at a desk of his own."""
    with team.session(KEEPER) as other, team.session(MEMBER) as session:
        yield other, session


def once(act: Callable[[], object], then: Callable[..., T]) -> Callable[..., T]:
    """Return a function that acts the first time it is called, and then goes on as before."""
    waiting = [act]

    def call(*args: object, **kwargs: object) -> T:
        if waiting:
            waiting.pop()()
        return then(*args, **kwargs)

    return call


def size_of(session: Session) -> int:
    with session.workspace.read() as view:
        return view.head().size


def register(session: Session, name: str) -> str:
    return models.register_model(session, {"name": name}).id


def edit_early(session: Session, model: str, texts: Texts) -> None:
    """Edit as a program does that locks first."""
    early = models.edit_model.__wrapped__  # type: ignore[attr-defined] # what the decorator wraps
    early(session, model, texts)


def texts_of(session: Session, model: str) -> tuple[str, str]:
    with session.workspace.read() as view:
        details = models.get_state(view, model).state.details
    return tuple(one.text if one else "" for one in (details.purpose, details.description))  # type: ignore[return-value] # two of them


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


def test_what_others_wrote_meanwhile_is_seen_before_anything_is_recorded(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two(team) as (other, session):
        faster = once(partial(register, other, "LGD Leasing"), warn_alike)
        monkeypatch.setattr(models, "warn_alike", faster)
        size = size_of(session)
        with pytest.raises(AppError, match=r"model\.name_taken"):
            register(session, "LGD Leasing")
        assert size_of(session) == size + 1


def test_an_act_that_was_overtaken_while_it_read_runs_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two(team) as (other, session):
        model = register(session, "EAD Cards")
        faster = partial(models.edit_model, other, model, {"purpose": "Limits"})
        monkeypatch.setattr(models, "check_kept", once(faster, check_kept))
        size = size_of(session)
        models.edit_model(session, model, {"description": "Drawn part."})
        assert size_of(session) == size + 2
        assert texts_of(session, model) == ("Limits", "Drawn part.")
        assert ledger.verify_ledger(session).is_ok


def test_an_act_that_was_overtaken_at_the_lock_runs_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two(team) as (other, session):
        model, second = register(session, "CCF Cards"), register(session, "CCF Loans")
        faster = partial(models.edit_model, other, second, {"purpose": "Limits"})
        monkeypatch.setattr(LatePen, "hold", once(faster, LatePen.hold))
        size = size_of(session)
        models.edit_model(session, model, {"description": "Drawn part."})
        assert size_of(session) == size + 2
        assert texts_of(session, model) == ("", "Drawn part.")
        assert texts_of(session, second) == ("Limits", "")
        assert ledger.verify_ledger(session).is_ok


def test_rows_that_somebody_rehearses_who_fell_asleep_are_let_go(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    asleep = ("SET LOCAL idle_in_transaction_session_timeout = '200ms'", ())
    monkeypatch.setattr(late_pen, "_ASLEEP", asleep)
    with two(team) as (other, session):
        model = register(session, "Fraud Cards")
        faster = partial(edit_early, other, model, {"purpose": "Stops payments"})
        monkeypatch.setattr(LatePen, "hold", once(faster, LatePen.hold))
        models.edit_model(session, model, {"description": "Payments by card."})
        assert texts_of(session, model) == ("Stops payments", "Payments by card.")


def test_a_rehearsal_waits_for_nobody_who_holds_the_lock(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two(team) as (other, session):
        model = register(session, "Fraud Transfers")
        has_row, may_end = threading.Event(), threading.Event()

        def hold_row() -> None:
            with other.workspace.write(other.actor) as work:
                details = models.get_state(work, model).state.details
                work.record(ModelEdited(model, replace(details, tier=3)))
                work.flush()
                has_row.set()
                assert may_end.wait(20)

        thread = threading.Thread(target=hold_row)

        def begin() -> None:
            thread.start()
            assert has_row.wait(20)

        overtaken = LatePen.is_overtaken
        monkeypatch.setattr(models, "check_kept", once(begin, check_kept))
        monkeypatch.setattr(LatePen, "is_overtaken", once(may_end.set, overtaken))
        models.edit_model(session, model, {"description": "Transfers."})
        thread.join()
        assert texts_of(session, model)[1] == "Transfers."


def test_many_at_two_models_lose_nothing(team: Team) -> None:
    with two(team) as desks:
        session = desks[0]
        keys = [register(session, f"Shared {number}") for number in range(2)]
        size, failed = size_of(session), list[BaseException]()

        def work(desk: Session, field: str) -> None:
            try:
                for number in range(30):
                    edit = edit_early if number % 5 == 4 else models.edit_model
                    edit(desk, keys[number % 2], {field: f"{field} {number}"})
            except BaseException as error:
                failed.append(error)

        fields = ("purpose", "description", "limitations", "assumptions")
        threads = [
            threading.Thread(target=work, args=(desks[place % 2], field))
            for place, field in enumerate(fields)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failed
        with session.workspace.read() as view:
            stored = [*log.read_events(view.connection)][size:]
            found = [log.read_envelope(view.connection, one.body).payload for one in stored]
        assert sum(isinstance(one, ModelEdited) for one in found) == 4 * 30
        assert texts_of(session, keys[1]) == ("purpose 29", "description 29")
        assert ledger.verify_ledger(session).is_ok


def test_what_an_act_has_committed_is_never_done_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    begin = LatePen.lock

    def lock(pen: LatePen, *given: object) -> object:
        made.append(pen)
        return begin(pen, *given)  # type: ignore[arg-type] # as they came

    @locks_late
    def act(session: Session) -> None:
        register(session, "Twofold")
        with session.workspace.write(session.actor) as work:
            work.record(PersonLocked("x", 3))

    monkeypatch.setattr(LatePen, "lock", lock)
    with team.session(MEMBER) as session:
        act(session)
    assert len(made) == 1


def test_what_is_not_rehearsed_is_refused_and_not_lost(team: Team) -> None:
    with team.session(MEMBER) as session:
        late = replace(session.workspace, turn=Turn())
        with pytest.raises(RuntimeError, match="not rehearsed"), late.write(session.actor) as work:
            work.connection.execute(sa.text("DELETE FROM models WHERE number = 0"))


@contextmanager
def altered(team: Team, there: str, back: str) -> Iterator[None]:
    """Change the database past the program, and change it back."""
    with team.connect() as connection:
        connection.execute(there.encode())
        try:
            yield
        finally:
            connection.execute(back.encode())


def test_a_database_that_does_not_know_the_function_yet_is_locked_first(team: Team) -> None:
    names = (
        "ALTER FUNCTION ledger_hold RENAME TO hold_",
        "ALTER FUNCTION hold_ RENAME TO ledger_hold",
    )
    with altered(team, *names), team.session(MEMBER) as session:
        register(session, "Before the upgrade")


def test_tables_that_were_upgraded_meanwhile_are_not_written(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = "UPDATE meta SET value = '{}' WHERE name = 'projection'"
    form = current_form()
    with team.session(MEMBER) as session, altered(team, "SELECT", change.format(form)):

        def upgrade() -> None:
            with psycopg.connect(team.admin, autocommit=True) as connection:
                connection.execute(change.format("9999-x").encode())

        monkeypatch.setattr(LatePen, "hold", once(upgrade, LatePen.hold))
        size = size_of(session)
        with pytest.raises(AppError, match=r"workspace\.form_changed"):
            register(session, "Too late")
        assert size_of(session) == size


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


def test_a_line_cut_at_any_question_leaves_all_of_an_act_or_nothing_and_says_so(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, outcomes = Line.settle, list[str]()
    with two(team) as (other, session), team.connect() as admin:
        model = register(session, "Cut off")
        for place in range(16):
            questions = count()

            def cut(line: Line, at: int = place, asked: Iterator[int] = questions) -> object:
                if next(asked) == at:
                    line.flush()
                    process = line._link.info.backend_pid
                    admin.execute("SELECT pg_terminate_backend(%s)", (process,))
                return settle(line)

            size, told = size_of(other), "recorded"
            monkeypatch.setattr(Line, "settle", cut)
            try:
                models.edit_model(session, model, {"description": f"At question {place}."})
            except AppError as error:
                told = error.code
            monkeypatch.setattr(Line, "settle", settle)
            outcomes.append(told)
            assert size_of(other) == size + (told == "recorded")
            session.workspace.engine.dispose()  # what was cut off is not found at hand again
        assert ledger.verify_ledger(session).is_ok
    assert {"recorded", "workspace.unreachable", "workspace.not_recorded"} <= {*outcomes}


def test_an_act_that_begins_while_the_tables_are_upgraded_waits(team: Team) -> None:
    with team.session(MEMBER) as session, team.connect() as admin, ThreadPoolExecutor(1) as pool:
        with admin.transaction():
            admin.execute(b"LOCK TABLE head IN ACCESS EXCLUSIVE MODE")
            act = pool.submit(register, session, "Upgraded")
            time.sleep(0.4)  # four times as long as a rehearsal waits
            assert not act.done()
            admin.execute(b"UPDATE meta SET value = 'x' WHERE name = 'projection'")
        with pytest.raises(AppError, match=r"workspace\.form_changed"):
            act.result(20)
        change = "UPDATE meta SET value = %s WHERE name = 'projection'"
        admin.execute(change, (current_form(),))


def test_what_became_of_a_commit_is_looked_up_behind_the_lock(team: Team) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE relation = 'head'::regclass AND mode = %s"
    pen, mode = LatePen(), ("ShareRowExclusiveLock",)
    with team.session(MEMBER) as session, team.connect() as admin:
        for number in range(2):
            with session.workspace.engine.connect() as connection:
                pen.lock(connection, "")
                assert admin.execute(held, mode).fetchone() == (number,)


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
