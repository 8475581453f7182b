"""Three palettes of our own, read from TOML, the size of the text, and whether anything moves."""

from dataclasses import fields
from string import Template
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mlops_desktop import paths
from mlops_desktop.ui.colors import Colors, current_colors, ground_of, use_colors
from mlops_desktop.ui.dressing import Dressing
from mlops_desktop.ui.icons import grow
from mlops_desktop.ui.motion import keep_still
from mlops_desktop.ui.prefs import ThemeMode
from mlops_desktop.ui.stand_ins import add_stand_ins

_LEAST_PIXELS = 13.5
_POOR_FONTS = ("DejaVu Sans", "Bitstream Vera Sans")
_FINE_FONTS = ("Inter", "Noto Sans", "Cantarell", "Open Sans", "Roboto")
_OWN_FONTS = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf")
_SHEETS = ("window.qss", "focus.qss")
_STILL = "* { widget-animation-duration: 0; }"
_MOVING = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


@runtime_checkable
class Measured(Protocol):
    """A widget whose own font or size was measured by the font of the application."""

    def measure(self) -> None:
        """Take the measure again."""


class Theme(QObject):
    """Light, dark, high contrast or as the system says; ``changed`` after every switch.

    What would move by itself asks :func:`motion.is_still`.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        mode: ThemeMode = "auto",
        text_percent: int = 100,
        is_still: bool = False,
    ) -> None:
        super().__init__(app)
        self._app = app
        self.mode = mode
        self.text_percent, self.is_still = text_percent, is_still
        app.setStyle("Fusion")
        self._font = _plain_font(app)
        self._moving = [effect for effect in _MOVING if app.isEffectEnabled(effect)]
        self._blinks_ms = app.cursorFlashTime()
        add_stand_ins()
        self.dressing = Dressing(self)
        self._is_measuring = False
        self.dressing.dressed.connect(self._measure)
        self._set_motion()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow)
        app.styleHints().accessibility().contrastPreferenceChanged.connect(self._follow)

    def use(self, mode: ThemeMode) -> None:
        """Show ``mode`` from now on."""
        self.mode = mode
        self._apply()

    def use_text(self, percent: int) -> None:
        """Show every text in ``percent`` of the system's size from now on."""
        self.text_percent = percent
        self._apply(is_measuring=True)

    def use_motion(self, is_still: bool) -> None:
        """Let nothing move by itself from now on, or again what the system lets move."""
        self.is_still = is_still
        self._set_motion()
        self._apply()

    def _set_motion(self) -> None:
        keep_still(self.is_still)
        for effect in self._moving:
            self._app.setEffectEnabled(effect, not self.is_still)
        self._app.setCursorFlashTime(0 if self.is_still else self._blinks_ms)

    def _measure(self, part: QWidget) -> None:
        if self._is_measuring:
            inner_last = (part, *part.findChildren(QWidget))
            for widget in reversed(inner_last):  # what lays others out needs their measure
                if isinstance(widget, Measured):
                    widget.measure()

    def _follow(self) -> None:
        if self.mode == "auto":
            self._apply()

    def _apply(self, *, is_measuring: bool = False) -> None:
        is_late = self._is_measuring and not self.dressing.is_done
        self._is_measuring = is_measuring or is_late
        ground = ground_of(self._app, self.mode)
        colors = use_colors(ground)
        self._app.setPalette(make_palette(colors))
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * self.text_percent / 100)
        grow(self.text_percent)
        # Before the sheet: Qt gives widgets that exist the new font only together with a sheet.
        self._app.setFont(font)
        still = _STILL if self.is_still else ""
        self.dressing.change(make_sheet(colors, ground, self.text_percent) + still)
        self.changed.emit()


def make_sheet(colors: Colors, ground: str, percent: int = 100) -> str:
    """Return the style sheets with ``colors`` for text of ``percent`` of its usual size.

    A frame of the focus moves no text.
    """
    roles = {role.name: str(getattr(colors, role.name)) for role in fields(Colors)}
    for drawn in ("tick", "arrow", "left", "right"):
        on = "light" if ground == "light" else "dark"
        roles[drawn] = paths.resource("icons", f"{drawn}-on-{on}.svg").as_posix()
    insets = {"low": 6, "wide": 13, "near": 9, "tight": 4}
    roles |= {name: str(inset - colors.focus) for name, inset in insets.items()}
    roles |= {name: str(size) for name, size in _mark_sizes(percent).items()}
    sheets = (paths.resource("themes", name).read_text("utf-8") for name in _SHEETS)
    return "".join(Template(sheet).substitute(roles) for sheet in sheets)


def _mark_sizes(percent: int) -> dict[str, int]:
    """Return the sizes of boxes and arrows; a ticked round one is as large as an open."""
    mark, dot = 14 * percent // 100, 6 * percent // 100
    sizes = {"mark": mark, "dot": dot, "ring": (mark + 2 - dot) // 2, "round": (mark + 2) // 2}
    return sizes | {"drop": 22 * percent // 100}


def make_palette(colors: Colors) -> QPalette:
    """Derive Qt's roles from ours; the disabled ones are faint text on the same grounds."""
    role, palette = QPalette.ColorRole, QPalette()
    for target, name in (
        (role.Window, colors.canvas),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.canvas),
        (role.Button, colors.surface),
        (role.ToolTipBase, colors.raised),
        (role.WindowText, colors.text),
        (role.Text, colors.text),
        (role.ButtonText, colors.text),
        (role.ToolTipText, colors.text),
        (role.BrightText, colors.bad),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Accent, colors.accent),
        (role.Link, colors.accent),
        (role.Light, colors.raised),
        (role.Midlight, colors.hover),
        (role.Mid, colors.line),
        (role.Dark, colors.edge),
        (role.Shadow, colors.edge),
    ):
        palette.setColor(target, QColor(name))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colors.faint))
    return palette


def _plain_font(app: QApplication) -> QFont:
    """Return the font of the system made readable; found once, for a window made again too."""
    kept = app.property("plainFont")
    if isinstance(kept, QFont):
        return kept
    found = _readable(app.font())
    app.setProperty("plainFont", found)
    return found


def _readable(font: QFont) -> QFont:
    """Return the system's font, at least 13.5 pixels tall; a finer one than X11's last resort."""
    if QFontInfo(font).family() in _POOR_FONTS:
        known = set(QFontDatabase.families())
        fine = [name for name in _FINE_FONTS if name in known] or own_families()
        font.setFamilies([*fine, font.family()])
    pixels = QFontInfo(font).pixelSize()
    if pixels < _LEAST_PIXELS:
        font.setPointSizeF(QFontInfo(font).pointSizeF() * _LEAST_PIXELS / pixels)
    return font


def own_families() -> list[str]:
    """Return the family of our dossiers, which every installation brings along."""
    files = [str(paths.resource("fonts", name)) for name in _OWN_FONTS]
    first, *_ = [QFontDatabase.addApplicationFont(file) for file in files]
    return QFontDatabase.applicationFontFamilies(first)


def colors() -> Colors:
    """Return the colours in force, as QApplication.palette() does for Qt's own roles."""
    return current_colors()
