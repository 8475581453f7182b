"""Tests: each version's newest results, and the kinds its tier asks for without any."""

from collections.abc import Iterator

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.version_tests import TestKind, TestResult
from mlops_desktop.services.session import Session
from mlops_desktop.services.version_tests import VersionResults, show_results
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import say_decimal
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[Verdict, Mood] = {
    Verdict.FAILED: "bad",
    Verdict.ERROR: "bad",
    Verdict.WARNING: "warn",
    Verdict.SKIPPED: "info",
    Verdict.PASSED: "good",
    Verdict.NONE: "info",
}


class TestsTab(FactTab):
    """What each version was tested for, read when the tab is looked at."""

    __test__ = False

    title = "tests.tab"
    order = 45

    def show_model(self, shown: Shown) -> None:
        """Ask for the results of ``shown``."""
        context, key = self.context, shown.sheet.row.id
        session: Session = context.session
        as_of, tier = context.as_of, shown.sheet.state.details.tier

        def ask(progress: Progress) -> tuple[VersionResults, ...]:
            return show_results(session, key, as_of=as_of)

        def tell(found: tuple[VersionResults, ...]) -> None:
            self.sections.show_groups(tuple(_group(context, one, tier) for one in found))

        name = context.say("tests.reading")
        context.jobs.submit_read(name, ask, tell, self._fail, key="models:tests")

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def _group(context: Context, one: VersionResults, tier: int | None) -> Group:
    title = context.say("oversight.version_n", n=one.version.details.version)
    facts = (*_missing(context, one, tier), *(_fact(context, result) for result in one.results))
    return Group(title, facts, "" if facts else context.say("tests.none"))


def _missing(context: Context, one: VersionResults, tier: int | None) -> Iterator[Fact]:
    for kind in one.missing:
        name = context.say("tests.required", tier=tier or 0)
        status = Status("bad", context.say("tests.missing"))
        yield Fact(name, _kind(context, kind), status=status)


def _fact(context: Context, one: TestResult) -> Fact:
    told = {"kind": _kind(context, one.kind), "name": one.name}
    verdict = context.say(f"tests.verdict.{one.verdict.value}")
    if one.source is not None:
        name = context.say("tests.from_source", **told, source=one.source)
    else:
        name = context.say("tests.named", **told)
    return Fact(name, _value(context, one, verdict), status=Status(_MOODS[one.verdict], verdict))


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
