"""What the window remembers of a person's habits, in one JSON file; nothing of the business."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal

from mlops_desktop import paths

ThemeMode = Literal["auto", "light", "dark", "contrast"]
TEXT_SIZES = (100, 125, 150, 200)
"""Percent of the system's own size of text that a person can choose."""
_MODES: tuple[ThemeMode, ...] = ("auto", "light", "dark", "contrast")
_FILE = "window.json"


@dataclass(slots=True)
class Prefs:
    """Sizes and choices; ``save`` writes them, a damaged file is forgotten."""

    version: str = ""
    language: str = ""
    theme: ThemeMode = "auto"
    text_percent: int = 100
    reduced_motion: bool = False
    geometry: str = ""
    ground: str = ""
    page: str = ""
    role: str = ""
    """Whose Overview is shown: the id of a role, nothing before one was chosen."""
    looked: dict[str, list[str | int]] = field(default_factory=dict)
    """When who last looked at what: the ledger's length then, and the time in UTC."""
    splitters: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, list[list[str | int]]] = field(default_factory=dict)
    sorts: dict[str, list[str]] = field(default_factory=dict)
    views: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def save(self, file: Path | None = None) -> None:
        """Write all at once, so that a crash leaves the old file or the new one."""
        target = file or paths.home() / _FILE
        draft = target.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self), indent=1, sort_keys=True), "utf-8")
        draft.replace(target)


def load(file: Path | None = None) -> Prefs:
    """Return what was remembered, with defaults for whatever is missing or of another type."""
    try:
        stored = json.loads((file or paths.home() / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return Prefs()
    prefs = Prefs()
    if isinstance(stored, dict):
        for known in fields(Prefs):
            value = stored.get(known.name)
            if type(value) is type(getattr(prefs, known.name)):
                setattr(prefs, known.name, value)
    if prefs.theme not in _MODES:
        prefs.theme = "auto"
    if prefs.text_percent not in TEXT_SIZES:
        prefs.text_percent = 100
    return prefs
