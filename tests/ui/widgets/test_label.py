"""Labels: letters of one width where something is compared letter by letter."""

from mlops_desktop.ui.widgets.label import EvenLabel, Label
from mlops_desktop.ui.window import Window


def test_what_is_read_out_has_letters_of_one_width_and_the_size_of_its_text(plain: Window) -> None:
    label, usual = EvenLabel("IIII-WWWW", size="title"), Label("IIII-WWWW", size="title")
    for one in (label, usual):
        one.setParent(plain)
        one.measure()  # as a change of the size of text has it
    metrics = label.fontMetrics()
    assert metrics.horizontalAdvance("IIII") == metrics.horizontalAdvance("WWWW")
    assert label.font().pointSizeF() == usual.font().pointSizeF()
