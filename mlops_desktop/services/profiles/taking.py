"""A profile's file before it is taken in: what it holds, what is wrong, what it would follow."""

from dataclasses import dataclass
from pathlib import Path

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.profiles.data import Profile
from mlops_desktop.services.profiles import library
from mlops_desktop.services.profiles.library import Fault
from mlops_desktop.services.profiles.standing import read_file
from mlops_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as it was read: its profile, or every fault.

    ``counting`` is the version of the same profile that counts today, None where it is new here;
    ``is_known`` says that this very version is there already, and cannot be taken in again.
    """

    name: str
    profile: Profile | None
    faults: tuple[Fault, ...] = ()
    counting: Profile | None = None
    is_known: bool = False

    @property
    def is_outdated(self) -> bool:
        """Whether the version that counts today would go on counting: it was published later."""
        mine, other = self.profile, self.counting
        return mine is not None and other is not None and mine.published < other.published


def read_offered(session: Session, path: Path) -> Offered:
    """Return what a file offers, recording nothing.

    Raises ``profile.cannot_read``, ``profile.too_large``; faults inside it are part of the answer.
    """
    profile, faults = library.check_profile(read_file(path))
    if profile is None:
        return Offered(path.name, None, faults)
    with session.workspace.read() as view:
        newest = {one.id: one for one in library.list_newest(view, NOW)}
        known = {(one.id, one.version) for one in library.list_versions(view, NOW)}
    is_known = (profile.id, profile.version) in known
    return Offered(path.name, profile, (), newest.get(profile.id), is_known)
