"""Versions of a model side by side: metrics, monitoring, data, parameters, tests, resources."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import mlops_desktop.store.queries.items as item_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.comparison import (
    Caution,
    Criterion,
    Line,
    Part,
    find_best,
    find_cautions,
    usual_direction,
)
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import Measure
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.events.version_tests import TestDetails
from mlops_desktop.core.inventory import Run
from mlops_desktop.core.resources.use import By
from mlops_desktop.core.serving import PRODUCTION
from mlops_desktop.services.models import ModelSheet, read_sheet
from mlops_desktop.services.monitoring.reading import read_metrics
from mlops_desktop.services.resources.reading import Wanted, read_resources
from mlops_desktop.services.session import Session
from mlops_desktop.services.version_tests import VersionResults, read_results
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.versions import DeploymentRow, VersionRow
from mlops_desktop.store.unit_of_work import ReadSession

MOST = 6
"""So many versions stand side by side at most."""

_CHECKS = frozenset({"validation", "test", "evaluation", "eval"})
"""As registries call the use of data that a version does not learn from."""


@dataclass(frozen=True, slots=True)
class Column:
    """A version in the comparison, and where it serves: role and share, "" for nowhere."""

    version: str
    role: str
    share: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Versions side by side; ``best`` is the place of the best by the criterion, if one is.

    ``cautions`` are what the criterion hides of it.
    """

    model: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    criterion: Criterion | None = None
    best: int | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparing:
    """What is to be compared: versions by label, those in production and the newest unless said."""

    versions: tuple[str, ...] = ()
    criterion: str | None = None
    direction: Direction | None = None
    as_of: AsOf = NOW


def compare_versions(session: Session, named: str, wanted: Comparing) -> Comparison:
    """Return the versions side by side.

    Without a criterion that of the first test defined for the model. Raises ``model.not_found``,
    ``version.not_found``, ``comparison.too_few``, ``comparison.too_many``,
    ``comparison.metric_unknown``, ``comparison.direction_unknown``.
    """
    uses = _resources(session, named, wanted.as_of)
    with session.workspace.read() as view:
        key = model_queries.find_model(view.connection, named)
        sheet = read_sheet(view, key, wanted.as_of)
        rows = _chosen(sheet, wanted.versions)
        results = read_results(view, sheet, wanted.as_of)
        lines = (*_lines(view, sheet, rows, results, wanted.as_of), *uses(rows))
        known = _directions(view, key, wanted.as_of)
    criterion = _criterion(wanted, lines, known)
    columns = tuple(_column(sheet, row) for row in rows)
    compared = Comparison(sheet.row.id, columns, lines, criterion)
    return _judged(compared, known) if criterion else compared


def _judged(found: Comparison, known: dict[str, Direction]) -> Comparison:
    criterion = found.criterion
    line = next((one for one in found.lines if criterion and one.name == criterion.metric), None)
    best = find_best(line, criterion.direction) if line and criterion else None
    if best is None or criterion is None:
        return found
    cautions = tuple(find_cautions(found.lines, best, criterion, known))
    return Comparison(found.model, found.columns, found.lines, criterion, best, cautions)


def _chosen(sheet: ModelSheet, labels: tuple[str, ...]) -> tuple[VersionRow, ...]:
    by_label = {row.details.version: row for row in sheet.versions}
    for label in labels:
        if label not in by_label:
            raise AppError("version.not_found", where="version", version=label)
    serving = {one.version for one in _serving(sheet)}
    usual = [row for row in sheet.versions if row.key in serving][:MOST]
    usual += [row for row in sheet.versions if row not in usual][: max(0, 2 - len(usual))]
    rows = tuple(dict.fromkeys(by_label[label] for label in labels)) or tuple(usual)
    if len(rows) < 2:  # one stands beside nothing
        raise AppError("comparison.too_few", where="version", model=sheet.row.id)
    if len(rows) > MOST:
        raise AppError("comparison.too_many", where="version", most=MOST)
    return rows


def _serving(sheet: ModelSheet) -> list[DeploymentRow]:
    return [one for one in sheet.deployments if one.until is None and one.environment == PRODUCTION]


