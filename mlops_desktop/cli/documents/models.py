"""Models as documents: a row of the list, and one model whole."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.cli.documents.approvals import request_document
from mlops_desktop.cli.documents.custom_fields import own_documents
from mlops_desktop.cli.documents.values import by_name, moment, number, or_none, plain
from mlops_desktop.core.inventory import ENTITY_FIELDS, PERSON_FIELDS, DatasetInput, Metric, Run
from mlops_desktop.core.serving_history import contradicting, origin_of

if TYPE_CHECKING:
    from mlops_desktop.services.differences import ModelDifference
    from mlops_desktop.services.entity_parts import EntityPart
    from mlops_desktop.services.models import ModelSheet
    from mlops_desktop.services.profiles.scoping import ScopeRow
    from mlops_desktop.services.rows import (
        DeploymentRow,
        EntryRow,
        ModelName,
        ModelRow,
        RequestRow,
        VersionRow,
    )


def row_document(row: "ModelRow") -> Document:
    """Return a model as lists show it."""
    return {
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "state": row.state.value,
        "tier": row.tier,
        "tier_basis": plain(row.tier_basis),
        "tier_until": plain(row.tier_until),
        "rerating_due": plain(row.tier_due),
        "owner": or_none(row.owner),
        "approval": row.approval.value,
        "approved_until": plain(row.approved_until),
        "approved_on_paper": row.is_on_paper,
        "serving": or_none(row.serving),
        "next_review": plain(row.next_review),
        "source": or_none(row.source),
        "updated_at": row.updated_at,
    }


def entity_documents(parts: Iterable["EntityPart"]) -> list[Document]:
    """Return the legal entities that have to do with a model, and its approval in each."""
    return [
        {
            "name": part.name,
            "roles": list(part.roles),
            "approval": part.approval.value if part.is_use else None,
            "serving": list(part.versions),
        }
        for part in parts
    ]


def regime_documents(rows: "Iterable[ScopeRow]", names: Mapping[str, str]) -> list[Document]:
    """Return what was decided about a model under each regime, with the reason."""
    return [
        {
            "regime": row.scoped.regime,
            "decision": "in" if row.scoped.is_in else "out",
            "reason": row.scoped.reason.text,
            "traits": by_name(row.scoped.traits),
            "person": names.get(row.person, row.person),
            "effective": row.effective,
        }
        for row in rows
    ]


def sheet_document(sheet: "ModelSheet", requests: Iterable["RequestRow"]) -> Document:
    """Return one model whole, every field of the inventory among its keys."""
    row = row_document(sheet.row)
    more = {name: value for name, value in _fields(sheet).items() if name not in row}
    return {
        **row,
        **more,
        "custom": own_documents(sheet.state.details.custom, sheet.own_fields, sheet.names),
        "former_names": [
            {"name": one.name, "until": one.until.isoformat()} for one in sheet.state.former_names
        ],
        "replaced_by": _named(sheet.replaced_by) if sheet.replaced_by else None,
        "replaces": [_named(model) for model in sheet.replaces],
        "entries": [_entry(row) for row in sheet.entries],
        "versions": [version_document(row, sheet.entries) for row in sheet.versions],
        "deployments": deployment_documents(sheet),
        "approvals": [request_document(row, sheet.names) for row in requests],
    }


def _named(model: "ModelName") -> Document:
    return {"id": model.id, "key": model.key, "name": model.name}


def _fields(sheet: "ModelSheet") -> dict[str, Json]:
    from mlops_desktop.services.model_fields import field_names

    details = sheet.state.details
    told = {name: plain(getattr(details, name)) for name in field_names()}
    for name in PERSON_FIELDS:
        held = getattr(details, name)
        told[name] = sheet.names.get(held, held) if held else None
    for name in ENTITY_FIELDS:
        told[name] = _entities(getattr(details, name), sheet.names)
    return told


def _entities(value: "str | tuple[str, ...] | None", names: Mapping[str, str]) -> Json:
    if isinstance(value, tuple):
        return [names.get(one, one) for one in value]
    return names.get(value, value) if value else None


def version_document(row: "VersionRow", entries: Iterable["EntryRow"] = ()) -> Document:
    """Return a version with its run; aliases are those its registry entry gives it."""
    details, run = row.details, row.details.run
    return {
        "id": row.key,
        "version": details.version,
        "source": or_none(row.source),
        "native_id": or_none(row.native_id),
        "aliases": _aliases(row, entries),
        "stage": details.stage,
        "status": details.status,
        "description": details.description,
        "artifact": details.artifact,
        "signature": details.signature,
        "created_by": details.created_by,
        "created_at": moment(details.created_at),
        "updated_at": moment(details.updated_at),
        "tags": by_name(details.tags),
        "run_id": details.run_id,
        "run": _run(run) if run else None,
        "parameters": by_name(run.parameters) if run else {},
        "metrics": [_metric(item) for item in run.metrics] if run else [],
        "datasets": [_dataset(item) for item in run.datasets] if run else [],
        "seen_at": row.seen_at,
        "seen_digest": row.seen_digest,
        "missing_since": row.missing_since,
    }


def _aliases(row: "VersionRow", entries: Iterable["EntryRow"]) -> list[str]:
    own = [item.entry for item in entries if item.entry.source == row.source]
    pairs = [pair for entry in own for pair in entry.aliases]
    return sorted({pair.name for pair in pairs if pair.value == row.details.version})


def _run(run: Run) -> Document:
    return {
        "id": run.id,
        "name": run.name,
        "user": run.user,
        "status": run.status,
        "started_at": moment(run.started_at),
        "ended_at": moment(run.ended_at),
        "is_deleted": run.is_deleted,
        "code_source": run.code_source,
        "commit": run.commit,
        "tags": by_name(run.tags),
    }


def _metric(item: Metric) -> Document:
    return {
        "name": item.name,
        "value": number(item.value),
        "step": item.step,
        "at": moment(item.at),
    }


def _dataset(item: DatasetInput) -> Document:
    return {
        "name": item.name,
        "digest": item.digest,
        "source_type": item.source_type,
        "source": item.source,
        "schema": item.schema,
        "rows": item.rows,
        "context": item.context,
    }


def _entry(row: "EntryRow") -> Document:
    entry = row.entry
    return {
        "source": entry.source,
        "native_id": entry.native_id,
        "name": entry.name,
        "description": entry.description,
        "tags": by_name(entry.tags),
        "aliases": by_name(entry.aliases),
        "created_at": moment(entry.created_at),
        "updated_at": moment(entry.updated_at),
        "is_prompt": entry.is_prompt,
        "seen_at": row.seen_at,
        "seen_digest": row.seen_digest,
        "missing_since": row.missing_since,
        "renamed_to": row.renamed_to,
    }


def deployment_documents(sheet: "ModelSheet") -> list[Document]:
    """Return a model's deployments by their beginning; ``to`` is null while one serves."""
    return [_deployment(row, sheet.deployments, sheet.names) for row in sheet.deployments]


def _deployment(
    row: "DeploymentRow", every: "tuple[DeploymentRow, ...]", names: Mapping[str, str]
) -> Document:
    return {
        "id": row.key,
        "version": row.label,
        "environment": row.environment,
        "role": row.role,
        "entity": names.get(row.entity, row.entity) if row.entity else None,
        "from": row.since,
        "to": row.until,
        "source": or_none(row.source),
        "basis": row.basis,
        "evidence": row.seen_digest,
        "origin": origin_of(row).value,
        "share": number(row.share) if row.share is not None else None,
        "region": row.region,
        "endpoint": row.endpoint,
        "artifact_digest": row.artifact_digest,
        "first_seen": row.seen_at,
        "not_seen_before": row.since_after,
        "last_seen": row.until_after,
        "contradicted_by": [one.key for one in contradicting(row, every)],
    }


def difference_document(item: "ModelDifference") -> Document:
    """Return what happened to one model between two dates."""
    changes = [
        {"field": change.field, "before": change.before, "after": change.after}
        for change in item.fields
    ]
    return {"id": item.id, "name": item.name, "is_new": item.is_new, "fields": changes}
