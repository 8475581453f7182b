"""A window on pages of the test's own, and a list of invented models held in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from threading import Event
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.days import Days
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Jobs, Progress
from mlops_desktop.ui.language import Language
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.table import Column, EmptyText, ListPane, ListQuery, ListSpec
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.theme import Theme
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.form import Facts
from mlops_desktop.ui.widgets.split import Split
from mlops_desktop.ui.window import Window

SESSION = cast("Session", object())
"""Stands for an open workspace: pages of these tests never look into it."""


DAYS = Days(date(2024, 3, 1), date(2023, 1, 1), date(2026, 6, 30))
"""When the history of the open workspace began, and its last dossier."""


@dataclass(frozen=True, slots=True)
class Thing:
    id: str
    name: str
    tier: int
    state: str


@dataclass
class Shelf:
    """Answers like a service would, counts the questions, and can be held or made to fail."""

    things: list[Thing]
    asked: list[tuple[ListQuery, int]] = field(default_factory=list)
    open: Event = field(default_factory=Event)
    failure: AppError | None = None
    heard: list[Progress] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open.set()

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[Thing, ...]:
        self.asked.append((query, offset))
        self.heard.append(progress)
        assert self.open.wait(10)
        if self.failure is not None:
            raise self.failure
        return tuple(self._fitting(query)[offset : offset + limit])

    def count(self, query: ListQuery, progress: Progress) -> int:
        assert self.open.wait(10)
        return len(self._fitting(query))

    def _fitting(self, query: ListQuery) -> list[Thing]:
        found = [thing for thing in self.things if query.filter in thing.name]
        if query.sort:
            found.sort(key=lambda thing: getattr(thing, query.sort), reverse=query.descending)
        return found


def make_things(number: int) -> list[Thing]:
    states = ("good", "warn", "bad")
    return [
        Thing(f"M-{at:05d}", f"Model {at} {'x' * (at % 7)}", at % 4 + 1, states[at % 3])
        for at in range(1, number + 1)
    ]


def columns(context: Context) -> tuple[Column[Thing], ...]:
    moods = {"good": "approved", "warn": "interim", "bad": "expired"}
    return (
        Column("id", "Yesterday", lambda thing: thing.id, width=9),
        Column("name", "Comment", lambda thing: thing.name, flexible=True, strong=True),
        Column("tier", "Details", lambda thing: str(thing.tier), numeric=True),
        Column(
            "state",
            "Find",
            lambda thing: thing.state,
            status=lambda thing: Status(thing.state, moods[thing.state]),
            sortable=False,
        ),
    )


SPEC = ListSpec(
    "things", "Matches", columns, EmptyText("Nothing is running.", "palette"), ("tier",)
)


class ThingPage(Page):
    watches = frozenset({"model"})

    def __init__(self, context: Context, shelf: Shelf) -> None:
        super().__init__(context)
        self.reloads = 0
        self.list = ListPane(context, SPEC, shelf)
        self.detail = DetailPane(context, ("palette",), default="palette", more=("quit",))
        self.detail.add_tab("Details", Facts())
        QVBoxLayout(self).addWidget(Split(context, "things", self.list, self.detail))
        self.list.current_changed.connect(self._show)

    def heading(self) -> str:
        return "what is here"

    def reload(self) -> None:
        self.reloads += 1
        self.list.reload()

    def show_record(self, id: str) -> None:
        self.list.show_record(id)

    def _show(self, thing: Thing) -> None:
        self.detail.set_head(thing.name, thing.id, (Status("good", "approved"),))


class NoWays:
    """Ways into a workspace that lead nowhere, and remember what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def recent(self) -> tuple[str, ...]:
        return ("/somewhere/models.mlops",)

    def leave(self, context: Context) -> None:
        context.use_session(None)

    def open_demo(self, context: Context) -> None:
        self.asked.append("demo")

    def make_new(self, context: Context) -> None:
        self.asked.append("new")

    def choose_file(self, context: Context) -> None:
        self.asked.append("file")

    def join_team(self, context: Context) -> None:
        self.asked.append("team")

    def open_target(self, context: Context, target: str) -> None:
        self.asked.append(target)

    def open_window(self, context: Context, target: str) -> None:
        self.asked.append(f"window {target}")

    def forget(self, context: Context, target: str) -> None:
        self.asked.append(f"forget {target}")


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(make_things(1000))


@pytest.fixture
def ways() -> NoWays:
    return NoWays()


MakeWindow = Callable[..., Window]
W = TypeVar("W", bound=QObject)


def find(where: QObject | None, kind: type[W], name: str = "") -> W:
    """Return the one child of a kind and a name; it must be there."""
    assert where is not None
    found = where.findChild(kind, name) if name else where.findChild(kind)
    assert found is not None
    return found


def page_of(window: Window) -> "ThingPage":
    page = window.stage.page()
    assert isinstance(page, ThingPage)
    return page


def is_at_rest(window: Window) -> bool:
    """Whether no work runs and no list is about to count its rows."""
    lists = window.findChildren(RowsModel)
    return window.context.jobs.is_idle() and not any(one.is_about_to_count() for one in lists)


def said(widget: QWidget) -> str:
    """Return every text that labels show."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(window: Window, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key as the window system does, so that shortcuts are asked first."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window.windowHandle(), key, held)
    QApplication.processEvents()


def button(where: QWidget, text: str) -> QPushButton:
    return next(found for found in where.findChildren(QPushButton) if found.text() == text)


@pytest.fixture
def make_window(
    qtbot: QtBot, qapp: QApplication, shelf: Shelf, ways: NoWays
) -> Iterator[MakeWindow]:
    made: list[Window] = []

    def make(prefs: Prefs | None = None, pages: tuple[PageSpec, ...] | None = None) -> Window:
        kept = prefs or Prefs(theme="light")
        own = (
            PageSpec("models", 1, "models", "Places", lambda context: ThingPage(context, shelf)),
            PageSpec("ledger", 2, "ledger", "Preview", Page, at_bottom=True),
        )
        language = Language(kept.language or "en")
        window = Window(kept)
        window.furnish(pages or own, language, Theme(qapp, kept.theme), ways)
        window.context.find_days = lambda progress: DAYS
        window.resize(1200, 760)
        made.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> Window:
    """An open window with a thousand models in its list."""
    made = make_window()
    made.context.use_session(SESSION, "Elbmark Bank AG")
    page = page_of(made)
    qtbot.waitUntil(lambda: page.list.count() == 1000)
    return made
