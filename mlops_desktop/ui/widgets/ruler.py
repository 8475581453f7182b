"""How wide texts are in a font, remembered: a pane asks for the same words at every change."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.widgets import breaking

_MOST = 10_000
"""So much is remembered: more than a hundred models have texts."""

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


class Ruler:
    """Measures in one font, in pixels; each text once."""

    def __init__(self, metrics: QFontMetrics) -> None:
        self._metrics = metrics
        self._advances: dict[str, int] = {}
        self._widest: dict[str, int] = {}
        self._fitted: dict[tuple[str, int], str] = {}

    def advance(self, text: str) -> int:
        """Return the width of a text in one line."""
        return _once(self._advances, text, self._metrics.horizontalAdvance)

    def widest(self, text: str) -> int:
        """Return the room of the longest part of ``text`` that a label does not break."""
        return _once(self._widest, text, lambda text: breaking.widest(text, self._metrics))

    def fitted(self, text: str, room: int) -> str:
        """Let the words of ``text`` that are wider than ``room`` end a line within."""
        if self.widest(text) <= room:
            return text
        key = (text, room)
        return _once(self._fitted, key, lambda key: breaking.fitted(*key, self._metrics))


_rulers: dict[tuple[str, int], Ruler] = {}


def ruler_of(widget: QWidget) -> Ruler:
    """Return the ruler of the font that ``widget`` has now, on the screen it is on."""
    key = widget.font().key(), widget.logicalDpiX()
    return _once(_rulers, key, lambda _: Ruler(widget.fontMetrics()))


def _once(known: dict[_Key, _Made], key: _Key, make: Callable[[_Key], _Made]) -> _Made:
    found = known.get(key)
    if found is None:
        if len(known) >= _MOST:
            known.clear()
        found = known[key] = make(key)
    return found
