"""A box to choose one of some rows from."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox


def offer(box: QComboBox, rows: Iterable[tuple[str, object]], usual: object = None) -> None:
    """Offer rows, each a text and what it stands for, and stay on what was chosen.

    ``usual`` is chosen where nothing was, the first row where neither is offered; nobody is told.
    """
    chosen = usual if box.currentData() is None else box.currentData()
    blocker = QSignalBlocker(box)
    box.clear()
    for text, value in rows:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    blocker.unblock()
