"""One model: its record, its other tabs, and what may be done with it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from mlops_desktop.services import approvals
from mlops_desktop.services.declarations import declare_candidate
from mlops_desktop.ui.widgets.short_table import ShortTable
from tests.ui.pages.desk import Desk, texts
from tests.ui.pages.models.acts import choose, names, show_scope, shown_buttons, tab


def test_an_overdue_review_is_said_in_words(desk: Desk) -> None:
    page = desk.models()
    at = names(page).index("Antragsscore")
    line = page.list.model.line(at)
    assert line is not None
    cell = line.cells[[column.id for column in page.list.model.columns].index("next_review")]
    assert cell.status is not None
    assert cell.status.mood == "bad"
    assert cell.text.endswith("days overdue")
    due = line.row.next_review
    assert due is not None
    assert cell.status.shortest == desk.window.context.language.date(due)


def test_the_record_says_its_gaps(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    told = tab(desk, page, "Record")
    assert "Corinna Wolters" in told
    assert "nobody has approved yet" in told
    assert "not recorded" in told


def test_every_osfi_field_is_a_row(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    rows = {label.text() for label in page.detail.tabs.currentWidget().findChildren(QLabel)}
    assert {
        "Model ID", "Name", "Description", "Tier", "Owner", "Developer", "Origin", "Version",
        "In production since", "Validator", "Approver", "Dependencies", "Data sources",
        "Intended use", "Limitations", "Last review", "Monitoring as recorded", "Next review",
    } <= rows  # fmt: skip


def test_the_other_tabs_say_what_is_not_there(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    assert "No version of this model is on record." in tab(desk, page, "Versions")
    assert "has ever been in use" in tab(desk, page, "Deployments")
    assert "Not measured" in tab(desk, page, "Metrics")
    assert "Nobody has asked" in tab(desk, page, "Approvals")
    assert "registered by hand" in tab(desk, page, "Registry")


def test_the_registry_tells_entry_aliases_and_tags(desk: Desk) -> None:
    page = desk.models()
    show_scope(desk, page, "candidates")
    choose(desk, page, "limit-optimizer-rl")
    told = tab(desk, page, "Registry")
    for part in ("mlflow / limit-optimizer-rl", "live → 3", "team = cards", "listed"):
        assert part in told


def test_what_a_person_declared_is_not_told_as_a_source(desk: Desk) -> None:
    page, session = desk.models(), desk.window.context.session
    found = declare_candidate(session, "Prämienrechner", "share/Prämien.xlsx")
    desk.window.context.announce(found.changes)
    show_scope(desk, page, "candidates")
    choose(desk, page, "Prämienrechner")
    assert "declared by hand" in texts(page.detail)
    assert "declared by hand / Prämienrechner" in tab(desk, page, "Registry")


def test_buttons_fit_what_is_chosen(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    assert shown_buttons(page) == {"approval.request", "model.edit"}
    assert desk.can("model.retire")
    assert not desk.can("model.reactivate")
    assert not desk.can("candidate.accept")
    show_scope(desk, page, "candidates")
    choose(desk, page, "limit-optimizer-rl")
    assert shown_buttons(page) == {"candidate.accept", "candidate.match", "candidate.reject"}
    assert not desk.can("model.retire")


def test_a_model_without_a_version_cannot_be_approved(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    assert not desk.can("approval.request")
    choose(desk, page, "PD Mittelstand (IRB)")
    assert desk.can("approval.request")


def test_the_requests_of_a_model_lead_to_their_page(desk: Desk) -> None:
    approvals.request_approval(desk.bank.session, "M-00001", "7", "production")
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    tab(desk, page, "Approvals")
    line = page.detail.tabs.currentWidget()
    table = line.findChild(type(page.list.view))
    assert table is not None
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.stage.current == "approvals"
    assert "PD Mittelstand (IRB)" in texts(desk.approvals().detail)


def test_an_environment_is_never_cut_and_nobody_served_takes_no_room(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    for name in ("Deployments", "Approvals"):
        tab(desk, page, name)
        table = page.detail.tabs.currentWidget().findChild(ShortTable)
        assert table is not None
        columns = {column.id: at for at, column in enumerate(table.rows.columns)}
        assert table.rows.columns[columns["environment"]].whole
        if "entity" in columns:
            assert table.isColumnHidden(columns["entity"])


def test_an_effective_day_that_nothing_has_takes_no_room_in_the_history(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    tab(desk, page, "History")
    table = page.detail.tabs.currentWidget().findChild(ShortTable)
    assert table is not None
    at = next(at for at, one in enumerate(table.rows.columns) if one.id == "effective")
    lines = (table.rows.line(row) for row in range(table.rows.rowCount()))
    assert not any(line.cells[at].text for line in lines if line is not None)
    assert table.isColumnHidden(at)
