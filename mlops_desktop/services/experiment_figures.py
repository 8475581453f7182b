"""The figure of an experiment, as the dossier prints it, for whoever shows it elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.items.experiments import effect_of
from mlops_desktop.dossier.content import Interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Interval", "Look", "draw_effect", "interval_of"]


@dataclass(frozen=True, slots=True)
class Look:
    """Words, colours as #rrggbb, and how a decimal text is written."""

    title: str
    better: str
    needed: str
    number: Callable[[str], str]
    text: str
    muted: str
    accent: str
    line: str
    ground: str


def interval_of(details: ExperimentDetails) -> Interval | None:
    """Return what the figure shows; None before the experiment is concluded."""
    effect = effect_of(details)
    if effect is None:
        return None
    told = (effect.value, effect.lower, effect.upper, effect.needed)
    value, lower, upper, needed = (format(one, "f") for one in told)
    name, side = details.criterion or "", effect.direction.value
    return Interval(name, value, lower, upper, needed, side, details.confidence)


def draw_effect(axes: "Axes", interval: Interval, look: Look) -> None:
    """Draw the dossier's figure on ``axes``."""
    # matplotlib takes a second to import: only who draws pays for it.
    from mlops_desktop.dossier.intervals import Ink, IntervalWords, draw_interval

    words = IntervalWords(look.title, look.better, look.needed, look.number)
    ink = Ink(look.text, look.muted, look.accent, look.line, look.ground, size=9)
    draw_interval(axes, interval, words, ink)
