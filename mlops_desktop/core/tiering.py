"""A model's tier: computed from answers, overridden for a time, raised by findings."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Grade, ModelDetails
from mlops_desktop.core.tier_templates import Axis, Question, Template, tier_of

HIGHEST = 1
MEDIUM_AS_HIGH = 3
"""So many open findings of medium severity weigh as much as one of high severity."""


class Basis(StrEnum):
    """What a tier rests on."""

    ASSESSED = "assessed"
    OVERRIDDEN = "overridden"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with the choice made and its weighted points, as the template had them."""

    question: str
    choice: str
    points: int


@dataclass(frozen=True, slots=True)
class Graded:
    """The points of an axis and the grade they make."""

    points: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class Computed:
    """What a template makes of answers; ``months`` is the re-rating interval of the tier."""

    answers: tuple[Answer, ...]
    materiality: Graded
    complexity: Graded
    tier: int
    months: int


@dataclass(frozen=True, slots=True)
class Override:
    """A tier that somebody set in place of the computed one, up to and including a day."""

    tier: int
    until: date
    reason: Erasable
    on: date
    by: str

    def holds(self, day: date) -> bool:
        """Tell whether it still holds on a day; expiry is never an event."""
        return day <= self.until


@dataclass(frozen=True, slots=True)
class Rating:
    """A model's computed tier as it was rated ``on`` a day, with everything behind it."""

    template: str
    version: int
    computed: Computed
    on: date
    by: str
    reason: Erasable | None = None

    @property
    def due(self) -> date:
        """The day by which the model is to be rated again."""
        return months_after(self.on, self.computed.months)

    def describe(self, details: ModelDetails, override: Override | None = None) -> ModelDetails:
        """Return a model's details with the tier that rests on this rating, or on its override."""
        if override is not None:
            return replace(details, tier=override.tier, tier_reason=override.reason)
        return replace(details, tier=self.computed.tier, tier_reason=self.reason)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def compute(template: Template, answers: Mapping[str, str]) -> Computed:
    """Return what ``template`` makes of choices by question.

    Every question must be answered. Raises ``tiering.unknown_question``,
    ``tiering.answer_missing`` and ``tiering.unknown_choice`` with the question in ``where``.
    """
    for name in answers:
        if template.question(name) is None:
            known = ", ".join(item.id for item in template.questions)
            raise AppError("tiering.unknown_question", where=name, question=name, known=known)
    given = tuple(_answer(item, answers) for item in template.questions)
    return _computed(template, given)


def _answer(question: Question, answers: Mapping[str, str]) -> Answer:
    known = ", ".join(item.id for item in question.choices)
    if question.id not in answers:
        raise AppError(
            "tiering.answer_missing", where=question.id, question=question.id, known=known
        )
    name = answers[question.id]
    choice = question.choice(name)
    if choice is None:
        raise AppError(
            "tiering.unknown_choice",
            where=question.id,
            question=question.id,
            choice=name,
            known=known,
        )
    return Answer(question.id, choice.id, question.points(choice))


def _computed(template: Template, answers: tuple[Answer, ...]) -> Computed:
    of = {item.question: item.points for item in answers}
    materiality, complexity = (sum(of[item.id] for item in template.of_axis(axis)) for axis in Axis)
    on_materiality, on_complexity, tier = tier_of(template, materiality, complexity)
    return Computed(
        answers,
        Graded(materiality, on_materiality),
        Graded(complexity, on_complexity),
        tier,
        template.months(tier),
    )


def residual(inherent: int, open_high_findings: int, open_medium_findings: int) -> int:
    """Return the tier of what risk remains, from the inherent one and what is open.

    The rule: one open finding of high severity, or three of medium severity, raise the risk by
    one class; class 1 is the highest. Nothing lowers it below the inherent risk: a control that
    works prevents findings, it does not make a model less material.
    """
    weighs = open_high_findings > 0 or open_medium_findings >= MEDIUM_AS_HIGH
    return max(HIGHEST, inherent - 1) if weighs else inherent


def is_increase(before: int | None, after: int | None) -> bool:
    """Tell whether a change of tier raises the risk class: 1 is higher than 2."""
    return before is not None and after is not None and after < before
