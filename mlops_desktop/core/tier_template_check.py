"""Whether a template can rate every model: total, in order, and never kinder for more risk."""

from collections.abc import Iterable, Iterator
from itertools import product

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Grade
from mlops_desktop.core.tier_templates import Axis, Band, Cell, Question, Rule, Scale, Template

TIERS = range(1, 5)
_GRADES = (Grade.LOW, Grade.MEDIUM, Grade.HIGH)
_FEWEST_CHOICES = 2


def check_template(template: Template) -> None:
    """Refuse a template that leaves some answers without a tier; ``where`` names the place.

    Raises ``tiering.template_twice``, ``tiering.template_incomplete``,
    ``tiering.template_unordered`` and ``tiering.template_contradictory`` (a cell of the matrix
    that gives a lower risk class for a higher grade).
    """
    _check_unique((item.id for item in template.questions), "$.questions")
    for at, question in enumerate(template.questions):
        _check_question(question, f"$.questions[{at}]")
    for axis in Axis:
        _check_axis(template, axis)
    if {item.tier for item in template.intervals} != set(TIERS):
        raise _incomplete("$.intervals", "1, 2, 3, 4")
    _check_unique((str(item.tier) for item in template.intervals), "$.intervals")
    if template.rule is Rule.MATRIX:
        _check_matrix(template.matrix)
    else:
        _check_bands(template.bands)


def _incomplete(where: str, wanted: str) -> AppError:
    return AppError("tiering.template_incomplete", where=where, wanted=wanted)


def _check_unique(names: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            raise AppError("tiering.template_twice", where=f"{where}[{at}]", name=name)
        seen.add(name)


def _check_question(question: Question, where: str) -> None:
    if len(question.choices) < _FEWEST_CHOICES:
        raise _incomplete(f"{where}.choices", "≥ 2")
    _check_unique((item.id for item in question.choices), f"{where}.choices")


def _check_axis(template: Template, axis: Axis) -> None:
    if not template.of_axis(axis):
        raise _incomplete("$.questions", axis.value)
    places = [at for at, item in enumerate(template.scales) if item.axis is axis]
    if len(places) != 1:
        raise _incomplete("$.scales", axis.value)
    scale: Scale = template.scales[places[0]]
    # A grade that no answer reaches would be a promise that the template does not keep.
    if not 0 < scale.medium < scale.high <= template.most_points(axis):
        where = f"$.scales[{places[0]}]"
        most = template.most_points(axis)
        raise AppError("tiering.template_unordered", where=where, most=most)


def _check_matrix(matrix: tuple[Cell, ...]) -> None:
    _check_unique((f"{item.materiality}/{item.complexity}" for item in matrix), "$.matrix")
    known = {(item.materiality, item.complexity): item.tier for item in matrix}
    for pair in product(_GRADES, _GRADES):
        if pair not in known:
            raise _incomplete("$.matrix", f"{pair[0]}/{pair[1]}")
    for at, item in enumerate(matrix):
        for lower in _lower(item):
            if known[lower] < item.tier:
                where = f"$.matrix[{at}]"
                told = f"{lower[0]}/{lower[1]}"
                raise AppError("tiering.template_contradictory", where=where, other=told)


def _lower(cell: Cell) -> Iterator[tuple[Grade, Grade]]:
    for other in _GRADES[: _GRADES.index(cell.materiality)]:
        yield other, cell.complexity
    for other in _GRADES[: _GRADES.index(cell.complexity)]:
        yield cell.materiality, other


def _check_bands(bands: tuple[Band, ...]) -> None:
    if sorted(item.tier for item in bands) != list(TIERS):
        raise _incomplete("$.bands", "1, 2, 3, 4")
    points = [item.points for item in sorted(bands, key=lambda item: item.tier, reverse=True)]
    if points[0] != 0 or points != sorted(set(points)):
        raise AppError("tiering.template_unordered", where="$.bands", most=points[-1])
