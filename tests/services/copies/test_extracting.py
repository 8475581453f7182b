"""Extracts: what is given verifies, what is not given is not there, and nothing goes unsaid."""

import re
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.extracts import Extract, Matter
from mlops_desktop.core.identity import Role
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.ledger.extract import open_extract
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.outside import devices
from mlops_desktop.outside.workspace_key import VARIABLE, workspace_key
from mlops_desktop.services import items, ledger, models
from mlops_desktop.services.copies.extracting import Cut, Period, Reader, make_extract, take_extract
from mlops_desktop.services.copies.outbox import read_outbox
from mlops_desktop.services.copies.pushing import receive
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.ledger import LedgerVerdict
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.session import Session
from mlops_desktop.services.workspaces import open_workspace
from mlops_desktop.store import extracts, numbering, rebuild
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.queries.models import find_model
from tests.services.conftest import Bank


def cut_from(session: Session, cut: Cut) -> Extract:
    id = session.workspace.id
    device = devices.load_device_key(id, workspace_key(id))
    make_extract(session.workspace, cut, session.actor, device)
    with session.workspace.read() as view:
        signed = extracts.read_statement(view.connection)
    return open_extract(signed or "", [NoteKey.of(session.workspace.origin, device)])


def ids_of(session: Session, *named: str) -> frozenset[str]:
    with session.workspace.read() as view:
        return frozenset(find_model(view.connection, name) for name in named)


def problem(verdict: LedgerVerdict) -> tuple[str, int, str] | None:
    first = verdict.first_failure
    if first is None or first.finding is None:
        return None
    return first.name, first.finding.position, first.finding.error.code


def numbers_of(session: Session) -> dict[str, str]:
    """The number of every model and item by its id."""
    rows = models.list_models(session, ModelFilter(scope=Scope.ALL))
    told = items.list_items(session, ItemFilter(scope=ItemScope.ALL))
    return {row.key: row.id for row in rows} | {item.id: item.number for item in told}


CUTS = (
    (("M-00005",), Role.AUDITOR, Period(until=date(2026, 6, 30))),
    (("M-00002", "M-00012", "M-00021"), Role.DEVELOPER, Period(since=date(2026, 1, 1))),
    (("M-00015", "M-00010"), Role.EXPERT, Period()),
    (tuple[str, ...](), Role.BOARD, Period()),
)


@pytest.mark.long
def test_extracts_of_the_sample_bank_verify(own_sample_bank: str, tmp_path: Path) -> None:
    session = open_workspace(own_sample_bank)
    with closing(session.workspace):  # all copies are this one
        before = ledger.verify_ledger(session)
        known_then = numbers_of(session)
        ids_then = models.list_models(session, ModelFilter())
    for number, (named, role, period) in enumerate(CUTS):
        place = tmp_path / f"copy-{number}.mlops"
        shutil.copy(own_sample_bank, place)
        session = open_workspace(str(place))
        with closing(session.workspace):
            extract = cut_from(session, Cut(role, ids_of(session, *named), period))
            verdict = ledger.verify_ledger(session, whole=True)
            assert problem(verdict) is None, named
            assert (verdict.size, verdict.root) == (before.size, before.root)
            assert models.count_models(session, ModelFilter()) == (len(named) or len(ids_then))
            assert numbers_of(session).items() <= known_then.items()
            assert bool(extract.withheld_number) == bool(named)
            assert extract.held_back_number > 0


def test_what_is_held_back_by_role_is_said_and_gone(file_bank: Bank) -> None:
    model = models.register_model(file_bank.session, {"name": "PD", "description": "Scores"}).id
    models.edit_model(file_bank.session, model, {"tier": "2"}, reason="Lieferant Nordwind")
    extract = cut_from(file_bank.session, Cut(Role.DEVELOPER))
    assert set(extract.matters) == {Matter.PERSONS, Matter.REMARKS, Matter.DOCUMENTS}
    shown = models.show_model(file_bank.session, model)
    description = shown.state.details.description
    assert description is not None
    assert description.text == "Scores"
    with file_bank.session.workspace.read() as view:
        kept = view.connection.execute(sa.text("SELECT disclosure FROM disclosures")).scalars()
        assert not any("Tm9yZHdpbmQ" in text for text in kept)
    assert problem(ledger.verify_ledger(file_bank.session)) is None


def test_an_event_taken_out_of_a_workspace_is_found(bank: Bank) -> None:
    models.register_model(bank.session, {"name": "PD"})
    place = ledger.verify_ledger(bank.session).size - 1
    take_out(bank.session, place)
    verdict = ledger.verify_ledger(bank.session)
    assert [check.name for check in verdict.checks if not check.is_ok] == ["rows", "gaps"]
    assert problem(verdict) == ("gaps", place, "ledger.event_withheld")


def take_out(session: Session, position: int) -> None:
    engine = session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        extracts.withhold(connection, [position])
        connection.commit()


def test_more_taken_out_of_an_extract_than_was_signed_is_found(file_bank: Bank) -> None:
    session = file_bank.session
    model = models.register_model(session, {"name": "PD"}).id
    models.register_model(session, {"name": "LGD"})
    cut_from(session, Cut(Role.AUDITOR, ids_of(session, model)))
    assert problem(ledger.verify_ledger(session)) is None
    place = ledger.read_log(session, model=model)[0].position
    take_out(session, place)
    codes = {
        check.finding.error.code for check in ledger.verify_ledger(session).checks if check.finding
    }
    assert "ledger.gaps_differ" in codes


