"""Dossiers as documents: exports on record, and what a verification found."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.cli.documents.values import moment
from mlops_desktop.core.cells import Cell, Code, Said

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers import Exported, Order
    from mlops_desktop.services.dossiers.scans import ScanRow
    from mlops_desktop.services.dossiers.verification import Verified
    from mlops_desktop.services.rows import DossierRow, Signature


def about_of(row: "DossierRow") -> tuple[Cell, Cell]:
    """Return what a dossier is about: a model and its name, a regime, or so many models."""
    if row.scope == "model":
        return row.model_id, row.model_name
    return Code(row.scope, ("dossier.scope",)), _population(row)


def _population(row: "DossierRow") -> Said:
    told, filled = f"{row.population} models", {"n": row.population, "parts": row.drawn}
    if row.profile:
        named = {**filled, "name": Code(row.profile, ("dossier.codes",))}
        return Said(f"{row.profile}, {told}", "list_columns.said.regime", named)
    if row.drawn:
        told = f"{told}, {row.drawn} with a part"
        return Said(told, "list_columns.said.models_with_part", filled)
    return Said(told, "list_columns.said.models", filled)


def row_document(row: "DossierRow") -> Document:
    """Return a dossier that left the workspace."""
    return {
        "id": row.key,
        "model": row.model_id,
        "model_name": row.model_name,
        "sha256": row.digest,
        "content": row.content,
        "language": row.language,
        "person": row.person,
        "at": row.at,
        "as_known": row.as_known,
        "as_at": row.as_at,
        "size": row.size,
        "scope": row.scope,
        "profile": row.profile,
        "population": row.population,
        "drawn": row.drawn,
    }


def exported_document(done: "Exported", order: "Order") -> Document:
    """Return a dossier just issued."""
    as_of = order.dates
    return {
        "id": done.id,
        "scope": order.scope.value,
        "model": order.model or None,
        "path": str(done.path),
        "sha256": done.digest,
        "content": done.content,
        "language": order.language,
        "level": order.level.value,
        "as_known": as_of.known.isoformat() if as_of.known else None,
        "as_at": as_of.at.isoformat() if as_of.at else None,
    }


def verified_document(found: "Verified") -> Document:
    """Return the verdict with its numbered checks; ``ok`` is null for a check that did not run."""
    from mlops_desktop.services.wording import read_words

    verdict, words = found.verdict, read_words("en")
    checks: dict[int, dict[str, Json]] = {
        check.number: {
            "number": check.number,
            "name": check.name,
            "ok": check.ok,
            "detail": check.detail(words),
        }
        for check in verdict.checks
    }
    first = verdict.first_failure
    return {
        "verdict": verdict.outcome.value,
        "first_failure": checks[first.number] if first is not None else None,
        "checks": list(checks.values()),
        "signatures": [_signature(one) for one in verdict.signatures],
        "scans": [scan_document(one) for one in found.scans],
        "sha256": verdict.sha256,
        "document_id": verdict.document_id,
        "is_recorded": found.is_recorded,
        "recorded_as": found.recorded_as,
    }


def scan_document(one: "ScanRow") -> Document:
    """Return a page signed by hand, as this workspace keeps its scan."""
    return {
        "id": one.id,
        "name": one.person,
        "signed_on": one.signed_on,
        "is_electronic_signature": False,
        "sha256": one.document,
        "file_name": one.name,
        "dossier_sha256": one.printed,
        "recorded_by": one.recorded_by,
        "at": one.at,
    }


def _signature(one: "Signature") -> Document:
    return {
        "name": one.name,
        "role": one.role,
        "level": one.level,
        "at": moment(one.at),
        "meaning": one.meaning,
        "proven_at": moment(one.proven_at),
        "time_stamp_authority": one.authority or None,
        "eidas": one.eidas or None,
    }


def eidas_of(one: "Signature") -> str:
    """Return in words what kind of signature it is under eIDAS, and what cannot be told."""
    from mlops_desktop.services.wording import read_words

    return read_words("en").text(f"signature_levels.eidas.{one.eidas or 'none'}")
