"""The best by a criterion, and what it hides."""

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.comparison import (
    Caution,
    Criterion,
    Hidden,
    Line,
    Part,
    find_best,
    find_cautions,
    usual_direction,
)
from mlops_desktop.core.events.use_cases import Direction

UP, DOWN = Direction.AT_LEAST, Direction.AT_MOST
NUMBERS = st.lists(st.decimals(-5, 5, places=2).map(str) | st.none(), min_size=2, max_size=6)
GINI = Line(Part.METRIC, "gini", ("0.74", "0.76"))
BY_GINI = Criterion("gini", UP)


@given(NUMBERS, st.sampled_from(Direction))
def test_the_best_is_the_only_one_that_none_beats(values: list[str | None], way: Direction) -> None:
    best = find_best(Line(Part.METRIC, "x", tuple(values)), way)
    numbers = [float(one) for one in values if one is not None]
    if best is None:
        pick = max if way is UP else min
        assert not numbers or numbers.count(pick(numbers)) > 1
    else:
        own = float(values[best] or "nan")
        assert all(own > one if way is UP else own < one for one in numbers if one != own)
        assert numbers.count(own) == 1


def test_what_is_no_number_is_never_best() -> None:
    assert find_best(Line(Part.METRIC, "x", ("nan", "0", "-1")), UP) == 1
    assert find_best(Line(Part.METRIC, "x", ("inf", "high")), UP) is None


def cautions(*lines: Line, known: dict[str, Direction] | None = None) -> list[Caution]:
    return list(find_cautions((GINI, *lines), 1, BY_GINI, known or {}))


def test_it_hides_where_the_best_is_worse() -> None:
    latency = Line(Part.MONITORING, "p95", ("41", "118"))
    fairness = Line(Part.METRIC, "override_rate", ("0.91", "0.82"))
    assert cautions(latency) == [Caution(Hidden.WORSE, "p95", "118", "41")]
    assert cautions(fairness) == []
    assert cautions(fairness, known={"override_rate": UP}) == [
        Caution(Hidden.WORSE, "override_rate", "0.82", "0.91")
    ]


def test_it_hides_what_was_not_measured_tested_or_learned_alike() -> None:
    found = cautions(
        Line(Part.METRIC, "ks", ("0.55", None)),
        Line(Part.TEST, "unit", ("passed", "failed")),
        Line(Part.TEST, "load", ("passed", None)),
        Line(Part.DATA, "loans", ("d1", "d2")),
        Line(Part.DATA, "accounts", ("d1", "d1")),
    )
    assert [(one.kind, one.name) for one in found] == [
        (Hidden.UNMEASURED, "ks"),
        (Hidden.RED_TEST, "unit"),
        (Hidden.MISSING_TEST, "load"),
        (Hidden.OTHER_DATA, "loans"),
    ]


def test_usual_names_tell_their_direction_and_others_do_not() -> None:
    assert usual_direction("val_auc") is usual_direction("Gini@branch") is UP
    assert usual_direction("psi") is usual_direction("test_rmse") is DOWN
    assert usual_direction("cost_cent_per_1000") is usual_direction("response_ms_p95") is DOWN
    assert usual_direction("adverse_impact_age") is UP
    assert usual_direction("override_rate") is usual_direction("auc_loss") is None
