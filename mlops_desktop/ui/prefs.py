"""What the window remembers of a person's habits, in one JSON file; nothing of the business."""

import json
from contextlib import suppress
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Literal

from mlops_desktop import paths
from mlops_desktop.ui.shapes import fits

ThemeMode = Literal["auto", "light", "dark", "contrast"]
TEXT_SIZES = (100, 125, 150, 200)
"""Percent of the system's own size of text that a person can choose."""
LOCK_MINUTES = (0, 5, 10, 15, 30, 60)
"""Minutes that a person can choose; 0 is never."""
_MODES: tuple[ThemeMode, ...] = ("auto", "light", "dark", "contrast")
_FILE = "window.json"
_OF_WORKSPACE = ("page", "columns", "sorts", "splitters", "lists")
"""What is left in one workspace and is not what another is entered with, once it has its own."""
_MOST = 20


_NOT_KEPT = {"kept": False}


@dataclass(slots=True)
class Prefs:
    """Sizes and choices, of the workspace that is open; ``save`` writes them.

    A damaged file is forgotten and kept beside for whoever wants to look; ``damaged`` is where.
    """

    version: str = ""
    language: str = ""
    theme: ThemeMode = "auto"
    text_percent: int = 100
    reduced_motion: bool = False
    lock_minutes: int = 10
    """After how many minutes without anybody the window is locked; 0 is never."""
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
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each list was left with: its filter, its scope, and the row somebody stood on."""
    left: dict[str, dict[str, object]] = field(default_factory=dict)
    """What each workspace was left with, by its id."""
    workspace: str = field(default="", compare=False, metadata=_NOT_KEPT)
    damaged: str = field(default="", compare=False, metadata=_NOT_KEPT)
    _entered: set[str] = field(default_factory=set, compare=False, metadata=_NOT_KEPT)

    def enter(self, workspace: str) -> bool:
        """Take up what a workspace was left with; False where it is the one that is open.

        In one that was never open here the columns, orders and borders of the last stay.
        """
        if workspace == self.workspace:
            return False
        self._put_down()
        self.workspace, self.lists = workspace, {}
        self._entered.add(workspace)
        for known in fields(Prefs):
            value = self.left.get(workspace, {}).get(known.name)
            if known.name in _OF_WORKSPACE and fits(value, known.type):
                setattr(self, known.name, json.loads(json.dumps(value)))
        return True

    def _put_down(self) -> None:
        if not self.workspace:
            return
        self.left.pop(self.workspace, None)
        here = {name: getattr(self, name) for name in _OF_WORKSPACE}
        self.left[self.workspace] = json.loads(json.dumps(here))
        for name in list(self.left)[:-_MOST]:
            del self.left[name]

    def save(self, file: Path | None = None) -> None:
        """Write all at once, so that a crash leaves the old file or the new one."""
        self._put_down()
        target = file or paths.home() / _FILE
        # Another window may have left other workspaces meanwhile: those it knows better.
        others = load(target).left
        own = {name: one for name, one in self.left.items() if name in self._entered}
        kept = {known.name: getattr(self, known.name) for known in _kept()}
        kept["left"] = {**self.left, **others, **own}
        draft = target.with_suffix(".draft")
        draft.write_text(json.dumps(kept, indent=1), "utf-8")
        draft.replace(target)


def _kept() -> tuple[Field[object], ...]:
    return tuple(known for known in fields(Prefs) if known.metadata.get("kept", True))


def load(file: Path | None = None) -> Prefs:
    """Return what was remembered, with defaults for whatever is missing or of another form.

    A file that is none of ours, or holds a value of another form, is kept beside as ``.damaged``.
    """
    target, prefs = file or paths.home() / _FILE, Prefs()
    try:
        stored = json.loads(target.read_text("utf-8"))
    except OSError:
        return prefs
    except ValueError:
        stored = None
    is_sound = isinstance(stored, dict)
    for known in _kept() if is_sound else ():
        if known.name in stored and fits(stored[known.name], known.type):
            setattr(prefs, known.name, stored[known.name])
        elif known.name in stored:
            is_sound = False
    if not is_sound:
        prefs.damaged = _set_aside(target)
    if prefs.theme not in _MODES:
        prefs.theme = "auto"
    if prefs.text_percent not in TEXT_SIZES:
        prefs.text_percent = 100
    return prefs


def _set_aside(target: Path) -> str:
    kept = target.with_suffix(".damaged")
    with suppress(OSError):
        target.replace(kept)
    return str(kept)
