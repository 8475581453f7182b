"""Gathers everything a dossier says about one model, inside one read session."""

from dataclasses import dataclass
from datetime import datetime

import mlops_desktop.store.queries.approvals as approval_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import AsOf as PrintedAsOf
from mlops_desktop.dossier.content import (
    Document,
    DossierContent,
    Facts,
    Missing,
    Reason,
    Selection,
)
from mlops_desktop.services.dossiers import history
from mlops_desktop.services.dossiers.approvals import build_approvals
from mlops_desktop.services.dossiers.chapters import build_chapters
from mlops_desktop.services.dossiers.extract import build_blind_spots, build_extract
from mlops_desktop.services.dossiers.inventory import build_inventory
from mlops_desktop.services.dossiers.settings import read_logo
from mlops_desktop.services.models import read_sheet
from mlops_desktop.store.queries.dossier_forms import read_settings
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.unit_of_work import ReadSession

GONE = Missing(Reason.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A dossier's content, and the key of the model it is about."""

    model: str
    content: DossierContent


def gather(
    view: ReadSession,
    origin: str,
    named: str,
    as_of: AsOf,
    document: Document,
    selection: Selection | None = None,
) -> Gathered:
    """Return all there is to say about a model as of the dates, less what was left out by choice.

    Raises ``model.not_found``, ``model.not_known_then``, ``dossier.no_checkpoint``.
    """
    key = model_queries.find_model(view.connection, named)
    sheet = read_sheet(view, key, as_of)
    requests = approval_queries.list_requests(view.connection, model=key, as_of=as_of)
    left_out = selection.left_out if selection is not None else ()
    extract = build_extract(view, origin, key, as_of, sheet.names)
    facts = Facts(
        model_id=sheet.row.id,
        model_name=sheet.row.name,
        as_of=PrintedAsOf(as_of.day, _known_at(as_of), known_size(view.connection, as_of)),
        inventory=build_inventory(sheet, requests),
        versions=GONE if "versions" in left_out else history.build_versions(sheet),
        deployments=GONE if "deployments" in left_out else history.build_deployments(sheet),
        datasets=GONE if "datasets" in left_out else history.build_datasets(sheet),
        series=GONE if "metrics" in left_out else history.build_series(sheet),
        approvals=GONE if "approvals" in left_out else build_approvals(view, sheet, requests),
        chapters=build_chapters(view, sheet, as_of, left_out),
        ledger=extract.ledger,
        blind_spots=build_blind_spots(view, extract, key, as_of),
        evidence_files=Missing(Reason.NONE_YET),
        selection=selection,
    )
    logo = read_logo(view, read_settings(view.connection))
    return Gathered(key, DossierContent(document, facts, extract.leaves, logo))


def _known_at(as_of: AsOf) -> datetime:
    return clock.from_text(as_of.known_text) if as_of.known_text else clock.now()
