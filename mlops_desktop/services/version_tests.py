"""Tests of versions: results from persons' tests and from sources, and what a tier asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import mlops_desktop.store.queries.items as item_queries
import mlops_desktop.store.queries.models as model_queries
import mlops_desktop.store.queries.version_tests as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.events.version_tests import TestDetails, TestsRequired
from mlops_desktop.core.version_tests import KIND_OF_CHECK, TestKind, TestResult, kinds_missing
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.models import ModelSheet, read_sheet
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.store.queries.item_details import ItemTold, details_of
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.queries.observed import ObservedFilter, ObservedRow, list_observed
from mlops_desktop.store.queries.version_tests import Evaluation, Requirement
from mlops_desktop.store.queries.versions import VersionRow, versions_of
from mlops_desktop.store.unit_of_work import ReadSession

LOWEST_TIER = 9


@dataclass(frozen=True, slots=True)
class VersionResults:
    """The newest result of every test of one version, and the kinds its model's tier asks for."""

    version: VersionRow
    results: tuple[TestResult, ...]
    required: tuple[TestKind, ...]

    @property
    def missing(self) -> tuple[TestKind, ...]:
        """The kinds asked for that no result shows."""
        return kinds_missing(self.required, self.results)


def show_results(
    session: Session, named: str, version: str | None = None, as_of: AsOf = NOW
) -> tuple[VersionResults, ...]:
    """Return the results of a model's versions, the newest version first, or of one of them.

    Raises ``model.not_found``, ``version.not_found``.
    """
    with session.workspace.read() as view:
        key = model_queries.find_model(view.connection, named)
        sheet = read_sheet(view, key, as_of)
        found = read_results(view, sheet, as_of)
    if version is None:
        return found
    wanted = tuple(one for one in found if one.version.details.version == version)
    if not wanted:
        raise AppError("version.not_found", where="version", version=version)
    return wanted


def read_results(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> tuple[VersionResults, ...]:
    """Return the results of every version of a model, in the order of the sheet."""
    key, required = sheet.row.key, required_of(view, sheet.state.details.tier, as_of)
    told = queries.list_evaluations(view.connection, key, as_of=as_of)
    names = {one.told.test: _name_of(view, one.told.test, as_of) for one in told}
    checks = list_observed(view.connection, ObservedFilter(("check",), model=key, as_of=as_of))
    return tuple(
        VersionResults(
            row,
            (
                *_evaluated(row, told, names),
                *_told_by_sources(row, checks),
            ),
            required,
        )
        for row in sheet.versions
    )


def results_of_many(
    view: ReadSession, models: Iterable[ModelRow], as_of: AsOf = NOW
) -> dict[str, tuple[VersionResults, ...]]:
    """Return the results of every version of many models, by the model's id, in a few queries."""
    connection, tiers = view.connection, {row.key: row.tier for row in models}
    versions = versions_of(connection, tiers, as_of)
    told = queries.evaluations_of(connection, tiers, as_of)
    tests = details_of(connection, {one.told.test for some in told.values() for one in some}, as_of)
    names = {id: _named(one) for id, one in tests.items()}
    checks: dict[str, list[ObservedRow]] = {}
    wanted = ObservedFilter(("check",), models=tuple(tiers), as_of=as_of)
    for check in list_observed(connection, wanted) if tiers else ():
        for model in check.models:
            checks.setdefault(model, []).append(check)
    required = {one.tier: one.kinds for one in queries.list_requirements(connection, as_of)}
    return {
        key: tuple(
            VersionResults(
                row,
                (*_evaluated(row, told.get(key, ()), names),
                 *_told_by_sources(row, checks.get(key, ()))),
                required.get(tier or 0, ()),
            )
            for row in versions.get(key, ())
        )
        for key, tier in tiers.items()
    }  # fmt: skip


def _named(told: ItemTold) -> tuple[str, str, TestKind]:
    details = told.details
    title = details.title.text if details.title is not None else None
    kind = details.kind if isinstance(details, TestDetails) else None
    return told.number, title or told.number, kind or TestKind.MODEL


def required_of(view: View, tier: int | None, as_of: AsOf = NOW) -> tuple[TestKind, ...]:
    """Return the kinds of tests a tier asks for; none for a model without a tier."""
    found = queries.list_requirements(view.connection, as_of)
    return next((one.kinds for one in found if one.tier == tier), ())


def list_requirements(session: Session, as_of: AsOf = NOW) -> tuple[Requirement, ...]:
    """Return what each tier asks for, by tier."""
    with session.workspace.read() as view:
        return queries.list_requirements(view.connection, as_of)


@locks_late
def require_tests(
    session: Session, tier: int, kinds: tuple[TestKind, ...], reason: str
) -> Recorded:
    """Let a tier ask for these kinds of tests from now on; none ends what it asked for.

    Model risk management's; raises ``authority.require_tests``, ``tests.tier_unfit``,
    ``tests.reason_missing``.
    """
    if not 1 <= tier <= LOWEST_TIER:
        raise AppError("tests.tier_unfit", where="--tier", tier=tier, lowest=LOWEST_TIER)
    if not reason.strip():
        raise AppError("tests.reason_missing", where="--reason")
    ordered = tuple(kind for kind in TestKind if kind in kinds)
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.REQUIRE_TESTS)
        work.record(TestsRequired(tier, ordered, must_commit(reason)))
    return Recorded(str(tier), work.changes)