def _column(sheet: ModelSheet, row: VersionRow) -> Column:
    found = next((one for one in _serving(sheet) if one.version == row.key), None)
    role, share = (found.role, found.share or "") if found else ("", "")
    return Column(row.details.version, role, share)


def _lines(
    view: ReadSession,
    sheet: ModelSheet,
    rows: tuple[VersionRow, ...],
    results: Iterable[VersionResults],
    as_of: AsOf,
) -> Iterator[Line]:
    runs = [row.details.run for row in rows]
    metrics = [{one.name: one.value for one in (run.metrics if run else ())} for run in runs]
    yield from _beside(Part.METRIC, metrics)
    measured = [one for one in read_metrics(view, sheet.row.key, as_of) if one.value is not None]
    told = [
        {
            f"{one.metric}@{one.segment}" if one.segment else one.metric: str(one.value)
            for one in measured
            if one.version == row.details.version
        }
        for row in rows
    ]
    yield from _beside(Part.MONITORING, told)
    for part in (Part.DATA, Part.CHECKED_ON):
        yield from _beside(part, [_data(run, part) for run in runs])
    given = [{one.name: one.value for one in (run.parameters if run else ())} for run in runs]
    yield from _beside(Part.PARAMETER, given)
    by_key = {one.version.key: one.results for one in results}
    tests = [{one.name: one.verdict.value for one in by_key.get(row.key, ())} for row in rows]
    yield from _beside(Part.TEST, tests)


def _data(run: Run | None, part: Part) -> dict[str, str]:
    """Return the digests of the datasets a run learned from, or of those it was checked on."""
    found: dict[str, list[str]] = {}
    for one in run.datasets if run else ():
        is_check = (one.context or "").casefold() in _CHECKS
        if is_check is (part is Part.CHECKED_ON):
            found.setdefault(one.name, []).append(one.digest)
    return {name: ", ".join(digests) for name, digests in found.items()}


def _beside(part: Part, told: list[dict[str, str]]) -> Iterator[Line]:
    for name in sorted({name for one in told for name in one}):
        yield Line(part, name, tuple(one.get(name) for one in told))


def _resources(
    session: Session, named: str, as_of: AsOf
) -> Callable[[tuple[VersionRow, ...]], Iterator[Line]]:
    """Return what makes lines of what each version used in the last thirty days."""
    found = read_resources(session, Wanted(By.VERSION, model=named, as_of=as_of))
    used = [
        (one.group, f"{one.resource.value} ({one.unit.name})", one.value(Measure.USED))
        for one in found.uses
    ]

    def lines(rows: tuple[VersionRow, ...]) -> Iterator[Line]:
        told = [
            {
                name: f"{value:.6g}"
                for group, name, value in used
                if value is not None and group.rpartition(" ")[2] == row.details.version
            }
            for row in rows
        ]
        yield from _beside(Part.RESOURCE, told)

    return lines


def _directions(view: ReadSession, model: str, as_of: AsOf) -> dict[str, Direction]:
    """Return which way metrics are better, by the tests that persons defined."""
    found: dict[str, Direction] = {}
    wanted = ItemFilter(("test",), models=(model,), as_of=as_of)
    for one in item_queries.read_items(view.connection, wanted):
        details = one.state.details
        if isinstance(details, TestDetails) and details.metric and details.direction:
            segment = f"@{details.segment}" if details.segment else ""
            found.setdefault(f"{details.metric}{segment}", details.direction)
    return found


def _criterion(
    wanted: Comparing, lines: tuple[Line, ...], known: dict[str, Direction]
) -> Criterion | None:
    names = [one.name for one in lines if one.part in (Part.METRIC, Part.MONITORING)]
    metric = wanted.criterion or next((name for name in known if name in names), None)
    if metric is None:
        return None
    if metric not in names:
        raise AppError("comparison.metric_unknown", where="criterion", metric=metric)
    direction = wanted.direction or known.get(metric) or usual_direction(metric)
    if direction is None:
        raise AppError("comparison.direction_unknown", where="direction", metric=metric)
    return Criterion(metric, direction)
