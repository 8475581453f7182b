"""The table of actions: menus, shortcuts, context menus and the palette are drawn from it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mlops_desktop.ui.icons import icon
from mlops_desktop.ui.text import later, tr

MENUS = (later("File"), later("Edit"), later("View"), later("Go"), later("Help"))
Say = Callable[[str], str]
_PAST = later("A past day is shown; nothing can be changed in it.")


def say_past() -> str:
    """Return why nothing can be changed while a past day is shown."""
    return tr(_PAST)


def always() -> bool:
    """Answer yes: the predicate of an action that can be done at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page lets a person do, in words that are known before the page is made.

    ``needs`` is a text marked by ``later``: said where it cannot be done now.
    """

    id: str
    title: str
    needs: str
    shortcut: str = ""
    icon: str = ""
    menu: str = "Edit"
    writes: bool = False
    dangerous: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    ``title`` is a dotted key of Words or a text marked by ``later``; ``page`` limits it to that
    page; ``menu`` is one of :data:`MENUS`; ``writes`` disables it while a past date is shown.
    """

    id: str
    title: str
    callback: Callable[[], None]
    shortcut: str = ""
    icon: str = ""
    page: str = ""
    menu: str = ""
    enabled: Callable[[], bool] = always
    writes: bool = False
    dangerous: bool = False
    checked: Callable[[], bool] | None = None


Deed: TypeAlias = tuple[Callable[[], None], Callable[[], bool]]
"""What an offer does, and whether it can be done now."""


def bind(page: str, offers: Iterable[Offer], deeds: Mapping[str, Deed]) -> tuple[Action, ...]:
    """Return the rows of ``page``: each of its offers with the deed of its id."""
    return tuple(
        Action(
            offer.id,
            offer.title,
            deeds[offer.id][0],
            offer.shortcut,
            offer.icon,
            page,
            offer.menu,
            deeds[offer.id][1],
            offer.writes,
            offer.dangerous,
        )
        for offer in offers
    )


