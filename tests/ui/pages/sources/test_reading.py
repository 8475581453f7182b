"""A source is read: how far it is, what it gave, what could not be read."""

from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from mlops_desktop.services import declarations, ledger, sources
from mlops_desktop.services.sync import SyncResult
from mlops_desktop.sources.observations import FailureCode, Stream
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.sources import PAGE, reading
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from tests.ui.conftest import button, said
from tests.ui.pages.desk import Desk, toast
from tests.ui.pages.sources.acts import NOWHERE, add, cells, choose, page_of, sync
from tests.ui.pages.sources.registry import Held


def test_a_reading_is_counted_and_leads_to_its_candidates(desk: Desk) -> None:
    page = sync(desk)
    assert toast(desk).startswith("reg: 6 entries read, 6 new.")
    shown = cells(page, "reg")
    assert (shown["state"], shown["read"], shown["new"], shown["changed"]) == (
        "reached", "6", "6", "0",
    )  # fmt: skip
    assert "What the last reading gave" in said(page.detail)
    page.work.show_candidates()
    desk.settle()
    assert desk.window.stage.current == "models"
    found = desk.models().list
    assert found.filter.text() == "state:candidate source:reg"
    assert found.count() == 2


def test_the_candidates_of_one_source_are_shown_alone(desk: Desk) -> None:
    candidate = "Excel-Rechner der Filiale Nord"
    declarations.declare_candidate(desk.bank.session, candidate, "G:/nord.xlsx")
    desk.models().scopes.setCurrentIndex(1)
    page = sync(desk)
    page.work.show_candidates()
    desk.settle()
    shown = desk.models().list
    names = {line.row.name for at in range(shown.count()) if (line := shown.model.line(at))}
    assert names == {"pd-mittelstand", "kartenbetrug"}
    page.work.show_found("")
    desk.settle()
    assert shown.count() == 3
    page.work.show_found("no such source")
    desk.settle()
    assert "No candidate waits for a decision." in toast(desk)


def test_the_toast_leads_to_the_source_that_was_read(desk: Desk) -> None:
    add(desk.bank, "other", NOWHERE)
    page = page_of(desk)
    page.reload()
    sync(desk)
    choose(desk, "other")
    frame = desk.window._toaster._frame
    assert frame is not None
    button(frame, "Show the candidates").click()
    desk.settle()
    assert desk.models().list.filter.text() == "state:candidate source:reg"


def test_a_second_reading_says_that_nothing_has_changed(desk: Desk) -> None:
    sync(desk)
    page = sync(desk)
    assert toast(desk).startswith("reg: 6 entries read, nothing has changed.")
    assert cells(page, "reg")["unchanged"] == "6"


def test_a_reading_shows_how_far_it_is_and_can_be_stopped(desk: Desk, registry: Held) -> None:
    registry.gate.clear()
    page = choose(desk)
    page.work.sync()
    desk.qtbot.waitUntil(page.detail.reading.running.isVisible)
    assert cells(page, "reg")["state"] == "being read"
    assert not desk.can("source.sync")
    assert not desk.can("source.remove")
    size = ledger.read_state(desk.bank.session).size
    desk.window.context.actions.run("source.stop")
    desk.settle()
    assert not page.detail.reading.running.isVisible()
    assert cells(page, "reg")["state"] == "never read"
    assert "was stopped. Nothing was recorded." in toast(desk)
    assert ledger.read_state(desk.bank.session).size == size


def test_the_step_says_which_page_is_read(desk: Desk, registry: Held) -> None:
    registry.gate.clear()
    page = choose(desk)
    page.work.sync()
    job = page.readings.job("reg")
    assert job is not None
    registry.gate.set()
    desk.settle()
    keys = set(reading._PAGED.values()) | {reading._RECORDING}
    assert keys <= set(desk.window.context.language.words.sentences)
    assert job.progress.step.key in keys


def test_several_sources_are_read_side_by_side(desk: Desk, registry: Held) -> None:
    add(desk.bank, "nowhere", NOWHERE)
    page_of(desk).reload()
    desk.settle()
    registry.gate.clear()
    page = choose(desk)
    desk.window.context.actions.run("source.sync_all")
    desk.qtbot.waitUntil(lambda: cells(page, "nowhere")["state"] == "unreachable")
    assert cells(page, "reg")["state"] == "being read"
    registry.gate.set()
    desk.settle()
    assert cells(page, "reg")["state"] == "reached"
    assert page.heading() == "2 sources, 1 needs a look"
    assert PAGE.badge is not None
    assert PAGE.badge(desk.window.context, Progress(lambda: None)) == 1


def test_what_could_not_be_read_is_explained(desk: Desk, registry: Held) -> None:
    registry.failing = {Stream.RUNS: FailureCode.FORBIDDEN}
    page = sync(desk)
    assert cells(page, "reg")["state"] == "partly read"
    told = said(page.detail)
    assert "The source refuses access." in told
    assert "runs" in told
    registry.failing = dict.fromkeys(registry.streams, FailureCode.AUTH)
    sync(desk)
    assert cells(page, "reg")["state"] == "login refused"
    assert said(page.detail).count("The source does not accept the credentials.") == 1
    assert "models, versions, runs" in said(page.detail)


def test_what_vanished_at_once_waits_for_a_person(desk: Desk, registry: Held) -> None:
    sync(desk)
    for name in list(registry.models):
        registry.drop(name)
    page = sync(desk)
    assert cells(page, "reg")["state"] == "waits for confirmation"
    assert "vanished at once and were held back." in said(page.detail)
    dialog = desk.do("source.accept")
    assert isinstance(dialog, ConfirmDialog)
    desk.send(dialog)
    assert cells(page, "reg")["state"] == "reached"
    assert int(cells(page, "reg")["missing"]) > 0
    assert "held back." not in said(page.detail)


def test_an_entry_past_the_limits_is_refused_by_name(desk: Desk, registry: Held) -> None:
    model = registry.models["kartenbetrug"]
    registry.models["kartenbetrug"] = replace(model, description="x" * 300_000)
    page = sync(desk)
    told = said(page.detail)
    assert "Refused by name" in told
    assert "kartenbetrug" in told
    assert "so that every reader can check it" in told


def test_writes_wait_in_their_lane_while_a_reading_is_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, done = Event(), []
    real = sources.sync

    def slow(*given: object, **named: object) -> SyncResult:
        report = given[2]
        assert callable(report)
        report("sync.comparing", 0, None)
        assert gate.wait(10)
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "sync", slow)
    page, jobs = choose(desk), desk.window.context.jobs
    page.work.sync()
    desk.qtbot.waitUntil(lambda: any(job.lane == "write" for job in jobs.listing()))
    jobs.submit_write("a decision", lambda progress: done.append(1), lambda _: None, print)
    for _ in range(20):
        QApplication.processEvents()
    assert done == []
    gate.set()
    desk.settle()
    assert done == [1]
