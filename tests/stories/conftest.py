"""A desk with the real window on it, and banks to open there."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlops_desktop.services.demo import DemoResult
from mlops_desktop.ui.app import close_session, make_window
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.window import Window
from tests.stories.desk import Desk
from tests.support.bank import Bank

SIZE = (1400, 900)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    """The whole window as the program makes it; a mistake in any job fails the story."""
    with shown_window(qtbot, qapp) as made:
        yield made


@contextmanager
def shown_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    """Show a window as the program makes it, and close it afterwards."""
    # As beside a screen reader: without one Qt tells nobody that the cells of a table are others.
    QAccessible.setActive(True)
    made = make_window(qapp, Prefs(theme="light", language="en", page="models"), ServiceWays())
    crashes: list[str] = []
    made.context.jobs.crashed.connect(lambda name, trace: crashes.append(f"{name}: {trace}"))
    made.closed.connect(lambda: close_session(made))
    made.resize(*SIZE)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.leave()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
    QAccessible.setActive(False)
    assert crashes == []


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Desk:
    """Somebody before the window, which has no workspace open yet."""
    return Desk(window, qtbot)


@pytest.fixture
def second_desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """Somebody else before a window of his own."""
    with shown_window(qtbot, qapp) as made:
        yield Desk(made, qtbot)


Sit = Callable[[], Desk]


@pytest.fixture
def sit(desk: Desk, file_bank: Bank) -> Sit:
    """Let somebody sit down at the bank's workspace, once it is prepared."""

    def open_it() -> Desk:
        file_bank.session.workspace.close()
        ServiceWays().open_target(desk.window.context, file_bank.place)
        desk.waits_for(lambda: desk.window.context.is_open, "the workspace does not open")
        desk.rests()
        return desk

    return open_it


@pytest.fixture
def elbmark(desk: Desk, own_sample_bank: str) -> Desk:
    """Somebody before the sample bank, which is open; nobody has chosen a role yet."""
    ServiceWays().open_target(desk.window.context, own_sample_bank)
    desk.waits_for(lambda: desk.window.context.is_open, "the sample bank does not open")
    desk.rests()
    return desk


@dataclass(frozen=True)
class Visit:
    """Somebody at the sample bank, who says on the Overview what he comes for."""

    desk: Desk
    secrets: Mapping[str, str]

    def comes_as(self, role: str) -> Desk:
        """Open the Overview of ``role``, chosen at the first visit or at any later one."""
        desk = self.goes_to("Overview")
        if "For whom is this overview?" in desk.read():
            desk.clicks(role)
        else:
            desk.writes("Overview for", role)
        desk.rests()
        return desk

    def goes_to(self, place: str) -> Desk:
        """Go to a place and wait until all of it is read."""
        self.desk.goes_to(place)
        self.desk.rests()
        return self.desk

    def acts_as(self, person: str) -> None:
        """Take the desk of another person, who has a key of his own."""
        self.goes_to("Approvals").writes("Acting as", person)
        self.desk.sees(f"You now act as {person.partition(' (')[0]}.")
        self.desk.rests()


@pytest.fixture
def visit(elbmark: Desk, sample_bank: DemoResult) -> Visit:
    """Somebody before the sample bank, with the list of its persons' passphrases."""
    lines = sample_bank.people_file.read_text("utf-8").splitlines()
    parts = (re.split(r"\s{2,}", line) for line in lines)
    return Visit(elbmark, {part[0]: part[1] for part in parts if len(part) == 3})
