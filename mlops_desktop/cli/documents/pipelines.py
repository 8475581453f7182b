"""Pipelines as documents and as text: a row of a list, and one whole with its steps and runs."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer, Document, Json
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.cells import Cell, Code, Day, Said
from mlops_desktop.core.events.checks import CheckCase
from mlops_desktop.core.quality import completeness

if TYPE_CHECKING:
    from mlops_desktop.core.events.pipeline_runs import DatasetUse
    from mlops_desktop.services.pipelines import (
        CheckRow,
        Pipeline,
        PipelineSheet,
        RunRow,
        StepSheet,
    )


def pipelines_answer(found: "tuple[Pipeline, ...]") -> Answer:
    """Return a list of pipelines in both forms."""
    rows = [
        (one.id, Code(one.outcome.value, ("pipelines.outcome",)), Day(_last(one)), fresh_cell(one),
         _quality(one), one.runs,
         one.failures, ", ".join(one.incidents))
        for one in found
    ]  # fmt: skip
    heads = ("ID", "LAST RUN", "AT", "FRESHNESS", "QUALITY", "RUNS", "FAILED", "INCIDENTS")
    return Answer([pipeline_document(one) for one in found], table(heads, rows))


def _last(one: "Pipeline") -> str:
    return one.last.at[:16].replace("T", " ") if one.last else ""


def fresh_cell(one: "Pipeline") -> Cell:
    """Return how fresh a pipeline is, with by how much it is late."""
    code = one.standing.freshness.value
    told = code.replace("_", " ")
    if not one.standing.late:
        return Said(told, f"list_columns.said.{code}")
    hours = one.standing.late.total_seconds() / 3600
    if hours < 48:
        return Said(f"{told} by {hours:.0f} h", "list_columns.said.late_hours", {"n": round(hours)})
    days = f"{hours / 24:.0f}"
    return Said(f"{told} by {days} days", "list_columns.said.late_days", {"n": days})


def _quality(one: "Pipeline") -> Code:
    told = one.verdict.value if one.verdict else "unmeasured"
    return Code(told, ("pipelines.quality", "monitoring.state"))


def pipeline_document(one: "Pipeline") -> dict[str, Json]:
    """Return a pipeline as lists show it."""
    late = one.standing.late
    return {
        "id": one.id,
        "name": one.key.name,
        "source": one.key.source,
        "kind": one.kind.value,
        "steps": list(one.steps),
        "owner": one.owner,
        "description": one.description,
        "every_minutes": one.minutes,
        "freshness": one.standing.freshness.value,
        "due": one.standing.due.isoformat() if one.standing.due else None,
        "late_minutes": int(late.total_seconds() // 60) if late else None,
        "outcome": one.outcome.value,
        "last_run": run_document(one.last) if one.last else None,
        "last_good": one.last_good,
        "runs": one.runs,
        "failures": one.failures,
        "quality": one.verdict.value if one.verdict else None,
        "incidents": list(one.incidents),
    }


def run_document(run: "RunRow") -> Document:
    """Return a run as its source told it."""
    told = run.details
    return {
        "id": run.native_id,
        "step": run.step,
        "outcome": run.outcome.value,
        "status": told.status,
        "started": told.started.isoformat() if told.started else None,
        "ended": told.ended.isoformat() if told.ended else None,
        "code": told.code,
        "commit": told.commit,
        "inputs": [_use(one) for one in told.inputs],
        "outputs": [_use(one) for one in told.outputs],
    }


def _use(one: "DatasetUse") -> Document:
    return {
        "name": one.name,
        "namespace": one.namespace,
        "digest": one.digest,
        "rows": one.rows,
        "columns": list(one.columns),
    }


def check_document(check: "CheckRow") -> Document:
    """Return a result of a suite with its cases, values and thresholds as told."""
    return {
        "suite": check.suite,
        "source": check.source,
        "verdict": check.verdict.value,
        "at": check.at,
        "matched_by": "last name part" if check.is_by_last_part else "name",
        "cases": [
            {
                "name": case.name,
                "verdict": case.verdict.value,
                "value": case.value,
                "threshold": case.threshold,
                "method": case.method,
                "detail": case.detail,
            }
            for case in check.details.cases
        ],
    }


def sheet_answer(sheet: "PipelineSheet", links: dict[str, str]) -> Answer:
    """Return a pipeline whole in both forms; ``links`` open a run at its source, by its id."""
    one = sheet.pipeline
    document = pipeline_document(one) | {
        "expected_by": sheet.expected_by,
        "step_sheets": [_step(step, links) for step in sheet.steps],
        "recent_runs": [run_document(run) for run in sheet.runs],
        "checks": [
            {"dataset": checks[0].details.dataset, "results": [check_document(c) for c in checks]}
            for _, checks in sheet.checks
            if checks
        ],
        "all_incidents": [
            {"id": incident.number, "title": incident.title, "state": incident.stage}
            for incident in sheet.incidents
        ],
    }
    told = [
        ("Pipeline", one.id),
        ("Does", one.description or ""),
        ("Owner", one.owner or ""),
        ("Expected every", f"{one.minutes} minutes" if one.minutes else "nothing is expected"),
        ("Freshness", fresh_cell(one)),
        ("Last run", f"{one.outcome.value} {_last(one)}"),
        ("Incidents", ", ".join(one.incidents)),
    ]
    return Answer(document, pairs(told) + _sections(sheet))


def _step(step: "StepSheet", links: dict[str, str]) -> Document:
    return {
        "name": step.name,
        "description": step.description,
        "described_by": step.described_by,
        "freshness": step.standing.freshness.value,
        "ended_by": step.ended_by,
        "ended_since": step.ended.since if step.ended else None,
        "ended_reason": step.ended.text if step.ended else None,
        "became": step.ended.became if step.ended else None,
        "last_run": run_document(step.last),
        "link": links.get(step.last.id),
    }


def _sections(sheet: "PipelineSheet") -> str:
    steps = [
        (step.name, step.last.outcome.value, step.last.at[:16].replace("T", " "),
         _stands(step), step.last.details.commit, step.description)
        for step in sheet.steps
    ]  # fmt: skip
    data = [
        (step.name, way, _place(one), one.digest, one.rows, ", ".join(one.columns))
        for step in sheet.steps
        for way, some in (("in", step.last.details.inputs), ("out", step.last.details.outputs))
        for one in some
    ]
    checks = [
        (check.suite + (" (matched by last name part)" if check.is_by_last_part else ""),
         check.verdict.value, check.at[:16].replace("T", " "), case.name,
         case_text(case))
        for _, some in sheet.checks
        for check in some
        for case in check.details.cases or (CheckCase("", check.verdict),)
    ]  # fmt: skip
    runs = [
        (run.native_id, run.step, run.outcome.value, run.at[:16].replace("T", " "))
        for run in sheet.runs
    ]
    return (
        section("Steps", table(("STEP", "LAST RUN", "AT", "FRESHNESS", "COMMIT", "DOES"), steps))
        + _ended(sheet)
        + section("Data", table(("STEP", "", "DATASET", "DIGEST", "ROWS", "COLUMNS"), data))
        + section("Quality", table(("SUITE", "VERDICT", "AT", "CASE", "FOUND"), checks))
        + section("Runs", table(("ID", "STEP", "OUTCOME", "AT"), runs))
    )


def _ended(sheet: "PipelineSheet") -> str:
    rows = [
        (step.name, said.became, step.ended_by, said.since[:16].replace("T", " "), said.text)
        for step in sheet.steps
        if (said := step.ended) is not None
    ]
    heads = ("STEP", "NOW RUNS AS", "SAID BY", "SINCE", "WHY")
    return section("Steps that no longer run", table(heads, rows)) if rows else ""


def _place(one: "DatasetUse") -> str:
    """Return a dataset by the name that commands take: two namespaces may share a short one."""
    return f"{one.namespace.rstrip('/')}/{one.name}" if one.namespace else one.name


def _stands(step: "StepSheet") -> str:
    told = step.standing.freshness.value.replace("_", " ")
    return f"{told}: now {step.ended.became}" if step.ended and step.ended.became else told


def case_text(case: CheckCase) -> str:
    """Return what a case found, as it was told; completeness as what is there."""
    share = completeness(case)
    if share is not None:
        return f"{share[0].normalize():f} % of at least {share[1].normalize():f} %"
    told = [case.value or "", f"({case.threshold})" if case.threshold else ""]
    return " ".join(filter(None, told))
