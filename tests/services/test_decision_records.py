"""A decision is looked up where it is kept; personal data only for a purpose that is recorded."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlite

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.retention import Retained
from mlops_desktop.services import decision_records, ledger, models, sources
from mlops_desktop.services.decision_records import Asked
from mlops_desktop.services.retention.erasing import preview_rule, run_rule
from mlops_desktop.services.retention.rules import define_rule
from mlops_desktop.services.sources import NewSource
from mlops_desktop.store.tables.ledger import events
from tests.services.conftest import Bank

REFERENCE = "ELB-2026-0418-77310"
_HEADS = "az;stand;modell;version;ergebnis;einkommen;laufzeit;quote;rueckstand"
_ROWS = (
    f"{REFERENCE};18.04.2026;Antragsscore;7;abgelehnt;3100;60;-0,41;-0,22",
    "ELB-2026-0418-77311;18.04.2026;Antragsscore;7;angenommen;5900;48;0,3;0,1",
)
_MEANINGS = {
    "reference": "az",
    "time": "stand",
    "model": "modell",
    "version": "version",
    "output": "ergebnis",
    "input.Einkommen": "einkommen",
    "input.Laufzeit": "laufzeit",
    "contribution.Schuldendienstquote": "quote",
    "contribution.Monate seit Rückstand": "rueckstand",
}


def _database(tmp_path: Path, condition: str = "az = :reference") -> NewSource:
    place = tmp_path / "archiv.db"
    heads = _HEADS.split(";")
    with sqlite.connect(str(place)) as made:
        made.execute(f"CREATE TABLE entscheidung ({', '.join(f'{one} TEXT' for one in heads)})")
        marks = ", ".join("?" * len(heads))
        rows = [one.replace(",", ".").split(";") for one in _ROWS]
        made.executemany(f"INSERT INTO entscheidung VALUES ({marks})", rows)
    made.close()
    settings = {
        "query.e": f"SELECT * FROM entscheidung WHERE {condition}",
        "facts.e": "decisions",
        "open.e": "Laufzeit",
        **{f"map.e.{name}": column for name, column in _MEANINGS.items()},
    }
    return _source("sql", f"sqlite:///{place}", settings)


def _folder(tmp_path: Path) -> NewSource:
    root = tmp_path / "archiv"
    root.mkdir()
    (root / "entscheidungen.csv").write_text("\n".join((_HEADS, *_ROWS)))
    settings = {f"decision.{name}": column for name, column in _MEANINGS.items()}
    return _source("folder", str(root), {**settings, "decision.open": "Laufzeit"})


def _source(kind: str, url: str, settings: dict[str, str]) -> NewSource:
    pairs = tuple(Pair(name, value) for name, value in settings.items())
    return NewSource(kind, "archiv", url, settings=pairs)


@pytest.fixture(params=["sql", "folder"])
def archive(request: pytest.FixtureRequest, file_bank: Bank, tmp_path: Path) -> Bank:
    models.register_model(file_bank.session, {"name": "Antragsscore"})
    wanted = _database(tmp_path) if request.param == "sql" else _folder(tmp_path)
    sources.add_source(file_bank.session, wanted)
    return file_bank


def _bodies(bank: Bank) -> bytes:
    with bank.session.workspace.read() as view:
        return b"".join(bytes(one) for one in view.connection.scalars(sa.select(events.c.body)))


def test_personal_data_is_masked_and_looking_leaves_nothing(archive: Bank) -> None:
    assert decision_records.can_look_up(archive.session)
    before = len(ledger.read_log(archive.session))
    found = decision_records.look_up(archive.session, Asked(f" {REFERENCE} "))
    assert (found.output, found.version) == ("abgelehnt", "7")
    assert found.at is not None
    assert found.at.startswith("2026-04-1")
    assert found.model is not None
    assert found.model.name == "Antragsscore"
    assert [(one.name, one.value) for one in found.inputs] == [
        ("Einkommen", None),
        ("Laufzeit", "60"),
    ]
    assert [(one.name, one.value) for one in found.contributions] == [
        ("Schuldendienstquote", "-0.41"),
        ("Monate seit Rückstand", "-0.22"),
    ]
    assert found.is_masked
    assert len(ledger.read_log(archive.session)) == before


def test_a_sync_brings_no_decision_in(archive: Bank) -> None:
    probe = sources.probe_source(archive.session, "archiv")
    assert not probe.failures
    assert "unknown" not in {one.name for one in probe.visible}
    result = sources.sync(archive.session, "archiv", lambda *_: None)
    assert (result.counts.read, result.failures) == (0, ())
    with archive.session.workspace.read() as view:
        tables = sa.inspect(view.connection).get_table_names()
        for name in tables:
            rows = view.connection.execute(sa.select(sa.text("*")).select_from(sa.table(name)))
            assert REFERENCE not in repr(rows.fetchall())


def test_revealing_says_who_and_why_and_is_erased_by_a_rule(bank: Bank, tmp_path: Path) -> None:
    key = models.register_model(bank.session, {"name": "Antragsscore"}).id
    sources.add_source(bank.session, _database(tmp_path))
    with pytest.raises(AppError, match=r"decision\.purpose_missing"):
        decision_records.reveal(bank.session, Asked(REFERENCE), " ")
    assert decision_records.list_shown(bank.session) == ()
    acting = bank.as_("Corinna Wolters")
    found, done = decision_records.reveal(
        acting, Asked(REFERENCE, "archiv"), "Beschwerde vom 2. Mai"
    )
    assert [(one.name, one.value, one.is_personal) for one in found.inputs] == [
        ("Einkommen", "3100", True),
        ("Laufzeit", "60", False),
    ]
    (shown,) = decision_records.list_shown(bank.session, key)
    assert (shown.person, shown.purpose) == ("Corinna Wolters", "Beschwerde vom 2. Mai")
    assert (shown.reference, shown.inputs) == (REFERENCE, ("Einkommen",))
    for secret in (b"3100", REFERENCE.encode(), b"Beschwerde"):
        assert secret not in _bodies(bank)
    define_rule(bank.session, "blicke", Retained.DECISIONS, 12, reason="Löschkonzept 5.1")
    assert preview_rule(bank.session, "blicke").texts == 0
    later = clock.now() + timedelta(days=400)
    with clock.reading(lambda: later):
        (going,) = preview_rule(bank.session, "blicke").going
        assert (going.id, len(going.texts)) == (done.id, 3)
        run_rule(bank.session, "blicke", "Frist abgelaufen")
    (gone,) = decision_records.list_shown(bank.session)
    assert (gone.reference, gone.purpose, gone.person) == (None, None, "Corinna Wolters")
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_condition_that_is_too_wide_hands_out_nobody_elses_case(
    file_bank: Bank, tmp_path: Path
) -> None:
    wanted = _database(tmp_path, "az <> :reference OR az = :reference")
    sources.add_source(file_bank.session, wanted)
    assert decision_records.look_up(file_bank.session, Asked(REFERENCE)).reference == REFERENCE
    with pytest.raises(AppError, match=r"decision\.not_found"):
        decision_records.look_up(file_bank.session, Asked("' OR 1=1"))


def test_inputs_and_contributions_may_stand_in_one_column(file_bank: Bank, tmp_path: Path) -> None:
    told = json.dumps([{"name": "quote", "value": -0.4}, {"name": "alter", "value": 0.1}])
    select = f"SELECT :reference AS az, '{json.dumps({'einkommen': 3100})}' AS i, '{told}' AS c"
    settings = {
        "query.e": select,
        "facts.e": "decisions",
        "map.e.reference": "az",
        "map.e.inputs": "i",
        "map.e.contributions": "c",
    }
    place = _database(tmp_path).url
    sources.add_source(file_bank.session, _source("sql", place, settings))
    found = decision_records.look_up(file_bank.session, Asked("X"))
    assert [(one.name, one.value) for one in found.contributions] == [
        ("quote", "-0.4"),
        ("alter", "0.1"),
    ]
    assert [(one.name, one.value) for one in found.inputs] == [("einkommen", None)]


def test_what_cannot_be_answered_is_told_apart(file_bank: Bank, tmp_path: Path) -> None:
    session = file_bank.session

    def code(asked: Asked) -> str:
        with pytest.raises(AppError) as caught:
            decision_records.look_up(session, asked)
        return caught.value.code

    assert not decision_records.can_look_up(session)
    assert code(Asked(REFERENCE)) == "decision.no_source"
    sources.add_source(session, _database(tmp_path))
    assert code(Asked("  ")) == "decision.reference_missing"
    assert code(Asked("ELB-0")) == "decision.not_found"
    assert code(Asked(REFERENCE, "anderswo")) == "source.not_found"
    assert code(replace(Asked(REFERENCE), is_cancelled=lambda: True)) == "decision.source_failed"
    (tmp_path / "archiv.db").unlink()
    assert code(Asked(REFERENCE)) == "decision.source_failed"
