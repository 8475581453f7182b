"""Where figures lead: the same lists that pages show, asked with the filter the way holds."""

from datetime import date

from mlops_desktop.core.portfolio import Figure as Counted
from mlops_desktop.core.portfolio import Place, Portfolio
from mlops_desktop.services.overview.cards import Figure, Mood, Way, said


def due_by(day: date) -> str:
    """Return the filter of current models whose review is due by ``day``; it holds on any date."""
    return f"scope:current due:<{day.isoformat()}"


def due_between(first: date, last: date) -> str:
    """Return the filter of current models whose review is due from one day to another."""
    return f"scope:current due:{first.isoformat()}..{last.isoformat()}"


def figure_of(found: Portfolio, name: str, mood: Mood = "") -> Figure:
    """Return a figure of the inventory as a card shows it; zero is no reason for a mood."""
    counted = next(one for one in found.figures if one.name == name)
    return Figure(
        f"portfolio.figure.{name}",
        counted.value,
        said(f"portfolio.definition.{name}"),
        _way(counted),
        mood if counted.value else "",
    )


def _way(counted: Counted) -> Way | None:
    if not counted.filter:
        return None
    is_scoped = counted.place is not Place.MODELS or "scope:" in counted.filter
    # Figures count current models; the list that is asked by filter shows retired ones too.
    scope = "" if is_scoped else "scope:current "
    return Way(counted.place.value, f"{scope}{counted.filter}")
