"""The chosen item: head, its fields, and every step taken with who took it."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from mlops_desktop.core.details import is_empty
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.area_lights import Lights, show_lights
from mlops_desktop.services.field_texts import field_forms
from mlops_desktop.services.incidents import Affected, affected_by
from mlops_desktop.services.items import ItemRow, ItemSheet, StepRow, show_item
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.governance.affected import AffectedTab
from mlops_desktop.ui.pages.governance.experiment import ExperimentTab
from mlops_desktop.ui.pages.governance.lights import LightsTable
from mlops_desktop.ui.pages.governance.said import (
    due_status,
    say_field,
    say_kind,
    say_taken,
    say_title,
    say_why,
    stage_status,
    value_text,
)
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections

_LIGHTS, _AFFECTED, _EXPERIMENT = 2, 3, 4


@dataclass(frozen=True, slots=True)
class _Read:
    """An item with what its kind alone has."""

    sheet: ItemSheet
    lights: Lights | None
    affected: Affected | None = None


class ItemDetail(DetailPane):
    """Reads the item in the read lane."""

    loaded = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            ("item.step", "item.edit", "item.model"),
            default="item.step",
            more=("item.draft",),
        )
        self.shown: ItemSheet | None = None
        self._last: _Read | None = None
        self._wanted = ""
        self._facts = Sections(context, "item.tab.facts")
        self._steps = Sections(context, "item.tab.steps")
        self.add_tab("item.tab.facts", self._facts)
        self.lights = LightsTable(context)
        self.add_tab("item.tab.steps", self._steps)
        self.add_tab("lights.tab", self.lights)
        self.affected = AffectedTab(context)
        self.add_tab("incident.affected.title", self.affected, scrolls=False)
        self.experiment = ExperimentTab(context)
        self.add_tab("experiment.tab", self.experiment, scrolls=False)
        context.speaking.enlist(self, self._say_again)

    def wanted_id(self) -> str:
        """Return the id of the item that is shown or being read."""
        return self._wanted

    def show_row(self, row: ItemRow) -> None:
        """Show the item of a row: its head at once, the rest as soon as it is read."""
        self._set_head(row)
        self.read(row.id)

    def read(self, named: str) -> None:
        """Read the item ``named`` for the day shown."""
        self._wanted = named
        session, as_of = self._context.session, self._context.as_of

        def ask(progress: Progress) -> _Read:
            sheet = show_item(session, named, as_of)
            is_here = sheet.row.stage not in sheet.kind.sealed  # on paper no area has a light
            has_lights = sheet.kind.noun == "validation" and is_here
            lights = show_lights(session, sheet, as_of) if has_lights else None
            is_incident = sheet.kind.noun == "incident"
            return _Read(sheet, lights, affected_by(session, named, as_of) if is_incident else None)

        name = self._context.say("item.job.read")
        self._context.jobs.submit_read(name, ask, self._show, self._fail, key="items:detail")

    def forget(self) -> None:
        """Show no item."""
        self._wanted, self.shown = "", None
        self.hide()

    def _show(self, read: _Read) -> None:
        sheet, lights = read.sheet, read.lights
        self.shown, self._last, self._wanted = sheet, read, sheet.row.id
        self.tabs.show()
        self._set_head(sheet.row)
        why = say_why(self._context, sheet.kind, sheet.state.details)
        self._facts.show_groups((Group("", tuple(self._fields(sheet)), why),))
        self._steps.show_groups(tuple(self._step(sheet, step) for step in sheet.steps))
        self.tabs.setTabVisible(_LIGHTS, lights is not None)
        if lights is not None:
            self.lights.show_lights(sheet, lights)
        self.tabs.setTabVisible(_AFFECTED, read.affected is not None)
        if read.affected is not None:
            self.affected.show_affected(sheet.row.number, read.affected)
        self.tabs.setTabVisible(_EXPERIMENT, sheet.kind.noun == "experiment")
        self.experiment.show_experiment(sheet)
        self.loaded.emit()

    def _fail(self, error: AppError) -> None:
        self.shown = None
        self.tabs.hide()
        self.set_head(self._wanted)
        self.bar.show_error(error)
        self.loaded.emit()

    def _set_head(self, row: ItemRow) -> None:
        context = self._context
        parts = (row.number, say_kind(context, row.kind), row.owner)
        chips: list[Status] = [stage_status(context, row)]
        if (due := due_status(context, row)) is not None:
            chips.append(due)
        under = " · ".join(part for part in parts if part)
        self.set_head(say_title(context, row) or row.number, under, tuple(chips))

    def _fields(self, sheet: ItemSheet) -> list[Fact]:
        context, kind = self._context, sheet.kind
        facts = [self._model(row.id, row.name) for row in sheet.models]
        names = {**sheet.names, **{row.key: row.id for row in sheet.models}}
        for form in field_forms(kind.details):
            value = getattr(sheet.state.details, form.name)
            name = say_field(context, kind.noun, form.name)
            if form.name == "title":  # stands in the head
                continue
            if not is_empty(value):
                facts.append(Fact(name, value_text(context, kind, form, value, names)))
            elif form.name in kind.required:
                facts.append(Fact(name, context.say("item.not_recorded"), "faint"))
        facts.append(
            Fact(context.say("item.field.opened"), context.language.date(sheet.row.opened))
        )
        if sheet.row.closed is not None:
            closed = context.language.date(sheet.row.closed)
            facts.append(Fact(context.say("item.field.closed"), closed))
        return facts

    def _model(self, number: str, name: str) -> Fact:
        go = partial(self._context.show_page, "models", number)
        return Fact(self._context.say("item.field.model"), f"{number} {name}", go=go)

    def _step(self, sheet: ItemSheet, step: StepRow) -> Group:
        context, kind = self._context, sheet.kind
        who = sheet.names.get(step.person, step.person)
        facts = [Fact(context.say("item.field.by"), who)]
        reason = getattr(step.payload, "reason", None)
        if isinstance(reason, Erasable):
            why = say_erased(context, reason.erasure) if reason.text is None else reason.text
            facts.append(Fact(context.say("item.field.reason"), why))
        details = getattr(step.payload, "details", None)
        for form in field_forms(kind.details) if step.step != "opened" else ():
            value = getattr(details, form.name)
            if not is_empty(value):
                text = value_text(context, kind, form, value, sheet.names)
                facts.append(Fact(say_field(context, kind.noun, form.name), text))
        when = self._day(step.effective)
        title = context.say("item.step_on", step=say_taken(context, kind.noun, step.step), day=when)
        return Group(title, tuple(facts))

    def _day(self, text: str) -> str:
        return self._context.language.date(date.fromisoformat(text[:10]))

    def _say_again(self) -> None:
        if self.shown is not None and self._last is not None and not self.isHidden():
            self._show(self._last)
