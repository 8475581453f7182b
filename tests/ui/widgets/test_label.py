"""Labels: letters of one width where something is compared letter by letter."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from mlops_desktop.ui.widgets.label import EvenLabel
from mlops_desktop.ui.window import Window


@pytest.fixture
def sizes() -> Iterator[tuple[float, float]]:
    """Two sizes of text; afterwards the application's font is as before."""
    before = QApplication.font()
    yield 10.0, 17.0
    QApplication.setFont(before)


def test_what_is_read_out_has_letters_of_one_width_in_every_size_of_text(
    plain: Window, sizes: tuple[float, float]
) -> None:
    label = EvenLabel("IIII-WWWW", size="title", strong=True)
    label.setParent(plain)
    for points in sizes:
        font = QApplication.font()
        font.setPointSizeF(points)
        QApplication.setFont(font)
        label.measure()
        metrics = label.fontMetrics()
        assert metrics.horizontalAdvance("IIII") == metrics.horizontalAdvance("WWWW")
        assert label.font().pointSizeF() > points
