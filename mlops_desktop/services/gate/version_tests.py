"""What tests say at the gate: a kind that the tier asks for is not shown, or a test is red."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.version_tests import RED, TestResult
from mlops_desktop.services.gate_reasons import About, Reason, reason
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.version_tests import VersionResults, read_results
from mlops_desktop.store.unit_of_work import ReadSession


def prepare(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> About:
    """Read the results of every version of a model once, however many are asked about."""
    found = {one.version.key: one for one in read_results(view, sheet, as_of)}
    return lambda version, _: _reasons(sheet, found[version.key])


def _reasons(sheet: ModelSheet, found: VersionResults) -> Iterator[Reason]:
    """Say no where the newest result of a test is red, and where a kind asked for has none."""
    for kind in found.missing:
        tier = sheet.state.details.tier or 0
        yield reason("test_missing", kind=kind.value, tier=tier)
    for one in found.results:
        if one.verdict in RED:
            yield _red(one)


def _red(one: TestResult) -> Reason:
    if one.definition is not None:
        told = {"value": one.value or "", "threshold": one.threshold or ""}
        return reason("test_red", id=one.definition, name=one.name, **told)
    total, failed = one.total or 0, one.failed or 0
    return reason("suite_red", name=one.name, source=one.source or "", failed=failed, total=total)