def test_a_number_changed_in_an_extract_is_found(file_bank: Bank) -> None:
    session = file_bank.session
    models.register_model(session, {"name": "LGD"})
    model = ids_of(session, models.register_model(session, {"name": "PD"}).id)
    (key,) = model
    assert numbers_of(session)[key] == "M-00002"
    cut_from(session, Cut(Role.AUDITOR, model))
    assert numbers_of(session) == {key: "M-00002"}
    with session.workspace.engine.connect().execution_options(**{WRITES: True}) as connection:
        numbering.keep_numbers(connection, {key: 1})
        rebuild.rebuild(connection)
        connection.commit()
    assert numbers_of(session) == {key: "M-00001"}
    assert problem(ledger.verify_ledger(session)) == ("gaps", -1, "ledger.numbers_differ")


def test_numbers_kept_where_nothing_was_left_out_are_found(file_bank: Bank) -> None:
    session = file_bank.session
    (key,) = ids_of(session, models.register_model(session, {"name": "PD"}).id)
    with session.workspace.engine.connect().execution_options(**{WRITES: True}) as connection:
        numbering.keep_numbers(connection, {key: 7})
        rebuild.rebuild(connection)
        connection.commit()
    assert numbers_of(session) == {key: "M-00007"}
    assert problem(ledger.verify_ledger(session)) == ("gaps", -1, "ledger.numbers_differ")


def test_a_statement_nobody_enrolled_signed_says_nothing(file_bank: Bank) -> None:
    session = file_bank.session
    models.register_model(session, {"name": "PD"})
    cut_from(session, Cut(Role.DEVELOPER))
    engine = session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        signed = extracts.read_statement(connection) or ""
        extracts.keep_statement(connection, signed.replace('"held_back_number":', '"x":'))
        connection.commit()
    found = ledger.verify_ledger(session).first_failure
    assert found is not None
    assert found.finding is not None
    assert isinstance(found.finding.error, AppError)
    assert (found.name, found.finding.error.code) == ("gaps", "note.signature_wrong")


def test_a_reader_elsewhere_reads_annotates_and_brings_back(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = bank.session
    models.register_model(team, {"name": "PD"})
    models.register_model(team, {"name": "Geheimsache"})
    reader = Reader(tmp_path / "audit.mlops", "Jonas Brandt", "drei kurze Worte", models=("PD",))
    taken = take_extract(team, reader, lambda *_: None)
    bytes_there = reader.path.read_bytes()
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
        elsewhere.delenv(VARIABLE)
        with pytest.raises(AppError, match=r"workspace\.wrong_passphrase"):
            open_workspace(str(reader.path), ask=lambda: "drei lange Worte")
        mine = open_workspace(str(reader.path), ask=lambda: reader.passphrase)
        assert [row.name for row in models.list_models(mine, ModelFilter())] == ["PD"]
        assert problem(ledger.verify_ledger(mine)) is None
        with pytest.raises(AppError, match=r"copy\.of_copy"):
            take_extract(mine, replace(reader, path=tmp_path / "more.mlops"), lambda *_: None)
        with pytest.raises(AppError, match=r"copy\.read_only"):
            models.edit_model(mine, "M-00001", {"tier": "1"})
        texts = {"list_name": "Prüfung", "question": "Wer setzte die Schwelle?"}
        texts |= {"title": "Schwelle", "asker": "internal_audit", "owner": "Corinna Wolters"}
        texts |= {"due": (clock.today() + timedelta(days=30)).isoformat()}
        asked = Given(texts, ("M-00001",))
        items.open_item(mine, REQUEST, asked)
        outbox = read_outbox(mine)
        mine.workspace.close()
    pushed = receive(team, outbox)
    assert [one.fate for one in pushed.arrivals] == [Fate.EFFECTIVE]
    assert ledger.read_log(team, limit=1)[0].person == "Jonas Brandt"
    assert problem(ledger.verify_ledger(team)) is None
    assert taken.size < ledger.verify_ledger(team).size
    assert b"Geheimsache" not in bytes_there


def test_an_extract_of_nothing_or_of_no_time_is_refused_and_nothing_is_left(
    file_bank: Bank, tmp_path: Path
) -> None:
    place = tmp_path / "audit.mlops"
    secret, name = "drei kurze Worte", "Jonas Brandt"
    before = ledger.verify_ledger(file_bank.session).size
    upside_down = Period(date(2026, 2, 1), date(2026, 1, 1))
    for wanted, code in (
        (Reader(place, name, secret, line="tier:1"), "extract.no_model"),
        (Reader(place, name, secret, period=upside_down), "extract.period_unfit"),
        (Reader(place, name, "kurz"), "passphrase.too_short"),
        (Reader(place, "Niemand", secret), "person.not_found"),
        (Reader(place, name, secret, lease_days=999), "copy.lease_unfit"),
    ):
        with pytest.raises(AppError, match=re.escape(code)):
            take_extract(file_bank.session, wanted, lambda *_: None)
        assert not place.exists()
    assert ledger.verify_ledger(file_bank.session).size == before
