"""The chosen thing: name, states, message, tabs, and a row of actions with one default."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import IconButton
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.foot import Foot
from mlops_desktop.ui.widgets.room import Head, Room
from mlops_desktop.ui.widgets.wing import Wing
from mlops_desktop.ui.widgets.yielding import YieldingLabel

_FRAME = 1


class DetailPane(QFrame):
    """Fixed head and foot, scrolling tabs between them; ``closed`` hides it again.

    In a low pane the head is scrolled by itself: the page is not, with the tabs in it.
    """

    def __init__(
        self,
        context: Context,
        actions: tuple[str, ...] = (),
        *,
        default: str = "",
        more: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self._context = context
        self._title = YieldingLabel(size="title", strong=True, selectable=True)
        self._under = YieldingLabel(tone="muted", selectable=True)
        self._chips = Flow()
        self._close = IconButton("close", self.hide)
        self.bar = MessageBar(context)
        self.tabs = _Tabs()
        self.tabs.setDocumentMode(True)
        self._sources: list[str] = []
        self._foot = Foot(context, actions, default, more)
        self._lay_out()
        self._foot.setVisible(bool(actions))
        context.speaking.enlist(self, self.retranslate)
        self.retranslate()

    def set_head(self, title: str, under: str = "", chips: tuple[Status, ...] = ()) -> None:
        """Name the chosen thing, its number below, its states beside."""
        self._title.setText(title)
        self._head.setAccessibleName(title)
        self._under.setText(under)
        self._under.setVisible(bool(under))
        while self._chips.count():
            if (widget := self._chips.takeAt(0).widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for status in chips:
            self._chips.addWidget(Chip(status))
        self.bar.clear()
        self.show()
        self._keep_lines()

    def named(self) -> str:
        """Return what the chosen thing is called, with what stands first below its name."""
        number = self._under.text().partition(" · ")[0]
        return " · ".join(part for part in (self._title.text(), number) if part)

    def add_tab(self, title: str, inside: QWidget, *, scrolls: bool = True) -> None:
        """Add ``inside`` under a title marked by later (or a key of Words)."""
        self._sources.append(title)
        area = scrolling(inside) if scrolls else Room(inside)
        self.tabs.addTab(_TabWing(area), self._context.say(title))

    def put_in(self, at: int, inside: QWidget, *, scrolls: bool = True) -> None:
        """Replace what stands in tab ``at`` until somebody looks at it; nobody is told."""
        current, old = self.tabs.currentIndex(), self.tabs.widget(at)
        tip, is_shown = self.tabs.tabToolTip(at), self.tabs.isTabVisible(at)
        self.tabs.blockSignals(True)
        self.tabs.removeTab(at)
        self.tabs.insertTab(at, _TabWing(scrolling(inside) if scrolls else Room(inside)), "")
        self.tabs.setTabText(at, self._context.say(self._sources[at]))
        self.tabs.setTabToolTip(at, tip)
        self.tabs.setTabVisible(at, is_shown)
        self.tabs.setCurrentIndex(current)
        self.tabs.blockSignals(False)
        if old is not None:
            old.deleteLater()

    def retranslate(self) -> None:
        """Say the tabs again."""
        self._close.call(tr("Close the detail"))
        self._foot.more.call(tr("More actions"))
        self.tabs.setAccessibleName(tr("Parts of the detail"))
        self.tabs.tabBar().setAccessibleName(tr("Parts of the detail"))
        for at, source in enumerate(self._sources):
            self.tabs.setTabText(at, self._context.say(source))
        self._keep_lines()

    def measure(self) -> None:
        """Ask for the height of the lines in text of another size."""
        self._keep_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the lines that another width makes."""
        super().resizeEvent(event)
        self._keep_lines()

    def sizeHint(self) -> QSize:
        """Ask for the least height: no page is scrolled for a head that is scrolled by itself."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _keep_lines(self) -> None:
        """Be as high as the least of the head and the foot are: a lower page is scrolled."""
        self._foot.fit(self.contentsRect().width() - 2 * _FRAME)
        self._head.updateGeometry()
        layout = self.layout()
        if layout is not None:
            least = layout.totalMinimumHeightForWidth(self.width())
            self.setMinimumHeight(max(least, layout.totalMinimumSize().height()))

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._under)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        self._head = Head(inside)
        top = QVBoxLayout(inside)
        top.setContentsMargins(16, 12, 10, 6)
        top.setSpacing(8)
        top.addLayout(head)
        top.addLayout(self._chips)
        top.addWidget(self.bar)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 0, 16, 0)
        middle.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(middle, 1)
        column.addWidget(self._foot)


class _TabWing(Wing):
    """Asks for no more height than it needs: what it holds is scrolled in it, not the page."""

    def sizeHint(self) -> QSize:
        """Return the least height."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class _Tabs(QTabWidget):
    """Takes the keyboard once there is something to read, where it was given it before that."""

    def __init__(self) -> None:
        super().__init__()
        self._held: QWidget | None = None
        self._is_awaited = False

    def wait(self, *, is_over: bool = False) -> None:
        """Let nothing be done while the tabs show what was chosen before.

        Only what is in sight is told: Qt goes through every widget of what is disabled.
        """
        self.tabBar().setEnabled(is_over)
        held, self._held = self._held, None if is_over else self.currentWidget()
        for part, is_enabled in ((held, True), (self._held, False)):
            if held is not self._held and part is not None and isValid(part):
                part.setEnabled(is_enabled)
        if is_over and self._is_awaited:
            self.setFocus()

    def setTabVisible(self, index: int, visible: bool) -> None:
        """Show or hide a tab, and let the titles be measured again."""
        super().setTabVisible(index, visible)
        # Out of sight Qt forgets here that a title was changed before, and cuts the new one.
        self.setTabText(index, self.tabText(index))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Take the keyboard, now or once there is something to read."""
        self._is_awaited = not self.tabBar().isEnabled()
        if not self._is_awaited:
            super().setFocus(reason)


def scrolling(inside: QWidget) -> QScrollArea:
    """Return what scrolls ``inside`` where it has no room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
