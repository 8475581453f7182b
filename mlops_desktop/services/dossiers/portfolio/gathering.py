"""Gathers what a portfolio dossier says, inside one read session."""

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.core.portfolio import ItemFacts, Portfolio, compute
from mlops_desktop.dossier.content import (
    BlindSpots,
    Bundle,
    Chapter,
    DossierContent,
    Facts,
    LeftOut,
    Missing,
    Reason,
    Unmeasured,
)
from mlops_desktop.services.dossiers.extract import (
    Extract,
    build_bounds,
    build_sources,
)
from mlops_desktop.services.dossiers.gathering import Gathered, Source, stand
from mlops_desktop.services.dossiers.orders import Population
from mlops_desktop.services.dossiers.portfolio import control, figures, population, tables
from mlops_desktop.services.dossiers.portfolio.chosen import Chosen, choose, read_items
from mlops_desktop.services.dossiers.portfolio.parts import gather_parts
from mlops_desktop.services.dossiers.settings import read_logo
from mlops_desktop.services.monitoring.reading import read_series_rows
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.dossier_forms import read_settings
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.portfolio import facts_of
from mlops_desktop.store.unit_of_work import ReadSession

_NONE = Missing(Reason.NOT_APPLICABLE)


def gather_portfolio(source: Source, wanted: Population, as_of: AsOf) -> Gathered:
    """Return the tables of the chosen models as of the dates, and the part of each that has one.

    Raises ``filter.…``, ``dossier.no_models``, ``sample.with_full``, ``dossier.no_checkpoint``,
    ``dossier.cancelled``.
    """
    view = source.view
    chosen = choose(view, wanted, as_of)
    standpoint = stand(view, source.origin, as_of, source.document.created_at)
    bounds = build_bounds(view, standpoint.footing, people.names(view.connection))
    measured = tuple(
        row for row in read_series_rows(view, None, as_of) if row.key in chosen.numbers
    )
    named, bundle = gather_parts(source, standpoint, chosen.printed, as_of)
    facts = Facts(
        model_id="",
        model_name=source.document.workspace,
        as_of=standpoint.printed,
        inventory=(),
        versions=_NONE,
        deployments=_NONE,
        datasets=_NONE,
        series=_NONE,
        approvals=_NONE,
        chapters=_chapters(view, chosen, measured, as_of),
        ledger=bounds.ledger,
        blind_spots=_blind_spots(view, chosen, bounds, measured, bundle),
        evidence_files=Missing(Reason.NONE),
        selection=source.selection,
        model_parts=named,
    )
    logo = read_logo(view, read_settings(view.connection))
    content = DossierContent(source.document, facts, bounds.leaves, logo, bundle)
    return Gathered("", content, len(chosen.models), len(chosen.printed))


def _chapters(
    view: ReadSession, chosen: Chosen, measured: tuple[MetricRow, ...], as_of: AsOf
) -> tuple[Chapter, ...]:
    items, day = read_items(view, chosen, as_of), as_of.day
    return (
        control.build(view, "portfolio", as_of),
        population.build(chosen),
        figures.build(_compute(chosen, items, measured, as_of)),
        tables.build_overdue(chosen, items, day),
        tables.build_exceptions(chosen, items),
        tables.build_findings(chosen, items, day),
        tables.build_models(chosen, items),
    )


def _compute(
    chosen: Chosen, items: tuple[ItemRow, ...], measured: tuple[MetricRow, ...], as_of: AsOf
) -> Portfolio:
    in_time: dict[str, bool] = {}
    for row in measured:
        in_time[row.key] = in_time.get(row.key, False) or row.state is not MetricState.UNMEASURED
    known = zip(chosen.models, chosen.records, strict=True)
    return compute(
        (facts_of(row, record, in_time) for row, record in known),
        (
            ItemFacts(one.kind, one.rank, one.opened, one.is_closed, one.is_overdue, one.lapsed)
            for one in items
        ),
        as_of.day,
    )


def _blind_spots(
    view: ReadSession,
    chosen: Chosen,
    bounds: Extract,
    measured: tuple[MetricRow, ...],
    bundle: Bundle | None,
) -> BlindSpots:
    printed = {leaf.position for leaf in bounds.leaves}
    printed.update(bundle.leaves if bundle is not None else ())
    left_out = (
        LeftOut("ledger_entries", bounds.size - len(printed), Missing(Reason.NOT_CHOSEN)),
        LeftOut(
            "model_parts", len(chosen.models) - len(chosen.printed), Missing(Reason.NOT_CHOSEN)
        ),
    )
    return BlindSpots(
        build_sources(view),
        tuple(_unmeasured(chosen, row) for row in measured if _is_silent(row)),
        tuple(one for one in left_out if one.count),
    )


def _is_silent(row: MetricRow) -> bool:
    return row.state is MetricState.UNMEASURED and bool(row.metric)


def _unmeasured(chosen: Chosen, row: MetricRow) -> Unmeasured:
    metric = f"{row.metric} ({row.segment})" if row.segment else row.metric
    reason = Reason.SOURCE_SILENT if row.at is not None else Reason.NOT_MEASURED
    since = row.since or Missing(Reason.NOT_MEASURED)
    return Unmeasured(f"{chosen.numbers[row.key]} · {metric}", since, Missing(reason))
