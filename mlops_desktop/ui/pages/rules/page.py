"""The page: sections above, in each a list at the left and the chosen thing at the right."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.oversight import count_waiting
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.approvals.actor import ActorChoice
from mlops_desktop.ui.pages.rules import (
    delegations,
    emergencies,
    fields,
    handovers,
    meetings,
    permissions,
    report_plans,
    retention,
    rules,
    templates,
)
from mlops_desktop.ui.pages.rules.actions import OversightActions
from mlops_desktop.ui.pages.rules.parts import Part
from mlops_desktop.ui.pages.rules.section import Section
from mlops_desktop.ui.widgets.matters import Matters

PARTS: tuple[Part[Any], ...] = (
    rules.PART,
    meetings.PART,
    permissions.PART,
    emergencies.PART,
    templates.PART,
    fields.PART,
    handovers.PART,
    delegations.PART,
    retention.PART,
    report_plans.PART,
)
_FIRST_ACTIONS = {
    "rules": ("rule.try", "rule.draft"),
    "meetings": ("meeting.call",),
    "permissions": ("permission.need",),
    "emergencies": ("emergency.declare",),
    "templates": ("template.read",),
    "fields": ("field.define",),
    "handovers": ("handover.offer",),
    "delegations": ("delegation.grant",),
    "retention": ("retention.define",),
    "reports": ("report.plan",),
}


class RulesPage(Page):
    """Rules, committees, supervisors, emergencies, templates, fields, handovers and their kin."""

    watches = frozenset(
        {
            "rule",
            "tier_template",
            "meeting",
            "approval",
            "model",
            "person",
            "field",
            "handover",
            "delegation",
            "retention",
            "report_plan",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._waiting: int | None = None
        context.actions.add(*OversightActions(context, self).rows())
        self.sections: dict[str, Section[Any]] = {}
        self._places: dict[str, QVBoxLayout] = {}
        self.actor = ActorChoice(context)
        self._matters = Matters(context, beside=self.actor)
        self.tabs = self._matters.tabs
        self._lay_out()
        self.retranslate()
        self._matters.changed.connect(self._on_section)
        context.workspace_changed.connect(self._on_workspace)

    def heading(self) -> str:
        """Say how much waits for the acting person."""
        if self._waiting is None or self.context.day is not None:
            return ""
        form = {0: "none", 1: "one"}.get(self._waiting, "other")
        number = self.context.language.number(self._waiting)
        return self.context.say(f"oversight.heading.{form}", n=number)

    def reload(self) -> None:
        """Ask for the section in sight and what waits."""
        self.section().reload()
        self.actor.reload()
        self._count()

    def retranslate(self) -> None:
        """Say every word again; lists and details listen for themselves."""
        say = self.context.say
        titles = (say(f"oversight.section.{part.id}") for part in PARTS)
        self._matters.say(say("oversight.sections"), titles)
        self.actor.retranslate()

    def section(self) -> Section[Any]:
        """Return the section in sight."""
        return self._section(self._matters.current())

    def _section(self, at: int) -> Section[Any]:
        """Return the section at a place, made now if nobody looked at it yet."""
        part = PARTS[at]
        if part.id not in self.sections:
            self.sections[part.id] = Section(self.context, part)
            self._places[part.id].addWidget(self.sections[part.id])
        return self.sections[part.id]

    def show_part(self, id: str) -> None:
        """Bring a section into sight."""
        self._matters.show_matter([part.id for part in PARTS].index(id))

    def show_record(self, id: str) -> None:
        """Show what ``<section>:<id>`` names, or the section alone."""
        part, _, record = id.partition(":")
        self.show_part(part)
        if record:
            self.section().detail.read(record)
            self.section().list.show_record(record)

    def show_list(self, text: str) -> None:
        """Show what fits ``<section>: <words>``, its list narrowed to the words."""
        part, _, words = text.partition(":")
        self.show_part(part)
        self.section().list.set_filter(words.strip())

    def first_focus(self) -> QWidget | None:
        """Begin at the list in sight."""
        return self.section().list.view

    def chosen(self, part: str) -> Any:
        """Return the line of a section that actions are about, None where it is out of sight."""
        section = self.section()
        return section.chosen() if section.part.id == part else None

    def _lay_out(self) -> None:
        for part in PARTS:
            place = QWidget()
            self._places[part.id] = QVBoxLayout(place)
            self._places[part.id].setContentsMargins(0, 0, 0, 0)
            self._matters.add(place, _FIRST_ACTIONS[part.id])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.addWidget(self._matters)

    def _on_section(self) -> None:
        if self.context.is_open:
            self.section().reload()
        self.context.actions.refresh()

    def _on_workspace(self) -> None:
        if not self.context.is_open:
            for section in self.sections.values():
                section.detail.forget()

    def _count(self) -> None:
        session = self.context.session

        def count(progress: Progress) -> int:
            return count_waiting(session)

        name = self.context.say("oversight.job.count")
        self.context.jobs.submit_read(name, count, self._tell, self._ignore, key="rules:waiting")

    def _tell(self, waiting: int) -> None:
        self._waiting = waiting
        self.heading_changed.emit()

    def _ignore(self, error: AppError) -> None:
        """Leave the number as it was: the list itself says what is wrong."""
