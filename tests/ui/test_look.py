"""Colours can be read, every icon can be drawn, both themes and both languages at run time."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop import paths
from mlops_desktop.ui.colors import Colors, current_colors, read_colors
from mlops_desktop.ui.icons import pixmap
from mlops_desktop.ui.motion import is_still
from mlops_desktop.ui.prefs import Prefs, load
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.window import Window
from tests.support.surroundings import ROOT
from tests.ui.conftest import SESSION, MakeWindow, find, page_of, said

UI = ROOT / "mlops_desktop" / "ui"
READABLE = [
    ("text", "canvas"), ("text", "surface"), ("text", "rail"), ("text", "raised"),
    ("text", "hover"), ("text", "accent_soft"),
    ("muted", "canvas"), ("muted", "surface"), ("muted", "rail"),
    ("muted", "raised"), ("muted", "accent_soft"), ("on_accent", "accent"),
    ("good", "good_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"), ("info", "info_soft"),
    ("idle", "idle_soft"), ("bad", "surface"), ("accent", "surface"), ("canvas", "text"),
    ("text", "bad_soft"), ("text", "warn_soft"), ("text", "info_soft"), ("text", "good_soft"),
    ("faint", "surface"), ("faint", "canvas"),
]  # fmt: skip
STRICTLY = [
    ("warn", "surface"), ("good", "surface"),
    ("text", "line"), ("accent", "accent_soft"), ("accent", "hover"),
]  # fmt: skip


FRAMES = [("field", "surface"), ("field", "canvas"), ("field", "raised")]


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear: list[float] = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_text_can_be_read_on_its_ground(name: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1; 1.4.6 for high contrast: 7 to 1, hints too."""
    colors, least = asdict(read_colors(name)), 7.0 if name == "contrast" else 4.5
    pairs = [*READABLE, *(STRICTLY if name == "contrast" else ())]
    found = {pair: contrast(colors[pair[0]], colors[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_what_takes_input_is_seen_on_its_ground(name: str) -> None:
    """WCAG 2.2, 1.4.11: at least 3 to 1 for what tells a control."""
    colors = asdict(read_colors(name))
    found = {pair: contrast(colors[pair[0]], colors[pair[1]]) for pair in FRAMES}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 3.0} == {}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_focus_can_be_seen(name: str) -> None:
    """WCAG 2.2, 1.4.11 and 2.4.13: 3 to 1 against what lies around it, 2 pixels, 3 at best."""
    colors = read_colors(name)
    for ground in (colors.canvas, colors.surface, colors.rail, colors.raised):
        assert contrast(colors.accent, ground) >= 3
    assert colors.focus == (3 if name == "contrast" else 2)


def test_the_style_sheet_is_short_and_names_only_roles_that_exist() -> None:
    sheets = ("window.qss", "focus.qss")
    text = "".join(paths.resource("themes", name).read_text("utf-8") for name in sheets)
    assert len(text.splitlines()) < 150
    insets = {"low", "wide", "near", "tight"}
    marks = {"mark", "dot", "ring", "round", "drop"}
    roles = set(Colors.__slots__) | {"tick", "arrow", "left", "right"} | insets | marks
    assert set(re.findall(r"\$\{?(\w+)", text)) <= roles
    assert not re.search(r"#[0-9a-f]{6}", text)


@pytest.mark.parametrize(
    "file", sorted(paths.resource("icons").glob("*.svg")), ids=lambda f: f.stem
)
def test_every_icon_draws_something(file: Path, qapp: QApplication) -> None:
    image = pixmap(file.stem, "bad", size=20, scale=2).toImage()
    assert image.size().width() == 40
    inked = sum(image.pixelColor(x, y).alpha() > 80 for x in range(40) for y in range(40))
    assert 15 < inked < 1200


def test_icons_named_in_the_code_are_there() -> None:
    known = {file.stem for file in paths.resource("icons").glob("*.svg")}
    named = {
        name
        for file in UI.rglob("*.py")
        for name in re.findall(r"\bicon(?:=|\()\"([\w-]+)\"", file.read_text("utf-8"))
    }
    assert named
    assert named <= known


def middle_color(image: QImage) -> QColor:
    return image.pixelColor(image.width() // 2, 40)


def hint_color(window: Window) -> str:
    """What an empty line's hint is written in; Qt makes it half transparent unless it is told."""
    color = page_of(window).list.filter.palette().color(QPalette.ColorRole.PlaceholderText)
    assert color.alpha() == 255
    return color.name()


def run_and_dress(window: Window, action: str, qtbot: QtBot) -> None:
    window.context.actions.run(action)
    qtbot.waitUntil(lambda: window.context.theme.dressing.is_done)


def test_the_theme_changes_at_run_time(window: Window, qtbot: QtBot) -> None:
    light = middle_color(window.grab().toImage())
    run_and_dress(window, "theme.dark", qtbot)
    dark = middle_color(window.grab().toImage())
    assert light.name() == read_colors("light").canvas
    assert dark.name() == read_colors("dark").canvas
    assert current_colors() == read_colors("dark")
    assert hint_color(window) == read_colors("dark").muted
    run_and_dress(window, "theme.light", qtbot)
    assert middle_color(window.grab().toImage()) == light
    assert hint_color(window) == read_colors("light").muted


def test_high_contrast_text_size_and_stillness_change_at_run_time(
    window: Window, qapp: QApplication, qtbot: QtBot
) -> None:
    prefs = window.context.prefs
    run_and_dress(window, "theme.contrast", qtbot)
    assert middle_color(window.grab().toImage()).name() == read_colors("contrast").canvas
    plain = window.fontMetrics().height()
    rows = page_of(window).list.view.verticalHeader().defaultSectionSize()
    run_and_dress(window, "text.200", qtbot)
    assert window.fontMetrics().height() > 1.8 * plain
    assert page_of(window).list.view.verticalHeader().defaultSectionSize() > 1.4 * rows
    heading = find(window.stage.header, Label)
    assert heading.font().pointSizeF() == pytest.approx(qapp.font().pointSizeF() * 1.45)
    assert not is_still()
    run_and_dress(window, "motion.reduced", qtbot)
    assert is_still()
    assert qapp.cursorFlashTime() == 0
    run_and_dress(window, "motion.reduced", qtbot)
    assert (is_still(), qapp.cursorFlashTime() > 0) == (False, True)
    run_and_dress(window, "text.100", qtbot)
    assert window.fontMetrics().height() == plain
    assert (prefs.theme, prefs.text_percent) == ("contrast", 100)
    run_and_dress(window, "theme.light", qtbot)


def test_what_was_chosen_is_remembered_and_nonsense_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    Prefs(theme="contrast", text_percent=150, reduced_motion=True).save(file)
    kept = load(file)
    assert (kept.theme, kept.text_percent, kept.reduced_motion) == ("contrast", 150, True)
    file.write_text('{"theme": "purple", "text_percent": 7000, "reduced_motion": 1}', "utf-8")
    kept = load(file)
    assert (kept.theme, kept.text_percent, kept.reduced_motion) == ("auto", 100, False)


def texts(window: Window) -> set[str]:
    buttons = {b.text().replace("&&", "&") for b in window.findChildren(QAbstractButton)}
    labels = {label.text() for label in window.findChildren(QLabel)}
    return {text for text in buttons | labels if text}


def test_the_language_changes_at_run_time(window: Window, qtbot: QtBot) -> None:
    english = texts(window)
    assert {"Find or do", "Columns", "1,000 rows", "Now"} <= english
    window.context.actions.run("language.de")
    german = texts(window)
    assert {"Suchen oder tun", "Spalten", "1.000 Zeilen", "Jetzt"} <= german
    assert not {"Find or do", "Columns", "Now"} & german
    header = page_of(window).list.model.headerData(0, Qt.Orientation.Horizontal)
    assert header == "Gestern"
    window.context.actions.run("language.en")
    assert texts(window) == english


class Doubled(QTranslator):
    """Every text twice as long, as another language may be."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"{source} {source}"

    def isEmpty(self) -> bool:
        return False


def is_clipped(widget: QWidget) -> bool:
    needed = widget.minimumSizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return False
    return widget.width() < needed.width() or widget.height() < needed.height()


@pytest.mark.parametrize("is_open", [True, False])
def test_texts_twice_as_long_are_not_cut(
    is_open: bool, make_window: MakeWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    doubled = Doubled(qapp)
    window = make_window(Prefs(theme="light"))
    QCoreApplication.installTranslator(doubled)
    try:
        if is_open:
            window.context.use_session(SESSION, "Elbmark Bank AG")
            page_of(window).list.view.selectRow(0)
        window.context.language_changed.emit()
        window.resize(1280, 800)
        assert "Find or do Find or do" in texts(window)

        def cut() -> list[str]:
            shown: list[QAbstractButton | QLabel] = [*window.findChildren(QAbstractButton)]
            shown += window.findChildren(QLabel)
            return [w.text() for w in shown if w.text() and w.isVisible() and is_clipped(w)]

        qtbot.waitUntil(lambda: cut() == [])
        assert window.minimumSizeHint().width() <= 1280
    finally:
        QCoreApplication.removeTranslator(doubled)


def test_what_others_wrote_is_never_read_as_markup(window: Window) -> None:
    window.stage.bar.say("warn", "<b>bold</b> & <img src=x>", "<i>x</i>")
    assert "<b>bold</b> & <img src=x>" in said(window.stage.bar)


FORBIDDEN = re.compile(
    r"\bQMessageBox\b|\bQLabel\(|setTextFormat\((?!Qt\.TextFormat\.PlainText)|"
    r"processEvents|\bQThread\b|\.exec\(\)|setHtml|insertHtml|QErrorMessage|QSortFilterProxyModel"
)
ALLOWED = {
    ("app.py", ".exec()"),
    ("shots.py", ".exec()"),
    ("copying.py", "setHtml"),  # a table on the clipboard, each cell escaped
    ("pane.py", "setHtml"),  # help, whose every word is escaped
}


def test_what_the_house_does_not_use() -> None:
    """No markup, no message box, no modal loop, no thread of one's own, no proxy model."""
    found = {
        (file.name, match)
        for file in sorted(UI.rglob("*.py"))
        for match in FORBIDDEN.findall(file.read_text("utf-8"))
    }
    assert found - ALLOWED == set()
