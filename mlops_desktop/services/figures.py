"""Figures that dossiers print, for whoever shows them elsewhere: one code draws both."""

from mlops_desktop.dossier.timelines import (
    TimelineInk,
    draw_bounds,
    draw_happenings,
    draw_lines,
    draw_unmeasured,
)

__all__ = ["TimelineInk", "draw_bounds", "draw_happenings", "draw_lines", "draw_unmeasured"]
