"""The dossier's chapters of data: a figure of facts, what was read, by which runs, how good."""

import os
from pathlib import Path

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.dossier.content import Chapter, Missing, Part, Reason, Value
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers, items, models
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.chapters import data_history, incidents
from mlops_desktop.services.items import Given
from tests.services.conftest import Bank
from tests.services.lineage_bank import CLEAN, RAW, History, learned


def parts(chapter: Chapter) -> dict[str, Part]:
    assert not isinstance(chapter.parts, Missing)
    return {part.name: part for part in chapter.parts}


def said(values: tuple[Value, ...] | Missing) -> list[str]:
    return [] if isinstance(values, Missing) else [value.text for value in values]


def rows(part: Part) -> list[list[str]]:
    assert part.grid is not None
    return [[" ".join(said(cell)) for cell in row] for row in part.grid.rows]


def build(bank: Bank, named: str) -> tuple[Chapter, Chapter]:
    key = models.show_model(bank.session, named).row.key
    with bank.session.workspace.read() as view:
        sheet = models.read_sheet(view, key)
        return data_history.build(view, sheet, NOW), incidents.build(view, sheet, NOW)


def test_the_history_is_printed_and_verifies(file_bank: Bank, tmp_path: Path) -> None:
    history = History(file_bank)
    history.clean("run-1", "c1")
    history.clean("run-2", "c2", day=2)
    history.dataset(CLEAN, "c1")
    history.model("Verhaltensscore", "5", learned(CLEAN, "c1"), owner="Corinna Wolters")
    history.model("Ohne Daten", "1")
    history.serve("M-00001", "5")
    dossier, none = build(file_bank, "M-00001")
    assert none.parts == Missing(Reason.NONE_YET)
    found = parts(dossier)
    chart = found["data_flow"].flowchart
    assert chart is not None
    assert {one.kind for one in chart.stations} == {
        "lineage.dataset", "lineage.pipeline", "lineage.version", "lineage.model",
        "lineage.deployment",
    }  # fmt: skip
    assert not any(one.is_marked for one in chart.stations)
    assert all({source, target} <= {one.key for one in chart.stations}
               for source, target in chart.flows)  # fmt: skip
    assert [row[1] for row in rows(found["data_sets"]) if row[3] == "M-00001@5"] == ["c1"]
    assert len(rows(found["data_runs"])) == 1, "the run that wrote what was read, no other"
    assert found["data_quality"].fields[0].values == Missing(Reason.NOT_MEASURED)
    assert build(file_bank, "M-00002")[0].parts == Missing(Reason.SOURCE_SILENT)

    history.check(Verdict.FAILED, "2.9", 3)
    wanted = {"title": "Währungsfeld falsch", "severity": "high", "dataset": RAW}
    items.open_item(file_bank.session, INCIDENT, Given(wanted))
    dossier, told = build(file_bank, "M-00001")
    row = rows(parts(dossier)["data_quality"])[0]
    assert row[2:4] == ["lineage.verdict.failed", "97.1 % lineage.asked 99 %"]
    reached = parts(told)["reached"]
    assert {field.name: said(field.values) for field in reached.fields} == {
        "reached_versions": ["5"],
        "reached_words": ["dataset_use.training"],
        "reached_serving": ["5, production\n5, Produktivumgebung"],
        "reached_uses": [],
    }
    marked = parts(dossier)["data_flow"].flowchart
    assert marked is not None
    assert all(one.is_marked for one in marked.stations)

    out = Path(os.environ.get("PICTURES", str(tmp_path))) / "lineage.pdf"
    out.unlink(missing_ok=True)
    signer = file_bank.as_("Jonas Brandt")
    order = Order("M-00001", out, language="de")
    dossiers.export_dossier(signer, order, file_bank.unlock("Jonas Brandt"))
    verdict = dossiers.verify_dossier(out, session=file_bank.session).verdict
    assert verdict.outcome is Outcome.VALID
