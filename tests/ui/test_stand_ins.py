"""On a machine without fonts, names in every script are still letters in the window."""

import pytest
from PySide6.QtGui import QFontDatabase, QTextLayout
from PySide6.QtWidgets import QApplication

from mlops_desktop.ui.stand_ins import add_stand_ins
from mlops_desktop.ui.theme import own_families


@pytest.mark.usefixtures("qapp")
def test_scripts_that_the_machine_lacks_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert add_stand_ins() == ("Dossier Sans Fallback", "DejaVu Sans")


@pytest.mark.usefixtures("qapp")
def test_nothing_is_added_where_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Noto Sans"])
    assert add_stand_ins() == ()


def test_the_font_in_use_borrows_every_letter(qapp: QApplication) -> None:
    add_stand_ins()
    font = qapp.font()
    font.setFamilies(own_families())
    layout = QTextLayout("äЖΩ零モ신שس", font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    drawn = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    assert len(drawn) == 8
    assert all(drawn), "glyph 0 is the empty box"
