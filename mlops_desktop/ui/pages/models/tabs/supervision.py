"""Supervisor and emergencies: what each version needs and has, what the gate says, what was urgent.

What is done about it is done on the page Rules & committees; each part leads there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.gate import Answer, ask_gate
from mlops_desktop.services.oversight import (
    EmergencySheet,
    PermissionSheet,
    list_emergency_sheets,
    list_permission_sheets,
)
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.pages.rules.emergencies import emergency_groups, emergency_status
from mlops_desktop.ui.pages.rules.permissions import permission_groups, permission_status
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.sections import Fact, Group


@dataclass(frozen=True, slots=True)
class _Read:
    """What was told of one model, with what the gate says of each case."""

    permissions: tuple[tuple[PermissionSheet, Answer], ...]
    emergencies: tuple[EmergencySheet, ...]


def _read(session: Session, model: str, as_of: AsOf) -> _Read:
    cases = list_permission_sheets(session, model, as_of)
    gates = tuple(
        (one, ask_gate(session, model, one.label, one.row.permission.environment, as_of))
        for one in cases
    )
    return _Read(gates, list_emergency_sheets(session, model, as_of))


class SupervisionTab(FactTab):
    """Permissions, notifications and emergencies of a model, read when the tab is looked at."""

    title = "oversight.tab.supervision"
    order = 58

    def show_model(self, shown: Shown) -> None:
        """Ask for what was told of ``shown``."""
        context, key = self.context, shown.sheet.row.id
        session, as_of = context.session, context.as_of

        def ask(progress: Progress) -> _Read:
            return _read(session, key, as_of)

        name = say(context, "job.read")
        context.jobs.submit_read(name, ask, self._tell, self._fail, key="models:supervision")

    def _tell(self, read: _Read) -> None:
        groups = tuple(_groups(self.context, read))
        self.sections.show_groups(groups or (_nothing(self.context),))

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def _nothing(context: Context) -> Group:
    lead = f"{say(context, 'empty.permissions')} {say(context, 'empty.emergencies')}"
    return Group("", lead=lead)


def _groups(context: Context, read: _Read) -> Iterator[Group]:
    for sheet, gate in read.permissions:
        chip = permission_status(context, sheet)
        title = say(context, "version_n", n=sheet.label)
        yield Group(title, (_link(context, "permissions", sheet.id),), status=chip)
        yield from permission_groups(context, sheet, gate)
    for urgent in read.emergencies:
        chip = emergency_status(context, urgent)
        title = say(context, "version_n", n=urgent.label)
        yield Group(title, (_link(context, "emergencies", urgent.id),), status=chip)
        yield from emergency_groups(context, urgent, None)


def _link(context: Context, part: str, id: str) -> Fact:
    return Fact(
        say(context, f"section.{part}"),
        say(context, "go_there"),
        go=lambda: context.show_page("rules", f"{part}:{id}"),
    )
