"""Tiering templates: the questions of both axes, their points, and how a tier follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.inventory import Grade


class Axis(StrEnum):
    """The two sides of a model's risk, kept apart."""

    MATERIALITY = "materiality"
    COMPLEXITY = "complexity"


class Rule(StrEnum):
    """How a tier follows: from the grades of both axes, or from the points of all answers."""

    MATRIX = "matrix"
    POINTS = "points"


class TemplateStatus(StrEnum):
    """Where a version of a template stands; ``shipped`` is one that no workspace took over yet."""

    SHIPPED = "shipped"
    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in both languages."""

    en: str
    de: str

    def in_language(self, language: str) -> str:
        """Return the text in ``de`` or, for any other language, in English."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be given, with its points; more points mean more risk."""

    id: str
    text: Bilingual
    points: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one axis; its points count ``weight`` times."""

    id: str
    axis: Axis
    text: Bilingual
    choices: tuple[Choice, ...]
    weight: int = 1
    help: Bilingual | None = None

    def choice(self, id: str) -> Choice | None:
        """The choice of that id."""
        return next((item for item in self.choices if item.id == id), None)

    def points(self, choice: Choice) -> int:
        """What a choice counts, weighted."""
        return self.weight * choice.points


@dataclass(frozen=True, slots=True)
class Scale:
    """From how many points on an axis is graded medium and high; below that it is low."""

    axis: Axis
    medium: int
    high: int

    def grade(self, points: int) -> Grade:
        """Return the grade of so many points."""
        if points >= self.high:
            return Grade.HIGH
        return Grade.MEDIUM if points >= self.medium else Grade.LOW


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the matrix: which tier two grades make."""

    materiality: Grade
    complexity: Grade
    tier: int


@dataclass(frozen=True, slots=True)
class Band:
    """From how many points in all a model has this tier."""

    tier: int
    points: int


@dataclass(frozen=True, slots=True)
class Interval:
    """After how many months a model of this tier is rated again."""

    tier: int
    months: int


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template; what was rated by it keeps naming this version."""

    id: str
    version: int
    name: Bilingual
    description: Bilingual
    rule: Rule
    questions: tuple[Question, ...]
    scales: tuple[Scale, ...]
    intervals: tuple[Interval, ...]
    matrix: tuple[Cell, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def key(self) -> str:
        """The name of this version: general@1."""
        return template_key(self.id, self.version)

    def of_axis(self, axis: Axis) -> tuple[Question, ...]:
        """The questions of one axis."""
        return tuple(item for item in self.questions if item.axis is axis)

    def question(self, id: str) -> Question | None:
        """The question of that id."""
        return next((item for item in self.questions if item.id == id), None)

    def scale(self, axis: Axis) -> Scale:
        """The scale of an axis; a checked template has both."""
        return next(item for item in self.scales if item.axis is axis)

    def months(self, tier: int) -> int:
        """The re-rating interval of a tier; a checked template has one for each."""
        return next(item.months for item in self.intervals if item.tier == tier)

    def most_points(self, axis: Axis) -> int:
        """The most points that the answers of an axis can reach."""
        return sum(max_points(item) for item in self.of_axis(axis))


def template_key(id: str, version: int) -> str:
    """Return the name of one version of a template."""
    return f"{id}@{version}"


def max_points(question: Question) -> int:
    """Return the most weighted points that an answer can bring."""
    return max((question.points(item) for item in question.choices), default=0)


def tier_of(template: Template, materiality: int, complexity: int) -> tuple[Grade, Grade, int]:
    """Return both grades and the tier that so many points on each axis make."""
    on_materiality = template.scale(Axis.MATERIALITY).grade(materiality)
    on_complexity = template.scale(Axis.COMPLEXITY).grade(complexity)
    if template.rule is Rule.MATRIX:
        tier = _in_matrix(template.matrix, on_materiality, on_complexity)
    else:
        tier = _in_bands(template.bands, materiality + complexity)
    return on_materiality, on_complexity, tier


def _in_matrix(matrix: Iterable[Cell], materiality: Grade, complexity: Grade) -> int:
    wanted = (materiality, complexity)
    return next(item.tier for item in matrix if (item.materiality, item.complexity) == wanted)


def _in_bands(bands: Iterable[Band], points: int) -> int:
    return min(item.tier for item in bands if item.points <= points)
