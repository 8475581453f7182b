"""Results as every format of checks tells them: cases that did not pass first, all counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.sources.folder.values import shortened

_MOST_CASES = 200
_MOST_DETAIL = 300
_ORDER = list(Verdict)


def result(kind: CheckKind, cases: Iterable[CheckCase], details: CheckDetails) -> CheckDetails:
    """Return ``details`` with the cases, counted; at most 200 of them, the worst ones."""
    told = [replace(one, detail=_short(one.detail)) for one in cases]
    counted = Counter(one.verdict for one in told)
    told.sort(key=lambda one: _ORDER.index(one.verdict))
    return replace(
        details,
        kind=kind,
        verdict=details.verdict or overall(counted),
        total=len(told) if details.total is None else details.total,
        passed=counted[Verdict.PASSED],
        failed=counted[Verdict.FAILED],
        errors=counted[Verdict.ERROR],
        skipped=counted[Verdict.SKIPPED],
        cases=tuple(told[:_MOST_CASES]),
    )


def overall(counted: Counter[Verdict]) -> Verdict:
    """Return the verdict of all cases: a skipped one takes nothing from those that passed."""
    for verdict in (Verdict.FAILED, Verdict.ERROR, Verdict.WARNING, Verdict.PASSED):
        if counted[verdict]:
            return verdict
    return Verdict.SKIPPED if counted[Verdict.SKIPPED] else Verdict.NONE


def _short(detail: str | None) -> str | None:
    line = next((line.strip() for line in (detail or "").splitlines() if line.strip()), "")
    return shortened(line, _MOST_DETAIL) or None
