"""One walk through the whole German window over the sample bank: names, reach, words and room."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from time import monotonic

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from mlops_desktop.core import clock
from mlops_desktop.services.demo import DemoResult, surroundings
from mlops_desktop.ui.app import close_session, make_window
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.table.pane import ListPane
from mlops_desktop.ui.tour import Sight, Tour
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.window import Window
from tests.support.demo import OPENING, copy_pristine
from tests.ui.access import nameless, unreachable
from tests.ui.german import faults
from tests.ui.room import cut
from tests.ui.texts import menu_texts, texts_of

_SIZE = (1280, 800)
_USUAL_SIZE = (1440, 900)
_PATIENCE = 60.0
pytestmark = [pytest.mark.timeout(900), pytest.mark.long]


@dataclass
class Walk:
    """What one walk found, by the sight where it was first seen."""

    sights: list[str] = field(default_factory=list)
    nameless: dict[str, str] = field(default_factory=dict)
    unreachable: dict[str, str] = field(default_factory=dict)
    said_wrong: dict[str, str] = field(default_factory=dict)
    cut: dict[str, str] = field(default_factory=dict)
    judged: set[str] = field(default_factory=set)
    too_high: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def look(self, sight: Sight) -> None:
        """Look at, listen to and walk through a sight."""
        name, root = sight.name, sight.widget
        self.sights.append(name)
        self._keep(self.nameless, name, nameless(root))
        self._keep(self.cut, name, without_room(root))
        self.hear(name, (text for kind, text in texts_of(root) if kind != "PdfView"))
        if name.endswith(("chosen", ".2", ".3")) or ".dialog." in name:
            activate(root)
            told = [one for one in unreachable(root) if "QRadioButton" not in one]
            self._keep(self.unreachable, name, told)
        if isinstance(root, Window) and (page := root.stage.page()) is not None:
            self._keep(self.cut, name, too_wide(page))
        if root.height() > _SIZE[1] or root.width() > _SIZE[0]:
            self.too_high.append(f"{name} {root.size().toTuple()}")

    def hear(self, name: str, texts: Iterator[str]) -> None:
        """Judge the words of a sight; most were judged where they were first seen."""
        for text in texts:
            if text not in self.judged:
                self.judged.add(text)
                for fault in faults(text):
                    self.said_wrong.setdefault(f"{fault} in {text[:80]!r}", name)

    def _keep(self, where: dict[str, str], name: str, found: Iterator[str] | list[str]) -> None:
        for one in found:
            where.setdefault(one, name)


def too_wide(page: QWidget) -> Iterator[str]:
    """Yield a page that has to be moved sideways to be seen whole."""
    room = page.parentWidget()
    needed = page.minimumSizeHint().width()
    if room is not None and needed > room.width():
        yield f"page {page.objectName()} {needed} > {room.width()}"


def activate(root: QWidget) -> None:
    """Bring a window to the front: what is behind takes no key."""
    root.activateWindow()
    for _ in range(100):
        if root.isActiveWindow() and QApplication.focusWidget() is not None:
            break
        wait(10)


def without_room(root: QWidget) -> list[str]:
    """Return what is cut off once layouts have settled: lines that wrap do so a moment later."""
    tries = 20
    while (found := list(cut(root))) and tries:
        wait(15)
        tries -= 1
    return found


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settler(window: Window) -> Callable[[], None]:
    def settle() -> None:
        for _ in range(2):
            deadline = monotonic() + _PATIENCE
            wait(5)
            while not window.context.jobs.is_idle() and monotonic() < deadline:
                wait(5)

    return settle


@pytest.fixture(scope="module")
def walk(
    qapp: QApplication, sample_bank: DemoResult, tmp_path_factory: pytest.TempPathFactory
) -> Walk:
    """Walk once, in German, through a window of the size of a small screen."""
    folder = copy_pristine(sample_bank, tmp_path_factory.mktemp("demo") / "elbmark")
    place = str(folder / sample_bank.place.name)
    found, prefs = Walk(), Prefs(theme="light", language="de", page="overview")
    with surroundings(folder), clock.reading(lambda: OPENING):
        window = make_window(qapp, prefs, ServiceWays())
        window.closed.connect(lambda: close_session(window))
        window.context.jobs.crashed.connect(lambda *said: found.crashes.append(": ".join(said)))
        window.resize(*_SIZE)
        window.show()
        settle = settler(window)
        ServiceWays().open_target(window.context, place)
        settle()
        _walk(found, window, settle)
        window.leave()
        settle()
        window.deleteLater()
        wait(0)
    return found


def _walk(found: Walk, window: Window, settle: Callable[[], None]) -> None:
    window.resize(*_USUAL_SIZE)
    found.sideways += list(_sideways(window, settle))
    window.resize(*_SIZE)
    tour = Tour(window, settle)
    for sight in chain(tour.pages(), tour.dialogs()):
        found.look(sight)
    for page in find_pages():
        window.show_page(page.id)
        window.open_menu()
        for menu in window.findChildren(QMenu):
            found.hear(f"{page.id} menu", menu_texts(menu))
            menu.close()


def _sideways(window: Window, settle: Callable[[], None]) -> Iterator[str]:
    """Yield the lists that are scrolled sideways although nothing stands beside them."""
    for spec in find_pages():
        window.show_page(spec.id)
        settle()
        for pane in window.stage.page().findChildren(ListPane):  # type: ignore[union-attr]
            bar = pane.view.horizontalScrollBar()
            if pane.view.isVisible() and bar.maximum() > 0:
                yield f"{spec.id} by {bar.maximum()}"


def test_the_walk_comes_everywhere(walk: Walk) -> None:
    pages = {name.partition(".")[0] for name in walk.sights}
    assert {page.id for page in find_pages()} == pages
    assert len(walk.sights) > 150
    dialogs = {name.partition(".dialog.")[2] for name in walk.sights}
    assert len(dialogs) > 90
    assert dialogs >= {"approval.approve", "approval.revoke", "candidate.accept"}  # not first rows
    assert walk.crashes == []


def test_everything_has_a_name(walk: Walk) -> None:
    assert walk.nameless == {}


def test_everything_is_reached_by_tab(walk: Walk) -> None:
    assert walk.unreachable == {}


def test_everything_is_said_in_german(walk: Walk) -> None:
    assert walk.said_wrong == {}


def test_no_list_is_scrolled_sideways_in_a_window_of_the_usual_size(walk: Walk) -> None:
    assert walk.sideways == []


def test_nothing_is_cut_off_on_a_small_screen(walk: Walk) -> None:
    assert walk.cut == {}
    assert walk.too_high == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Overdue", "English wording"),
        ("models.field.name", "key models.field.name"),
        ("Zustand: in_progress", "code in_progress"),
        ("feeds", "code feeds"),
        ("bis 2026-12-31", "ISO date 2026-12-31"),
        ("1,234,567 Zeilen", "number 1,234,567"),
        ("Gini 0.74", "number 0.74"),
        ("PD of the Mittelstand", "word of"),
    ],
)
def test_what_is_not_german_is_noticed(text: str, fault: str) -> None:
    assert fault in list(faults(text))


@pytest.mark.parametrize(
    "text",
    ["Fällig am 31.12.2026", "1.234,5 Zeilen", "Version 4.2", "Grundsatz 1.1",
     "Modell im Verfahren", "Position"],
)  # fmt: skip
def test_german_is_left_alone(text: str) -> None:
    assert list(faults(text)) == []


def test_what_has_no_room_is_noticed(qapp: QApplication) -> None:
    ground = QWidget()
    ground.resize(300, 200)
    for at, widget in enumerate((QPushButton("Feststellung eröffnen"), Label("Risikoklasse"))):
        widget.setParent(ground)
        widget.setGeometry(0, 40 * at, 30, 12)
    long = Label("Viele Worte, die mehr als eine Zeile brauchen", wrap=True)
    long.setParent(ground)
    long.setGeometry(0, 100, 90, 12)
    ground.show()
    assert len(list(cut(ground))) == 3
    ground.close()
    ground.deleteLater()
