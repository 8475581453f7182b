"""E-23's seventeen fields: missed, filled, stale, waived; every place says the same of each."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.validations import Area
from mlops_desktop.dossier.content import Grid, Missing
from mlops_desktop.services import models, workspaces
from mlops_desktop.services.dossiers.chapters import regulation
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.profiles.checking import check_model
from mlops_desktop.services.session import Session
from tests.cli.conftest import Bank
from tests.cli.program import BERTA, CARL, OLGA

FIELDS = [f"E23-A1-{at:02}" for at in range(1, 18)]
RECORDS = ("E23-2.2", "E23-3.4")
IN_FORCE = max(date(2027, 6, 1), clock.today() + timedelta(days=30))
OVERDUE = IN_FORCE + timedelta(days=800)
WHOLE = {
    "description": "Ratingverfahren",
    "origin": "in_house",
    "developer": OLGA,
    "validator": BERTA,
    "dependencies": "keine",
    "data-sources": "Kontodaten",
    "limitations": "nicht für Gründer",
    "monitoring-status": "within_limits",
    "review-frequency-months": "24",
    "last-review": clock.today().isoformat(),
    "next-review": (clock.today() + timedelta(days=700)).isoformat(),
}


def told(bank: Bank, day: date, rules: Sequence[str] = FIELDS) -> dict[str, str]:
    """Return what every place says of some rules, after holding them together."""
    done = bank.json("check", "osfi-e23", "--model", "1", "--as-of", day.isoformat())
    rows = done.document["rows"]
    found = {row["rule"]: row["result"] for row in rows}
    assert done.code == int(any(row["decides"] for row in rows))
    assert {row["model"] for row in rows} == {"M-00001"}
    session = workspaces.open_workspace(str(bank.place))
    assert _matrix(session, day) == found
    assert _dossier(session, day) == found
    for rule in rules:
        assert _listed(session, rule, found[rule], day)
        assert not _listed(session, rule, "met" if found[rule] != "met" else "gap", day)
    session.workspace.close()
    return {rule: found[rule] for rule in rules}


def _matrix(session: Session, day: date) -> dict[str, str]:
    cells = check_model(session, "osfi-e23", "1", on(day)).rows()
    return {cell.rule.id: cell.outcome.result.value for cell in cells}


def _listed(session: Session, rule: str, result: str, day: date) -> bool:
    base = ModelFilter(scope=Scope.ALL, as_of=on(day))
    wanted = parse_filter(f"profile:osfi-e23/{rule}={result}", base)
    return "M-00001" in {row.id for row in models.list_models(session, wanted)}


def _dossier(session: Session, day: date) -> dict[str, str]:
    with session.workspace.read() as view:
        key = models.get_state(view, "1").row.key
        chapter = regulation.build(view, models.read_sheet(view, key, on(day)), on(day))
    assert not isinstance(chapter.parts, Missing)
    (part,) = chapter.parts
    assert isinstance(part.grid, Grid)
    rows: list[Any] = [*part.grid.rows]
    return {row[0][0].text: row[3][0].text for row in rows}


def test_seventeen_fields_agree_in_matrix_list_command_line_and_dossier(
    bank: Bank, tmp_path: Path
) -> None:
    bank.run("profiles", "activate", "osfi-e23")
    assert bank.run("check", "osfi-e23").code == int(clock.today() >= date(2027, 5, 1))
    missed = told(bank, IN_FORCE)
    assert [rule for rule, result in missed.items() if result == "missing"] == [
        *("E23-A1-02", "E23-A1-05", "E23-A1-06", "E23-A1-09", "E23-A1-11", "E23-A1-12"),
        *("E23-A1-14", "E23-A1-15", "E23-A1-17"),
    ]
    _fill(bank)
    assert set(told(bank, IN_FORCE).values()) == {"met"}
    stale = told(bank, OVERDUE)
    assert stale.pop("E23-A1-01") == "met"
    assert set(stale.values()) == {"stale"}
    for rule in FIELDS[1:]:
        _waive(bank, rule)
    waived = told(bank, OVERDUE)
    assert waived.pop("E23-A1-01") == "met"
    assert set(waived.values()) == {"waived"}
    out = tmp_path / "m1.pdf"
    export = ("dossier", "export", "--model", "1", "--out", str(out))
    done = bank.run(*export, "--person-secret-env", "ANNA")
    assert done.code == 0, done.err
    with pikepdf.open(out) as pdf:
        facts = json.loads(pdf.attachments["evidence.json"].get_file().read_bytes())["facts"]
    (chapter,) = [one for one in facts["chapters"] if one["name"] == "regulation"]
    assert [one["name"] for one in chapter["parts"]] == ["osfi-e23"]


def test_records_agree_in_every_place_as_fields_do_and_name_the_command_that_mends_them(
    bank: Bank,
) -> None:
    bank.run("profiles", "activate", "osfi-e23")
    assert set(told(bank, IN_FORCE, RECORDS).values()) == {"missing"}
    shown = bank.run("check", "osfi-e23", "--model", "1").out
    assert "validations open --model M-00001" in shown
    rows = bank.json("check", "osfi-e23", "--model", "1").document["rows"]
    mends = {row["rule"]: row["mend"] for row in rows}
    assert mends["E23-A1-05"] == "models edit M-00001 --developer VALUE"
    assert mends["E23-3.5"] is None, "does not apply before the model is approved"
    assert mends["E23-3.3"].startswith("profiles evidence M-00001 development_documentation")
    for mend in filter(None, mends.values()):
        words = mend.split()[:2]
        assert bank.run(*words, "--help").code == 0, mend
        assert all(word in bank.run(*words, "--help").out for word in mend.split() if "--" in word)
    _record(bank)
    assert set(told(bank, IN_FORCE, RECORDS).values()) == {"met"}
    assert set(told(bank, OVERDUE, RECORDS).values()) == {"stale"}
    for rule in RECORDS:
        _waive(bank, rule)
    assert set(told(bank, OVERDUE, RECORDS).values()) == {"waived"}


def _record(bank: Bank) -> None:
    """Validate the model, plan what a finding says, and grade it."""
    grades = ("--materiality", "high", "--complexity", "low", "--review-frequency-months", "24")
    _must(bank, "models", "edit", "1", *grades)
    words = ("--title", "Erstvalidierung", "--cause", "initial", "--owner", BERTA)
    due = ("--due", clock.today().isoformat(), "--model", "1")
    id = bank.json("validations", "open", *words, *due).document["id"]
    why = ("--reason", "geprüft", "--as", BERTA)
    _must(bank, "validations", "start", id, "--as", BERTA)
    for area in Area:
        _must(bank, "validations", "judge", id, "--area", area, "--light", "green", *why)
    _must(bank, "validations", "report", id, "--report", "V 1", "--conclusion", "green", *why)
    _must(bank, "validations", "approve-report", id, "--reason", "schlüssig", "--as", CARL)
    shown = bank.json("validations", "show", id).document
    assert [one["area"] for one in shown["lights"]] == [area.value for area in Area]
    assert {(one["light"], one["person"]) for one in shown["lights"]} == {("green", BERTA)}
    assert shown["lights_before"] is None
    finding = ("--title", "PSI", "--origin", "validation", "--severity", "low", "--owner", OLGA)
    _must(bank, "findings", "open", *finding, "--due", IN_FORCE.isoformat(), "--model", "1")


def _fill(bank: Bank) -> None:
    options = [part for name, value in WHOLE.items() for part in (f"--{name}", value)]
    _must(bank, "models", "edit", "1", *options)
    _must(bank, "deployments", "open", "1", "v7")
    request = bank.json("approvals", "request", "1", "v7").document["id"]
    for name, variable in ((BERTA, "BERTA"), (CARL, "CARL")):
        secret = ("--as", name, "--person-secret-env", variable)
        _must(bank, "approvals", "decide", request, "--decision", "approve", *secret)


def _waive(bank: Bank, rule: str) -> None:
    given = ("--title", "Ausnahme", "--profile", "osfi-e23", "--rule", rule, "--owner", OLGA)
    waiver = bank.json("waivers", "open", "--model", "1", *given).document["id"]
    until = (OVERDUE + timedelta(days=1)).isoformat()
    told = ("--expires", until, "--reason", "bis zur Ablösung", "--as", BERTA)
    _must(bank, "waivers", "grant", waiver, *told)


def _must(bank: Bank, *arguments: str) -> None:
    done = bank.run(*arguments)
    assert done.code == 0, done.out + done.err


def test_profiles_are_listed_shown_added_scoped_and_evidenced(bank: Bank, tmp_path: Path) -> None:
    rows = bank.json("profiles", "list").document
    assert {"osfi-e23", "marisk-at-4-3-5", "sr-26-2"} <= {row["id"] for row in rows}
    shown = bank.json("profiles", "show", "sr-26-2").document
    assert {rule["level"] for rule in shown["rules"]} == {"sound_practice"}
    assert bank.run("check", "sr-26-2").code == 0
    no = bank.json("check", "marisk-at-4-3-5", "--model", "1")
    assert (no.code, no.document["in_force"], no.document["version"]) == (1, True, "2024.2")
    assert all(
        {"model", "rule", "reference", "level", "result", "detail"} <= set(row)
        for row in no.document["rows"]
    )
    out = ("scope", "1", "marisk-at-4-3-5", "out", "--reason", "Modell nach CRR")
    _must(bank, "profiles", *out)
    yes = bank.json("check", "marisk-at-4-3-5", "--model", "1")
    assert yes.code == 0
    assert "Modell nach CRR" in {row["detail"].rpartition(": ")[2] for row in yes.document["rows"]}
    _must(bank, "profiles", "evidence", "1", "dpia", "--reference", "DSFA 7")
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"schema": "profile-1", "id": "Big"}', "utf-8")
    refused = bank.json("profiles", "add", str(wrong))
    assert (refused.code, refused.error["code"]) == (2, "profile.malformed")
    assert "$" in refused.error["where"]
    text = bank.run("check", "osfi-e23", "--scope", "all").out
    assert "not in force before 2027-05-01" in text or "gaps in binding rules" in text
