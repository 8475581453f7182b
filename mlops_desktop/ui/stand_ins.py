"""Fonts for scripts that the machine has none for, from what every installation brings along."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from mlops_desktop import paths

_System = QFontDatabase.WritingSystem
_CJK = (_System.SimplifiedChinese, _System.TraditionalChinese, _System.Japanese, _System.Korean)
_OTHER = (_System.Arabic, _System.Hebrew, _System.Greek, _System.Cyrillic, _System.Georgian)


def add_stand_ins() -> tuple[str, ...]:
    """Add a font for each group of scripts of which the machine lacks one; return the families.

    Qt takes its glyphs where the font in use has none, instead of empty boxes.
    """
    needed: list[Path] = []
    if any(map(_is_missing, _CJK)):
        needed.append(paths.resource("fonts", "DroidSansFallback.ttf"))
    if any(map(_is_missing, _OTHER)):
        needed.append(paths.matplotlib_font("DejaVuSans.ttf"))
    added = (QFontDatabase.addApplicationFont(str(file)) for file in needed)
    return tuple(QFontDatabase.applicationFontFamilies(font)[0] for font in added if font >= 0)


def _is_missing(system: QFontDatabase.WritingSystem) -> bool:
    return not QFontDatabase.families(system)
