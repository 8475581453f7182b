"""Whoever scrolls tabs is told so in the language of the window, on every bar of it."""

from PySide6.QtWidgets import QTabBar, QTabWidget, QToolButton, QWidget

from mlops_desktop.ui.window import Window


def names(bar: QWidget) -> list[str]:
    return [button.accessibleName() for button in bar.findChildren(QToolButton)]


def test_all_bars_of_the_pages_are_named_anew(window: Window) -> None:
    bars = (QTabBar(window.stage), QTabWidget(window.stage))
    for language, told in (
        ("de", ["Nach links scrollen", "Nach rechts scrollen"]),
        ("en", ["Scroll Left", "Scroll Right"]),
    ):
        window.context.language.use(language)
        assert [names(bar) for bar in bars] == [told, told]
