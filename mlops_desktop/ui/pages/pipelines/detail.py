"""The chosen pipeline: its steps, its lineage, quality, runs, dependent models, incidents."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckCase
from mlops_desktop.core.events.pipeline_runs import DatasetUse
from mlops_desktop.core.pipelines import OVERDUE, Freshness
from mlops_desktop.services.pipelines import Pipeline, StepSheet
from mlops_desktop.services.same_datasets import place_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.lineage.models import ModelLine, model_columns
from mlops_desktop.ui.lineage.view import LineageView
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.pages.pipelines.columns import (
    CaseLine,
    IncidentLine,
    case_columns,
    incident_columns,
    run_columns,
)
from mlops_desktop.ui.pages.pipelines.reading import PipelineRead, read_pipeline
from mlops_desktop.ui.pages.pipelines.said import (
    fresh_status,
    incident_status,
    outcome_status,
    quality_status,
    say_ended,
    say_every,
    say_matched,
)
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.shared import Filling
from mlops_desktop.ui.widgets.short_table import ShortTable

_ACTIONS = ("pipeline.incident", "pipeline.expect")
_MORE = (
    "pipeline.describe", "pipeline.open", "",
    "pipeline.end_step", "pipeline.resume_step", "", "dataset.same", "dataset.apart",
)  # fmt: skip


class PipelineDetail(DetailPane):
    """Reads the pipeline in the read lane."""

    loaded = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, _ACTIONS, default="pipeline.incident", more=_MORE)
        self.shown: PipelineRead | None = None
        self._wanted = ""
        say = "pipelines.tab"
        self.steps = Sections(context, f"{say}.steps")
        self.flow = LineageView(context, "pipeline")
        self.quality = _Listed(
            ShortTable(context, "pipeline.quality", f"{say}.quality", case_columns),
            context, "pipelines.nothing_checked", "check",
        )  # fmt: skip
        self.runs = ShortTable(context, "pipeline.runs", f"{say}.runs", run_columns)
        self.models = _Listed(
            ShortTable(context, "pipeline.models", f"{say}.models", model_columns),
            context, "pipelines.no_models", "models",
        )  # fmt: skip
        self.incidents = _Listed(
            ShortTable(context, "pipeline.incidents", f"{say}.incidents", incident_columns),
            context, "pipelines.no_incidents", "check",
        )  # fmt: skip
        self.add_tab(f"{say}.steps", self.steps)
        parts = (("flow", self.flow), ("quality", self.quality), ("runs", self.runs),
                 ("models", self.models), ("incidents", self.incidents))  # fmt: skip
        for name, part in parts:
            self.add_tab(f"{say}.{name}", part, scrolls=False)
        Filling(self.flow, self.flow)
        context.speaking.enlist(self, self._say_again)

    def wanted_id(self) -> str:
        """Return the id of the pipeline that is shown or being read."""
        return self._wanted

    def show_row(self, row: Pipeline) -> None:
        """Show the pipeline of a row: its head at once, the rest as soon as it is read."""
        self._set_head(row)
        self.read(row.id)

    def read(self, named: str) -> None:
        """Read the pipeline ``named`` for the day shown."""
        self._wanted = named
        session, as_of = self._context.session, self._context.as_of

        def ask(progress: Progress) -> PipelineRead:
            return read_pipeline(session, named, as_of)

        name = self._context.say("pipelines.job.detail")
        self._context.jobs.submit_read(name, ask, self._show, self._fail, key="pipelines:detail")
        self.flow.trace(named)

    def forget(self) -> None:
        """Show no pipeline."""
        self._wanted, self.shown = "", None
        self.flow.forget()
        self.hide()

    def _show(self, read: PipelineRead) -> None:
        self.shown, self._wanted = read, read.sheet.pipeline.id
        self.tabs.show()
        self._set_head(read.sheet.pipeline)
        self.steps.show_groups(
            (self._whole(read), *(self._step(one, read) for one in read.sheet.steps))
        )
        self.quality.set_rows(_cases(read), say_matched(self._context, read.sheet.checks))
        self.runs.set_rows(read.sheet.runs)
        self.models.set_rows(tuple(ModelLine(one.model.id, one) for one in read.models))
        lines = tuple(IncidentLine(one.id, one) for one in read.sheet.incidents)
        self.incidents.set_rows(lines)
        self.loaded.emit()

    def _fail(self, error: AppError) -> None:
        self.shown = None
        self.tabs.hide()
        self.set_head(self._wanted)
        self.bar.show_error(error)
        self.loaded.emit()

    def _set_head(self, row: Pipeline) -> None:
        context = self._context
        chips: list[Status] = [
            fresh_status(context, row.standing),
            outcome_status(context, row.outcome),
            quality_status(context, row.verdict),
        ]
        if (bad := incident_status(row.incidents)) is not None:
            chips.append(bad)
        under = " · ".join(filter(None, (row.key.source, row.owner)))
        self.set_head(row.key.name, under, tuple(chips))

    def _whole(self, read: PipelineRead) -> Group:
        context, row, sheet = self._context, read.sheet.pipeline, read.sheet
        every = say_every(context, row)
        if sheet.expected_by and sheet.expected_since and row.minutes:
            day = say_moment(context, sheet.expected_since)
            told = context.say("pipelines.expected_by", who=sheet.expected_by, day=day)
            every = f"{every} ({told})"
        due = context.language.time(row.standing.due) if row.standing.due else ""
        good = say_moment(context, row.last_good) if row.last_good else ""
        facts = [
            ("description", row.description or ""),
            ("every", every),
            ("was_due" if row.standing.freshness in OVERDUE else "due", due),
            ("last_good", good or context.say("pipelines.never")),
            ("source", read.link or ""),
        ]
        return Group("", tuple(self._fact(name, text) for name, text in facts if text))

    def _fact(self, name: str, text: str) -> Fact:
        return Fact(self._context.say(f"pipelines.field.{name}"), text)

    def _step(self, step: StepSheet, read: PipelineRead) -> Group:
        context, told = self._context, step.last.details
        said = step.description or context.say("pipelines.not_described")
        if step.described_by:
            said = context.say("pipelines.said_by", text=said, who=step.described_by)
        facts = [
            ("ended", say_ended(context, step)),
            ("code", told.code or ""),
            ("commit", told.commit or ""),
            ("owner", told.owner or ""),
            ("last_run", say_moment(context, step.last.at)),
            *(("inputs", self._use(one, read)) for one in told.inputs),
            *(("outputs", self._use(one, read)) for one in told.outputs),
        ]
        status = outcome_status(context, step.last.outcome)
        found = tuple(self._fact(name, text) for name, text in facts if text)
        return Group(step.name, (*self._fresh(step), *found), said, status)

    def _fresh(self, step: StepSheet) -> tuple[Fact, ...]:
        if step.standing.freshness is Freshness.NOT_EXPECTED:
            return ()
        name = self._context.say("pipelines.column.fresh")
        status = fresh_status(self._context, step.standing)
        return (Fact(name, status.word, status=status),)

    def _use(self, one: DatasetUse, read: PipelineRead) -> str:
        name, say = one.name, self._context.say
        if others := read.others.get(place_of(one)):
            name = say("pipelines.also_named", dataset=name, others=", ".join(others))
        if not one.columns:
            return name
        return say("pipelines.columns", dataset=name, columns=", ".join(one.columns))

    def _say_again(self) -> None:
        if self.shown is not None and not self.isHidden():
            self._show(self.shown)


def _cases(read: PipelineRead) -> tuple[CaseLine, ...]:
    """Return every case of the last results, those that did not pass first."""
    return tuple(
        CaseLine(f"{check.id}/{number}", check.details.dataset or "", check, case)
        for _, checks in read.sheet.checks
        for check in checks
        for number, case in enumerate(
            check.details.cases or (CheckCase(check.suite, check.verdict),)
        )
    )


class _Listed(QWidget):
    """A table, or a sentence where it has no rows."""

    def __init__(self, table: ShortTable, context: Context, empty: str, icon: str) -> None:
        super().__init__()
        self.table, self._context, self._sentence = table, context, empty
        self._nothing = EmptyState(icon=icon)
        self._note = Label(tone="muted", size="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(table, 1)
        column.addWidget(self._note)
        column.addWidget(self._nothing, 1)
        self.setFocusProxy(table)

    def set_rows(self, rows: tuple[object, ...], note: str = "") -> None:
        """Show ``rows`` with a ``note`` below, or that there are none."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._nothing.set_sentence(self._context.say(self._sentence))
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.set_rows(rows)
