"""Tiering: the tier in words, both axes, the answers behind them, override, history."""

from collections.abc import Iterator

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.tier_templates import Axis, Template
from mlops_desktop.core.tiering import Answer, Override, Rating
from mlops_desktop.services.tiering import TierSheet, show_tiering
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.pages.models.tier_said import (
    due_status,
    say_graded,
    say_points,
    say_standing,
    say_step,
    say_tier,
)
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.sections import Fact, Group


class TieringTab(FactTab):
    """The tier of a model and all that stands behind it, read when the tab is looked at."""

    title = "tiering.tab"
    order = 44

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        row = Flow()
        for id in ("model.assess_tier", "model.override_tier"):
            row.addWidget(ActionButton(context.actions.action(id)))
        self.column.insertLayout(0, row)
        self.column.insertSpacing(0, 10)
        self.column.addStretch()

    def show_model(self, shown: Shown) -> None:
        """Ask for the tier of ``shown``."""
        context, key = self.context, shown.sheet.row.key
        session, as_of = context.session, context.as_of

        def ask(progress: Progress) -> TierSheet:
            return show_tiering(session, key, as_of)

        name = context.say("tiering.reading")
        context.jobs.submit_read(name, ask, self._tell, self._fail, key="models:tiering")

    def _tell(self, sheet: TierSheet) -> None:
        self.sections.show_groups(tuple(_groups(self.context, sheet)))

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def _groups(context: Context, sheet: TierSheet) -> Iterator[Group]:
    yield Group("", tuple(_standing(context, sheet)), say_standing(context, sheet))
    if sheet.override is not None:
        facts = tuple(_override(context, sheet, sheet.override))
        yield Group(context.say("tiering.group.override"), facts)
    if sheet.rating is not None and sheet.template is not None:
        for axis in Axis:
            title = context.say(f"tiering.group.{axis}")
            yield Group(title, _answers(context, sheet.rating, sheet.template, axis))
    if sheet.steps:
        facts = tuple(_history(context, sheet))
        yield Group(context.say("tiering.group.history"), facts)


def _fact(context: Context, name: str, value: str, status: Status | None = None) -> Fact:
    return Fact(context.say(f"tiering.field.{name}"), value, status=status)


def _standing(context: Context, sheet: TierSheet) -> Iterator[Fact]:
    rating = sheet.rating
    yield _fact(context, "tier", say_tier(context, sheet.row.tier) or context.say("tiering.unset"))
    if rating is None:
        return
    computed = rating.computed
    yield _fact(context, "inherent", say_tier(context, sheet.inherent))
    yield _fact(context, "residual", _residual(context, sheet))
    for axis, graded in zip(Axis, (computed.materiality, computed.complexity), strict=True):
        yield _fact(context, axis.value, say_graded(context, axis.value, graded))
    yield _fact(context, "template", _template(context, rating, sheet.template))
    day, by = context.language.date(rating.on), sheet.names.get(rating.by, rating.by)
    yield _fact(context, "rated", context.say("tiering.rated", day=day, by=by))
    if rating.reason is not None:
        yield _fact(
            context, "reason", rating.reason.text or say_erased(context, rating.reason.erasure)
        )
    due = due_status(context, sheet)
    if due is not None:
        yield _fact(context, "due", due.word, due)


def _residual(context: Context, sheet: TierSheet) -> str:
    return context.say(
        "tiering.residual",
        tier=say_tier(context, sheet.residual),
        high=sheet.high_findings,
        medium=sheet.medium_findings,
    )


def _template(context: Context, rating: Rating, template: Template | None) -> str:
    name = template.name.in_language(context.language.code) if template else rating.template
    return context.say("tiering.template", name=name, id=rating.template, version=rating.version)


def _override(context: Context, sheet: TierSheet, override: Override) -> Iterator[Fact]:
    yield _fact(context, "tier", say_tier(context, override.tier))
    until = context.language.date(override.until)
    word = context.say("tiering.lapsed", until=until) if sheet.has_lapsed else until
    yield _fact(context, "until", word, Status("idle" if sheet.has_lapsed else "warn", word))
    yield _fact(
        context, "reason", override.reason.text or say_erased(context, override.reason.erasure)
    )
    day, by = context.language.date(override.on), sheet.names.get(override.by, override.by)
    yield _fact(context, "overridden", context.say("tiering.rated", day=day, by=by))


def _answers(context: Context, rating: Rating, template: Template, axis: Axis) -> tuple[Fact, ...]:
    asked = {item.id for item in template.of_axis(axis)}
    given = (item for item in rating.computed.answers if item.question in asked)
    return tuple(_answer(context, item, template) for item in given)


def _answer(context: Context, answer: Answer, template: Template) -> Fact:
    language, question = context.language.code, template.question(answer.question)
    choice = question.choice(answer.choice) if question is not None else None
    asked = question.text.in_language(language) if question else answer.question
    said = choice.text.in_language(language) if choice else answer.choice
    points = say_points(context, answer.points)
    return Fact(asked, context.say("tiering.answer", answer=said, points=points))


def _history(context: Context, sheet: TierSheet) -> Iterator[Fact]:
    for step in reversed(sheet.steps):
        said = say_step(context, step, sheet)
        rose = context.say("tiering.step.rose", step=said) if step.is_increase else said
        yield Fact(context.language.date(step.on), rose, "warn" if step.is_increase else "")
