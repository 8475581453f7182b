"""A copy is taken, worked in, and brought back: every event has its fate, both sides are equal."""

import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate, Settlement
from mlops_desktop.core.standing import Status
from mlops_desktop.outside import cipher
from mlops_desktop.outside.passphrases import prepared
from mlops_desktop.services import approvals, copies, decisions, ledger, models, people, workspaces
from mlops_desktop.services.session import Session
from mlops_desktop.store import earlier, rebuild
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.tables.ledger import checkpoints, events
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import APPROVE, add_version, ask, cast, register
from tests.support.canaries import canary

SECRET = canary("the passphrase of a stick", "Elbe-im-Nebel-42")


@contextmanager
def taken(team: Session, path: Path) -> Iterator[Session]:
    """A copy, open, with the person acting who took it."""
    copies.take(team, copies.Wanted(path))
    copy = replace(workspaces.open_workspace(str(path)), actor=team.actor)
    yield copy
    copy.workspace.close()


def sound(session: Session) -> bool:
    return ledger.verify_ledger(session).first_failure is None


def fates(pushed: copies.Pushed) -> list[tuple[Fate, str | None]]:
    return [(one.fate, one.rule) for one in pushed.arrivals]


def line_of(session: Session, model: str = "M-00001") -> str | None:
    return models.show_model(session, model).state.details.business_line


def test_a_copy_is_worked_in_and_brought_back(bank: Bank, tmp_path: Path) -> None:
    team = bank.as_("Corinna Wolters")
    models.register_model(team, {"name": "PD Mittelstand"})
    with taken(team, tmp_path / "train.mrm") as copy:
        models.edit_model(copy, "M-00001", {"business_line": "SME"})
        models.register_model(copy, {"name": "LGD Offline"})
        models.edit_model(team, "M-00001", {"business_line": "Retail"})
        told = [row.type for row in copies.state(copy).unshared]
        assert told == ["model.registered", "model.edited"]
        assert sound(copy)
        pushed = copies.push(copy, team)
        assert [one.fate for one in pushed.arrivals] == [Fate.STALE_BASE, Fate.EFFECTIVE]
        assert copies.push(copy, team).arrivals == ()
        pulled = copies.pull(copy, team)
        assert pulled.left == 0
        assert {"model", "copy", "conflict"} <= pulled.changes.kinds
        assert copies.state(copy).unshared == ()
        for session in (team, copy):
            assert sound(session)
            assert line_of(session) == "Retail"
            (held,) = copies.conflicts(session)
            assert (held.event.type, held.fate) == ("model.edited", Fate.STALE_BASE)
            assert held.against is not None
            assert held.against.summary == "business_line"
        shown = ledger.read_log(team, model="M-00001")
        assert [row.fate for row in shown] == [Fate.STALE_BASE, None, None]


def test_a_stick_brings_the_same_and_a_conflict_is_settled(file_bank: Bank, tmp_path: Path) -> None:
    team = file_bank.as_("Corinna Wolters")
    models.register_model(team, {"name": "PD Mittelstand"})
    with taken(team, tmp_path / "train.mrm") as copy:
        models.edit_model(copy, "M-00001", {"business_line": "SME"})
        models.edit_model(team, "M-00001", {"business_line": "Retail"})
        out, back = tmp_path / "out.stick", tmp_path / "back.stick"
        assert copies.write_outbox(copy, out, SECRET) == 1
        with pytest.raises(AppError, match=r"copy\.file_exists"):
            copies.write_outbox(copy, out, SECRET)
        with pytest.raises(AppError, match=r"passphrase\.file_not_opened") as refused:
            copies.read_outbox_file(team, out, "another one")
        assert refused.value.where == str(out)
        with pytest.raises(AppError, match=r"copy\.file_unfit"):
            copies.read_update_file(copy, out, SECRET)
        keeper = file_bank.as_(FOUNDER)
        brought = copies.receive(keeper, copies.read_outbox_file(keeper, out, SECRET))
        assert fates(brought) == [(Fate.STALE_BASE, None)]
        copies.write_update(keeper, copies.state(copy).base.size, back, SECRET)
        update = copies.read_update_file(copy, back, SECRET)
        assert copies.take_update(copy, update).left == 0
        assert copies.take_update(copy, update).came == 0
        (held,) = copies.conflicts(team)
        other = file_bank.as_("Jonas Brandt")
        with pytest.raises(AppError, match=r"copy\.not_author"):
            copies.settle(other, held.event.id, Settlement.KEPT)
        copies.settle(copy, held.event.id, Settlement.DONE_AGAIN, "so war es gemeint")
        with pytest.raises(AppError, match=r"copy\.settled_already"):
            copies.settle(copy, held.event.id, Settlement.KEPT)
        assert fates(copies.push(copy, team)) == [(Fate.EFFECTIVE, None)] * 2
        assert line_of(team) == "SME"
        assert copies.conflicts(team) == ()
        (settled,) = copies.conflicts(team, settled=True)
        assert settled.settlement is Settlement.DONE_AGAIN
        assert sound(team)


