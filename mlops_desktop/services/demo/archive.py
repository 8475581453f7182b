"""The archive of credit decisions: a source that is only asked for one decision at a time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import unheard
from mlops_desktop.services import decision_records, sources
from mlops_desktop.services.decision_records import Asked
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.sources import NewSource


class LookPart(Strict, frozen=True):
    """Somebody had a decision shown, and what for."""

    on: str
    by: str
    reference: str
    purpose: str


class Archive(Strict, frozen=True):
    """The archive: its table, which column means what, and who looked into it."""

    name: str
    folder: str
    file: str
    added: str
    by: str
    columns: dict[str, str]
    look: tuple[LookPart, ...] = ()


def read_archive() -> Archive:
    """Return the archive; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "decisions.toml"), Archive)


def plan_archive(archive: Archive, calendar: Calendar, folder: Path) -> Iterator[Act]:
    """Yield the connection, each look into it, and the reading of last evening."""
    yield Act(calendar.moment(archive.added, Hours.CONNECT), _connect(archive, folder))
    for part in archive.look:
        yield Act(calendar.moment(part.on, Hours.EDIT), _look(archive, part))
    yield Act(calendar.moment("-1d", Hours.SYNC), _read(archive))


def _connect(archive: Archive, folder: Path) -> Perform:
    settings = tuple(Pair(f"decision.{name}", told) for name, told in archive.columns.items())

    def perform(stage: Stage) -> None:
        place = folder.resolve() / archive.folder
        place.mkdir(mode=0o700)
        shutil.copy(paths.resource("demo", "decisions", archive.file), place / archive.file)
        given = (*settings, Pair("zone", "Europe/Berlin"))
        wanted = NewSource("folder", archive.name, str(place), settings=given)
        sources.add_source(stage.acting(archive.by), wanted)

    return perform


def _look(archive: Archive, part: LookPart) -> Perform:
    def perform(stage: Stage) -> None:
        asked = Asked(part.reference, archive.name)
        decision_records.reveal(stage.acting(part.by), asked, part.purpose)

    return perform


def _read(archive: Archive) -> Perform:
    return lambda stage: sources.sync(stage.acting(archive.by), archive.name, unheard)
