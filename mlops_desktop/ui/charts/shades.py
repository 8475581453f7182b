"""Shades of the accent, and the ink that is read on each: the same in every theme."""

from PySide6.QtGui import QColor

from mlops_desktop.ui.colors import Colors

STEPS = 5
_LEAST, _MOST = 0.14, 0.88
_READABLE = 4.5


def shade(step: int, colors: Colors) -> QColor:
    """Return the ground of ``step``: 0 is the surface, :data:`STEPS` the strongest."""
    if step <= 0:
        return QColor(colors.surface)
    share = _LEAST + (_MOST - _LEAST) * (min(step, STEPS) - 1) / (STEPS - 1)
    return _mix(QColor(colors.surface), QColor(colors.accent), share)


def ink_on(ground: QColor, colors: Colors) -> QColor:
    """Return the theme's text where it is read well on ``ground``, else black or white."""
    text = QColor(colors.text)
    if contrast(text, ground) >= _READABLE:
        return text
    return max((QColor("#000000"), QColor("#ffffff")), key=lambda ink: contrast(ink, ground))


def step_of(value: float, most: float) -> int:
    """Return the step of ``value`` where ``most`` is the greatest: only nothing is 0."""
    if value <= 0 or most <= 0:
        return 0
    return max(1, min(STEPS, -int(-STEPS * value // most)))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours (source: WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _mix(ground: QColor, over: QColor, share: float) -> QColor:
    parts = zip(ground.getRgb()[:3], over.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(below + (above - below) * share) for below, above in parts))


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
