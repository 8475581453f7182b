"""Deployments: which version served where, from when to when, and what proves it."""

from dataclasses import dataclass, replace

from mlops_desktop.core.serving_history import contradicting
from mlops_desktop.services.rows import DeploymentRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import fact, say_code, say_moment
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.told import say_read_from
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class DeploymentLine:
    """A deployment in the table."""

    id: str
    label: str
    row: DeploymentRow
    entity: str = ""
    """The name of the legal entity it serves, where somebody said so."""
    others: tuple[DeploymentRow, ...] = ()
    """What other origins say of the same place and time."""


class DeploymentsTab(Tab):
    """Deployments, the newest first."""

    title = later("Deployments")
    order = 30

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keys = {"since": lambda line: line.row.since, "until": lambda line: line.row.until or "~"}
        self.table = ShortTable(context, "model.deployments", self.title, _columns, keys)
        self.facts = Sections(context, later("The chosen deployment"))
        self._nothing = EmptyState(icon="history")
        for part in (self.table, self.facts, self._nothing):
            self.column.addWidget(part)
        self.column.addLayout(_buttons(context))
        self.column.addStretch()
        self.column.setStretchFactor(self._nothing, 1)
        self.table.current_changed.connect(self._show_evidence)

    def show_model(self, shown: Shown) -> None:
        """Show the deployments of ``shown``."""
        rows = sorted(shown.sheet.deployments, key=lambda row: row.since, reverse=True)
        lines = tuple(
            DeploymentLine(
                row.key,
                row.label,
                row,
                shown.sheet.names.get(row.entity or "", row.entity or ""),
                contradicting(row, rows),
            )
            for row in rows
        )
        self.table.setVisible(bool(lines))
        self.facts.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._nothing.set_sentence(tr("No version of this model has ever been in use."))
        self.table.set_rows(lines)
        self.table.fit_rows(len(lines), _MOST_ROWS)
        if lines:
            known = {line.id: line for line in lines}
            chosen = known.get(self.table.current_id(), lines[0])
            self.table.choose(chosen.id)
            self._show_evidence(chosen)

    def _show_evidence(self, line: DeploymentLine) -> None:
        row, context = line.row, self.context
        facts = (
            fact(context, "source", row.source),
            _basis(context, row),
            fact(context, "evidence", row.seen_digest or ""),
            *_seen(context, line),
        )
        self.facts.show_groups((Group(tr("How this is known"), facts),))


def _basis(context: Context, row: DeploymentRow) -> Fact:
    said = say_read_from(context, row.basis) if row.source else row.basis
    return replace(fact(context, "basis", said), hint="" if said == row.basis else row.basis)


def _seen(context: Context, line: DeploymentLine) -> tuple[Fact, ...]:
    """Say what a source told of it, between which readings, and who says otherwise."""
    row, say = line.row, context.say
    told = (
        ("began_between", _between(context, row.since_after, row.since)),
        ("ended_between", _between(context, row.until_after, row.until)),
        ("region", row.region or ""),
        ("endpoint", row.endpoint or ""),
        ("digest", row.artifact_digest or ""),
    )
    facts = [Fact(say(f"reconcile.serving.{name}"), value) for name, value in told if value]
    others = ", ".join(say_other(context, one) for one in line.others)
    if others:
        status = Status("warn", others)
        facts.append(Fact(say("reconcile.serving.others"), others, status=status))
    return tuple(facts)


def say_other(context: Context, row: DeploymentRow) -> str:
    """Say which version another origin names."""
    who = row.source or context.say("reconcile.serving.by_hand")
    return context.say("reconcile.serving.other", version=row.label, who=who)


def _between(context: Context, first: str | None, then: str | None) -> str:
    if not first or not then:
        return ""
    days = say_moment(context, first), say_moment(context, then)
    return context.say("reconcile.serving.between", first=days[0], last=days[1])


def _buttons(context: Context) -> Flow:
    row = Flow()
    for id, icon in (("deployment.open", "add"), ("deployment.close", "stop")):
        row.addWidget(ActionButton(context.actions.action(id), icon=icon))
    return row


def _columns(context: Context) -> tuple[Column[DeploymentLine], ...]:
    def environment(line: DeploymentLine) -> str:
        return say_code(context, "environment", line.row.environment)

    def role(line: DeploymentLine) -> str:
        return _role(context, line.row)

    def until(line: DeploymentLine) -> str:
        return say_moment(context, line.row.until) if line.row.until else tr("still in use")

    def serving(line: DeploymentLine) -> Status | None:
        return None if line.row.until else Status("good", tr("still in use"))

    return (
        Column("version", "models.field.version", _label, 9, strong=True, sortable=False),
        Column(
            "environment", "models.field.environment", environment, 11, whole=True, sortable=False
        ),
        Column("role", "models.field.role", role, 14, sortable=False),
        Column(
            "entity",
            "entities.serves",
            lambda line: line.entity,
            width=14,
            sortable=False,
            optional=True,
        ),
        Column("since", "models.field.since", lambda line: say_moment(context, line.row.since), 16),
        Column("until", "models.field.until", until, 22, status=serving, flexible=True),
    )


def _role(context: Context, row: DeploymentRow) -> str:
    role = say_code(context, "role", row.role)
    if row.share is None:
        return role
    try:
        return f"{role}, {context.language.number(float(row.share) * 100)} %"
    except ValueError:
        return f"{role}, {row.share}"


def _label(line: DeploymentLine) -> str:
    return line.label
