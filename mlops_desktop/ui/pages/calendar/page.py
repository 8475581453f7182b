"""The page: filters above, what is due at the left, the month at the right."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.notices.collecting import Notice
from mlops_desktop.services.notices.writing import kind_word, save
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.letting_go import let_go
from mlops_desktop.ui.page import LowPage
from mlops_desktop.ui.pages.calendar import reading
from mlops_desktop.ui.pages.calendar.lines import LIST, DueLine, DueShelf
from mlops_desktop.ui.pages.calendar.month import Mark
from mlops_desktop.ui.pages.calendar.offers import OFFERS
from mlops_desktop.ui.pages.calendar.pane import MonthPane
from mlops_desktop.ui.pages.calendar.reading import Agenda, Choice, Shown
from mlops_desktop.ui.saving import ask_where
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.choice import offer
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.split import Split

_WITHIN_DAYS = (30, 90, 365)
_MONTH, _DAY = "month", "day"
_BEYOND = timedelta(days=14)
"""A month's sheet shows days of the next one."""
_FIRST_SIZES = (900, 400)


class CalendarPage(LowPage):
    """Everything overdue or due soon, of today, or what is due in a month or on a day."""

    watches = frozenset({"item", "approval", "model", "campaign", "person"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._agenda: Agenda | None = None
        self.shown: tuple[Notice, ...] = ()
        self._late = 0
        self._by_id: Mapping[str, DueLine] = {}
        self.bar, self.month = MessageBar(context), MonthPane(context)
        self._only_today = Label(tone="warn", wrap=True)
        self.persons, self.kinds, self.within = QComboBox(), QComboBox(), QComboBox()
        deeds = {
            "calendar.go": (self._go, lambda: self.chosen() is not None),
            "calendar.export": (self._export, lambda: self._agenda is not None),
        }
        context.actions.add(*bind("calendar", OFFERS, deeds))
        self._shelf = DueShelf(context)
        self.list: ListPane[DueLine] = ListPane(context, LIST, self._shelf)
        self._lay_out()
        self.retranslate()
        self._connect()

    def heading(self) -> str:
        """Say how much is shown and how much of it is overdue."""
        if self._agenda is None:
            return ""
        number = self.context.language.number
        late = number(self._late)
        return self.context.say("calendar.heading", due=number(len(self.shown)), late=late)

    def reload(self) -> None:
        """Collect what is due in the read lane, as far as list and month reach."""
        session, days = self.context.session, self._reach()

        def ask(progress: Progress) -> Agenda:
            return reading.read_agenda(session, days)

        name = self.context.say("notices.job")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="calendar")

    def retranslate(self) -> None:
        """Say every word again; list and month listen for themselves."""
        say = self.context.say
        for box, word in ((self.persons, "person"), (self.kinds, "kind"), (self.within, "within")):
            box.setAccessibleName(say(f"calendar.filter.{word}"))
        self._only_today.setText(say("calendar.only_today"))
        self._fill_periods()
        if self._agenda is not None:
            self._tell(self._agenda)

    def chosen(self) -> DueLine | None:
        """Return the row a person stands on, if it is still there."""
        return self._by_id.get(self.list.view.current_id())

    def first_focus(self) -> QWidget | None:
        """Begin in the list."""
        return self.list.view

    def _lay_out(self) -> None:
        top = Flow()
        for box in (self.persons, self.kinds, self.within):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            top.addWidget(box)
        top.go_right()
        for id in ("calendar.go", "calendar.export"):
            top.addWidget(ActionButton(self.context.actions.action(id)))
        split = Split(self.context, "calendar", self.list, self.month)
        self.month.show()
        if "calendar" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        for part in (self.bar, self._only_today):
            column.addWidget(part)
        column.addLayout(top)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.persons.currentIndexChanged.connect(self._show)
        self.kinds.currentIndexChanged.connect(self._show)
        self.within.currentIndexChanged.connect(self._on_period)
        self.list.opened.connect(lambda _: self._go())
        self.list.current_changed.connect(self._on_chosen)
        self.month.view.walked.connect(lambda _: self._choose_period(_MONTH))
        self.month.view.day_chosen.connect(lambda _: self._choose_period(_DAY))
        self.context.as_of_changed.connect(self._say_today)
        self._say_today()

    def _reach(self) -> int:
        """Return for how many days ahead there is something to show."""
        period = self.within.currentData()
        _, last = reading.month_of(self.month.view.first())
        month = (last + _BEYOND - clock.today()).days
        return max(month, period if isinstance(period, int) else 0, _WITHIN_DAYS[0])

    def _fill_periods(self) -> None:
        say, day = self.context.say, self.context.language.date
        view = self.month.view
        named = self.context.language.locale.toString(view.shown(), "MMMM yyyy")
        rows: list[tuple[str, object]] = [
            (say("calendar.within", days=days), days) for days in _WITHIN_DAYS
        ]
        rows.append((say("calendar.in_month", month=named), _MONTH))
        rows.append((say("calendar.on_day", day=day(view.day())), _DAY))
        offer(self.within, rows, _WITHIN_DAYS[1])

    def _choose_period(self, period: str) -> None:
        """Narrow the list to the month or the day that was chosen beside it."""
        self._fill_periods()
        self.within.blockSignals(True)
        self.within.setCurrentIndex(self.within.findData(period))
        self.within.blockSignals(False)
        self._on_period()

    def _on_period(self) -> None:
        if self.context.is_open:
            self._show()
            self.reload()

    def _choice(self) -> Choice:
        person, kind = self.persons.currentData() or "", self.kinds.currentData() or ""
        period, view = self.within.currentData(), self.month.view
        if period == _DAY:
            return Choice(person, kind, view.day(), view.day())
        if period == _MONTH:
            return Choice(person, kind, *reading.month_of(view.first()))
        return Choice(person, kind, None, clock.today() + timedelta(days=int(period)))

    def _tell(self, agenda: Agenda) -> None:
        if self._agenda is not None and self._agenda is not agenda:
            self._let_go(self._agenda.digest.notices)
        self._agenda = agenda
        self.bar.clear()
        words = self.context.language.words
        kinds = {kind: kind_word(words, one) for kind, one in agenda.kinds.items()}
        for box, named, word in (
            (self.persons, agenda.concerned, "everybody"),
            (self.kinds, kinds, "every_kind"),
        ):
            rows = sorted((name, id) for id, name in named.items())
            offer(box, ((self.context.say(f"calendar.{word}"), ""), *rows), "")
        self._show()

    def _show(self) -> None:
        """Choose in the read lane: a year's agenda of a large bank is no work for the window."""
        agenda, choice = self._agenda, self._choice()
        if agenda is None:
            return

        def choose(progress: Progress) -> Shown:
            return reading.show(agenda, choice)

        name = self.context.say("notices.job")
        told = partial(self._show_chosen, agenda)
        self.context.jobs.submit_read(name, choose, told, self._fail, key="calendar:shown")

    def _show_chosen(self, agenda: Agenda, found: Shown) -> None:
        self.shown, self._late = found.notices, found.late
        self._let_go(self._shelf.lines)
        self._shelf.lines, self._by_id = found.lines, found.by_id
        self.list.reload()
        today = agenda.digest.day
        self.month.show_marks({day: Mark(n, day < today) for day, n in found.days.items()})
        self._on_chosen()
        self.heading_changed.emit()

    def _on_chosen(self) -> None:
        self.month.chosen.show_line(self.chosen())
        self.context.actions.refresh()

    def _let_go(self, rows: Sequence[object]) -> None:
        let_go(self.context.jobs, self.context.say("notices.job"), rows)

    def _say_today(self) -> None:
        self._only_today.setVisible(not self.context.as_of.is_now)

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _go(self) -> None:
        if (line := self.chosen()) is not None:
            self.context.show_page(*reading.place_of(line.notice))

    def _export(self) -> None:
        title = self.context.say("calendar.save_title")
        dialog = ask_where(self.window(), title, "mlops-desktop.ics", self._save)
        dialog.setNameFilters([f"{self.context.say('notices.calendar')} (*.ics)"])

    def _save(self, path: Path) -> None:
        if self._agenda is None:
            return
        shown = tuple(line.notice for line in self._shelf.fitting(self.list.filter.text()))
        digest = reading.to_let_out(self._agenda.digest, shown)
        language = self.context.language.code

        def work(progress: Progress) -> str:
            save(digest, path, language)
            return path.name

        def done(name: str) -> None:
            self.context.toast(self.context.say("notices.saved", name=name))

        self.context.jobs.submit_read(
            self.context.say("notices.job"), work, done, self.context.show_error
        )
