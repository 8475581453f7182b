"""The figure of an experiment: every number on it is a fact, and it is vectors in the PDF."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.items.experiments import Outcome, effect_of
from mlops_desktop.dossier.content import Interval
from mlops_desktop.dossier.intervals import make_figure
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset.vector import draw_figure
from mlops_desktop.services.experiment_figures import interval_of
from mlops_desktop.services.wording import read_words


def details(lower: str, upper: str, direction: Direction, smallest: str) -> ExperimentDetails:
    return ExperimentDetails(
        criterion="brier",
        direction=direction,
        smallest=smallest,
        champion_value="0.74",
        challenger_value="0.76",
        lower=lower,
        upper=upper,
        confidence="95",
    )


def written(interval: Interval, language: str) -> set[str]:
    figure = make_figure(interval, Language(read_words(language)), 480, 110)
    canvas = Canvas(BytesIO())
    draw_figure(figure, canvas)
    (axes,) = figure.axes
    labels = [one.get_text() for one in axes.get_xticklabels()]
    return {*labels, *(one.get_text() for one in axes.texts), axes.get_title(loc="left")}


@pytest.mark.parametrize(
    ("direction", "needed", "outcome"),
    [(Direction.AT_LEAST, "0.01", Outcome.BETTER), (Direction.AT_MOST, "-0.01", Outcome.WORSE)],
)
def test_the_line_lies_on_the_side_that_is_better(
    direction: Direction, needed: str, outcome: Outcome
) -> None:
    told = details("0.012", "0.028", direction, "0.01")
    effect, interval = effect_of(told), interval_of(told)
    assert effect is not None
    assert effect.outcome is outcome
    assert interval is not None
    assert (interval.value, interval.needed) == ("0.02", needed)


def test_it_prints_facts_alone_in_both_languages() -> None:
    interval = interval_of(details("0.012", "0.028", Direction.AT_LEAST, "0.01"))
    assert interval is not None
    assert written(interval, "en") == {
        "brier: challenger minus champion", "better",
        "0.012", "0.02", "0.028", "criterion 0.01", "0",
    }  # fmt: skip
    assert {"0,012", "0,02", "0,028", "Kriterium 0,01", "besser"} <= written(interval, "de")


def test_what_would_print_over_another_is_left_out() -> None:
    """A difference of nought asked for is the line of nought itself."""
    interval = interval_of(details("-0.5", "0.7", Direction.AT_LEAST, "0"))
    assert interval is not None
    assert "0" not in written(interval, "en")
    assert "criterion 0" in written(interval, "en")
