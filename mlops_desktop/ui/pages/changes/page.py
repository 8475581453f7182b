"""The page: two days above, what differs between them below; each line leads to its thing."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.changes import Area, ChangeLine, compare_days
from mlops_desktop.services.days import check_days, read_days
from mlops_desktop.services.texts_table import write_texts
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.day_choice import day_edit, day_of, no_day, period_ends
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.changes.lines import (
    LIST,
    SCOPES,
    ChangeShelf,
    saved_columns,
    say_value,
)
from mlops_desktop.ui.pages.changes.offers import OFFERS
from mlops_desktop.ui.saving import ask_where, save_text
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.yielding import YieldingLabel

_ABOUT_DAYS = frozenset({"as_of.to_come", "as_of.too_early", "changes.not_before"})
_DIFFERENCE = 7


class ChangesPage(Page):
    """What differs between two days, each as it was known on that day."""

    watches = frozenset({"model", "item", "approval", "points", "threshold"})
    past_note = "changes.note"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.bar, self.wrong = MessageBar(context), Label(tone="bad", wrap=True)
        first, last = self._usual()
        self.first, self.last = day_edit(context, first), day_edit(context, last)
        self._names = (Label(), Label())
        self.whole = YieldingLabel(tone="muted", selectable=True)
        self.scopes = PartTabs(len(SCOPES))
        self._shelf = ChangeShelf(context)
        self._is_known = False
        deeds = {
            "changes.go": (self._go, lambda: self.chosen() is not None),
            "changes.export": (self._export, lambda: self._is_known),
        }
        context.actions.add(*bind("changes", OFFERS, deeds))
        self.list: ListPane[ChangeLine] = ListPane(context, LIST, self._shelf)
        self.list.scopes = self.scopes
        self._lay_out()
        self.retranslate()
        self._connect()

    def heading(self) -> str:
        """Say how much differs, and between which days."""
        if not self._is_known:
            return ""
        say, language = self.context.say, self.context.language
        number = language.number(self._shelf.count_scopes()[""])
        return say("changes.heading", n=number)

    def reload(self) -> None:
        """Compare the two days in the read lane; what cannot be shown is said beside them."""
        session, before, after = self.context.session, on(day_of(self.first)), self._after()

        def ask(progress: Progress) -> tuple[ChangeLine, ...]:
            days = read_days(session)
            for day in (before, after):
                check_days(day, days)
            return compare_days(session, before, after)

        name = self.context.say("changes.job")
        self.context.jobs.submit_read(name, ask, self._show, self._fail, key="changes")

    def retranslate(self) -> None:
        """Say every word again."""
        say, language = self.context.say, self.context.language
        for name, field, key in zip(
            self._names, (self.first, self.last), ("first", "last"), strict=True
        ):
            name.setText(say(f"changes.day.{key}"))
            field.setAccessibleName(name.text())
            field.setLocale(language.locale)
            field.setDisplayFormat(language.day_pattern)
        self.scopes.setAccessibleName(say("changes.scopes"))
        self._say_whole(self.chosen())
        self._say_scopes()

    def show_record(self, id: str) -> None:
        """Stand on the line of a thing, by its number."""
        self.list.set_filter(id)

    def first_focus(self) -> QWidget | None:
        """Begin with the day that is compared."""
        return self.first

    def chosen(self) -> ChangeLine | None:
        """Return the line a person stands on, if it is still there and in sight."""
        id, scope = self.list.view.current_id(), self._shelf.scope
        lines = (line for line in self._shelf.lines if scope in ("", line.area))
        return next((line for line in lines if line.id == id), None)

    def _usual(self) -> tuple[date, date]:
        day, today = self.context.day, clock.today()
        return (period_ends(today)[1] if day is None or day >= today else day), today

    def _after(self) -> AsOf:
        last = day_of(self.last)
        return NOW if last == clock.today() else on(last)

    def _lay_out(self) -> None:
        top, days, acts = Flow(ends_right=True), QWidget(), QWidget()
        for part in (days, acts):
            top.addWidget(part)
        asked, deeds = QHBoxLayout(days), QHBoxLayout(acts)
        for row in (asked, deeds):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
        for name, field in zip(self._names, (self.first, self.last), strict=True):
            name.setBuddy(field)
            asked.addWidget(name)
            asked.addWidget(field)
        for id in ("changes.go", "changes.export", "print"):
            deeds.addWidget(ActionButton(self.context.actions.action(id)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.wrong)
        column.addWidget(self.bar)
        column.addWidget(self.scopes)
        column.addWidget(self.list, 1)
        column.addWidget(self.whole)

    def _connect(self) -> None:
        for field in (self.first, self.last):
            field.dateChanged.connect(self._on_day)
            field.refused.connect(lambda typed: self._say_wrong(no_day(typed)))
        self.scopes.currentChanged.connect(self._on_scope)
        self.list.opened.connect(lambda _: self._go())
        self.list.current_changed.connect(self._on_line)
        self.context.as_of_changed.connect(self._on_as_of)
        self.context.workspace_changed.connect(self._on_as_of)

    def _on_day(self) -> None:
        if self.context.is_open:
            self.reload()

    def _on_as_of(self) -> None:
        """Compare the day that the window shows from now on with today."""
        for field, day in zip((self.first, self.last), self._usual(), strict=True):
            _put(field, QDate(day.year, day.month, day.day))

    def _on_line(self, line: ChangeLine) -> None:
        self._say_whole(line)
        self.context.actions.refresh()

    def _say_whole(self, line: ChangeLine | None) -> None:
        """Say both values whole: no column has room for a text of several sentences."""
        if line is None or not line.field:
            self.whole.setText("")
            return
        texts = (line.before, line.after)
        before, after = (say_value(self.context, line, text) or "–" for text in texts)
        self.whole.setText(self.context.say("changes.whole", before=before, after=after))

    def _on_scope(self, at: int) -> None:
        self._shelf.scope = SCOPES[at]
        self.list.show_part(is_part=at != 0)
        self.list.reload()
        self._say_whole(self.chosen())
        self.context.actions.refresh()

    def _show(self, lines: tuple[ChangeLine, ...]) -> None:
        self._is_known, self._shelf.lines = True, lines
        self.bar.clear()
        self.whole.setText("")
        self._say_wrong(None)
        self._say_scopes()
        self.list.reload()
        self.context.actions.refresh()
        self.heading_changed.emit()

    def _fail(self, error: AppError) -> None:
        self._is_known, self._shelf.lines = False, ()
        if error.code in _ABOUT_DAYS:
            self._say_wrong(error)
        else:
            self.bar.show_error(error)
        self._say_scopes()
        self.list.reload()
        self.heading_changed.emit()

    def _say_wrong(self, error: AppError | None) -> None:
        self.wrong.setText(self.context.explain(error)[0] if error is not None else "")
        self.wrong.setVisible(error is not None)
        self.wrong.setToolTip(" ".join(self.context.explain(error)[1:]) if error else "")

    def _say_scopes(self) -> None:
        say = self.context.say
        names = {one: say(f"changes.scope.{one or 'all'}") for one in SCOPES}
        counts = self._shelf.count_scopes() if self._is_known else None
        self.scopes.say(self.context, names, counts)
        if counts is not None:
            self._say_figures(names[Area.FIGURES], counts[Area.FIGURES])
        first, last = (
            self.context.language.date(day_of(field)) for field in (self.first, self.last)
        )
        # The print of the list is called so: it has to say both days.
        self.list.view.setAccessibleName(say("changes.of", first=first, last=last))

    def _say_figures(self, name: str, moved: int) -> None:
        """Say of how many figures some differ: the tab shows those that stayed the same too."""
        number, at = self.context.language.number, SCOPES.index(Area.FIGURES)
        told = {"n": number(moved), "all": number(self._shelf.count_figures())}
        self.scopes.setTabText(at, self.context.say("changes.figures", scope=name, **told))

    def _go(self) -> None:
        line = self.chosen()
        if line is None:
            return
        if line.area is Area.FIGURES:
            self.context.show_list(line.place, line.filter)
        else:
            self.context.show_page(line.place, line.number)

    def _export(self) -> None:
        first, last = (day_of(field).isoformat() for field in (self.first, self.last))
        name = f"{self.context.say('changes.file')}-{first}-{last}.csv"
        ask_where(self.window(), self.context.say("changes.do.export"), name, self._save)

    def _save(self, path: Path) -> None:
        context, query = self.context, self.list.model.query
        columns = saved_columns(context)
        heads = [context.say(column.title) for column in columns]

        def text() -> str:
            lines = self._shelf.fitting(query)
            rows = ([column.text(line) for column in columns] for line in lines)
            return write_texts(heads, rows, context.language.code, (_DIFFERENCE,))

        save_text(context, path, text)


def _put(field: QDateEdit, day: QDate) -> None:
    field.blockSignals(True)
    field.setDate(day)
    field.blockSignals(False)
