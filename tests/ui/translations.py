"""Brings the window's .ts files up to date and compiles them: ``python -m tests.ui.translations``.

Prints what still waits for German words. ``later(…)`` marks a text as QT_TR_NOOP does; English
holds the texts with a number alone, for one and for many.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from tests.support.surroundings import ROOT

FOLDER = ROOT / "resources" / "translations"
_OPTIONS = (
    "-silent", "-no-obsolete", "-locations", "none", "-tr-function-alias", "QT_TR_NOOP+=later",
    "-source-language", "en",
)  # fmt: skip


def _tool(name: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *arguments], check=True)


def main() -> int:
    sources = sorted(str(file) for file in (ROOT / "mlops_desktop" / "ui").rglob("*.py"))
    german, english = FOLDER / "de.ts", FOLDER / "en.ts"
    _tool("lupdate", *_OPTIONS, *sources, "-ts", str(german), "-target-language", "de")
    _tool("lupdate", *_OPTIONS, "-pluralonly", *sources, "-ts", str(english),
          "-target-language", "en")  # fmt: skip
    _tool("lrelease", "-silent", str(german), str(english))
    for file in (german, english):
        for message in ET.parse(file).iter("message"):  # noqa: S314
            translation = message.find("translation")
            if translation is not None and translation.get("type") == "unfinished":
                print(f"{file.name}: {message.findtext('source')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
