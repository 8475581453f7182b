"""The dossier's chapters of resources and of what was seen in use."""

from datetime import timedelta
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.resources.units import Form, Unit
from mlops_desktop.core.resources.use import Amount, Use
from mlops_desktop.dossier.content import Kind, Missing, Reason, Value
from mlops_desktop.services import deployments, models
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.dossiers.cells import code, text
from mlops_desktop.services.dossiers.chapters import resources, servings
from tests.services import test_resources as consumption
from tests.services import test_served as serving
from tests.services.conftest import Bank


def said(cell: tuple[Value, ...] | Missing) -> list[str]:
    return [] if isinstance(cell, Missing) else [value.text for value in cell]


def test_resources_stand_side_by_side_and_gaps_are_said(file_bank: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    with clock.reading(lambda: consumption.TODAY):
        consumption.prepare(file_bank, folder)
        with file_bank.session.workspace.read() as view:
            key = models.show_model(file_bank.session, "PD").row.key
            chapter = resources.build(view, models.read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    grids = {part.name: part.grid for part in chapter.parts}
    used = grids["consumption"]
    assert used is not None
    memory = next(row for row in used.rows if said(row[1]) == ["resource.memory"])
    assert [said(cell) for cell in memory[2:6]] == [["GiB"], ["64"], [], ["20"]]
    assert memory[4] == Missing(Reason.NOT_MEASURED)
    built = grids["frameworks"]
    assert built is not None
    assert said(built.rows[0][1]) == ["2025-10-31"]


def test_what_was_seen_stands_beside_what_is_recorded(file_bank: Bank) -> None:
    key = serving.connect(file_bank)
    with clock.reading(lambda: serving.FIRST - timedelta(days=3)):
        deployments.open_deployment(file_bank.session, key, Place("8", "production"))
    serving.read(file_bank, 0, serving.told("7", "1.0", region="DE"))
    serving.read(file_bank, 1)
    with file_bank.session.workspace.read() as view:
        chapter = servings.build(view, models.read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    grid = chapter.parts[0].grid
    assert grid is not None
    by_hand, seen = grid.rows
    assert (said(by_hand[0]), said(by_hand[5])) == (["8"], ["7 (seldon)"])
    assert (said(seen[5]), len(said(seen[3]))) == (["8 (–)"], 2)
    assert said(seen[1])[-4:] == ["DE", "serving_share", "100", "%"], "a share is not a bare 1,0"


def test_what_is_told_of_no_version_is_the_whole_models() -> None:
    assert resources._version("M-00028", "M-00028") == code("all_versions")
    assert resources._version("M-00028", "M-00028 2") == text("2")


def test_money_is_written_to_the_cent() -> None:
    used = {Measure.USED: Amount(30392.4, 1.0, 0.0, 0.0)}
    cost = Use("M-00001 1", Resource.COST, Unit("EUR", Form.AMOUNT), used)
    assert resources._amount(cost, Measure.USED) == (Value(Kind.EXACT, "30392.40"),)
    assert resources._amount(cost, Measure.REQUESTED) == Missing(Reason.NOT_MEASURED)
    level = Use("M-00001 1", Resource.CPU, Unit("cores", Form.LEVEL), used)
    assert resources._amount(level, Measure.USED) == (Value(Kind.DECIMAL, "30392.4"),)
