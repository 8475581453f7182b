"""Gathers what a regulator's view says, inside one read session."""

from dataclasses import replace

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.content import AsOf as PrintedAsOf
from mlops_desktop.dossier.content import (
    BlindSpots,
    DossierContent,
    Facts,
    LeftOut,
    Missing,
    Reason,
)
from mlops_desktop.services.dossiers.extract import Extract, build_bounds, build_sources
from mlops_desktop.services.dossiers.gathering import Gathered, Source, stand
from mlops_desktop.services.dossiers.orders import Period, Population
from mlops_desktop.services.dossiers.portfolio import control
from mlops_desktop.services.dossiers.regulator import chapters
from mlops_desktop.services.dossiers.regulator.standing import Viewed, read_view
from mlops_desktop.services.dossiers.settings import read_logo
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.dossier_forms import read_settings

_NONE = Missing(Reason.NOT_APPLICABLE)


def gather_view(
    source: Source, profile: str, period: Period | None, population: Population, as_of: AsOf
) -> Gathered:
    """Return the index of evidence of a regime as of the end of a period.

    Raises ``period.missing``, ``profile.not_found``, ``filter.…``, ``dossier.no_models``,
    ``dossier.no_checkpoint``.
    """
    if period is None:
        raise AppError("period.missing", where="--period")
    viewed = read_view(source.view, profile, period, population, as_of)
    source.work.require_wanted()
    names = people.names(source.view.connection)
    standpoint = stand(source.view, source.origin, as_of, source.document.created_at)
    bounds = build_bounds(source.view, standpoint.footing, names)
    facts = replace(
        _facts(source, viewed, bounds),
        as_of=standpoint.printed,
        chapters=(
            control.build(source.view, "regulator", as_of, viewed.profile.id),
            *chapters.build(viewed),
        ),
    )
    logo = read_logo(source.view, read_settings(source.view.connection))
    content = DossierContent(source.document, facts, bounds.leaves, logo)
    return Gathered("", content, len(viewed.matrix.models), 0)


def _facts(source: Source, viewed: Viewed, bounds: Extract) -> Facts:
    """Return the facts still without dates and chapters."""
    title, others = viewed.profile.title, bounds.size - len(bounds.leaves)
    left_out = (LeftOut("ledger_entries", others, Missing(Reason.NOT_CHOSEN)),) if others else ()
    return Facts(
        model_id=viewed.profile.id,
        model_name=title.en if title.en == title.de else f"{title.en}\n{title.de}",
        as_of=PrintedAsOf(viewed.period.last, bounds.ledger.checkpoint.at, 0),
        inventory=(),
        versions=_NONE,
        deployments=_NONE,
        datasets=_NONE,
        series=_NONE,
        approvals=_NONE,
        ledger=bounds.ledger,
        blind_spots=BlindSpots(build_sources(source.view), (), left_out),
        evidence_files=Missing(Reason.NONE),
        selection=source.selection,
    )
