"""The view: which way and how far above, the graph or the table below, and what can be copied."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lineage import NodeKind, Way
from mlops_desktop.services.lineage import Asked, Stop, pipeline_key
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.lineage.graph import GraphView
from mlops_desktop.ui.lineage.reading import Read, read_lineage
from mlops_desktop.ui.lineage.table import SORTS, StopLine, columns, lines_of
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import IconButton
from mlops_desktop.ui.widgets.choice import offer
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.one_line import OneLine
from mlops_desktop.ui.widgets.room import around
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.widgets.stack import Stack

_DEPTHS = (None, 1, 2, 3, 4, 6)
_LARGER = 1.25
_AS = ("graph", "table")
_MOST_WHOLE = 100
"""Who looks for one row of more scrolls the table, not what stands around it."""


class LineageView(QWidget):
    """Reads the history in the read lane, from wherever a page begins it."""

    opened = Signal(object)
    """A stop that a person opened; the page decides where that leads."""

    def __init__(self, context: Context, name: str, *, way: Way | None = None) -> None:
        super().__init__()
        self._context, self._key = context, f"lineage:{name}"
        self._asked: tuple[str, str | None] | None = None
        self._read: Read | None = None
        self._tabled: Read | None = None
        self._is_whole = False
        self.bar = MessageBar(context)
        self.ways, self.depths, self.shapes = QComboBox(), QComboBox(), QComboBox()
        self.graph = GraphView(context)
        self.table = ShortTable(context, f"lineage.{name}", "lineage.name", columns, SORTS)
        self._counted = OneLine(tone="muted")
        self._empty = EmptyState(icon="pipelines")
        self._buttons = {
            "smaller": IconButton("smaller", lambda: self.graph.zoom(1 / _LARGER)),
            "larger": IconButton("add", lambda: self.graph.zoom(_LARGER)),
            "fit": IconButton("fit", self.graph.fit),
            "picture": IconButton("chart", self.graph.taking.copy_picture),
            "data": IconButton("copy", self.copy_data),
        }
        self._lay_out()
        self.retranslate()
        self.ways.setCurrentIndex(self.ways.findData(way.value if way else ""))
        self._connect()
        self._show_part()

    def trace(self, named: str, version: str | None = None) -> None:
        """Show the history of what people type."""
        self._asked = (named, version)
        self._ask()

    def forget(self) -> None:
        """Show nothing."""
        self._asked = self._read = None
        self.bar.clear()
        self._show_part()

    def read_now(self) -> Read | None:
        """Return what is shown."""
        return self._read

    def copy_data(self) -> None:
        """Put nodes and flows on the clipboard as tab-separated text."""
        self.graph.taking.copy_data()

    def usual(self) -> int:
        """Return the height of the choices and of a graph below them."""
        return self.least()

    def least(self) -> int:
        """Return the same: a lower graph is of no use."""
        return around(self, self._card) + self.graph.sizeHint().height() + 2

    def be_whole(self, *, is_whole: bool) -> None:
        """Have the table as high as its rows where the room is scrolled."""
        self._is_whole, rows = is_whole, len(self.table.rows_in_order())
        if is_whole and self._stack.currentWidget() is self.table and rows <= _MOST_WHOLE:
            self.table.fit_rows(rows, rows)
        else:
            self.table.fill()

    def retranslate(self) -> None:
        """Say every word again."""
        say = self._context.say
        ways = ((say(f"lineage.way.{way.value}"), way.value) for way in Way)
        depths = ((say("lineage.no_limit") if one is None else str(one), one or 0)
                  for one in _DEPTHS)  # fmt: skip
        offer(self.ways, ((say("lineage.way.both"), ""), *ways))
        offer(self.depths, depths)
        offer(self.shapes, ((say(f"lineage.as.{one}"), one) for one in _AS))
        for box, word in ((self.ways, "direction"), (self.depths, "depth"),
                          (self.shapes, "shape")):  # fmt: skip
            box.setAccessibleName(say(f"lineage.{word}"))
            box.setToolTip(say(f"lineage.{word}"))
        for word, button in self._buttons.items():
            button.call(say(f"lineage.action.{word}"))
        if self._read is not None:
            self._show(self._read)
        self._show_part()

    def _lay_out(self) -> None:
        top = Flow(ends_right=True)
        for box in (self.ways, self.depths, self.shapes):
            top.addWidget(box)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in self._buttons.values():
            row.addWidget(button)
        top.addWidget(buttons)
        card = QFrame()
        card.setObjectName("card")
        self._stack = Stack()
        for part in (self.graph, self.table, self._empty):
            self._stack.addWidget(part)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._stack)
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._counted)
        column.addWidget(self.bar)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.ways.currentIndexChanged.connect(self._ask)
        self.depths.currentIndexChanged.connect(self._ask)
        self.shapes.currentIndexChanged.connect(self._show_part)
        self.graph.opened.connect(self.opened)
        self.table.opened.connect(lambda line: self.opened.emit(line.stop))
        self._context.speaking.enlist(self, self.retranslate)

    def _ask(self) -> None:
        if self._asked is None or not self._context.is_open:
            return
        session, way = self._context.session, self.ways.currentData()
        named, version = self._asked
        asked = Asked(
            named,
            version,
            way=Way(way) if way else None,
            depth=self.depths.currentData() or None,
            as_of=self._context.as_of,
        )

        def ask(progress: Progress) -> Read:
            return read_lineage(session, asked)

        name = self._context.say("lineage.job.trace")
        self._context.jobs.submit_read(name, ask, self._show, self._fail, key=self._key)

    def _show(self, read: Read) -> None:
        self._read = read
        self.bar.clear()
        self.graph.show_read(read)
        self._tabled = None
        number, say = self._context.language.number, self._context.say
        told = say(
            "lineage.counted", nodes=number(len(read.lineage.stops)), models=number(read.models)
        )
        if read.further:
            told = f"{told} · {say('lineage.further', n=number(read.further))}"
        self._counted.setText(told)
        self._show_part()

    def _fail(self, error: AppError) -> None:
        self._read = None
        self.bar.show_error(error)
        self._show_part()

    def _show_part(self) -> None:
        has_some = self._read is not None and len(self._read.lineage.stops) > 1
        is_graph = self.shapes.currentData() == _AS[0]
        word = "nothing" if self._read is not None else "empty"
        self._empty.set_sentence(self._context.say(f"lineage.{word}"))
        if has_some and not is_graph:
            self._fill_table()
        shown: QWidget = self.graph if is_graph else self.table
        self._stack.setCurrentWidget(shown if has_some else self._empty)
        self._counted.setVisible(has_some)
        for word, button in self._buttons.items():
            button.setEnabled(has_some)
            button.setVisible(is_graph or word == "data")

    def _fill_table(self) -> None:
        """Say every node in the read lane: there may be tens of thousands."""
        context, read = self._context, self._read
        if read is None or read is self._tabled:
            return
        self._tabled = read

        def say(progress: Progress) -> tuple[StopLine, ...]:
            return lines_of(context, read)

        name = context.say("lineage.job.trace")
        key = f"{self._key}:table"
        context.jobs.submit_read(name, say, self._show_rows, self._fail, key=key)

    def _show_rows(self, lines: tuple[StopLine, ...]) -> None:
        self.table.set_rows(lines)
        self.be_whole(is_whole=self._is_whole)


def lead_to(context: Context, stop: Stop) -> tuple[str, str] | None:
    """Return the page and the record that a stop leads to; None for one that has no page."""
    facts, kind = stop.facts, stop.node.kind
    if kind is NodeKind.MODEL:
        return "models", facts.id
    if kind is NodeKind.VERSION:
        return "models", facts.id.partition("@")[0]
    if kind in (NodeKind.DEPLOYMENT, NodeKind.SERVING) and facts.model:
        return "models", facts.model
    if kind in (NodeKind.USE_CASE, NodeKind.APPLICATION):
        return "governance", stop.node.key
    key = pipeline_key(facts)
    return ("pipelines", f"{key.source}/{key.name}") if key is not None else None
