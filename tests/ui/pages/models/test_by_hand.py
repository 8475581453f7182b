"""Versions and deployments that a person records on the page Models."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.lifecycle import State
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import items, models
from mlops_desktop.services.items import Given
from mlops_desktop.services.rows import DeploymentRow, VersionRow
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.widgets.dialog import FormDialog
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, field, is_open, open_desk, texts, type_in


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot)


def versions(desk: Desk) -> tuple[VersionRow, ...]:
    return models.show_model(desk.bank.session, "M-00001").versions


def deployments(desk: Desk) -> tuple[DeploymentRow, ...]:
    return models.show_model(desk.bank.session, "M-00001").deployments


def record_version(desk: Desk, label: str) -> None:
    dialog = desk.do("version.register")
    type_in(dialog, "Version", label)
    desk.send(dialog)
    assert not is_open(dialog)


def record_deployment(desk: Desk, since: str = "2026-03-02", role: str = "champion") -> None:
    dialog = desk.do("deployment.open")
    type_in(dialog, "Role", role)
    type_in(dialog, "In use since", since)
    desk.send(dialog)
    assert not is_open(dialog)


def wrong(dialog: FormDialog, name: str) -> str:
    """Return what stands beside a field; nothing may stand above the form."""
    assert not dialog.bar.isVisible()
    assert field(dialog, name).property("wrong") is True
    return field(dialog, name).accessibleDescription()


def test_a_version_is_recorded(desk: Desk, page: ModelsPage) -> None:
    assert not desk.can("deployment.open")
    dialog = desk.do("version.register")
    desk.send(dialog)
    assert "The version has no label." in wrong(dialog, "Version")
    type_in(dialog, "Version", "v3")
    type_in(dialog, "Artefact", "s3://models/pd/3")
    type_in(dialog, "Description", "Dritte Fassung")
    type_in(dialog, "Created by", "Mateusz Kowalczyk")
    type_in(dialog, "Effective from", "2026-02-01")
    desk.send(dialog)
    assert not is_open(dialog)
    (row,) = versions(desk)
    told = row.details
    assert (told.version, told.artifact, told.description, told.created_by) == (
        "3", "s3://models/pd/3", "Dritte Fassung", "Mateusz Kowalczyk",
    )  # fmt: skip
    page.detail.tabs.setCurrentIndex(1)
    desk.settle()
    assert "Dritte Fassung" in texts(page.detail.tabs)
    assert desk.can("deployment.open")


def test_a_label_that_is_taken_is_said_beside_it(desk: Desk, page: ModelsPage) -> None:
    record_version(desk, "3")
    dialog = desk.do("version.register")
    type_in(dialog, "Version", "v3")
    desk.send(dialog)
    assert "The model already has a version 3." in wrong(dialog, "Version")
    close(dialog)


def test_a_deployment_is_recorded_and_ended(desk: Desk, page: ModelsPage) -> None:
    record_version(desk, "3")
    assert not desk.can("deployment.close")
    dialog = desk.do("deployment.open")
    type_in(dialog, "Known from", "Betriebsprotokoll")
    type_in(dialog, "In use since", "2026-03-02")
    desk.send(dialog)
    (row,) = deployments(desk)
    assert (row.environment, row.role, row.basis, row.until) == (
        "production", "champion", "Betriebsprotokoll", None,
    )  # fmt: skip
    assert row.since.startswith("2026-03-02")
    assert models.show_model(desk.bank.session, "M-00001").row.state is State.PRODUCTION
    dialog = desk.do("deployment.close")
    assert field(dialog, "Deployment").property("currentText") == "3 in production as champion"
    type_in(dialog, "In use until", "2026-03-30")
    desk.send(dialog)
    assert not is_open(dialog)
    (row,) = deployments(desk)
    assert (row.until or "").startswith("2026-03-30")
    assert not desk.can("deployment.close")
    page.detail.tabs.setCurrentIndex(2)
    desk.settle()
    assert "Betriebsprotokoll" in texts(page.detail.tabs)


def test_the_one_that_is_chosen_is_ended(desk: Desk, page: ModelsPage) -> None:
    record_version(desk, "3")
    record_deployment(desk, "2026-03-02")
    record_deployment(desk, "2026-04-01", "challenger")
    dialog = desk.do("deployment.close")
    box = field(dialog, "Deployment")
    assert isinstance(box, QComboBox)
    offered = [box.itemText(at) for at in range(box.count())]
    assert offered == ["3 in production as challenger", "3 in production as champion"]
    type_in(dialog, "Deployment", offered[1])
    desk.send(dialog)
    assert [row.role for row in deployments(desk) if row.until is None] == ["challenger"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Environment", " ", "The environment is missing."),
        ("Version", "3", "Version 3 already serves in production."),
        ("In use since", "bald", "Please write a day."),
    ],
)
def test_what_is_refused_is_said_beside_its_field(
    desk: Desk, page: ModelsPage, name: str, text: str, told: str
) -> None:
    record_version(desk, "3")
    record_deployment(desk)
    dialog = desk.do("deployment.open")
    type_in(dialog, name, text)
    desk.send(dialog)
    assert told in wrong(dialog, name)
    assert len(deployments(desk)) == 1
    close(dialog)


def test_days_that_cannot_be_are_said_beside_them(desk: Desk, page: ModelsPage) -> None:
    record_version(desk, "3")
    record_deployment(desk)
    dialog = desk.do("deployment.close")
    type_in(dialog, "In use until", "2026-01-31")
    desk.send(dialog)
    assert "would end before it began" in wrong(dialog, "In use until")
    type_in(dialog, "In use until", (clock.today() + timedelta(days=2)).isoformat())
    desk.send(dialog)
    assert wrong(dialog, "In use until") == "This day lies in the future."
    close(dialog)


def test_what_a_source_told_is_not_ended_by_hand(desk: Desk, page: ModelsPage) -> None:
    record_version(desk, "3")
    (row,) = versions(desk)
    sheet = models.show_model(desk.bank.session, "M-00001")
    with desk.bank.session.workspace.write(desk.bank.session.actor) as work:
        work.record(
            DeploymentOpened(
                new_id(), sheet.row.key, row.key, "3", "production", "champion", source="mlflow"
            )
        )
    desk.window.context.announce(work.changes)
    desk.settle()
    assert len(deployments(desk)) == 1
    assert not desk.can("deployment.close")


def test_all_of_it_goes_by_the_keyboard(desk: Desk, page: ModelsPage) -> None:
    page.detail.tabs.setCurrentIndex(1)
    desk.settle()
    assert unreachable(desk.window) == []
    dialog = desk.do("version.register")
    QTest.keyClicks(field(dialog, "Version"), "3")
    QTest.keyClick(field(dialog, "Version"), Qt.Key.Key_Return)
    desk.settle()
    assert [row.details.version for row in versions(desk)] == ["3"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_form_has_names(desk: Desk, page: ModelsPage, language: str) -> None:
    record_version(desk, "3")
    record_deployment(desk)
    desk.window.context.language.use(language)
    for action in ("version.register", "deployment.open", "deployment.close"):
        dialog = desk.do(action)
        assert nameless(dialog) == []
        assert unreachable(dialog) == []
        close(dialog)
    for at in (1, 2):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []


def test_a_candidate_and_the_past_take_nothing(desk: Desk, page: ModelsPage) -> None:
    record_version(desk, "3")
    desk.window.context.show_as_of(clock.today() - timedelta(days=1))
    desk.settle()
    for action in ("version.register", "deployment.open", "deployment.close"):
        assert not desk.can(action)


def test_where_a_model_still_runs_and_what_is_open_is_told_before_it_retires(
    desk: Desk, page: ModelsPage
) -> None:
    given = Given(TEXTS | {"due": "2026-12-01"}, ("M-00001",))
    items.open_item(desk.bank.session, kind_named("finding"), given)
    record_version(desk, "7")
    said = texts(dialog := desk.do("model.retire"))
    assert "It still runs here" not in said
    assert "Still open about it: F-00001." in said
    close(dialog)
    record_deployment(desk)
    said = texts(desk.do("model.retire"))
    assert "It still runs here: production. Retiring the model ends none of that." in said
