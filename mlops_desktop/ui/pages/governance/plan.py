"""The yearly plan of validations: the year above, its validations, and the sums below."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.validation_plan import (
    PlannedValidation,
    add_up,
    list_planned,
    set_days,
    write_plan,
)
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.governance.plan_columns import (
    SORTS,
    plan_columns,
    sum_columns,
    sum_rows,
)
from mlops_desktop.ui.saving import ask_where
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable

_YEARS = (2000, 2200)
_MOST_SUMS = 7


class PlanView(QWidget):
    """Shows the plan of a year; ``wanted`` names a validation to be shown in the list."""

    wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.planned: tuple[PlannedValidation, ...] = ()
        self._of = 0
        self.bar, self.said = MessageBar(context), Label(tone="muted", wrap=True)
        self.year, self._year_name = QSpinBox(), Label()
        self.year.setRange(*_YEARS)
        self.year.setValue(context.as_of.day.year)
        self._year_name.setBuddy(self.year)
        self.table = ShortTable(
            context, "validation_plan", "validation_plan.title", plan_columns, SORTS
        )
        self.sums = ShortTable(context, "validation_sums", "validation_plan.sums", sum_columns)
        for table in (self.table, self.sums):
            table.stand_alone()
        self.year.valueChanged.connect(lambda _: self.reload())
        self.table.current_changed.connect(lambda _: context.actions.refresh())
        self.table.opened.connect(lambda row: self.wanted.emit(row.id))

    def deeds(self) -> dict[str, Deed]:
        """Return what can be done with the plan."""
        return {
            "plan.days": (self._ask_days, self._can_change),
            "plan.export": (self._export, lambda: self._is_shown() and bool(self.planned)),
        }

    def lay_out(self) -> None:
        """Put the parts together, after the actions were added."""
        top = QHBoxLayout()
        for part in (self._year_name, self.year):
            top.addWidget(part)
        top.addWidget(self.said, 1)
        for id in ("plan.days", "plan.export", "plan.list"):
            top.addWidget(ActionButton(self.context.actions.action(id)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)
        self.retranslate()

    def retranslate(self) -> None:
        """Say every word again; the lists listen for themselves."""
        self._year_name.setText(self.context.say("validation_plan.year"))
        self.year.setAccessibleName(self.context.say("validation_plan.year"))
        self._say_sum()

    def reload(self) -> None:
        """Read the plan of the year in the read lane."""
        if not self.context.is_open:
            return
        session, year, as_of = self.context.session, self.year.value(), self.context.as_of

        def ask(progress: Progress) -> tuple[PlannedValidation, ...]:
            return list_planned(session, year, as_of)

        def show(planned: tuple[PlannedValidation, ...]) -> None:
            self._show(year, planned)

        name = self.context.say("validation_plan.reading")
        self.context.jobs.submit_read(name, ask, show, self._fail, key="validation_plan")

    def _show(self, year: int, planned: tuple[PlannedValidation, ...]) -> None:
        self.bar.clear()
        self.planned, self._of = planned, year
        self.table.set_rows(planned)
        rows = sum_rows(add_up(planned))
        self.sums.set_rows(rows)
        self.sums.fit_rows(len(rows), _MOST_SUMS)
        self._say_sum()
        self.context.actions.refresh()

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _say_sum(self) -> None:
        count, number = self.context.language.words.count, self.context.language.number
        days = number(sum(one.days or 0 for one in self.planned))
        open_ones = sum(one.days is None for one in self.planned)
        said = [count("validation_plan.said", len(self.planned), days=days)]
        if open_ones:
            said.append(count("validation_plan.unplanned", open_ones))
        self.said.setText(" ".join(said) if self.planned else self._say_none())

    def _say_none(self) -> str:
        return self.context.say("validation_plan.none", year=str(self._of or self.year.value()))

    def _is_shown(self) -> bool:
        return self.context.is_open and self.isVisible()

    def chosen(self) -> PlannedValidation | None:
        """Return the validation a person stands on."""
        id = self.table.current_id()
        return next((one for one in self.planned if one.id == id), None)

    def _can_change(self) -> bool:
        one = self.chosen() if self._is_shown() else None
        return one is not None and one.can_change and bool(self.context.session.actor.person)

    def _ask_days(self) -> None:
        one = self.chosen()
        if one is None:
            return
        say, session = self.context.say, self.context.session
        title = say("validation_plan.ask", number=one.number)
        verb, models = say("item.verb.edit"), ", ".join(one.models)
        dialog = FormDialog(self.context, title, verb, self.window(), sentence=models)
        help = say("validation_plan.help")
        known = "" if one.days is None else str(one.days)
        line = dialog.form.add(say("validation_plan.column.days"), QLineEdit(known), help)

        def done(recorded: Recorded) -> None:
            dialog.done_well()
            self.context.toast(say("validation_plan.done", number=one.number))

        def refuse(error: AppError) -> None:
            dialog.set_busy(False)
            what, meaning, _ = self.context.explain(error)
            dialog.form.set_wrong(line, "\n".join(part for part in (what, meaning) if part))

        def send() -> None:
            days = line.text().strip()
            self.context.jobs.submit_write(
                title, lambda progress: set_days(session, one.id, days), done, refuse
            )

        dialog.submitted.connect(send)
        dialog.open()
        line.setFocus()

    def _export(self) -> None:
        title = self.context.say("validation_plan.save_title")
        dialog = ask_where(self.window(), title, f"validations-{self._of}.csv", self._save)
        dialog.setNameFilters(["CSV (*.csv)", "Excel (*.xlsx)"])

    def _save(self, path: Path) -> None:
        planned, language = self.table.rows_in_order(), self.context.language.code

        def work(progress: Progress) -> str:
            write_plan(planned, path, language)
            return path.name

        def done(name: str) -> None:
            self.context.toast(self.context.say("validation_plan.saved", name=name))

        name = self.context.say("validation_plan.save_title")
        self.context.jobs.submit_read(name, work, done, self.context.show_error)