def _asked(bank: Bank, name: str) -> str:
    model = register(bank, name=name)
    add_version(bank, model)
    team = bank.as_("Corinna Wolters")
    return approvals.request_approval(team, model, "7", "production").id


def test_decisions_meet_what_the_team_decided_meanwhile(file_bank: Bank, tmp_path: Path) -> None:
    bank = file_bank
    first, second, third, fourth = (_asked(bank, f"PD {one}") for one in range(4))
    team = bank.as_("Jonas Brandt")
    with taken(team, tmp_path / "train.mrm") as copy:
        unlock = bank.unlock("Jonas Brandt")
        for request in (first, second, third, fourth):
            decisions.decide(copy, request, APPROVE, unlock)
        cast(bank, first, "Miriam Sander")  # one of two: his own is the second
        cast(bank, second, "Miriam Sander")
        cast(bank, second, FOUNDER)
        row = approvals.show_request(bank.session, third)
        models.edit_model(bank.session, row.model_id, {"purpose": "Etwas anderes"})
        row = approvals.show_request(bank.session, fourth)
        models.edit_model(bank.session, row.model_id, {"developer": "Jonas Brandt"})
        pushed = copies.push(copy, team)
        assert fates(pushed) == [
            (Fate.EFFECTIVE, None),
            (Fate.DECIDED_ALREADY, None),
            (Fate.OTHER_VERSION, None),
            (Fate.REFUSED, "developer"),
        ]
        status = [approvals.show_request(team, one).status for one in (first, second, third)]
        assert status == [Status.APPROVED, Status.APPROVED, Status.VOIDED]
        assert sound(team)
        with pytest.raises(AppError, match=r"copy\.sign_anew"):
            copies.settle(team, pushed.arrivals[3].event, Settlement.DONE_AGAIN)
        copies.pull(copy, team)
        assert sound(copy)


def test_who_was_revoked_meanwhile_is_refused_and_named(file_bank: Bank, tmp_path: Path) -> None:
    bank = file_bank
    request = ask(bank)
    team = bank.as_("Jonas Brandt")
    with taken(team, tmp_path / "train.mrm") as copy:
        decisions.decide(copy, request, APPROVE, bank.unlock("Jonas Brandt"))
        models.edit_model(copy, "M-00001", {"business_line": "SME"})
        people.revoke_person(bank.session, "Jonas Brandt")
        copies.write_outbox(copy, tmp_path / "out", SECRET)
        keeper = bank.as_(FOUNDER)
        brought = copies.read_outbox_file(keeper, tmp_path / "out", SECRET)
        pushed = copies.receive(keeper, brought)
        assert fates(pushed) == [(Fate.REFUSED, "revoked")] * 2
        assert sound(keeper)


def test_what_a_copy_may_not_do(file_bank: Bank, tmp_path: Path) -> None:
    bank = file_bank
    register(bank)
    team = bank.as_("Corinna Wolters")
    with taken(team, tmp_path / "train.mrm") as copy:
        with pytest.raises(AppError, match=r"copy\.not_offline"):
            people.revoke_person(copy, "Jonas Brandt")
        another = replace(copy, actor=replace(copy.actor, person=bank.ids["Jonas Brandt"]))
        with pytest.raises(AppError, match=r"copy\.not_yours"):
            models.edit_model(another, "M-00001", {"business_line": "SME"})
        with pytest.raises(AppError, match=r"copy\.of_copy"):
            copies.take(copy, copies.Wanted(tmp_path / "again.mrm"))
        with pytest.raises(AppError, match=r"copy\.none"):
            copies.state(team)
        later = clock.now() + timedelta(days=31)
        with clock.reading(lambda: later):
            with pytest.raises(AppError, match=r"copy\.lease_ended"):
                models.edit_model(copy, "M-00001", {"business_line": "SME"})
            assert copies.state(copy).is_lease_over
            copies.pull(copy, team)
            models.edit_model(copy, "M-00001", {"business_line": "SME"})


def test_another_history_is_refused_and_the_outbox_stays(file_bank: Bank, tmp_path: Path) -> None:
    bank = file_bank
    register(bank)
    team = bank.as_("Corinna Wolters")
    models.edit_model(team, "M-00001", {"business_line": "Retail"})
    with taken(team, tmp_path / "train.mrm") as copy:
        models.edit_model(copy, "M-00001", {"vendor": "Haus"})
        _forget_newest(team)
        for bring in (copies.push, copies.pull):
            with pytest.raises(AppError, match=r"copy\.history_changed"):
                bring(copy, team)
        assert [row.type for row in copies.state(copy).unshared] == ["model.edited"]
        assert copies.write_outbox(copy, tmp_path / "kept", SECRET) == 1