class ActionTable(QObject):
    """Owns one QAction for each row and keeps its words, icon and state right."""

    changed = Signal()
    """Rows were added, or what is enabled changed."""

    def __init__(self, window: QWidget, say: Say) -> None:
        super().__init__(window)
        self._window = window
        self._say = say
        self._rows: dict[str, Action] = {}
        self._made: dict[str, QAction] = {}
        self._offers: dict[str, tuple[str, Offer]] = {}
        self._owed: set[str] = set()
        """Rows of pages out of sight whose words are of another language."""
        self._page = ""
        self._read_only = False

    def add(self, *rows: Action) -> None:
        """Add ``rows``; an id stands once."""
        for row in rows:
            if row.id in self._rows:
                raise ValueError(f"action twice: {row.id}")
            self._rows[row.id] = row
            made = QAction(self._window)
            made.setObjectName(row.id)
            made.setShortcut(QKeySequence(row.shortcut))
            made.setShortcutVisibleInContextMenu(True)
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            made.setCheckable(row.checked is not None)
            made.triggered.connect(self._call(row))
            self._window.addAction(made)
            self._made[row.id] = made
            self._dress(row)
        self.refresh()

    def offer(self, page: str, offers: Iterable[Offer]) -> None:
        """Know what ``page`` will let a person do, also before it is made."""
        self._offers.update({offer.id: (page, offer) for offer in offers})

    def offered(self) -> tuple[tuple[str, Offer], ...]:
        """Return what every page offers, with its page."""
        return tuple(self._offers.values())

    def known(self) -> tuple[tuple[str, Action | Offer], ...]:
        """Return every action with its page, made or only offered so far."""
        rest = (one for one in self._offers.values() if one[1].id not in self._rows)
        return (*((row.page, row) for row in self._rows.values()), *rest)

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self._page

    def needs(self, id: str) -> str:
        """Return the text, marked by ``later``, that says why ``id`` cannot be done now."""
        offer = self._offers[id][1] if id in self._offers else None
        row = self._rows.get(id, offer)
        if row is not None and row.writes and self._read_only:
            return _PAST
        return offer.needs if offer is not None else ""

    def _call(self, row: Action) -> Callable[[], None]:
        def call() -> None:
            row.callback()
            self.refresh()

        return call

    def action(self, id: str) -> QAction:
        """Return Qt's action of the row ``id``, to put on a button or into a menu."""
        self._say_owed((id,))
        return self._made[id]

    def row(self, id: str) -> Action:
        """Return the row ``id``."""
        return self._rows[id]

    def can(self, id: str) -> bool:
        """Whether ``id`` can be done now, here."""
        return id in self._rows and self._can(self._rows[id])

    def usable(self) -> tuple[Action, ...]:
        """Return what can be done now, here, in the order it was added."""
        return tuple(row for row in self._rows.values() if self._can(row))

    def run(self, id: str) -> None:
        """Do the action ``id`` if it can be done now."""
        if self._can(self._rows[id]):
            self._made[id].trigger()

    def set_page(self, page: str) -> None:
        """Offer the actions of ``page`` and those of no page."""
        self._page = page
        self._say_owed(self._here())
        self.refresh()
        for row in self._rows.values():
            if row.page == page:
                self._tip(row)

    def set_read_only(self, read_only: bool) -> None:
        """Refuse whatever writes, because a past date is shown."""
        self._read_only = read_only
        self.refresh()
        for row in self._rows.values():
            if row.writes:
                self._tip(row)

    def refresh(self) -> None:
        """Ask every row again whether it can be done."""
        for id, row in self._rows.items():
            can = self._can(row)
            if can != self._made[id].isEnabled():
                self._made[id].setEnabled(can)
                self._tip(row)
            if row.checked is not None:
                self._made[id].setChecked(row.checked())
        self.changed.emit()

    def retranslate(self) -> None:
        """Say every title again, those of a page out of sight when it is shown.

        Each tells the window and every button that has it.
        """
        self._owed = set(self._rows)
        self._say_owed(self._here())

    def menu(self, parent: QWidget, ids: Iterable[str]) -> QMenu:
        """Return a menu of the rows ``ids``; an empty id draws a line."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        self._say_owed(ids := tuple(ids))
        for id in ids:
            if id:
                menu.addAction(self._with_icon(self._rows[id]))
            else:
                menu.addSeparator()
        return menu

    def fill(self, menu: QMenu, name: str) -> None:
        """Put the rows of the menu ``name`` into ``menu``, in the order they were added."""
        menu.setToolTipsVisible(True)
        for row in self._rows.values():
            if row.menu == name and row.page in ("", self._page):
                menu.addAction(self._with_icon(row))

    def _here(self) -> list[str]:
        return [row.id for row in self._rows.values() if row.page in ("", self._page)]

    def _say_owed(self, ids: Collection[str]) -> None:
        for id in self._owed.intersection(ids):
            self._dress(self._rows[id])
        self._owed.difference_update(ids)

    def _dress(self, row: Action) -> None:
        self._made[row.id].setText(self._say(row.title).replace("&", "&&"))
        self._tip(row)

    def _tip(self, row: Action) -> None:
        """Say the keys, and why it cannot be done now."""
        made, needs = self._made[row.id], self.needs(row.id)
        keys = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        title = self._say(row.title)
        told = tr("{title}  ({keys})", title=title, keys=keys) if keys else ""
        is_here = row.page in ("", self._page)
        reason = self._say(needs) if needs and is_here and not made.isEnabled() else ""
        made.setToolTip("\n".join(filter(None, (told, reason))))

    def _with_icon(self, row: Action) -> QAction:
        """Draw the icon when a menu needs it: dozens of them would delay the first paint."""
        made = self._made[row.id]
        if row.icon:
            made.setIcon(icon(row.icon, "bad" if row.dangerous else "muted"))
        return made

    def _can(self, row: Action) -> bool:
        here = row.page in ("", self._page)
        return here and not (row.writes and self._read_only) and row.enabled()
