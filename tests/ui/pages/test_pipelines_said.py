"""What persons say of data in the window: two names of one dataset, steps that no longer run."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.events.sources import CompletedStream, SourceAdded, SourceSynced, SyncCounts
from mlops_desktop.core.pipelines import Freshness
from mlops_desktop.services import pipelines, same_datasets
from mlops_desktop.ui.pages.pipelines import PAGE as PIPELINES
from mlops_desktop.ui.pages.pipelines.page import PipelinesPage
from tests.services.lineage_bank import CLEAN, LAKE, History, learned
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, field, is_open, open_desk, texts, toast, type_in
from tests.ui.pages.test_pipelines import picture

OTHER = "lake.konten_bereinigt"
PLACE = f"{LAKE}/{CLEAN}"


def step(history: History, name: str, day: datetime) -> None:
    details = PipelineRunDetails(
        name=name, at=day, pipeline="konten", step=name, run=f"{name}-1", status="COMPLETE",
        started=day, ended=day, outputs=(DatasetUse(CLEAN, LAKE, "c1"),),
    )  # fmt: skip
    history.run(f"{name}-1", details)


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """A step under an old and a new name, read whole; two models that learned from one table."""
    history, now = History(file_bank), clock.now().astimezone(UTC)
    step(history, "laden", now - timedelta(days=9))
    step(history, "laden_v2", now - timedelta(hours=6))
    history.check(Verdict.PASSED, "0.2", 1)
    history.model("Verhaltensscore", "5", learned(CLEAN, "c1"))
    history.model("Antragsscore", "7", learned(OTHER, "x9"))
    history.record(
        SourceAdded("lake", "folder", "file:///lake"),
        SourceSynced("lake", SyncCounts(), (CompletedStream("lineage"),)),
    )
    pipelines.expect_pipeline(file_bank.session, "konten", 1440)
    return open_desk(make_window, file_bank, qtbot, PIPELINES)


def chosen(desk: Desk) -> PipelinesPage:
    desk.window.show_page("pipelines")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, PipelinesPage)
    page.list.view.selectRow(0)
    desk.settle()
    desk.settle()
    return page


def speak_german(desk: Desk) -> None:
    desk.window.context.actions.run("language.de")
    desk.settle()


def written(dialog: QWidget, name: str) -> str:
    line = field(dialog, name)
    assert isinstance(line, QLineEdit)
    return line.text()


def portrait(dialog: QWidget, name: str) -> None:
    """Keep a picture of a dialog where somebody wants to look."""
    if folder := os.environ.get("PICTURES"):
        dialog.grab().save(f"{folder}/{name}.png")


def stands(desk: Desk) -> dict[str, Freshness]:
    sheet = pipelines.show_pipeline(desk.bank.session, "konten")
    return {one.name: one.standing.freshness for one in sheet.steps}


def test_a_renamed_step_is_said_to_have_ended_and_to_run_again(desk: Desk) -> None:
    page = chosen(desk)
    assert "no longer seen" in texts(page.detail)
    assert not desk.can("pipeline.resume_step")
    dialog = desk.do("pipeline.end_step")
    which = field(dialog, "Step")
    assert isinstance(which, QComboBox)
    assert which.currentText() == "laden", "the step that is no longer seen is most likely meant"
    type_in(dialog, "Now runs as", "laden")
    type_in(dialog, "Why", "umbenannt im Mai")
    portrait(dialog, "end-step")
    desk.send(dialog)
    assert "laden cannot become itself." in texts(dialog)
    type_in(dialog, "Now runs as", "laden_v2")
    assert nameless(dialog) == []
    desk.send(dialog)
    assert not is_open(dialog)
    assert stands(desk) == {"laden": Freshness.ENDED, "laden_v2": Freshness.ON_TIME}
    desk.settle()
    shown = texts(page.detail)
    whole = pipelines.show_pipeline(desk.bank.session, "konten").pipeline
    assert whole.last_good is not None
    assert whole.last_good > f"{clock.today() - timedelta(days=2)}", "of the steps that still run"
    assert "no longer runs" in shown
    assert "now runs as laden_v2" in shown
    assert "umbenannt im Mai" in shown
    picture(desk, "ended-step")
    dialog = desk.do("pipeline.end_step")
    type_in(dialog, "Step", "laden")
    type_in(dialog, "Now runs as", "laden_v2")
    desk.send(dialog)
    assert "was said already" in texts(dialog)
    dialog.reject()
    dialog = desk.do("pipeline.resume_step")
    type_in(dialog, "Why", "Irrtum")
    desk.send(dialog)
    assert stands(desk)["laden"] is Freshness.NO_LONGER_SEEN
    desk.settle()
    assert "now runs as" not in texts(page.detail)
    assert not desk.can("pipeline.resume_step")
    speak_german(desk)
    assert "nicht mehr gesehen" in texts(page.detail)


def test_two_names_are_said_to_be_one_dataset_and_taken_back(desk: Desk) -> None:
    page = chosen(desk)
    assert not desk.can("dataset.apart")
    dialog = desk.do("dataset.same")
    desk.settle()
    assert written(dialog, "Dataset") == PLACE, "what the pipeline writes"
    assert "Needed; it stays on record." in texts(dialog)
    type_in(dialog, "Same as", "nirgends")
    type_in(dialog, "Why", "dieselbe Tabelle")
    desk.send(dialog)
    assert "nirgends" in texts(dialog)
    type_in(dialog, "Same as", OTHER)
    type_in(dialog, "Why", " ")
    desk.send(dialog)
    assert "It is not said why." in texts(dialog)
    type_in(dialog, "Why", "dieselbe Tabelle")
    portrait(dialog, "same-dataset")
    desk.send(dialog)
    assert not is_open(dialog)
    (said,) = same_datasets.list_sameness(desk.bank.session)
    assert (said.dataset, said.same_as, said.reason) == (PLACE, OTHER, "dieselbe Tabelle")
    desk.settle()
    assert f"also named {OTHER}" in texts(page.detail)
    page.detail.tabs.setCurrentIndex(4)
    desk.settle()
    assert page.detail.models.table.model().rowCount() == 2, "either name leads to both"
    page.detail.tabs.setCurrentIndex(0)
    speak_german(desk)
    assert f"auch {OTHER}" in texts(page.detail)
    picture(desk, "also-named-de")

    page.show_record(f"trace:{OTHER}")
    desk.settle()
    assert nameless(desk.window) == []
    picture(desk, "flow-de")
    dialog = desk.do("dataset.apart")
    desk.settle()
    assert "dieselbe Tabelle" in texts(dialog)
    desk.send(dialog)
    assert "Die Begründung fehlt." in texts(dialog)
    type_in(dialog, "Begründung", "doch eine andere")
    portrait(dialog, "apart-de")
    desk.send(dialog)
    assert same_datasets.list_sameness(desk.bank.session) == ()
    desk.window.context.actions.run("dataset.apart")
    desk.settle()
    assert "Zurückzunehmen ist nichts." in toast(desk)
    assert not is_open(dialog)


def test_a_check_matched_by_the_last_part_of_a_name_says_so_in_both_languages(desk: Desk) -> None:
    page = chosen(desk)
    assert unreachable(page) == []
    page.show_record(f"trace:{CLEAN}")
    desk.settle()
    assert unreachable(page) == []
    page.modes.setCurrentIndex(0)
    page.detail.tabs.setCurrentIndex(2)
    desk.settle()

    def told() -> list[str]:
        line = page.detail.quality.table.model_of_rows.line(0)
        assert line is not None
        return [cell.text for cell in line.cells]

    assert "konten (matched by last part of the name)" in told()
    assert "by the last part of its name alone: konten." in texts(page.detail)
    picture(desk, "quality")
    speak_german(desk)
    assert "konten (nach dem letzten Namensteil zugeordnet)" in told()
    assert "nur nach dem letzten Teil seines Namens zugeordnet: konten." in texts(page.detail)
