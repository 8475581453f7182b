"""Files dragged over the window or a form: a visible target says what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.picture import Picture

if TYPE_CHECKING:
    from mlops_desktop.ui.stage import Stage

Paths = tuple[Path, ...]
_TABLES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json"))
_ANYWHERE = frozenset((".csv", ".tsv", ".xlsx", ".xlsm"))
"""Endings that mean a register wherever they are dropped; the others do on Models alone."""
_INSET = 12


@dataclass(frozen=True, slots=True)
class Landing:
    """What is said while files hang over a place, and what is done with them; None refuses them."""

    sentence: str
    take: Callable[[Paths], None] | None = None


class DropTarget(QFrame):
    """Lies over its ground while something is dragged; never in the way of the mouse."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self.setObjectName("dropTarget")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ground = ground
        self._picture = Picture("open", "accent", size=32)
        self.sentence = Label(size="title", strong=True, wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addStretch()
        self.hide()

    def show_landing(self, landing: Landing) -> None:
        """Say what becomes of the files."""
        refused = landing.take is None
        self._picture.show_icon("stop" if refused else "open", "bad" if refused else "accent")
        self.setProperty("refused", refused)
        self.style().unpolish(self)
        self.style().polish(self)
        self.sentence.setText(landing.sentence)
        self.setGeometry(self._ground.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET))
        self.raise_()
        self.show()


class Drops(QObject):
    """Catches what is dragged over ``over``; ``land`` decides, what is refused is said in words."""

    def __init__(
        self, context: Context, over: QWidget, ground: QWidget, land: Callable[[Paths], Landing]
    ) -> None:
        super().__init__(over)
        self._context, self._land = context, land
        self.target = DropTarget(ground)
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def watch(self, part: QWidget) -> None:
        """Catch files over ``part`` too, which would take their addresses as text."""
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files; whatever else is dragged is left to who it is for."""
        if event.type() == QEvent.Type.DragLeave:
            self.target.hide()
        if not isinstance(event, QDropEvent) or not (paths := files_of(event)):
            return False
        if isinstance(event, QDragEnterEvent):
            self.target.show_landing(self._land(paths))
        elif not isinstance(event, QDragMoveEvent):
            self.target.hide()
            self._drop(paths)
        _accept(event)
        return True

    def _drop(self, paths: Paths) -> None:
        landing = self._land(paths)
        if landing.take is not None:
            landing.take(paths)
        else:
            self._context.toast(landing.sentence)


def _accept(event: QDropEvent) -> None:
    """Take a copy: who is told that files were moved deletes them, and they are only read."""
    event.acceptProposedAction()
    if event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
    elif not isinstance(event, QDragMoveEvent):
        event.setDropAction(Qt.DropAction.IgnoreAction)


def files_of(event: QDropEvent) -> Paths:
    """Return the files that are dragged."""
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


def catch_in_window(context: Context, window: QWidget, stage: "Stage") -> Drops:
    """Catch files over the window and hand them to the page they are for."""

    def take(id: str, paths: Paths) -> None:
        context.show_page(id)
        page = stage.page()
        if page is not None and stage.current == id:
            page.take_files(paths)

    return Drops(context, window, stage, lambda paths: land_in_window(context, paths, take))


def land_in_window(context: Context, paths: Paths, take: Callable[[str, Paths], None]) -> Landing:
    """Return what the window does with files: registers go to Models, PDFs to Dossiers."""
    say, endings = context.say, [path.suffix.lower() for path in paths]
    if not context.is_open:
        return Landing(say("drops.no_workspace"))
    is_there = context.actions.page == "dossiers" and ".pdf" in endings
    if is_there or set(endings) == {".pdf"}:
        said = context.language.words.count("drops.verify", len(paths))
        return Landing(said, lambda files: take("dossiers", files))
    tables = _TABLES if context.actions.page == "models" else _ANYWHERE
    if not tables.issuperset(endings):
        return Landing(say("drops.refused"))
    if len(paths) > 1:
        return Landing(say("drops.one_register"))
    if context.day is not None or not context.session.actor.person:
        return Landing(say("drops.no_import"))
    return Landing(say("drops.import"), lambda files: take("models", files))
