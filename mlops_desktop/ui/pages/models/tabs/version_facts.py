"""What is on record of one version: metrics, parameters, data, its run, and where it was read."""

import json
from dataclasses import replace

from mlops_desktop.core.inventory import DatasetInput, Pair, Run, VersionDetails
from mlops_desktop.services.dossiers.whereabouts import address_of
from mlops_desktop.services.rows import VersionRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import fact, field_name, say_code, say_decimal, say_moment
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.told import say_word
from mlops_desktop.ui.widgets.sections import Fact, Group


def version_groups(context: Context, row: VersionRow) -> tuple[Group, ...]:
    """Return everything on record of a version, in groups."""
    details, run = row.details, row.details.run
    title = tr("Version {version}", version=details.version)
    groups = [Group(title, tuple(_version_facts(context, row)))]
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


def _version_facts(context: Context, row: VersionRow) -> list[Fact]:
    details = row.details
    made = [
        fact(context, "artifact", details.artifact or "", "source_silent"),
        fact(context, "signature", say_signature(details.signature), "source_silent"),
        fact(context, "created_by", details.created_by or "", "source_silent"),
    ]
    if details.description:
        made.append(fact(context, "description", details.description))
    if details.stage:
        made.append(_told(context, "stage", details.stage))
    if details.status:
        made.append(_told(context, "version_status", details.status))
    if row.source:
        made.append(fact(context, "source", tr("{a} / {b}", a=row.source, b=row.native_id)))
        made.append(fact(context, "seen_at", say_moment(context, row.seen_at)))
        made.append(fact(context, "evidence", row.seen_digest))
    if row.missing_since:
        made.append(fact(context, "missing_since", say_moment(context, row.missing_since)))
    return made


def say_signature(text: str | None) -> str:
    """Return a model signature's columns with their types; what is no JSON stays as it is."""
    try:
        parts = json.loads(text or "")
    except (ValueError, RecursionError):
        return text or ""
    if not isinstance(parts, dict):
        return text or ""
    return "\n".join(f"{name}: {_columns_text(part)}" for name, part in parts.items() if part)


def _columns_text(part: object) -> str:
    if not isinstance(part, list):
        return str(part)
    return ", ".join(_column_text(column) for column in part)


def _column_text(column: object) -> str:
    if not isinstance(column, dict):
        return str(column)
    name, kind = column.get("name") or "", column.get("type") or ""
    return " ".join(str(piece) for piece in (name, kind) if piece)


def _run_facts(context: Context, details: VersionDetails, run: Run) -> list[Fact]:
    time = context.language.time
    return [
        fact(context, "native_id", details.run_id or run.id),
        fact(context, "run_name", run.name or "", "source_silent"),
        fact(context, "run_user", run.user or "", "source_silent"),
        _told(context, "run_status", run.status or ""),
        fact(context, "started_at", time(run.started_at), "source_silent"),
        fact(context, "ended_at", time(run.ended_at), "source_silent"),
        fact(context, "code_source", run.code_source or "", "source_silent"),
        fact(context, "commit", run.commit or "", "source_silent"),
    ]


def _told(context: Context, field: str, word: str) -> Fact:
    """Return a source's word as people say it, with its own in the tool tip."""
    said = say_word(context, field, word)
    return replace(fact(context, field, said, "source_silent"), hint="" if said == word else word)


def _pairs(pairs: tuple[Pair, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(pair.name, pair.value) for pair in pairs)


def _metrics(context: Context, run: Run) -> tuple[Fact, ...]:
    return tuple(Fact(metric.name, say_decimal(context, metric.value)) for metric in run.metrics)


def _datasets(context: Context, run: Run) -> tuple[Fact, ...]:
    return tuple(Fact(item.name, _dataset(context, item)) for item in run.datasets)


def _dataset(context: Context, item: DatasetInput) -> str:
    parts = [say_code(context, "dataset_use", item.context or ""), item.digest]
    parts.append(address_of(item.source) or "")
    if item.rows is not None:
        shown = context.language.number(item.rows)
        parts.insert(1, tr("{number} rows", number=shown))
    return " · ".join(part for part in parts if part)
