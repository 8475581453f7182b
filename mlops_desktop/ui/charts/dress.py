"""What every chart of the window looks like."""

from typing import TYPE_CHECKING

from mlops_desktop.ui.colors import Colors

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BELOW = 9.0
"""Points below the axis: the lowest number of the scale stands on it, half of it lower."""


def dress(axes: "Axes", colors: Colors) -> None:
    """Leave of the frame what a reader needs, in the theme's colours."""
    axes.set_facecolor(colors.surface)
    axes.tick_params(colors=colors.muted, labelsize=9, length=0)
    axes.tick_params(axis="x", pad=_BELOW)
    axes.grid(axis="y", color=colors.line, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.margins(y=0.2)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(colors.edge)