def test_a_pull_takes_back_what_is_unshared_and_nothing_else(bank: Bank, tmp_path: Path) -> None:
    team = bank.as_("Corinna Wolters")
    models.register_model(team, {"name": "PD Mittelstand"})
    with taken(team, tmp_path / "train.mrm") as copy:
        for name in ("LGD Offline", "CCF Offline"):
            models.register_model(copy, {"name": name})
        models.edit_model(copy, "M-00001", {"name": "PD Klein", "vendor": "Haus"})
        models.register_model(team, {"name": "Team zuerst"})
        with patch("mlops_desktop.store.joining.rebuild.rebuild", side_effect=AssertionError):
            assert copies.pull(copy, team).left == 3
            assert _is_as_projected(copy)
            models.edit_model(copy, "M-00002", {"vendor": "Elbe"})
            models.edit_model(team, "M-00002", {"business_line": "Retail"})
            pulled = copies.pull(copy, team)
            assert (pulled.came, pulled.left) == (1, 4)
            assert _is_as_projected(copy)
            assert line_of(copy, "M-00002") == "Retail"
        with copy.workspace.engine.connect().execution_options(**{WRITES: True}) as connection:
            earlier.forget(connection)  # a copy that an older program wrote in
            connection.commit()
        models.edit_model(team, "M-00001", {"business_line": "SME"})
        assert copies.pull(copy, team).left == 4
        assert _is_as_projected(copy)
        assert sound(copy)


def _is_as_projected(session: Session) -> bool:
    with session.workspace.read() as view:
        return list(rebuild.compare(view.connection)) == []


def _forget_newest(team: Session) -> None:
    """Cut off the newest event and write another in its place, as a restored team would."""
    from mlops_desktop.ledger import anchor
    from mlops_desktop.store import log

    engine = team.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        size = log.read_head(connection).size - 1
        connection.execute(sa.delete(events).where(events.c.position >= size))
        connection.execute(sa.delete(checkpoints).where(checkpoints.c.size > size))
        leaves = log.read_leaves(connection, size)
        log.write_head(connection, type(log.read_head(connection))().extend(leaves))
        rebuild.rebuild(connection)
        connection.commit()
    anchor.forget(team.workspace.id)
    models.edit_model(team, "M-00001", {"business_line": "Corporates"})


@pytest.mark.parametrize("is_old", [False, True])
def test_a_copy_under_a_passphrase_opens_however_its_umlauts_are_typed(
    file_bank: Bank, tmp_path: Path, is_old: bool
) -> None:
    composed = canary("the passphrase of a copy", "Fähre-über-die-Elbe-7")
    apart = unicodedata.normalize("NFD", composed)
    path = tmp_path / "train.mrm"
    with patch(f"{cipher.__name__}.prepared", str if is_old else prepared):
        copies.take(file_bank.session, copies.Wanted(path, key_passphrase=apart))
    for typed in (composed, apart):
        opened = workspaces.open_workspace(str(path), ask=partial(str, typed))
        assert copies.state(opened).unshared == ()
        opened.workspace.close()
    with pytest.raises(AppError, match=r"workspace\.wrong_passphrase"):
        workspaces.open_workspace(str(path), ask=lambda: f"{composed}!")


def test_two_files_of_one_copy_go_apart_and_bring_everything_back(
    file_bank: Bank, tmp_path: Path
) -> None:
    team, paths = file_bank.session, (tmp_path / "train.mrm", tmp_path / "plane.mrm")
    copies.take(team, copies.Wanted(paths[0]))
    shutil.copy(paths[0], paths[1])
    one, other = (workspaces.open_workspace(str(path)) for path in paths)
    for session, name in ((one, "PD Zug"), (other, "PD Flug")):
        models.register_model(session, {"name": name})  # recorded, so nothing is said of a fault
    with pytest.raises(AppError, match=r"copy\.file_parted"):
        ledger.read_state(other)
    found = ledger.verify_ledger(other).first_failure
    assert found is not None
    assert found.finding is not None
    assert found.finding.error.code == "copy.file_parted"
    for session in (one, other):
        assert fates(copies.push(session, team)) == [(Fate.EFFECTIVE, None)]
    for session in (one, other):
        assert copies.pull(session, team).left == 0
        assert sound(session)
        session.workspace.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts the whole path")
def test_what_the_file_refuses_is_told_of_the_file(bank: Bank, tmp_path: Path) -> None:
    """Not of the server that the copy is taken from; what SQLite puts beside it has no name."""
    path = tmp_path / f"{'u' * 246}.mlops"
    with pytest.raises(AppError, match=r"workspace\.not_opened") as refused:
        copies.take(bank.session, copies.Wanted(path))
    assert refused.value.where == str(path)
    assert not path.exists()


def test_an_older_state_of_a_copys_file_is_told_as_that(file_bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "train.mrm"
    with taken(file_bank.session, path) as copy:
        before = ledger.verify_ledger(copy).size
    shutil.copy(path, tmp_path / "older.mrm")
    copy = workspaces.open_workspace(str(path), is_noted=False)
    models.register_model(copy, {"name": "LGD Offline"})
    copy.workspace.close()
    shutil.copy(tmp_path / "older.mrm", path)
    copy = workspaces.open_workspace(str(path), is_noted=False)
    failure = ledger.verify_ledger(copy).first_failure
    assert failure is not None
    assert failure.finding is not None
    assert failure.finding.error.code == "copy.file_older"
    with pytest.raises(AppError, match=r"copy\.file_older") as told:
        ledger.read_state(copy)
    assert (told.value.parameters["now"], told.value.parameters["size"]) == (before, before + 1)
    copy.workspace.close()
