"""The page: filters above, the agenda below."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.notices.collecting import Notice
from mlops_desktop.services.notices.writing import kind_word, save
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.calendar import reading
from mlops_desktop.ui.pages.calendar.agenda import AgendaTree
from mlops_desktop.ui.pages.calendar.offers import OFFERS
from mlops_desktop.ui.pages.calendar.reading import Agenda, Choice
from mlops_desktop.ui.pages.ledger.saving import ask_where
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.label import Label

_WITHIN_DAYS = (30, 90, 365)


class CalendarPage(Page):
    """Everything overdue or due soon, of today."""

    watches = frozenset({"item", "approval", "model", "campaign", "person"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._agenda: Agenda | None = None
        self.shown: tuple[Notice, ...] = ()
        self.bar, self.tree = MessageBar(context), AgendaTree(context)
        self.empty = Label(tone="muted", wrap=True)
        self.persons, self.kinds, self.within = QComboBox(), QComboBox(), QComboBox()
        self.text = QLineEdit()
        is_chosen = lambda: self.tree.chosen() is not None  # noqa: E731 - a deed's condition
        deeds = {
            "calendar.go": (self._go, is_chosen),
            "calendar.export": (self._export, lambda: self._agenda is not None),
        }
        context.actions.add(*bind("calendar", OFFERS, deeds))
        self._lay_out()
        self.retranslate()
        self._connect()

    def heading(self) -> str:
        """Say how much is shown and how much of it is overdue."""
        if self._agenda is None:
            return ""
        number = self.context.language.number
        late = reading.late_of(self.shown, self._agenda.digest)
        return self.context.say("calendar.heading", due=number(len(self.shown)), late=number(late))

    def reload(self) -> None:
        """Collect what is due in the read lane."""
        session, days = self.context.session, int(self.within.currentData())

        def ask(progress: Progress) -> Agenda:
            return reading.read_agenda(session, days)

        name = self.context.say("notices.job")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="calendar")

    def retranslate(self) -> None:
        """Say every word again."""
        say = self.context.say
        for box, word in ((self.persons, "person"), (self.kinds, "kind"), (self.within, "within")):
            box.setAccessibleName(say(f"calendar.filter.{word}"))
        self.text.setAccessibleName(say("calendar.filter.text"))
        self.text.setPlaceholderText(say("calendar.filter.text"))
        days = tuple((say("calendar.within", days=one), one) for one in _WITHIN_DAYS)
        _fill(self.within, days, _WITHIN_DAYS[1])
        if self._agenda is not None:
            self._tell(self._agenda)

    def first_focus(self) -> QWidget | None:
        """Begin in the agenda."""
        return self.tree

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (self.persons, self.kinds, self.within):
            top.addWidget(widget)
        top.addWidget(self.text, 1)
        for id in ("calendar.go", "calendar.export"):
            top.addWidget(ActionButton(self.context.actions.action(id)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addLayout(top)
        column.addWidget(self.empty)
        column.addWidget(self.tree, 1)
        column.addStretch()
        self.empty.hide()

    def _connect(self) -> None:
        self.persons.currentIndexChanged.connect(self._show)
        self.kinds.currentIndexChanged.connect(self._show)
        self.text.textChanged.connect(self._show)
        self.within.currentIndexChanged.connect(self._on_within)
        self.tree.itemActivated.connect(self._go)
        self.tree.currentItemChanged.connect(self.context.actions.refresh)
        self.context.theme_changed.connect(self._show)

    def _on_within(self) -> None:
        if self.context.is_open:
            self.reload()

    def _tell(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.bar.clear()
        notices, words = reading.choose(agenda, Choice()), self.context.language.words
        concerned = {id: agenda.names.get(id, id) for one in notices for id in one.persons}
        kinds = {one.kind: kind_word(words, one) for one in notices}
        for box, named, word in (
            (self.persons, concerned, "everybody"),
            (self.kinds, kinds, "every_kind"),
        ):
            rows = sorted((name, id) for id, name in named.items())
            _fill(box, ((self.context.say(f"calendar.{word}"), ""), *rows), "")
        self._show()

    def _show(self) -> None:
        if self._agenda is None:
            return
        choice = Choice(
            self.persons.currentData() or "", self.kinds.currentData() or "", self.text.text()
        )
        self.shown = reading.choose(self._agenda, choice)
        self.tree.show_notices(self._agenda.digest, self.shown, self._agenda.names)
        word = "nothing" if choice == Choice() else "nothing_fits"
        self.empty.setText(self.context.say(f"calendar.{word}"))
        self.empty.setVisible(not self.shown)
        self.tree.setVisible(bool(self.shown))
        self.context.actions.refresh()
        self.heading_changed.emit()

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _go(self) -> None:
        if (notice := self.tree.chosen()) is not None:
            self.context.show_page(*reading.place_of(notice))

    def _export(self) -> None:
        title = self.context.say("calendar.save_title")
        dialog = ask_where(self.window(), title, "mlops-desktop.ics", self._save)
        dialog.setNameFilters([f"{self.context.say('notices.calendar')} (*.ics)"])

    def _save(self, path: Path) -> None:
        if self._agenda is None:
            return
        digest = reading.to_let_out(self._agenda.digest, self.shown)
        language = self.context.language.code

        def work(progress: Progress) -> str:
            save(digest, path, language)
            return path.name

        def done(name: str) -> None:
            self.context.toast(self.context.say("notices.saved", name=name))

        self.context.jobs.submit_read(
            self.context.say("notices.job"), work, done, self.context.show_error
        )


def _fill(box: QComboBox, rows: tuple[tuple[str, object], ...], usual: object) -> None:
    """Offer ``rows`` and stay on what was chosen, if it is still offered."""
    chosen = usual if box.currentData() is None else box.currentData()
    box.blockSignals(True)
    box.clear()
    for name, value in rows:
        box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
