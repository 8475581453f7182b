"""The pane of help: it lies over the right edge of the window and follows the page shown."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop import __version__
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.help.texts import tell_found, tell_news, tell_page
from mlops_desktop.ui.page import PageSpec
from mlops_desktop.ui.widgets.buttons import IconButton
from mlops_desktop.ui.widgets.label import Label

_CHARACTERS = 58
_WELCOME = "welcome"


class HelpPane(QFrame):
    """Hidden until it is asked for; Escape puts it away and the keyboard goes back."""

    def __init__(self, context: Context, pages: tuple[PageSpec, ...], ground: QWidget) -> None:
        super().__init__(ground)
        self.setObjectName("helpPane")
        self._context, self._ground = context, ground
        self._specs = {spec.id: spec for spec in pages}
        self._page, self._news = "", False
        self._before: QWidget | None = None
        self._title = Label(size="title", strong=True, wrap=True)
        self._close = IconButton("close", self.close_help)
        self._search = QLineEdit()
        self._search.textChanged.connect(self._tell)
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        # As bold as every other title: a weight without a face of its own is smeared.
        self._text.document().setDefaultStyleSheet("h3, b { font-weight: 600; }")
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._lay_out()
        self.hide()
        ground.installEventFilter(self)
        context.language_changed.connect(self._tell)
        context.actions.changed.connect(self._follow)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.addLayout(top)
        column.addWidget(self._search)
        column.addWidget(self._text, 1)

    def show_page(self) -> None:
        """Show the help of the page that is shown, or put it away where it is read already."""
        if self.isVisible() and not self._news:
            self.close_help()
            return
        self._news = False
        self._open()

    def show_news(self) -> None:
        """Show what is new in this version."""
        self._news = True
        self._open()

    def close_help(self) -> None:
        """Put the help away and give the keyboard back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the help away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_help()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _open(self) -> None:
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._search.clear()
        self._page = self._context.actions.page
        self._tell()
        self._place()
        self.show()
        self.raise_()
        self._text.setFocus()

    def _place(self) -> None:
        wanted = self.fontMetrics().averageCharWidth() * _CHARACTERS
        width = min(wanted, self._ground.width())
        self.setGeometry(self._ground.width() - width, 0, width, self._ground.height())

    def _follow(self) -> None:
        if self.isVisible() and self._page != self._context.actions.page:
            self._page, self._news = self._context.actions.page, False
            self._search.clear()
            self._tell()

    def _tell(self, _text: str = "") -> None:
        say, spec = self._context.say, self._specs.get(self._page)
        help, typed = say("help.title"), self._search.text()
        self._close.call(say("help.close"))
        self._search.setPlaceholderText(say("help.search"))
        self._search.setAccessibleName(say("help.search"))
        title = say(spec.title) if spec is not None else help
        self._title.setText(say("help.news.title", version=__version__) if self._news else title)
        self.setAccessibleName(help)
        self._text.setAccessibleName(help)
        self._text.setHtml(tell_found(self._context, typed) if typed.strip() else self._told(spec))

    def _told(self, spec: PageSpec | None) -> str:
        if self._news:
            return tell_news(self._context)
        return tell_page(self._context, self._page or _WELCOME, spec.terms if spec else ())
