"""The stage: header, band, messages, and the pages, each made when it is first shown."""

from PySide6.QtCore import QChildEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mlops_desktop.ui.as_of import AsOfBand
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.failures import Failures
from mlops_desktop.ui.following import Following
from mlops_desktop.ui.header import Header
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.tab_scrolling import name_scrolling
from mlops_desktop.ui.turns import turns
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.room import Room


class Stage(QWidget):
    """Shows one page at a time; knows them only by their rows."""

    page_made = Signal(QWidget)
    """A page is shown for the first time."""

    def __init__(self, context: Context, pages: tuple[PageSpec, ...]) -> None:
        super().__init__()
        self.setObjectName("stage")
        self._context = context
        self._following = Following(self)
        self._specs = {spec.id: spec for spec in pages}
        self._made: dict[str, Page] = {}
        self._rooms: dict[str, Room] = {}
        self.current = ""
        self.header = Header(context)
        self.bar = MessageBar(context)
        self._failures = Failures(context, self.bar)
        self.band = AsOfBand(context)
        for part in (self.header, self.bar, self.band):
            context.theme.dressing.dress(part)
        self._stack = QStackedWidget()
        self._covers = 0
        self._inset = QVBoxLayout()
        self._inset.setContentsMargins(24, 0, 24, 0)
        self._inset.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self.header)
        column.addLayout(self._inset)
        column.addWidget(self._stack, 1)
        context.language_changed.connect(self._retranslate)

    def add_above(self, widget: QWidget) -> None:
        """Put ``widget`` between the header and whatever page is shown."""
        self._context.theme.dressing.dress(widget)
        self._inset.addWidget(widget)

    def childEvent(self, event: QChildEvent) -> None:
        """Dress what comes to lie over the page: toasts, the target of what is dragged."""
        super().childEvent(event)
        part = event.child()
        if event.polished() and isinstance(part, QWidget) and part is not self._stack:
            self._context.theme.dressing.dress(part)

    def show_page(self, id: str, target: str = "") -> bool:
        """Show the page ``id``, made now if never shown; False if there is none of that id."""
        if id not in self._specs:
            return False
        page = self._made.get(id) or self._make(id)
        self.current = id
        self._turn_to(self._rooms[id])
        self._context.actions.set_page(id)
        self.band.set_note(page.past_note)
        self._say_heading()
        if target:
            page.show_record(target)
        return True

    def show_plain(self, widget: QWidget) -> None:
        """Show something that is no page, the welcome."""
        if "" not in self._rooms:
            self._rooms[""] = self._room_of(widget)
        self.current = ""
        self._turn_to(self._rooms[""])
        self._context.actions.set_page("")
        self.header.set_heading("MLOps Desktop", "")

    def page(self) -> Page | None:
        """Return the page shown, if it is one."""
        return self._made.get(self.current)

    def pages(self) -> tuple[Page, ...]:
        """Return every page that was shown until now."""
        return tuple(self._made.values())

    def _make(self, id: str) -> Page:
        page = self._specs[id].factory(self._context)
        page.setObjectName(id)
        page.heading_changed.connect(self._say_heading)
        self._made[id] = page
        self._rooms[id] = self._room_of(page)
        self.page_made.emit(page)
        return page

    def _room_of(self, inside: QWidget) -> Room:
        room = Room()
        # Dressed and in its place before it is filled: Qt goes through what is inside only once.
        self._context.theme.dressing.dress_room(room)
        self._stack.addWidget(room)
        room.setWidget(inside)
        return room

    def _turn_to(self, room: Room) -> None:
        """Show a room; what it says anew and its painting have turns of their own.

        Meanwhile the screen shows the room before.
        """
        if self._stack.currentWidget() is not room:
            self._covers += 1
            self._stack.setUpdatesEnabled(False)
            self._stack.setCurrentWidget(room)
            turns().enter(self, self._uncover)
        self._context.theme.dressing.hurry(room)

    def _uncover(self) -> None:
        self._covers -= 1
        self._stack.setUpdatesEnabled(not self._covers)

    def _retranslate(self) -> None:
        self._say_heading()
        name_scrolling(self)

    def _say_heading(self) -> None:
        page = self.page()
        if page is not None:
            title = self._context.say(self._specs[self.current].title)
            self.header.set_heading(title, page.heading())
