"""A profile of one's own in the window: refused with every place, shown, taken in, listed."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.services.profiles import standing
from mlops_desktop.ui.pages.regulation import PAGE as REGULATION
from mlops_desktop.ui.pages.regulation.page import RegulationPage
from mlops_desktop.ui.widgets.short_table import ShortTable
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, open_desk, texts

RULE = {
    "id": "H-1",
    "reference": "4.2.1",
    "title": {"en": "Owner", "de": "Verantwortung"},
    "level": "must",
    "satisfied_by": ["field.owner"],
}
TREE = {
    "schema": "profile-1",
    "id": "house",
    "version": "1",
    "published": "2026-01-01",
    "regime": "house",
    "title": {"en": "House rules", "de": "Hausregeln"},
    "jurisdiction": "DE",
    "source": "Handbuch 4.2",
    "mark": "P",
    "rules": [RULE],
}


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    found = open_desk(make_window, file_bank, qtbot, REGULATION)
    found.window.show_page("regulation")
    found.settle()
    return found


def choose(desk: Desk, folder: Path, **changes: Any) -> None:
    """Choose a file as the dialog of the system would."""
    path = folder / "house.json"
    path.write_text(json.dumps(TREE | changes), "utf-8")
    desk.window.context.actions.run("profile.add")
    QApplication.processEvents()
    dialog = desk.window.findChildren(QFileDialog, "profileFile")[-1]
    dialog.fileSelected.emit(str(path))
    dialog.done(0)
    desk.settle()


def rows(desk: Desk, name: str) -> list[Any]:
    (table,) = [
        one for one in desk.dialog().findChildren(ShortTable) if one.accessibleName() == name
    ]
    lines = [table.model_of_rows.line(at) for at in range(table.model().rowCount())]
    return [line.row for line in lines if line is not None]


def test_every_fault_of_a_file_is_shown_with_its_place(desk: Desk, tmp_path: Path) -> None:
    choose(desk, tmp_path, mark="X", rules=[RULE | {"level": "maybe"}], colour="red")
    dialog = desk.dialog()
    faults = {
        (row.fault.place, row.fault.rule) for row in rows(desk, "What is wrong with the file")
    }
    assert faults == {
        ("$", "additionalProperties"),
        ("$.mark", "enum"),
        ("$.rules[0].level", "enum"),
    }
    assert "3 faults" in texts(dialog)
    assert not dialog.verb.isEnabled()
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    close(dialog)


def test_a_profile_is_shown_taken_in_and_listed(desk: Desk, tmp_path: Path) -> None:
    page = desk.window.stage.page()
    assert isinstance(page, RegulationPage)
    choose(desk, tmp_path)
    assert [row.id for row in rows(desk, "Rules")] == ["H-1"]
    assert "House rules (house)" in texts(desk.dialog())
    assert "new in this workspace" in texts(desk.dialog())
    assert "house" not in known(desk), "shown only"
    desk.send(desk.dialog())
    assert known(desk)["house"] == "1"
    assert page.choice.currentData() == "house"
    assert "added by this workspace" in page.state.text()
    assert nameless(page) == []


def test_a_new_version_follows_and_the_same_one_is_refused(desk: Desk, tmp_path: Path) -> None:
    choose(desk, tmp_path)
    desk.send(desk.dialog())
    choose(desk, tmp_path)
    assert "already known" in desk.dialog().bar.accessibleName()
    assert not desk.dialog().verb.isEnabled()
    close(desk.dialog())
    choose(desk, tmp_path, version="0", published="2025-01-01")
    assert "goes on counting" in desk.dialog().bar.accessibleName()
    close(desk.dialog())
    choose(desk, tmp_path, version="2", published="2026-02-01")
    assert "follows version 1" in texts(desk.dialog())
    desk.send(desk.dialog())
    assert known(desk)["house"] == "2"


def known(desk: Desk) -> dict[str, str]:
    """Return the profiles there are with the version that counts."""
    found = standing.list_profiles(desk.bank.session)
    return {one.profile.id: one.profile.version for one in found}