def _name_of(view: ReadSession, test: str, as_of: AsOf) -> tuple[str, str, TestKind]:
    """Return number, title and kind of a test that persons defined, as of a date."""
    found = item_queries.get_item(view.connection, test, as_of)
    details = found.state.details
    kind = details.kind if isinstance(details, TestDetails) else None
    return found.row.number, found.row.title, kind or TestKind.MODEL


def _evaluated(
    row: VersionRow, told: Iterable[Evaluation], names: dict[str, tuple[str, str, TestKind]]
) -> Iterator[TestResult]:
    newest = {one.told.test: one for one in told if one.told.version == row.key}
    for id, one in newest.items():
        number, title, kind = names[id]
        yield TestResult(
            kind,
            title or number,
            one.told.verdict,
            one.at,
            definition=number,
            revision=one.told.revision,
            value=one.told.value,
            threshold=one.told.threshold,
            evidence=one.told.evidence,
        )


def _told_by_sources(row: VersionRow, checks: Iterable[ObservedRow]) -> Iterator[TestResult]:
    """Yield the newest result of every suite that sources ran on a version, with its verdict."""
    newest: dict[tuple[str, TestKind, str], ObservedRow] = {}
    for check in checks:
        if isinstance(check.details, CheckDetails) and _is_about(check.details, row):
            key = (check.source, _kind_of(check.details), check.details.suite or check.name)
            if key not in newest or _when(newest[key]) <= _when(check):
                newest[key] = check
    for (source, kind, name), check in newest.items():
        yield _told(source, kind, name, check)


def _told(source: str, kind: TestKind, name: str, check: ObservedRow) -> TestResult:
    details = check.details
    assert isinstance(details, CheckDetails)  # what was put there
    verdict = details.verdict or Verdict.NONE
    return TestResult(
        kind,
        name,
        verdict,
        _when(check),
        source=source,
        total=details.total,
        failed=(details.failed or 0) + (details.errors or 0),
        evidence=check.seen_digest,
    )


def _kind_of(details: CheckDetails) -> TestKind:
    return KIND_OF_CHECK[details.kind] if details.kind else TestKind.MODEL


def _when(check: ObservedRow) -> str:
    """Return when a result held; one dated ahead would be the newest for years."""
    return min(check.at or check.seen_at, check.seen_at)


def _is_about(details: CheckDetails, row: VersionRow) -> bool:
    """Tell whether a result is about a version: by its label, or by the commit it came from."""
    label = row.details.version
    told = {one.version for one in details.subjects if one.version is not None}
    if told:
        return label in told or f"v{label}" in told or label.removeprefix("v") in told
    commit = row.details.run.commit if row.details.run else None
    return commit is not None and details.commit == commit
