"""The history of the data behind the model: a figure, datasets, runs, and how good the data was.

BCBS 239, principle 3; EU AI Act Art. 10(2)(b), 11 with Annex IV 2(d); SS1/23 P3.2.
"""

from collections.abc import Collection, Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.checks import CheckCase
from mlops_desktop.core.lineage import Node, NodeKind, State, Way
from mlops_desktop.core.quality import completeness
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.dossier.content import (
    Cell,
    Chapter,
    Field,
    Flowchart,
    Grid,
    Kind,
    Missing,
    Part,
    Station,
    Value,
)
from mlops_desktop.dossier.content import Reason as Gap
from mlops_desktop.dossier.language import is_figure
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.incidents import list_incidents
from mlops_desktop.services.lineage import Lineage, Stop, lineage_from
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.data_checks import CheckRow, checks_of
from mlops_desktop.store.queries.lineage_keys import dataset_place
from mlops_desktop.store.queries.pipelines import RunRow, get_runs
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 12
_MOST_STATIONS, _MOST_ROWS = 60, 60
_DATASETS = ("data_set", "data_digest", "data_for", "data_by")
_RUNS = ("data_pipeline", "data_ended", "data_outcome", "data_code", "data_evidence")
_CHECKS = ("data_set", "data_check", "data_verdict", "data_found", "data_on")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the history, or that no source tells of one."""
    key = sheet.row.key
    versions = [State(Node(NodeKind.VERSION, row.key)) for row in sheet.versions]
    seeds = (State(Node(NodeKind.MODEL, key)), *versions)
    flow = lineage_from(view, seeds, tuple(Way), as_of)
    if not any(stop.distance < 0 for stop in flow.stops):
        return Chapter("data_history", Missing(Gap.SOURCE_SILENT))
    runs = lineage_from(view, seeds, (Way.UP,), as_of, with_runs=True)
    ids = [stop.node.key for stop in runs.of(NodeKind.PIPELINE_RUN)]
    found = get_runs(view.connection, ids, as_of)
    datasets = [stop.node for stop in flow.of(NodeKind.DATASET) if stop.distance < 0]
    checks = checks_of(view.connection, datasets, as_of)
    return Chapter(
        "data_history",
        (
            Part("data_flow", flowchart=_chart(view, flow, as_of), fields=_further(flow)),
            Part("data_sets", grid=Grid(_DATASETS, tuple(_datasets(flow)))),
            _runs(found),
            _quality(datasets, checks),
        ),
    )


def _chart(view: ReadSession, flow: Lineage, as_of: AsOf) -> Flowchart:
    incidents = list_incidents(view, as_of, ItemScope.OPEN)
    bad = {stop.node for one in incidents for stop in one.affected.lineage.stops}
    shown = _nearest(flow)
    kept = {stop.node for stop in shown}
    flows = [
        (_key(one.source), _key(one.target))
        for one in flow.flows
        if {one.source, one.target} <= kept
    ]
    stations = tuple(_station(stop, is_bad=stop.node in bad) for stop in shown)
    return Flowchart(stations, tuple(sorted(set(flows))))


def _nearest(flow: Lineage) -> list[Stop]:
    nearest = sorted(flow.stops, key=lambda stop: abs(stop.distance))[:_MOST_STATIONS]
    return sorted(nearest, key=lambda stop: (stop.distance, stop.facts.name, stop.node))


def _further(flow: Lineage) -> tuple[Field, ...]:
    left = len(flow.stops) - _MOST_STATIONS
    return (Field("data_left_out", cells.count(left)),) if left > 0 else ()


def _key(node: Node) -> str:
    return f"{node.kind.value}/{node.key}"


def _station(stop: Stop, *, is_bad: bool) -> Station:
    facts, kind = stop.facts, stop.node.kind
    name = facts.id if kind is NodeKind.VERSION else facts.name or facts.id
    under = {
        NodeKind.MODEL: facts.id,
        NodeKind.DEPLOYMENT: facts.state,
        NodeKind.PIPELINE: (facts.until or "")[:10],
        NodeKind.DATASET: (facts.digests or ("",))[-1][:16],
    }.get(kind, "")
    return Station(_key(stop.node), f"lineage.{kind.value}", name, under, is_bad)


def _datasets(flow: Lineage) -> Iterator[tuple[Cell, ...]]:
    names = {stop.node: stop.facts for stop in flow.stops}
    for one in flow.flows:
        if one.source.kind is NodeKind.DATASET and one.target in names:
            reader = names[one.target]
            yield (
                cells.text(dataset_place(one.source)),
                cells.text("\n".join(one.digests)) if one.digests else Missing(Gap.SOURCE_SILENT),
                cells.uses(one.words, Missing(Gap.SOURCE_SILENT)),
                cells.text(reader.id if reader.node.kind is NodeKind.VERSION else reader.name),
            )


def _runs(found: Collection[RunRow]) -> Part:
    rows = tuple(map(_run, list(found)[:_MOST_ROWS]))
    if not rows:
        return Part("data_runs", fields=(Field("data_runs", Missing(Gap.SOURCE_SILENT)),))
    left = len(found) - _MOST_ROWS
    more = (Field("data_left_out", cells.count(left)),) if left > 0 else ()
    return Part("data_runs", fields=more, grid=Grid(_RUNS, rows))


def _run(run: RunRow) -> tuple[Cell, ...]:
    told = run.details
    code = " ".join(filter(None, (told.code, told.commit)))
    return (
        cells.text(" · ".join(dict.fromkeys((run.pipeline.name, run.step)))),
        cells.moment(run.at),
        cells.code(f"lineage.outcome.{run.outcome.value}"),
        cells.text(code) if code else Missing(Gap.SOURCE_SILENT),
        cells.text(f"SHA-256 {run.seen_digest[:16]}…"),
    )


def _quality(datasets: Collection[Node], checks: dict[Node, tuple[CheckRow, ...]]) -> Part:
    rows = [
        row for node in datasets for check in checks.get(node, ()) for row in _cases(node, check)
    ]
    unchecked = [dataset_place(node) for node in datasets if not checks.get(node)]
    fields = (Field("data_unchecked", cells.text("\n".join(unchecked))),) if unchecked else ()
    if not rows:
        fields = (Field("data_quality", Missing(Gap.NOT_MEASURED)), *fields)
        return Part("data_quality", fields=fields)
    return Part("data_quality", fields=fields, grid=Grid(_CHECKS, tuple(rows[:_MOST_ROWS])))


def _cases(node: Node, check: CheckRow) -> Iterator[tuple[Cell, ...]]:
    for case in check.details.cases:
        yield (
            cells.text(dataset_place(node)),
            cells.text(case.name),
            cells.code(f"lineage.verdict.{case.verdict.value}"),
            tuple(_found(case)) or Missing(Gap.NOT_MEASURED),
            cells.moment(check.at),
        )


def _found(case: CheckCase) -> Iterator[Value]:
    """Yield what a case found as its source told it; completeness as the share that is there."""
    share = completeness(case)
    if share is not None:
        found, asked = (f"{one.normalize():f}" for one in share)
        yield from (Value(Kind.EXACT, found), Value(Kind.TEXT, "%"))
        yield from (Value(Kind.CODE, "lineage.asked"), Value(Kind.EXACT, asked))
        yield Value(Kind.TEXT, "%")
        return
    if case.value:
        yield Value(Kind.EXACT if is_figure(case.value) else Kind.TEXT, case.value)
    if case.threshold:
        yield Value(Kind.TEXT, f"({case.threshold})")
