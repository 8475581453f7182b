"""What becomes of acts that read before they lock, on a team's real PostgreSQL, where others write
or upgrade meanwhile, somebody sleeps, or a line is cut."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count

import psycopg
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.services import (
    ledger,
    models,
)
from mlops_desktop.services.duplicates import warn_alike
from mlops_desktop.services.own_values import check_kept
from mlops_desktop.services.session import Session
from mlops_desktop.store import late_pen, log
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.late_pen import LatePen
from mlops_desktop.store.line import Line
from tests.support.late import edit_early, once, register, size_of, texts_of, two
from tests.support.team import MEMBER, Team


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
