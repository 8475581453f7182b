"""What this profile remembers of backups of a workspace: kept at home, never beside the file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from mlops_desktop import paths
from mlops_desktop.outside import private_files

KEEP = 7
"""How many generations are kept unless said."""

REMIND_DAYS = 7
"""After how many days without a backup the window says so, unless said."""


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The backup made last from this profile: where, when, of how many events, with which head."""

    place: str
    at: datetime
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where backups go, how many are kept, after how many days one is missed, the last made."""

    place: str = ""
    keep: int = KEEP
    remind_days: int = REMIND_DAYS
    last: LastBackup | None = None

    def is_due(self, now: datetime) -> bool:
        """Tell whether the last backup is older than it may be, or none was ever made."""
        return self.last is None or now - self.last.at > timedelta(days=self.remind_days)


def read_plan(workspace: str) -> BackupPlan:
    """Return what is remembered for a workspace id; a damaged note counts as none."""
    stored = private_files.read(_path(workspace))
    try:
        return BackupPlan() if stored is None else msgspec.json.decode(stored, type=BackupPlan)
    except msgspec.MsgspecError:
        return BackupPlan()


def keep_plan(workspace: str, plan: BackupPlan) -> None:
    """Remember it."""
    private_files.write(_path(workspace), msgspec.json.encode(plan))


def _path(workspace: str) -> Path:
    return paths.home() / "backups" / private_files.file_name(workspace, ".json")
