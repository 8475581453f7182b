"""Colours by meaning, read from TOML: all that the first paint needs of a theme."""

import tomllib
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mlops_desktop import paths
from mlops_desktop.ui.prefs import ThemeMode


@dataclass(frozen=True, slots=True)
class Colors:
    """Colours by meaning, as #rrggbb."""

    canvas: str
    rail: str
    surface: str
    raised: str
    text: str
    muted: str
    faint: str
    line: str
    edge: str
    field: str
    """The frame of what takes input: it is told from its ground by that alone."""
    hover: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    idle: str
    idle_soft: str
    focus: int
    """Pixels of the frame around what has the keyboard."""


_current: Colors | None = None


def read_colors(name: str) -> Colors:
    """Return the colours of ``resources/themes/<name>.toml``; every role must be there."""
    return Colors(**tomllib.loads(paths.resource("themes", f"{name}.toml").read_text("utf-8")))


def ground_of(app: QApplication, mode: ThemeMode) -> str:
    """Return the palette of ``mode``: as the system says where it is auto, its contrast too."""
    hints = app.styleHints()
    if mode != "auto":
        return mode
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def use_colors(name: str) -> Colors:
    """Put the colours of ``name`` in force and return them."""
    global _current
    _current = read_colors(name)
    return _current


def current_colors() -> Colors:
    """Return the colours in force, as QApplication.palette() does for Qt's own roles."""
    return _current if _current is not None else use_colors("light")
