"""The regulator's view: evidence by paragraph at the end of a period, gaps first, and changes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers, models
from mlops_desktop.services.dossiers import Exported, Order, Period, Population, Scope, read_period
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_portfolio_dossier import facts_in

SIGNER = "Jonas Brandt"
RULE = "E23-A1-14"


@pytest.fixture
def changed(bank: Bank) -> Bank:
    """Two models of 30 days ago; one says its limits since ten days."""
    now = datetime.now(UTC)
    with clock.reading(lambda: now - timedelta(days=30)):
        register(bank, limitations="")
        register(bank, name="LGD Baufinanzierung", limitations="")
    with clock.reading(lambda: now - timedelta(days=10)):
        models.edit_model(bank.session, "1", {"limitations": "Nicht für Selbstständige."})
    return bank


def export(
    bank: Bank, out: Path, period: Period | None, profile: str = "osfi-e23", **order: Any
) -> Exported:
    wanted = Order("", out, scope=Scope.REGULATOR, profile=profile, period=period, **order)
    return dossiers.export_dossier(bank.as_(SIGNER), wanted, bank.unlock(SIGNER))


def chapter(path: Path, name: str) -> list[Any]:
    found = facts_in(path)["chapters"]
    assert isinstance(found, list)
    (parts,) = (one["parts"] for one in found if one["name"] == name)
    assert isinstance(parts, list)
    return parts


def rows(part: Any) -> list[list[str]]:
    """Return the rows of a grid as texts, values of a cell joined."""
    return [
        [
            " ".join(value["text"] for value in cell) if isinstance(cell, list) else ""
            for cell in row
        ]
        for row in part["grid"]["rows"]
    ]


def test_it_says_what_is_missing_by_which_evidence_and_what_changed(
    changed: Bank, tmp_path: Path
) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    made = export(changed, out, Period(today - timedelta(days=20), today))
    found = dossiers.verify_dossier(out, session=changed.session)
    assert (found.verdict.outcome, found.recorded_as) == (Outcome.VALID, made.id)
    gaps = [row[:2] for row in rows(chapter(out, "regime_gaps")[0])]
    assert [row[1] for row in gaps if row[0].startswith(RULE)] == ["M-00002 LGD Baufinanzierung"]
    order = [row[0].split()[0] for row in gaps]
    assert order == sorted(order, key=order.index)
    paragraphs = chapter(out, "paragraphs")
    (limits,) = (part for part in paragraphs if part["name"] == RULE)
    stands = {row[0].split()[0]: (row[1], row[2]) for row in rows(limits)}
    day = (today - timedelta(days=10)).isoformat()
    assert stands["M-00001"] == ("met", f"field.limitations {day}")
    assert stands["M-00002"] == ("missing", "")
    results, dated = chapter(out, "period_changes")
    assert [row[1:4] for row in rows(results) if row[0].startswith(RULE)] == [
        ["M-00001 PD Mittelstand (IRB)", "missing", "met"]
    ]
    assert [day, "M-00001 PD Mittelstand (IRB)"] in [row[:2] for row in rows(dated)]
    told = {one["name"]: one["values"][0]["text"] for one in chapter(out, "regime")[0]["fields"]}
    assert int(told["gaps_count"]) == len(rows(chapter(out, "regime_gaps")[0]))
    assert int(told["gaps_count"]) > int(told["profile_gaps"])  # not in force yet: in words why
    printed = " ".join("".join(read_text(out.read_bytes())).split())
    assert "sound practice and rules that are not in force yet" in printed
    # From when the whole regime is in force is not said again of each rule.
    assert {row[2] for row in rows(chapter(out, "regime_gaps")[0])} <= {"must", "expected"}
    (row,) = dossiers.list_dossiers(changed.session)
    assert (row.scope, row.profile, row.population) == ("regulator", "osfi-e23", 2)
    assert row.as_at == today.isoformat()


def test_paragraphs_with_gaps_stand_first(changed: Bank, tmp_path: Path) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    export(changed, out, Period(today, today), population=Population("tier:1"), language="de")
    results = [
        {row[1] for row in rows(part)} if part["grid"] else set()
        for part in chapter(out, "paragraphs")
    ]
    has_gaps = [bool(one & {"missing", "stale"}) for one in results]
    assert has_gaps == sorted(has_gaps, reverse=True)
    assert True in has_gaps


def test_models_whose_scope_nobody_decided_are_named_once_and_counted(
    changed: Bank, tmp_path: Path
) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    export(changed, out, Period(today, today), "eu-ai-act")
    (named,) = (one for one in chapter(out, "regime") if one["name"] == "scope_undecided")
    named_once = [["M-00001", "PD Mittelstand (IRB)"], ["M-00002", "LGD Baufinanzierung"]]
    assert [row[:2] for row in rows(named)] == named_once
    paragraphs = chapter(out, "paragraphs")
    told = [row for part in paragraphs if part["grid"] for row in rows(part)]
    assert not [row for row in told if row[3].startswith("reason.undecided")]
    gaps = rows(chapter(out, "regime_gaps")[0])
    assert [row[1] for row in gaps if row[0].startswith("AIA-6 ")] == ["2 undecided_named"]
    assert not [row for row in (*told, *gaps) if "M-0000" in row[0] + row[1]]
    counted = [
        field["values"][0]["text"]
        for part in paragraphs
        for field in part["fields"]
        if field["name"] == "scope_undecided"
    ]
    assert set(counted) == {"2"}
    # One of the paragraphs asks for the decision itself: there it is missing, not unverifiable.
    unverifiable = len(counted) - 1
    assert {row[2] for row in rows(named)} == {str(unverifiable)}
    (totals,) = (one for one in chapter(out, "regime") if one["name"] == "by_result")
    place = list(totals["grid"]["columns"]).index("of_result.unverifiable")
    assert sum(int(row[place]) for row in rows(totals)) >= 2 * unverifiable


def test_a_rule_that_begins_later_than_its_regime_says_from_when(
    changed: Bank, tmp_path: Path
) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    export(changed, out, Period(today, today), "eu-ai-act")
    (totals,) = (one for one in chapter(out, "regime") if one["name"] == "by_result")
    levels = {row[0].split()[0]: row[1] for row in rows(totals)}
    begins = "2027-12-02"
    later = f"must in_force_from {begins}" if today.isoformat() < begins else "must"
    assert (levels["AIA-6"], levels["AIA-12"]) == ("must", later)


def test_evidence_is_listed_only_for_paragraphs_that_concern_the_model(
    changed: Bank, tmp_path: Path
) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    export(changed, out, Period(today - timedelta(days=20), today), "eu-ai-act")
    assert rows(chapter(out, "period_changes")[1]) == []  # nobody decided on their scope
    printed = " ".join(" ".join(read_text(out.read_bytes())).split())
    assert "Evidence dated in the period There is nothing on record here." in printed


def test_evidence_of_the_period_says_its_day_once(changed: Bank, tmp_path: Path) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    export(changed, out, Period(today - timedelta(days=20), today))
    dated = rows(chapter(out, "period_changes")[1])
    assert any("field.limitations" in row[2] for row in dated)
    assert not [row for row in dated if row[0] in row[2]]


def test_evidence_of_a_day_for_the_same_paragraphs_stands_together(
    file_bank: Bank, tmp_path: Path
) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    register(file_bank, assumptions="a", data_sources="d", dependencies="x")
    export(file_bank, out, Period(today, today), "sr-26-2")
    dated = rows(chapter(out, "period_changes")[1])
    assert {row[0] for row in dated} == {today.isoformat()}
    paragraphs = [row[3] for row in dated]
    assert len(paragraphs) == len(set(paragraphs)) > 1
    assert any(len(row[2].split()) > 1 for row in dated)


def test_where_one_of_several_would_do_the_gap_says_so(changed: Bank, tmp_path: Path) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    export(changed, out, Period(today, today), "marisk-at-4-3-5")
    told = {row[0].split()[0]: row[4] for row in rows(chapter(out, "regime_gaps")[0])}
    assert told["MAR-4"].startswith("reason.none_on_record ")
    assert told["MAR-3"].startswith("reason.absent ")


def test_a_day_to_come_is_not_the_day_it_was_recorded_on(file_bank: Bank, tmp_path: Path) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    register(file_bank, next_review=(today + timedelta(days=200)).isoformat())
    export(file_bank, out, Period(today, today))
    (due,) = (part for part in chapter(out, "paragraphs") if part["name"] == "E23-A1-17")
    assert [(row[1], row[3]) for row in rows(due)] == [("met", "reason.present")]


def test_a_control_that_is_cited_by_its_number_is_named_once(changed: Bank, tmp_path: Path) -> None:
    out, today = tmp_path / "view.pdf", clock.today()
    export(changed, out, Period(today, today), "iso-42001")
    labels = [part["label"].split("\n")[0] for part in chapter(out, "paragraphs")]
    assert labels
    assert not [one for one in labels if len(set(one.split(" · ")[:2])) == 1]
    named = {row[0] for part in chapter(out, "regime") if part["grid"] for row in rows(part)}
    assert "A.4.2" in named


def test_the_end_of_the_period_counts_not_today(changed: Bank, tmp_path: Path) -> None:
    out, then = tmp_path / "view.pdf", clock.today() - timedelta(days=15)
    export(changed, out, Period(then - timedelta(days=30), then))
    (limits,) = (part for part in chapter(out, "paragraphs") if part["name"] == RULE)
    assert {row[1] for row in rows(limits)} == {"missing"}


def test_a_period_that_says_nothing_is_refused(changed: Bank, tmp_path: Path) -> None:
    out, tomorrow = tmp_path / "view.pdf", clock.today() + timedelta(days=1)
    with pytest.raises(AppError, match=r"period\.missing"):
        export(changed, out, None)
    with pytest.raises(AppError, match=r"period\.not_over"):
        export(changed, out, Period(clock.today(), tomorrow))
    with pytest.raises(AppError, match=r"period\.backwards"):
        read_period("2026-02-01..2026-01-31")
    for text in ("", "2026", "2026-01-01", "2026-01-01..", "a..b"):
        with pytest.raises(AppError, match=r"period\.malformed"):
            read_period(text)
    assert not out.exists()
