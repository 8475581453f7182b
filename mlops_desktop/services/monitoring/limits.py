"""Thresholds as signs say them, the same in every language."""

from mlops_desktop.core.events.breaches import BreachDetails, BreachLevel
from mlops_desktop.core.events.thresholds import Bounds, Side


def limit_of(details: BreachDetails) -> str:
    """Return the threshold that a breach is beyond, as signs say it in any language."""
    side = details.side
    if side is None:
        return ""
    red = details.level is BreachLevel.RED
    low = details.intervention if red else details.warning
    high = details.intervention_high if red else details.warning_high
    return sign_of(Bounds(side, low, warning_high=high))


def sign_of(bounds: Bounds) -> str:
    """Return what lies beyond a warning threshold, as signs say it: ``> 0.25``, ``< 0.6``."""
    if bounds.side is Side.BAND:
        return f"∉ {bounds.warning or '−∞'} … {bounds.warning_high or '∞'}"
    return f"{'>' if bounds.side is Side.ABOVE else '<'} {bounds.warning or ''}".strip()


def limits_text(bounds: Bounds) -> str:
    """Return warning and intervention threshold as signs say them: ``> 0.1 / 0.25``."""
    if bounds.side is Side.BAND:
        inner = f"{bounds.warning or ''}…{bounds.warning_high or ''}"
        outer = f"{bounds.intervention or ''}…{bounds.intervention_high or ''}"
        told = [part for part in (inner, outer) if part != "…"]
        return f"∉ {' / '.join(told)}"
    given = [text for text in (bounds.warning, bounds.intervention) if text is not None]
    return f"{'>' if bounds.side is Side.ABOVE else '<'} {' / '.join(given)}"
