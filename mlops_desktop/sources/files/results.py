"""Results as every format of checks tells them: cases that did not pass first, all counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.sources.files.values import shortened

_MOST_CASES = 200
_MOST_DETAIL = 300
_MOST_NAME = 200
_MOST_BYTES = 150_000
_ORDER = list(Verdict)


def result(kind: CheckKind, cases: Iterable[CheckCase], details: CheckDetails) -> CheckDetails:
    """Return ``details`` with the cases, counted; those that fit into an event, the worst first."""
    told = [_short(one) for one in cases]
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
        cases=tuple(_fitting(told[:_MOST_CASES])),
    )


def _fitting(cases: list[CheckCase]) -> Iterator[CheckCase]:
    """Yield cases as long as there is room: an event is at most 256 KiB long."""
    left = _MOST_BYTES
    for one in cases:
        left -= len(repr(one).encode("utf-8", "replace"))
        if left < 0:
            return
        yield one


def overall(counted: Counter[Verdict]) -> Verdict:
    """Return the verdict of all cases: a skipped one takes nothing from those that passed."""
    for verdict in (Verdict.FAILED, Verdict.ERROR, Verdict.WARNING, Verdict.PASSED):
        if counted[verdict]:
            return verdict
    return Verdict.SKIPPED if counted[Verdict.SKIPPED] else Verdict.NONE


def _short(case: CheckCase) -> CheckCase:
    line = next((line.strip() for line in (case.detail or "").splitlines() if line.strip()), "")
    return replace(
        case,
        name=shortened(case.name, _MOST_NAME),
        value=_maybe(case.value),
        threshold=_maybe(case.threshold),
        method=_maybe(case.method),
        detail=shortened(line, _MOST_DETAIL) or None,
    )


def _maybe(told: str | None) -> str | None:
    return None if told is None else shortened(told, _MOST_NAME)
