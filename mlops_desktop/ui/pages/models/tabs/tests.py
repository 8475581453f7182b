"""Tests: each version's newest results, and the kinds its tier asks for without any."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.serving_rules import PRODUCTION
from mlops_desktop.core.version_tests import TestKind, TestResult
from mlops_desktop.services.gate import Answer, ask_gate_of_newest
from mlops_desktop.services.permits.showing import PermitShown, list_permits
from mlops_desktop.services.session import Session
from mlops_desktop.services.version_tests import VersionResults, show_results
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.said import say_environment
from mlops_desktop.ui.pages.models.said import say_decimal
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.pages.rules.said import leads_of, say_reason
from mlops_desktop.ui.widgets.label import Tone
from mlops_desktop.ui.widgets.sections import Fact, Group

_TONES: dict[Verdict, Tone] = {
    Verdict.FAILED: "bad",
    Verdict.ERROR: "bad",
    Verdict.WARNING: "warn",
    Verdict.SKIPPED: "muted",
    Verdict.NONE: "muted",
}


@dataclass(frozen=True, slots=True)
class _Read:
    """What was told of one model: results, what the gate says of its newest versions, permits."""

    results: tuple[VersionResults, ...]
    gate: dict[str, Answer]
    permits: tuple[PermitShown, ...]


def _read(session: Session, model: str, as_of: AsOf) -> _Read:
    return _Read(
        show_results(session, model, as_of=as_of),
        ask_gate_of_newest(session, model, PRODUCTION, as_of),
        list_permits(session, model, as_of),
    )


class TestsTab(FactTab):
    """What each version was tested for and whether it may go, read when the tab is looked at."""

    __test__ = False

    title = "tests.tab"
    order = 47

    def show_model(self, shown: Shown) -> None:
        """Ask for the results of ``shown``."""
        context, key = self.context, shown.sheet.row.id
        session: Session = context.session
        as_of, tier = context.as_of, shown.sheet.state.details.tier

        def ask(progress: Progress) -> _Read:
            return _read(session, key, as_of)

        def tell(read: _Read) -> None:
            groups = (_group(context, one, tier, read) for one in read.results)
            self.sections.show_groups(tuple(groups))

        name = context.say("tests.reading")
        context.jobs.submit_read(name, ask, tell, self._fail, key="models:tests")

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def _group(context: Context, one: VersionResults, tier: int | None, read: _Read) -> Group:
    label = one.version.details.version
    title = context.say("oversight.version_n", n=label)
    answer = read.gate.get(one.version.key)
    lacking = (kind for kind in one.missing if kind not in _told(answer))
    tests = (*_missing(context, lacking, tier), *(_fact(context, result) for result in one.results))
    permits = (_permit(context, held) for held in read.permits if held.version == label)
    has_none = not one.results and not one.missing
    facts = (*_gate(context, answer), *tests, *permits)
    return Group(title, facts, context.say("tests.none") if has_none else "")


def _told(answer: Answer | None) -> set[str]:
    """Return the kinds of tests that the gate says are missing: nobody reads it twice."""
    reasons = answer.reasons if answer is not None else ()
    return {str(dict(one.parameters)["kind"]) for one in reasons if one.rule == "test_missing"}


def _gate(context: Context, answer: Answer | None) -> Iterator[Fact]:
    if answer is None:
        return
    environment = say_environment(context, answer.environment)
    name = context.say("tests.gate", environment=environment)
    if answer.is_allowed:
        yield Fact(name, context.say("oversight.gate.open"))
    for one in answer.reasons:
        yield Fact(name, say_reason(context, one), "bad")
        yield from leads_of(context, one)


def _permit(context: Context, one: PermitShown) -> Fact:
    until = context.language.time(clock.from_text(one.expires))
    environment = say_environment(context, one.environment)
    told = context.say("tests.permit_until", environment=environment, by=one.by, time=until)
    return Fact(context.say("tests.permit"), told)


def _missing(context: Context, kinds: Iterable[TestKind], tier: int | None) -> Iterator[Fact]:
    for kind in kinds:
        name = context.say("tests.required", tier=tier or 0)
        missing = context.say("tests.lacking", kind=_kind(context, kind))
        yield Fact(name, missing, "bad")


def _fact(context: Context, one: TestResult) -> Fact:
    told = {"kind": _kind(context, one.kind), "name": one.name}
    verdict = context.say(f"tests.verdict.{one.verdict.value}")
    if one.source is not None:
        name = context.say("tests.from_source", **told, source=one.source)
    else:
        name = context.say("tests.named", **told)
    return Fact(name, _value(context, one, verdict), _TONES.get(one.verdict, ""))


def _value(context: Context, one: TestResult, verdict: str) -> str:
    time = context.language.time(clock.from_text(one.at))
    if one.value is not None and one.threshold is not None:
        value, bound = say_decimal(context, one.value), say_decimal(context, one.threshold)
        return context.say(
            "tests.measured", verdict=verdict, value=value, threshold=bound, time=time
        )
    if one.total is not None:
        failed = one.failed or 0
        return context.say(
            "tests.counted", verdict=verdict, failed=failed, total=one.total, time=time
        )
    return context.say("tests.result", verdict=verdict, time=time)


def _kind(context: Context, kind: TestKind) -> str:
    return context.say(f"tests.kind.{kind.value}")
