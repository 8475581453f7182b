from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Grade
from mlops_desktop.core.tier_template_check import TIERS, check_template
from mlops_desktop.core.tier_templates import (
    Axis,
    Band,
    Bilingual,
    Cell,
    Choice,
    Interval,
    Question,
    Rule,
    Scale,
    Template,
)
from mlops_desktop.core.tiering import compute, is_increase, months_after, residual
from tests.support.tiering import template

TEXT = Bilingual("x", "x")
RISK = {Grade.LOW: 0, Grade.MEDIUM: 1, Grade.HIGH: 2}
ANSWERS = {"large": "medium", "hard": "high"}


@st.composite
def questions(draw: st.DrawFn, axis: Axis) -> tuple[Question, ...]:
    """One to three questions of an axis; the first can bring at least two points."""
    made = []
    for at in range(draw(st.integers(1, 3))):
        points = draw(st.lists(st.integers(0, 9), min_size=2, max_size=4))
        points[0] += 2 * (at == 0)
        choices = tuple(Choice(f"c{place}", TEXT, worth) for place, worth in enumerate(points))
        made.append(Question(f"{axis}{at}", axis, TEXT, choices, draw(st.integers(1, 4))))
    return tuple(made)


@st.composite
def matrices(draw: st.DrawFn) -> tuple[Cell, ...]:
    """Any matrix in which more risk never makes a lower class."""
    steps = draw(st.lists(st.integers(0, 2), min_size=4, max_size=4))
    rows, columns = (0, steps[0], sum(steps[:2])), (0, steps[2], sum(steps[2:]))
    return tuple(
        Cell(m, c, max(1, 4 - rows[RISK[m]] - columns[RISK[c]])) for m, c in product(Grade, Grade)
    )


@st.composite
def templates(draw: st.DrawFn) -> Template:
    asked = {axis: draw(questions(axis)) for axis in Axis}
    made = replace(
        template(),
        rule=draw(st.sampled_from(Rule)),
        questions=asked[Axis.MATERIALITY] + asked[Axis.COMPLEXITY],
        matrix=draw(matrices()),
        intervals=tuple(Interval(tier, draw(st.integers(1, 60))) for tier in TIERS),
    )
    bands = sorted(draw(st.lists(st.integers(1, 60), min_size=3, max_size=3, unique=True)))
    scales = tuple(_scale(draw, axis, made.most_points(axis)) for axis in Axis)
    points = (0, *bands)
    return replace(
        made, scales=scales, bands=tuple(Band(4 - at, worth) for at, worth in enumerate(points))
    )


def _scale(draw: st.DrawFn, axis: Axis, most: int) -> Scale:
    high = draw(st.integers(2, most))
    return Scale(axis, draw(st.integers(1, high - 1)), high)


def answered(data: st.DataObject, of: Template) -> dict[str, str]:
    return {
        item.id: data.draw(st.sampled_from([choice.id for choice in item.choices]))
        for item in of.questions
    }


@given(templates(), st.data())
def test_every_answer_has_a_tier_and_a_worse_one_never_a_lower_class(
    made: Template, data: st.DataObject
) -> None:
    check_template(made)
    answers = answered(data, made)
    before = compute(made, answers)
    assert before.tier in TIERS
    assert before.months == made.months(before.tier)
    asked = data.draw(st.sampled_from(made.questions))
    worse = data.draw(st.sampled_from(asked.choices))
    after = compute(made, answers | {asked.id: worse.id})
    was = asked.choice(answers[asked.id])
    assert was is not None
    if worse.points >= was.points:
        assert after.tier <= before.tier
        assert RISK[after.materiality.grade] >= RISK[before.materiality.grade]
        assert RISK[after.complexity.grade] >= RISK[before.complexity.grade]


@given(templates(), st.data())
def test_the_points_shown_add_up_to_those_of_the_axis(made: Template, data: st.DataObject) -> None:
    found = compute(made, answered(data, made))
    by_axis = dict.fromkeys(Axis, 0)
    for answer in found.answers:
        asked = made.question(answer.question)
        assert asked is not None
        by_axis[asked.axis] += answer.points
    assert by_axis[Axis.MATERIALITY] == found.materiality.points
    assert by_axis[Axis.COMPLEXITY] == found.complexity.points


