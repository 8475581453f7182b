"""Versions: the table, and below it the run, parameters, metrics and data of the chosen one."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

from mlops_desktop.core.inventory import DatasetInput, Pair, Run, VersionDetails
from mlops_desktop.services.rows import VersionRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import fact, field_name, say_code, say_decimal, say_moment
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
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

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keys = {"version": lambda line: line.place, "created_at": _created}
        self.table = ShortTable(context, "model.versions", self.title, _columns, keys)
        self.facts = Sections(tr("The chosen version"))
        self._nothing = EmptyState(icon="models")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.facts)
        self._area = area
        self.column.addWidget(self.table)
        self.column.addWidget(area, 1)
        self.column.addWidget(self._nothing)
        self.table.current_changed.connect(self._show_version)

    def show_model(self, shown: Shown) -> None:
        """Show the versions of ``shown``; the newest is chosen."""
        lines = _lines(self.context, shown)
        self.table.setVisible(bool(lines))
        self._area.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._nothing.set_sentence(tr("No version of this model is on record."))
        self.facts.setAccessibleName(tr("The chosen version"))
        self.table.set_rows(lines)
        self.table.fit_rows(len(lines), _MOST_ROWS)
        if lines:
            known = {line.id: line for line in lines}
            chosen = known.get(self.table.current_id(), lines[0])
            self.table.choose(chosen.id)
            self._show_version(chosen)

    def _show_version(self, line: VersionLine) -> None:
        self.facts.show_groups(_groups(self.context, line))


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

    def created(line: VersionLine) -> str:
        return context.language.time(line.row.details.created_at)

    return (
        Column(
            "version", "models.field.version", lambda line: line.row.details.version, 8, strong=True
        ),
        Column("serving", "models.field.serving", _serving, 13, status=serving, sortable=False),
        Column("aliases", "models.field.aliases", _said_aliases, 12, sortable=False),
        Column("created_at", "models.field.created_at", created, 15, muted=True),
        Column("missing", "models.field.status", _status, 12, sortable=False, flexible=True),
    )


def _serving(line: VersionLine) -> str:
    return line.serving


def _said_aliases(line: VersionLine) -> str:
    return ", ".join(line.aliases)


def _status(line: VersionLine) -> str:
    if line.row.missing_since:
        return tr("gone at the source")
    return line.row.details.status or ""


def _groups(context: Context, line: VersionLine) -> tuple[Group, ...]:
    details, run = line.row.details, line.row.details.run
    title = tr("Version {version}", version=details.version)
    groups = [Group(title, tuple(_version_facts(context, line)))]
    if run is None:
        lead = tr("No training run is on record for this version.")
        return (*groups, Group(field_name(context, "run"), (), lead))
    groups += [
        Group(field_name(context, "metrics"), _metrics(context, run), _none(bool(run.metrics))),
        Group(field_name(context, "parameters"), _pairs(run.parameters), _none(run.parameters)),
        Group(field_name(context, "datasets"), _datasets(context, run), _none(bool(run.datasets))),
        Group(field_name(context, "run"), tuple(_run_facts(context, details, run))),
    ]
    if details.tags or run.tags:
        groups.append(Group(field_name(context, "tags"), _pairs((*details.tags, *run.tags))))
    return tuple(groups)


def _none(found: object) -> str:
    return "" if found else tr("The source names none.")


def _version_facts(context: Context, line: VersionLine) -> list[Fact]:
    details, row = line.row.details, line.row
    made = [
        fact(context, "artifact", details.artifact or "", "source_silent"),
        fact(context, "signature", details.signature or "", "source_silent"),
        fact(context, "created_by", details.created_by or "", "source_silent"),
    ]
    if details.description:
        made.append(fact(context, "description", details.description))
    if details.stage:
        made.append(fact(context, "stage", details.stage))
    if row.source:
        made.append(fact(context, "source", tr("{a} / {b}", a=row.source, b=row.native_id)))
        made.append(fact(context, "seen_at", say_moment(context, row.seen_at)))
        made.append(fact(context, "evidence", row.seen_digest))
    if row.missing_since:
        made.append(fact(context, "missing_since", say_moment(context, row.missing_since)))
    return made


def _run_facts(context: Context, details: VersionDetails, run: Run) -> list[Fact]:
    time = context.language.time
    return [
        fact(context, "native_id", details.run_id or run.id),
        fact(context, "run_name", run.name or "", "source_silent"),
        fact(context, "run_user", run.user or "", "source_silent"),
        fact(context, "run_status", run.status or "", "source_silent"),
        fact(context, "started_at", time(run.started_at), "source_silent"),
        fact(context, "ended_at", time(run.ended_at), "source_silent"),
        fact(context, "code_source", run.code_source or "", "source_silent"),
        fact(context, "commit", run.commit or "", "source_silent"),
    ]


def _pairs(pairs: tuple[Pair, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(pair.name, pair.value) for pair in pairs)


def _metrics(context: Context, run: Run) -> tuple[Fact, ...]:
    return tuple(Fact(metric.name, say_decimal(context, metric.value)) for metric in run.metrics)


def _datasets(context: Context, run: Run) -> tuple[Fact, ...]:
    return tuple(Fact(item.name, _dataset(context, item)) for item in run.datasets)


def _dataset(context: Context, item: DatasetInput) -> str:
    parts = [item.context or "", item.digest, item.source or ""]
    if item.rows is not None:
        shown = context.language.number(item.rows)
        parts.insert(1, tr("{number} rows", number=shown))
    return " · ".join(part for part in parts if part)
