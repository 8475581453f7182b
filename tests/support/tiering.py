"""A small tiering template: two choices a question, three grades, a whole matrix."""

from itertools import product

from mlops_desktop.core.inventory import Grade
from mlops_desktop.core.tier_templates import (
    Axis,
    Bilingual,
    Cell,
    Choice,
    Interval,
    Question,
    Rule,
    Scale,
    Template,
)
from mlops_desktop.core.tiering import Answer, Computed, Graded

_POINTS = {Grade.LOW: 0, Grade.MEDIUM: 1, Grade.HIGH: 2}
GRADES = tuple(_POINTS)


def question(id: str, axis: Axis) -> Question:
    choices = tuple(
        Choice(grade.value, Bilingual(f"{id} {grade}", f"{id} {grade} (de)"), points)
        for grade, points in _POINTS.items()
    )
    return Question(id, axis, Bilingual(f"How {id}?", f"Wie {id}?"), choices)


def tier(materiality: Grade, complexity: Grade) -> int:
    return max(1, 4 - _POINTS[materiality] - _POINTS[complexity])


def template(version: int = 1, months: int = 12) -> Template:
    """Return a template whose tier falls with every grade, one question an axis."""
    return Template(
        "small",
        version,
        Bilingual("Small", "Klein"),
        Bilingual("For tests", "Für Tests"),
        Rule.MATRIX,
        (question("large", Axis.MATERIALITY), question("hard", Axis.COMPLEXITY)),
        (Scale(Axis.MATERIALITY, 1, 2), Scale(Axis.COMPLEXITY, 1, 2)),
        tuple(Interval(number, months * number) for number in range(1, 5)),
        matrix=tuple(Cell(m, c, tier(m, c)) for m, c in product(GRADES, GRADES)),
    )


def computed(number: int) -> Computed:
    """Return a computed tier with the grades that make it in the small template."""
    pairs = {
        1: ("high", "medium"),
        2: ("medium", "medium"),
        3: ("low", "medium"),
        4: ("low", "low"),
    }
    large, hard = (Grade(name) for name in pairs[number])
    answers = (
        Answer("large", large.value, _POINTS[large]),
        Answer("hard", hard.value, _POINTS[hard]),
    )
    graded = (Graded(_POINTS[large], large), Graded(_POINTS[hard], hard))
    return Computed(answers, *graded, number, 12 * number)
