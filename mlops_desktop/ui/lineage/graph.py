"""The graph: panned by dragging, zoomed by wheel or keys, walked along by the arrow keys."""

from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QWidget

from mlops_desktop.core.lineage import Node
from mlops_desktop.ui.charts.taking import Rows, Taking
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.lineage.beginning import READABLE, begin_at
from mlops_desktop.ui.lineage.beyond import MARGIN
from mlops_desktop.ui.lineage.items import HEIGHT, WIDTH, EdgeItem, NodeItem, is_back, spot
from mlops_desktop.ui.lineage.panning import LEAST, STEP, PannedView, is_far
from mlops_desktop.ui.lineage.picture import picture_of
from mlops_desktop.ui.lineage.reading import Read
from mlops_desktop.ui.lineage.said import face_of, say_flow
from mlops_desktop.ui.lineage.table import data_of
from mlops_desktop.ui.turns import turns

_SLICE = 40
"""How many items are made at once, before the window may answer a key."""


class GraphView(PannedView):
    """Shows what was read; Enter or a click opens a node."""

    opened = Signal(object)
    """The stop that a person opened."""
    chosen = Signal(object)
    """The stop that a person stands on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._nodes: dict[Node, NodeItem] = {}
        self._after: dict[Node, list[Node]] = defaultdict(list)
        self._before: dict[Node, list[Node]] = defaultdict(list)
        self._steps: Iterator[None] = iter(())
        self._read: Read | None = None
        self.taking = Taking(context, self, self.accessibleName, self._rows, self.picture)
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        context.name(self, "lineage.name")
        self.scene().selectionChanged.connect(self._on_selected)
        context.theme_changed.connect(self._dress)
        self._dress()

    def show_read(self, read: Read) -> None:
        """Show another part of the history, all of it in sight."""
        self._read = read
        self._steps = self._building(read, self.current())
        self._go_on(self._steps)

    def _go_on(self, steps: Iterator[None]) -> None:
        """Build a slice and come back for the next, so that the window answers in between."""
        if steps is self._steps and next(steps, steps) is not steps:
            turns().enter(self, lambda: self._go_on(steps))

    def _building(self, read: Read, chosen: Node | None) -> Iterator[None]:
        self.scene().clear()
        self._nodes.clear()
        yield
        for part in (self._add_nodes(read), self._add_edges(read)):
            for number, _ in enumerate(part, 1):
                if number % _SLICE == 0:
                    yield
        yield
        self._show_built(read, chosen)

    def _show_built(self, read: Read, chosen: Node | None) -> None:
        bounds = self.scene().itemsBoundingRect()
        self.scene().setSceneRect(bounds.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        said = "\n".join(item.face.said for item in list(self._nodes.values())[:60])
        self.setAccessibleDescription(said)
        start = chosen if chosen in self._nodes else next(iter(read.lineage.starts), None)
        self._stand(start, speaks=False)
        self._begin()

    def current(self) -> Node | None:
        """Return the node that a person stands on."""
        for item in self.scene().selectedItems():
            if isinstance(item, NodeItem):
                return item.stop.node
        return None

    def places(self) -> dict[Node, QRectF]:
        """Return where each node lies, in the view's pixels."""
        return {
            node: self.mapFromScene(item.sceneBoundingRect()).boundingRect().toRectF()
            for node, item in self._nodes.items()
        }

    def fit(self) -> None:
        """Show all of it, no larger than it is."""
        self.move_by_hand(is_moved=False)
        self.resetTransform()
        whole = self.scene().sceneRect()
        room = self.viewport().rect()
        if not whole.isEmpty():
            scale = min(room.width() / whole.width(), room.height() / whole.height(), 1.0)
            self.scale(max(scale, LEAST), max(scale, LEAST))
            self.centerOn(whole.center())

    def _begin(self) -> None:
        """Show all of it, or its beginning as far as it can be read."""
        self.fit()
        node = self.current()
        if self.transform().m11() < READABLE and node is not None:
            places = [_card(item) for item in self._nodes.values()]
            room = self.viewport().rect().toRectF()
            scale, middle = begin_at(places, _card(self._nodes[node]), room)
            self.resetTransform()
            self.scale(scale, scale)
            self.centerOn(middle)

    def picture(self) -> QImage:
        """Return the whole graph as a picture, whatever of it is in sight."""
        return picture_of(self.scene())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the node that was clicked."""
        super().mouseReleaseEvent(event)
        began, self._pressed = self._pressed, None
        item = self.itemAt(event.position().toPoint())
        if began is None or not isinstance(item, NodeItem):
            return
        if not is_far(event.position() - began):
            self.opened.emit(item.stop)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be taken along."""
        if self._read is not None:
            self.taking.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, zoom, pan with Shift, copy."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.taking.copy_data()
            return
        moves = {
            Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1),
        }  # fmt: skip
        node = self.current()
        if key in moves and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(*moves[Qt.Key(key)])
        elif key in moves:
            self._walk(*moves[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and node is not None:
            self.opened.emit(self._nodes[node].stop)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a node, so that the keys have something to go from."""
        super().focusInEvent(event)
        if self.current() is None:
            self._stand(next(iter(self._nodes), None))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all of it in sight, or its beginning, as long as nobody moved it."""
        super().resizeEvent(event)
        if not self._is_moved and self._nodes:
            self._begin()

    def _add_nodes(self, read: Read) -> Iterator[None]:
        starts = set(read.lineage.starts)
        for stop in read.shown:
            face = face_of(self._context, stop.facts, read.incidents.get(stop.node, ()))
            item = NodeItem(stop, face, is_start=stop.node in starts)
            item.setPos(spot(read.placed.layers[stop.node], read.placed.heights[stop.node]))
            self.scene().addItem(item)
            self._nodes[stop.node] = item
            yield

    def _add_edges(self, read: Read) -> Iterator[None]:
        self._after.clear()
        self._before.clear()
        middle = QPointF(0, HEIGHT / 2)
        for flow in read.flows:
            source, target = self._nodes[flow.source], self._nodes[flow.target]
            ends = (source.pos() + middle + QPointF(WIDTH, 0), target.pos() + middle)
            bends = read.placed.bends.get((flow.source, flow.target), ())
            told = (*flow.words, *flow.digests[:6])
            said = say_flow(self._context, (source.face, target.face), told, is_back(ends))
            edge = EdgeItem(ends, [spot(*bend) + middle for bend in bends], said)
            edge.is_bad = flow.source in read.incidents and flow.target in read.incidents
            self.scene().addItem(edge)
            self._after[flow.source].append(flow.target)
            self._before[flow.target].append(flow.source)
            yield

    def _rows(self) -> Rows:
        return data_of(self._context, self._read) if self._read is not None else ()

    def _walk(self, across: int, down: int) -> None:
        """Go along an edge, or to the next node of the same layer."""
        node = self.current()
        if node is None:
            self._stand(next(iter(self._nodes), None))
            return
        at = self._nodes[node].pos()
        if across:
            beside = (self._after if across > 0 else self._before)[node]
            found = [one for one in beside if one in self._nodes]
        else:
            found = [
                one
                for one, item in self._nodes.items()
                if item.x() == at.x() and (item.y() - at.y()) * down > 0
            ]
        self._stand(min(found, key=lambda one: abs(self._nodes[one].y() - at.y()), default=None))

    def _stand(self, node: Node | None, *, speaks: bool = True) -> None:
        item = self._nodes.get(node) if node is not None else None
        if item is None:
            return
        self.scene().clearSelection()
        item.setSelected(True)
        self.ensureVisible(item, int(MARGIN), int(MARGIN))
        if speaks:
            self._speak(item)

    def _speak(self, item: NodeItem) -> None:
        node = item.stop.node
        said = self._context.say(
            "lineage.moved",
            name=item.face.said,
            after=len(self._after[node]),
            before=len(self._before[node]),
        )
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _on_selected(self) -> None:
        for item in self.scene().selectedItems():
            if isinstance(item, NodeItem):
                self.chosen.emit(item.stop)

    def _dress(self) -> None:
        self.setBackgroundBrush(QColor(current_colors().surface))
        self.scene().update()


def _card(item: NodeItem) -> QRectF:
    """Return where its card lies in the scene."""
    return QRectF(item.pos(), QSizeF(WIDTH, HEIGHT))
