"""Which profiles a workspace works by: taken in, activated, deactivated, each from a day on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.profiles import (
    ProfileActivated,
    ProfileAdded,
    ProfileDeactivated,
)
from mlops_desktop.core.profiles.data import Profile
from mlops_desktop.outside.foreign_files import TooLarge, read_within
from mlops_desktop.services.profiles import library
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import profiles as queries
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

_LARGEST = 200_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A profile in the version that counts. ``since`` is the day the workspace works by it from.

    ``is_active`` says whether that day has come; ``is_own`` that the workspace added it.
    """

    profile: Profile
    is_active: bool
    since: date | None
    is_own: bool

    def begins(self) -> date | None:
        """Return the first day on which it is in force here, None where no date is on record."""
        days = [day for day in (self.profile.effective_from, self.since) if day is not None]
        return max(days, default=None)

    def in_force(self, day: date) -> bool:
        """Tell whether it is in force here on a day: by its own dates, and not before ``since``."""
        begins, ends = self.begins() or date.min, self.profile.effective_to or date.max
        return begins <= day <= ends


def list_profiles(session: Session, as_of: AsOf = NOW) -> tuple[Standing, ...]:
    """Return every profile there is, by id."""
    with session.workspace.read() as view:
        return read_standings(view, as_of)


def show_profile(session: Session, id: str, as_of: AsOf = NOW) -> Standing:
    """Return one profile; raises ``profile.not_found``."""
    with session.workspace.read() as view:
        return find_standing(view, id, as_of)


def read_standings(view: ReadSession | WriteSession, as_of: AsOf) -> tuple[Standing, ...]:
    """Return every profile there is, inside a session."""
    since = _since(view, as_of)
    shipped = {(one.id, one.version) for one in library.shipped_profiles()}
    return tuple(
        Standing(
            profile,
            (begins := since.get(profile.id)) is not None and begins <= as_of.day,
            begins,
            (profile.id, profile.version) not in shipped,
        )
        for profile in library.list_newest(view, as_of)
    )


def list_active(view: ReadSession | WriteSession, as_of: AsOf) -> tuple[Standing, ...]:
    """Return the profiles that the workspace works by on the day asked for."""
    return tuple(one for one in read_standings(view, as_of) if one.is_active)


def find_standing(view: ReadSession | WriteSession, id: str, as_of: AsOf) -> Standing:
    """Return one profile; raises ``profile.not_found``."""
    wanted = library.find_profile(view, id, as_of).id
    return next(one for one in read_standings(view, as_of) if one.profile.id == wanted)


def _since(view: ReadSession | WriteSession, as_of: AsOf) -> dict[str, date]:
    """Return from when each profile is active on the day, or will next be."""
    told: dict[str, list[tuple[date, bool]]] = defaultdict(list)
    for row in queries.list_activations(view.connection, as_of):
        told[row.profile].append((date.fromisoformat(row.since), row.is_active))
    found = {id: _active_from(words, as_of.day) for id, words in told.items()}
    return {id: since for id, since in found.items() if since is not None}


def _active_from(words: list[tuple[date, bool]], day: date) -> date | None:
    """Return the beginning of the time that ``day`` lies in or before; later words count more."""

    def is_active(on: date) -> bool:
        return next((active for since, active in reversed(words) if since <= on), False)

    begins: date | None = None
    for since in sorted({since for since, _ in words}):
        if not is_active(since):
            begins = None if since <= day else begins
        elif begins is None:
            begins = since
    return begins


def activate_profile(
    session: Session, id: str, since: date | None = None, reason: str | None = None
) -> Recorded:
    """Let the workspace work by a profile from a day on, today unless said.

    Raises ``profile.not_found``, ``profile.already_active``.
    """
    day = since or clock.today()
    with session.workspace.write(session.actor) as work:
        found = find_standing(work, id, NOW)
        if found.since is not None and found.since <= day:
            day_text, own = found.since.isoformat(), found.profile.id
            raise AppError("profile.already_active", where="PROFILE", id=own, since=day_text)
        work.record(ProfileActivated(found.profile.id, day, commit_text(reason)))
    return Recorded(found.profile.id, work.changes)


def deactivate_profile(
    session: Session, id: str, since: date | None = None, reason: str | None = None
) -> Recorded:
    """Let the workspace no longer work by a profile; raises ``profile.not_active``."""
    day = since or clock.today()
    with session.workspace.write(session.actor) as work:
        found = find_standing(work, id, NOW)
        if found.since is None:
            raise AppError("profile.not_active", where="PROFILE", id=found.profile.id)
        work.record(ProfileDeactivated(found.profile.id, day, commit_text(reason)))
    return Recorded(found.profile.id, work.changes)


def add_profile(session: Session, path: Path) -> Recorded:
    """Take in a profile, or a new version of one, from a file against ``schemas/``.

    Raises ``profile.cannot_read``, ``profile.malformed`` with the JSON path, and
    ``profile.version_known``.
    """
    return take_profile(session, library.parse_profile(read_file(path), path.name), path.name)


def take_profile(session: Session, profile: Profile, where: str) -> Recorded:
    """Take in a profile that was read before; raises ``profile.version_known``."""
    with session.workspace.write(session.actor) as work:
        for known in library.list_versions(work, NOW):
            if (known.id, known.version) == (profile.id, profile.version):
                raise AppError(
                    "profile.version_known", where=where, id=known.id, version=known.version
                )
        # What is recorded is the profile as it was understood, not the file's white space.
        text = msgspec.json.encode(profile, order="sorted").decode()
        work.record(ProfileAdded(profile.id, profile.version, text))
    return Recorded(profile.id, work.changes)


def read_file(path: Path) -> bytes:
    """Return what a file holds; raises ``profile.cannot_read``, ``profile.too_large``."""
    try:
        return read_within(path, _LARGEST)
    except TooLarge:
        raise AppError("profile.too_large", where=str(path), most=_LARGEST) from None
    except OSError as error:
        raise AppError(
            "profile.cannot_read",
            recovery=Recovery.CONFIGURATION,
            where=str(path),
            path=str(path),
            reason=error.strerror or "",
        ) from error
