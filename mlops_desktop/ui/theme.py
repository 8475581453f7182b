"""Two palettes of our own: colours by role, read from TOML; everything else is derived."""

from dataclasses import fields
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from mlops_desktop import paths
from mlops_desktop.ui.colors import Colors, current_colors, ground_of, use_colors
from mlops_desktop.ui.prefs import ThemeMode
from mlops_desktop.ui.stand_ins import add_stand_ins

_LEAST_PIXELS = 13.5
_POOR_FONTS = ("DejaVu Sans", "Bitstream Vera Sans")
_FINE_FONTS = ("Inter", "Noto Sans", "Cantarell", "Open Sans", "Roboto")
_OWN_FONTS = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf")


class Theme(QObject):
    """Light, dark, or as the system says; ``changed`` after every switch."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: ThemeMode = "auto") -> None:
        super().__init__(app)
        self._app = app
        self.mode = mode
        app.setStyle("Fusion")
        app.setFont(_readable(app.font()))
        add_stand_ins()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def use(self, mode: ThemeMode) -> None:
        """Show ``mode`` from now on."""
        self.mode = mode
        self._apply()

    def is_dark(self) -> bool:
        """Whether the dark palette is in force."""
        return ground_of(self._app, self.mode) == "dark"

    def _follow(self) -> None:
        if self.mode == "auto":
            self._apply()

    def _apply(self) -> None:
        ground = ground_of(self._app, self.mode)
        colors = use_colors(ground)
        self._app.setPalette(make_palette(colors))
        sheet = Template(paths.resource("themes", "window.qss").read_text("utf-8"))
        roles = {role.name: getattr(colors, role.name) for role in fields(Colors)}
        for drawn in ("tick", "arrow", "left", "right"):
            roles[drawn] = paths.resource("icons", f"{drawn}-on-{ground}.svg").as_posix()
        self._app.setStyleSheet(sheet.substitute(roles))
        self.changed.emit()


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
