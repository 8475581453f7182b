"""The page: where one stands above, heaps of events below, the chosen one with both its sides."""

from pathlib import Path

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.copies.sharing import Sharing, Sides, read_sharing, read_sides
from mlops_desktop.services.listening import list_colleagues
from mlops_desktop.services.session import Session
from mlops_desktop.ui.actions import Deed, bind, say_past
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.sharing.card import StandingCard
from mlops_desktop.ui.pages.sharing.offers import OFFERS
from mlops_desktop.ui.pages.sharing.said import (
    Heap,
    Line,
    columns,
    groups,
    lines_of,
    side_groups,
)
from mlops_desktop.ui.pages.sharing.work import SharingWork
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.detail import scrolling
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.sections import Sections
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.widgets.split import Split

_SORTS = {
    "at": lambda line: line.row.at,
    "person": lambda line: line.row.person.casefold(),
    "event": lambda line: line.row.type,
    "about": lambda line: line.row.summary.casefold(),
    "concerns": lambda line: line.row.concerns.casefold(),
    "fate": lambda line: line.conflict.fate.value if line.conflict else "",
}

_FIRST_SIZES = (2, 1)
_BY_HEAP = {"fate": True, "person": False, "about": False}
"""Columns not every heap has: the detail beside a conflict tells who and what, whole."""


