"""Comparison: versions beside each other, the best by a criterion, and what that hides."""

from collections.abc import Iterator

from mlops_desktop.core.comparison import Caution, Line, Part
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.comparison import Column, Comparing, Comparison, compare_versions
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import say_code, say_decimal
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.pages.resources.said import say_unit, say_value
from mlops_desktop.ui.widgets.sections import Fact, Group

_NUMBERS = frozenset({Part.METRIC, Part.MONITORING})


class ComparisonTab(FactTab):
    """The versions of a model in production, or its two newest, side by side."""

    title = "comparison.tab"
    order = 42

    def show_model(self, shown: Shown) -> None:
        """Ask for the comparison of ``shown``."""
        context, key = self.context, shown.sheet.row.id
        session, as_of = context.session, context.as_of

        def ask(progress: Progress) -> Comparison:
            return compare_versions(session, key, Comparing(as_of=as_of))

        def tell(found: Comparison) -> None:
            self.sections.show_groups(tuple(groups_of(context, found)))

        name = context.say("comparison.reading")
        context.jobs.submit_read(name, ask, tell, self._fail, key="models:comparison")

    def _fail(self, error: AppError) -> None:
        if error.code == "comparison.too_few":
            self.sections.show_groups((Group("", lead=self.context.say("comparison.few")),))
        else:
            self.context.show_error(error)


def groups_of(context: Context, found: Comparison) -> Iterator[Group]:
    """Yield what is said of a comparison: the versions, the best of them, and every part."""
    heads = tuple(_head(context, one) for one in found.columns)
    yield Group(" · ".join(heads), lead=context.say("comparison.lead"))
    if found.best is not None and found.criterion is not None:
        yield _verdict(context, found, heads[found.best], found.criterion.metric)
    for part in Part:
        lines = [line for line in found.lines if line.part is part]
        if lines:
            facts = tuple(_fact(context, line, found.columns) for line in lines)
            yield Group(context.say(f"comparison.part.{part.value}"), facts)


def _verdict(context: Context, found: Comparison, best: str, metric: str) -> Group:
    title = context.say("comparison.best", metric=metric)
    hides = context.say("comparison.hides", metric=metric)
    cautions = tuple(Fact(hides, _caution(context, one), "warn") for one in found.cautions)
    nothing = Fact(hides, context.say("comparison.none_hidden"))
    return Group(f"{title}: {best}", cautions or (nothing,))


def _caution(context: Context, one: Caution) -> str:
    best, other = _said(context, one.best), _said(context, one.other)
    key = f"comparison.hidden.{one.kind.value}"
    return context.say(key, name=one.name, best=best, other=other)


def _said(context: Context, value: str) -> str:
    verdict = f"tests.verdict.{value}"
    return (
        context.say(verdict) if verdict in context.language.words else say_decimal(context, value)
    )


def _head(context: Context, one: Column) -> str:
    version = context.say("oversight.version_n", n=one.version)
    role = say_code(context, "role", one.role) if one.role else ""
    told = " ".join(part for part in (role, one.share) if part)
    return f"{version} ({told})" if told else version


def _fact(context: Context, line: Line, columns: tuple[Column, ...]) -> Fact:
    told = (
        f"{column.version}: {_value(context, line, value)}"
        for column, value in zip(columns, line.values, strict=True)
    )
    return Fact(_name(context, line), "   ".join(told), "" if line.differs else "muted")


def _name(context: Context, line: Line) -> str:
    if line.part is not Part.RESOURCE:
        return line.name
    resource, _, unit = line.name.partition(" ")
    told = context.say(f"resources.resource.{resource}")
    return f"{told} ({say_unit(context, unit.strip('()'))})"


def _value(context: Context, line: Line, value: str | None) -> str:
    if value is None:
        return context.say("comparison.untold")
    if line.part in _NUMBERS:
        return say_decimal(context, value)
    if line.part is Part.RESOURCE:
        return say_value(context, float(value))
    if line.part is Part.TEST:
        return context.say(f"tests.verdict.{value}")
    is_digest = line.part in (Part.DATA, Part.CHECKED_ON)
    return ", ".join(one[:16] for one in value.split(", ")) if is_digest else value
