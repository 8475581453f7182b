"""Gathers everything a dossier says about one model, inside one read session."""

from dataclasses import dataclass
from datetime import datetime

import mlops_desktop.store.queries.approvals as approval_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.dossier.content import AsOf as PrintedAsOf
from mlops_desktop.dossier.content import (
    Document,
    DossierContent,
    Facts,
    Leaf,
    Missing,
    Reason,
    Selection,
)
from mlops_desktop.services.dossiers import history
from mlops_desktop.services.dossiers.approvals import build_approvals
from mlops_desktop.services.dossiers.chapters import build_chapters
from mlops_desktop.services.dossiers.extract import (
    Footing,
    build_blind_spots,
    build_extract,
    find_footing,
)
from mlops_desktop.services.dossiers.inventory import build_inventory
from mlops_desktop.services.dossiers.kept_files import find_kept
from mlops_desktop.services.dossiers.settings import read_logo
from mlops_desktop.services.models import read_sheet
from mlops_desktop.store.queries.dossier_forms import read_settings
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.unit_of_work import ReadSession

GONE = Missing(Reason.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A dossier's content, and the key of the model it is about; empty where it is of several.

    ``population`` and ``drawn`` tell of how many models it says something, and how many have a
    part of their own.
    """

    model: str
    content: DossierContent
    population: int | None = None
    drawn: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """From what a dossier is gathered, for which document, less which sections."""

    view: ReadSession
    origin: str
    document: Document
    selection: Selection | None = None
    work: Work = QUIET


def gather(source: Source, named: str, as_of: AsOf) -> Gathered:
    """Return all there is to say about a model as of the dates, less what was left out by choice.

    Raises ``model.not_found``, ``model.not_known_then``, ``dossier.no_checkpoint``.
    """
    view = source.view
    key = model_queries.find_model(view.connection, named)
    standpoint = stand(view, source.origin, as_of, source.document.created_at)
    facts, leaves = gather_model(view, standpoint, key, as_of, source.selection)
    logo = read_logo(view, read_settings(view.connection))
    return Gathered(key, DossierContent(source.document, facts, leaves, logo))


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where is looked: the head that all is proved against, and the dates as printed."""

    footing: Footing
    printed: PrintedAsOf


def stand(view: ReadSession, origin: str, as_of: AsOf, issued: datetime) -> Standpoint:
    """Return the standpoint of the dates asked for.

    Raises ``dossier.no_checkpoint``, and ``dossier.day_ahead`` for what nobody can vouch for yet.
    """
    if as_of.latest is not None and as_of.latest > issued.date():
        raise AppError("dossier.day_ahead", where="--as-of", day=as_of.latest.isoformat())
    return Standpoint(find_footing(view, origin, as_of), _printed(view, as_of, issued))


def gather_model(
    view: ReadSession,
    standpoint: Standpoint,
    key: str,
    as_of: AsOf,
    selection: Selection | None = None,
) -> tuple[Facts, tuple[Leaf, ...]]:
    """Return what there is to say about one model, less what was left out by choice."""
    sheet = read_sheet(view, key, as_of)
    requests = approval_queries.list_requests(view.connection, model=key, as_of=as_of)
    left_out = selection.left_out if selection is not None else ()
    extract = build_extract(view, standpoint.footing, key, sheet.names)
    chapters = build_chapters(view, sheet, as_of, left_out)
    facts = Facts(
        model_id=sheet.row.id,
        model_name=sheet.row.name,
        as_of=standpoint.printed,
        inventory=build_inventory(sheet, requests),
        versions=GONE if "versions" in left_out else history.build_versions(sheet),
        deployments=GONE if "deployments" in left_out else history.build_deployments(sheet),
        datasets=GONE if "datasets" in left_out else history.build_datasets(sheet),
        series=GONE if "metrics" in left_out else history.build_series(sheet),
        approvals=GONE if "approvals" in left_out else build_approvals(view, sheet, requests),
        chapters=chapters,
        ledger=extract.ledger,
        blind_spots=build_blind_spots(view, extract, key, as_of),
        evidence_files=find_kept(view, chapters),
        selection=selection,
    )
    return facts, extract.leaves


def _printed(view: ReadSession, as_of: AsOf, issued: datetime) -> PrintedAsOf:
    """Return the two dates as they are printed, with the size of the ledger then."""
    known = clock.from_text(as_of.known_text) if as_of.known_text else issued
    return PrintedAsOf(as_of.day, known, known_size(view.connection, as_of))