class SharingPage(Page):
    """Working together: what is not yet shared, what came in, what waits to be settled."""

    watches = frozenset(
        {
            "approval",
            "conflict",
            "dossier",
            "item",
            "model",
            "person",
            "presence",
            "source",
            "version",
        }
    )
    past_note = "sharing.word.past"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: Sharing | None = None
        self._begun: Session | None = None
        """The workspace whose heap was chosen already."""
        self.bar, self._work = MessageBar(context), SharingWork(context, self)
        context.actions.add(*bind("sharing", OFFERS, self._work.deeds() | self._deeds()))
        self.card = StandingCard(context)
        self.heaps = PartTabs(len(Heap))
        self.table = ShortTable(context, "sharing", "sharing.title.page", columns, _SORTS)
        self.table.stand_alone()
        self.empty = EmptyState(icon="check")
        self.facts = Sections(context, "sharing.title.chosen")
        self.sides = Sections(context, "sharing.title.sides")
        self.settled_there = Label(tone="muted", wrap=True)
        self._lay_out()
        self.retranslate()
        self.heaps.currentChanged.connect(lambda _: self._show())
        self.table.current_changed.connect(self._tell_chosen)
        self.table.opened.connect(self._go)
        self._work.moved.connect(self._on_moved)

    def heading(self) -> str:
        """Say what waits."""
        if self.found is None:
            return ""
        say, found = self.context.say, self.found
        unshared, waiting = len(found.unshared), len(found.conflicts)
        return say("sharing.word.heading", unshared=unshared, waiting=waiting)

    def reload(self) -> None:
        """Ask where one stands, in the read lane."""
        session = self.context.session

        def ask(progress: Progress) -> Sharing:
            return read_sharing(session)

        def look(progress: Progress) -> tuple[str, ...]:
            return list_colleagues(session)

        name, jobs = self.context.say("sharing.word.reading"), self.context.jobs
        jobs.submit_read(name, ask, self._tell, self.bar.show_error, key="sharing")
        jobs.submit_read(name, look, self.card.show_here, self._fail, key="sharing:here")

    def retranslate(self) -> None:
        """Say every word again."""
        say = self.context.say
        self.heaps.setAccessibleName(say("sharing.title.heaps"))
        self.settled_there.setText(say("sharing.title.settled_there"))
        self._say_heaps()
        if self.found is not None:
            self._tell(self.found)

    def show_list(self, text: str) -> None:
        """Show a heap, asked for from elsewhere."""
        names = [heap.value for heap in Heap]
        if text in names:
            self._begun = self.context.session
            self.heaps.setCurrentIndex(names.index(text))

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Take in what came on a stick: an answer in a copy, an outbox in the shared workspace."""
        if self.context.day is not None:
            self.context.toast(say_past())
        elif self.found is not None and len(paths) == 1:
            is_copy = self.found.state is not None
            (self._work.read_answer if is_copy else self._work.receive)(str(paths[0]))

    def first_focus(self) -> QWidget | None:
        """Begin at the list."""
        return self.table if self.table.isVisible() else self.heaps

    def chosen(self) -> Line | None:
        """Return the row a person stands on."""
        id = self.table.current_id()
        return next((line for line in self._lines() if line.id == id), None)

    def _deeds(self) -> dict[str, Deed]:
        return {"sharing.event": (self._go, lambda: self.chosen() is not None)}

    def _heap(self) -> Heap:
        return list(Heap)[max(0, self.heaps.currentIndex())]

    def _lines(self) -> tuple[Line, ...]:
        return lines_of(self.found, self._heap()) if self.found is not None else ()

    def _tell(self, found: Sharing) -> None:
        waited = self.found is not None and bool(self.found.conflicts)
        self.found = found
        self.bar.clear()
        self.card.show_sharing(found)
        self._say_heaps()
        if self._begun is not self.context.session:
            self._begin(found)
        elif found.conflicts and not waited:  # somebody has to decide, whatever is looked at
            self.heaps.setCurrentIndex(list(Heap).index(Heap.CONFLICTS))
        self._show()

    def _begin(self, found: Sharing) -> None:
        """Open a workspace at the first heap in which something lies."""
        self._begun = self.context.session
        if not self._lines():
            full = (at for at, heap in enumerate(Heap) if lines_of(found, heap))
            self.heaps.setCurrentIndex(next(full, 0))

    def _say_heaps(self) -> None:
        found, say = self.found, self.context.say
        numbers = {one.value: len(lines_of(found, one)) if found is not None else 0 for one in Heap}
        names = {one: say(f"sharing.heap.{one}", n=number) for one, number in numbers.items()}
        self.heaps.say(self.context, names)

    def _show(self) -> None:
        lines = self._lines()
        key = f"sharing.empty.{self._heap().value}"
        self.empty.set_sentence(self.context.say(key))
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        is_held = self._heap() is Heap.CONFLICTS  # elsewhere every row says the same
        for at, column in enumerate(self.table.rows.columns):
            if column.id in _BY_HEAP:
                self.table.setColumnHidden(at, is_held is not _BY_HEAP[column.id])
        self.table.set_rows(lines)
        if lines and self.chosen() is None:
            self.table.choose(lines[0].id)
        first = self.chosen() or next(iter(lines), None)
        self.right.setVisible(first is not None)
        if first is not None:
            self._tell_chosen(first)
        self.context.actions.refresh()
        self.heading_changed.emit()

    def _tell_chosen(self, line: Line) -> None:
        self.facts.show_groups(groups(self.context, line))
        is_copy = self.found is not None and self.found.state is not None
        self.sides.setVisible(line.conflict is not None)
        self.settling.setVisible(line.conflict is not None and not is_copy)
        self.settled_there.setVisible(line.conflict is not None and is_copy)
        if line.conflict is not None:
            self._read_sides(line)
        self.context.actions.refresh()

    def _read_sides(self, line: Line) -> None:
        session, conflict = self.context.session, line.conflict
        assert conflict is not None, "only a conflict has two sides"

        def ask(progress: Progress) -> Sides:
            return read_sides(session, conflict)

        def show(sides: Sides) -> None:
            noun = conflict.event.type.partition(".")[0]
            self.sides.show_groups(side_groups(self.context, sides, noun))

        name = self.context.say("sharing.word.reading")
        self.context.jobs.submit_read(name, ask, show, self._fail, key="sharing:sides")

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _go(self) -> None:
        line = self.chosen()
        if line is not None:
            self.context.show_page("ledger", line.id)

    def _on_moved(self) -> None:
        self.card.show_job(self._work.job)
        if self.found is not None:
            self.card.show_sharing(self.found)
        self.context.actions.refresh()

    def _told(self) -> QScrollArea:
        """Return what is told of the chosen event; what has no room is scrolled to."""
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addWidget(self.sides)
        column.addStretch(1)
        return scrolling(ground)

    def _lay_out(self) -> None:
        self.right = QFrame()
        self.right.setObjectName("detail")
        inside = QVBoxLayout(self.right)
        inside.setContentsMargins(14, 4, 8, 12)
        inside.addWidget(self._told(), 1)
        self.settling = QWidget()
        row = Flow(self.settling)
        row.go_right()
        actions = self.context.actions
        row.addWidget(ActionButton(actions.action("sharing.again"), icon="undo"))
        row.addWidget(ActionButton(actions.action("sharing.keep"), icon="check", default=True))
        inside.addWidget(self.settling)
        self.settled_there.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(self.settled_there)
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.heaps)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(self.card)
        column.addWidget(self._split(left), 1)

    def _split(self, left: QWidget) -> Split:
        """Return list and detail; a list of so many columns has more than its usual share."""
        split = Split(self.context, "sharing", left, self.right)
        if "sharing" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        return split
