"""The tables of the page: pipelines, runs, checks, dependent models, incidents."""

from dataclasses import dataclass

from mlops_desktop.core.events.checks import CheckCase
from mlops_desktop.services.incidents import Incident
from mlops_desktop.services.pipeline_filtering import filter_keys
from mlops_desktop.services.pipelines import CheckRow, Pipeline, RunRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_day, say_moment
from mlops_desktop.ui.pages.pipelines.said import (
    fresh_status,
    incident_status,
    outcome_status,
    quality_status,
    say_found,
    say_suite,
    verdict_status,
)
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status


def pipeline_columns(context: Context) -> tuple[Column[Pipeline], ...]:
    """Return every column the list can have."""
    say = "pipelines.column"
    number = context.language.number

    def last(row: Pipeline) -> str:
        return say_moment(context, row.last.at) if row.last else context.say("pipelines.never")

    def failures(row: Pipeline) -> str:
        told = {"failed": number(row.failures), "runs": number(row.runs)}
        return context.say("pipelines.of_runs", **told)

    return (
        Column("name", f"{say}.name", lambda row: row.key.name, 26, strong=True, flexible=True),
        Column("fresh", f"{say}.fresh", lambda row: row.standing.freshness.value, 20,
               status=lambda row: fresh_status(context, row.standing), key=True),
        Column("outcome", f"{say}.outcome", lambda row: row.outcome.value, 15,
               status=lambda row: outcome_status(context, row.outcome), key=True),
        Column("quality", f"{say}.quality", lambda row: row.verdict or "", 16,
               status=lambda row: quality_status(context, row.verdict)),
        Column("incidents", f"{say}.incidents", lambda row: ", ".join(row.incidents), 12,
               status=lambda row: incident_status(row.incidents)),
        Column("last", f"{say}.last", last, 16, whole=True, key=True),
        Column("failures", f"{say}.failures", failures, 10, numeric=True),
        Column("kind", f"{say}.kind", lambda row: context.say(f"pipelines.kind.{row.kind.value}"),
               14, shown=False, sortable=False),
        Column("owner", f"{say}.owner", lambda row: row.owner or "", 16, shown=False),
        Column("source", f"{say}.source", lambda row: row.key.source, 14, muted=True),
    )  # fmt: skip


LIST: ListSpec[Pipeline] = ListSpec(
    "pipelines",
    "pipelines.title.page",
    pipeline_columns,
    EmptyText("pipelines.empty", icon="pipelines"),
    filter_keys(),
    ("pipeline.expect", "pipeline.describe", "pipeline.incident", "",
     "pipeline.end_step", "pipeline.resume_step", "dataset.same", "dataset.apart", "",
     "pipeline.open"),
)  # fmt: skip


def run_columns(context: Context) -> tuple[Column[RunRow], ...]:
    """Return the columns of a pipeline's runs."""
    say = "pipelines.column"

    def ended(run: RunRow) -> str:
        return say_moment(context, run.at)

    return (
        Column("ended", f"{say}.ended", ended, 16, sortable=False, key=True),
        Column("step", f"{say}.step", lambda run: run.step, 18, strong=True, flexible=True,
               sortable=False),
        Column("outcome", f"{say}.outcome", lambda run: run.outcome.value, 16, sortable=False,
               status=lambda run: outcome_status(context, run.outcome), key=True),
        Column("commit", f"{say}.commit", lambda run: run.details.commit or "", 12, sortable=False,
               key=True),
        Column("run", f"{say}.run", lambda run: run.native_id, 20, muted=True, sortable=False),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of a result on a dataset."""

    id: str
    dataset: str
    check: CheckRow
    case: CheckCase


def case_columns(context: Context) -> tuple[Column[CaseLine], ...]:
    """Return the columns of the checks of what a pipeline writes."""
    say = "pipelines.column"
    return (
        Column("verdict", f"{say}.verdict", lambda line: line.case.verdict.value, 16,
               status=lambda line: verdict_status(context, line.case.verdict), sortable=False,
               key=True),
        Column("case", f"{say}.case", lambda line: line.case.name, 26, strong=True, flexible=True,
               sortable=False),
        Column("found", f"{say}.found", lambda line: say_found(context, line.case), 26,
               sortable=False, key=True),
        Column("at", f"{say}.at", lambda line: say_day(context, line.check.at), 10,
               sortable=False, key=True),
        Column("dataset", f"{say}.dataset", lambda line: line.dataset, 22, sortable=False),
        Column("suite", f"{say}.suite", lambda line: say_suite(context, line.check), 14,
               muted=True, sortable=False),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident and how many models it reaches."""

    id: str
    incident: Incident


def incident_columns(context: Context) -> tuple[Column[IncidentLine], ...]:
    """Return the columns of incidents."""
    say = "pipelines.column"

    def stage(line: IncidentLine) -> Status:
        mood: Mood = "bad" if line.incident.is_open else "idle"
        return Status(mood, context.say(f"item.incident.stage.{line.incident.stage}"))

    def reached(line: IncidentLine) -> str:
        found = line.incident.affected
        number = context.language.number
        told = {"models": number(len(found.models)), "serving": number(len(found.serving))}
        return context.say("incident.affected.counted", **told)

    return (
        Column("number", f"{say}.number", lambda line: line.incident.number, 10, muted=True,
               sortable=False),
        Column("title", f"{say}.title", lambda line: line.incident.title, 28, strong=True,
               flexible=True, sortable=False),
        Column("state", f"{say}.state", lambda line: line.incident.stage, 14, status=stage,
               sortable=False),
        Column("models", "incident.affected.title", reached, 34, sortable=False),
    )  # fmt: skip
