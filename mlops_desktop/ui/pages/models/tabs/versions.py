"""Versions: the table, and below it the run, parameters, metrics and data of the chosen one."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from mlops_desktop.services.rows import VersionRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_code
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.pages.models.tabs.version_facts import version_groups
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.told import say_word
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.room import Below
from mlops_desktop.ui.widgets.sections import Sections
from mlops_desktop.ui.widgets.shared import Shared
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the table, with where it serves and the aliases that point at it."""

    id: str
    place: int
    row: VersionRow
    serving: str
    aliases: tuple[str, ...]


class VersionsTab(Tab):
    """Versions, newest first."""

    title = later("Versions")
    order = 20

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keys = {"version": lambda line: line.place, "created_at": _created}
        self.table = ShortTable(context, "model.versions", self.title, _columns, keys)
        self.facts = Sections(context, later("The chosen version"))
        self._nothing = EmptyState(icon="models")
        self._area = Below(self.facts)
        self._shared = Shared(self, self.table, self._area, _MOST_ROWS)
        self.column.addWidget(self.table)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self._nothing)
        add = ActionButton(context.actions.action("version.register"), icon="add")
        self.column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.table.current_changed.connect(self._show_version)

    def show_model(self, shown: Shown) -> None:
        """Show the versions of ``shown``; the newest is chosen."""
        lines = _lines(self.context, shown)
        self.table.setVisible(bool(lines))
        self._area.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._nothing.set_sentence(tr("No version of this model is on record."))
        self.table.set_rows(lines)
        self._shared.set_rows(len(lines))
        if lines:
            known = {line.id: line for line in lines}
            chosen = known.get(self.table.current_id(), lines[0])
            self.table.choose(chosen.id)
            self._show_version(chosen)

    def _show_version(self, line: VersionLine) -> None:
        self.facts.show_groups(version_groups(self.context, line.row))


def _lines(context: Context, shown: Shown) -> tuple[VersionLine, ...]:
    serving: dict[str, list[str]] = {}
    for item in shown.sheet.deployments:
        if item.until is None:
            where = say_code(context, "environment", item.environment)
            serving.setdefault(item.version, []).append(where)
    made = []
    for place, row in enumerate(reversed(shown.sheet.versions)):
        named = ", ".join(serving.get(row.key, ()))
        made.append(VersionLine(row.key, place, row, named, _aliases(shown, row)))
    return tuple(reversed(made))


def _aliases(shown: Shown, row: VersionRow) -> tuple[str, ...]:
    return tuple(
        alias.name
        for entry in shown.sheet.entries
        for alias in entry.entry.aliases
        if entry.entry.source == row.source and alias.value == row.details.version
    )


def _created(line: VersionLine) -> str:
    created = line.row.details.created_at
    return created.isoformat() if created else ""


def _columns(context: Context) -> tuple[Column[VersionLine], ...]:
    def serving(line: VersionLine) -> Status | None:
        return Status("good", line.serving) if line.serving else None

    def status(line: VersionLine) -> str:
        if line.row.missing_since:
            return tr("gone at the source")
        return say_word(context, "version_status", line.row.details.status or "")

    def created(line: VersionLine) -> str:
        return context.language.time(line.row.details.created_at)

    return (
        Column(
            "version", "models.field.version", lambda line: line.row.details.version, 8, strong=True
        ),
        Column("serving", "models.field.serving", _serving, 18, status=serving, sortable=False),
        Column("aliases", "models.field.aliases", _said_aliases, 12, sortable=False),
        Column("created_at", "models.field.created_at", created, 15, muted=True),
        Column("missing", "models.field.status", status, 12, sortable=False, flexible=True),
    )


def _serving(line: VersionLine) -> str:
    return line.serving


def _said_aliases(line: VersionLine) -> str:
    return ", ".join(line.aliases)