@pytest.mark.parametrize(
    ("answers", "code", "where"),
    [
        ({"large": "medium"}, "tiering.answer_missing", "hard"),
        (ANSWERS | {"large": "huge"}, "tiering.unknown_choice", "large"),
        (ANSWERS | {"colour": "red"}, "tiering.unknown_question", "colour"),
    ],
)
def test_answers_that_do_not_fit_are_refused(
    answers: dict[str, str], code: str, where: str
) -> None:
    with pytest.raises(AppError) as refused:
        compute(template(), answers)
    assert (refused.value.code, refused.value.where) == (code, where)


def _cells(change: Callable[[Cell], Cell | None]) -> tuple[Cell, ...]:
    return tuple(made for item in template().matrix if (made := change(item)) is not None)


BROKEN: list[tuple[dict[str, Any], str, str]] = [
    ({"questions": template().questions * 2}, "template_twice", "$.questions[2]"),
    ({"questions": template().questions[:1]}, "template_incomplete", "$.questions"),
    (
        {"questions": (replace(template().questions[0], choices=()), template().questions[1])},
        "template_incomplete",
        "$.questions[0].choices",
    ),
    ({"scales": template().scales[:1]}, "template_incomplete", "$.scales"),
    ({"scales": template().scales * 2}, "template_incomplete", "$.scales"),
    (
        {"scales": (template().scales[0], Scale(Axis.COMPLEXITY, 1, 3))},
        "template_unordered",
        "$.scales[1]",
    ),
    (
        {"scales": (Scale(Axis.MATERIALITY, 2, 2), template().scales[1])},
        "template_unordered",
        "$.scales[0]",
    ),
    ({"intervals": template().intervals[:3]}, "template_incomplete", "$.intervals"),
    ({"matrix": template().matrix[:8]}, "template_incomplete", "$.matrix"),
    (
        {"matrix": _cells(lambda c: replace(c, tier=3) if c.tier == 1 else c)},
        "template_contradictory",
        "$.matrix[5]",
    ),
    ({"rule": Rule.POINTS}, "template_incomplete", "$.bands"),
    (
        {"rule": Rule.POINTS, "bands": (Band(1, 3), Band(2, 2), Band(3, 2), Band(4, 0))},
        "template_unordered",
        "$.bands",
    ),
    (
        {"rule": Rule.POINTS, "bands": (Band(1, 3), Band(2, 2), Band(3, 1), Band(4, 1))},
        "template_unordered",
        "$.bands",
    ),
]


@pytest.mark.parametrize(("changes", "code", "where"), BROKEN)
def test_a_template_that_could_not_rate_everything_is_refused_with_its_place(
    changes: dict[str, Any], code: str, where: str
) -> None:
    check_template(template())
    with pytest.raises(AppError) as refused:
        check_template(replace(template(), **changes))
    assert (refused.value.code, refused.value.where) == (f"tiering.{code}", where)


@given(st.integers(1, 4), st.integers(0, 9), st.integers(0, 9))
def test_findings_raise_the_risk_by_one_class_at_most(
    inherent: int, high: int, medium: int
) -> None:
    found = residual(inherent, high, medium)
    assert found in (inherent, inherent - 1)
    assert found >= 1
    assert residual(inherent, high + 1, medium) <= found
    assert residual(inherent, high, medium + 1) <= found


def test_one_high_or_three_medium_findings_weigh() -> None:
    assert [residual(3, *found) for found in ((0, 0), (0, 2), (0, 3), (1, 0))] == [3, 3, 2, 2]
    assert residual(1, 5, 5) == 1


def test_a_lower_number_is_a_higher_class() -> None:
    assert is_increase(3, 2)
    assert not is_increase(2, 2)
    assert not is_increase(2, 3)
    assert not is_increase(None, 1)


@given(st.dates(), st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: Any, months: int) -> None:
    later = months_after(day, months)
    assert later > day or day.year > 9990
    if later.year < 9999:
        assert (later.year - day.year) * 12 + later.month - day.month == months
        assert later.day <= day.day
