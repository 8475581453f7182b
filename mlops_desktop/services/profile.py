"""What this profile knows of a workspace: who acts in it, at which device, and where it lies."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.outside import private_files

_MOST = 10


@dataclass(frozen=True, slots=True)
class Profile:
    """The person who acts by default, and this device's id in the workspace."""

    person: str
    device: str


def read_profile(workspace: str) -> Profile | None:
    """Return the profile for a workspace id, None before the first one was made."""
    path = paths.home() / "profiles" / private_files.file_name(workspace, ".json")
    stored = private_files.read(path)
    return Profile(**json.loads(stored)) if stored is not None else None


def write_profile(workspace: str, profile: Profile) -> None:
    """Keep the profile for a workspace id."""
    path = paths.home() / "profiles" / private_files.file_name(workspace, ".json")
    private_files.write(path, json.dumps(asdict(profile)).encode("utf-8"))


def recent_places() -> tuple[str, ...]:
    """Return where workspaces were opened last, newest first."""
    stored = private_files.read(paths.home() / "recent.json")
    try:
        places = json.loads(stored) if stored is not None else []
    except ValueError:  # a damaged list of habits keeps nobody from opening
        return ()
    return tuple(one for one in places if isinstance(one, str)) if isinstance(places, list) else ()


def is_missing(place: str) -> bool:
    """Whether a place is a file that is not there now; of a server nobody can tell beforehand."""
    return "://" not in place and not Path(place).expanduser().is_file()


def forget_place(place: str) -> None:
    """Take a place out of the recent ones; the workspace itself is left alone."""
    places = [one for one in recent_places() if one != place]
    private_files.write(paths.home() / "recent.json", json.dumps(places).encode("utf-8"))


def note_place(place: str) -> None:
    """Put a place at the head of the recent ones."""
    places = [place, *(one for one in recent_places() if one != place)][:_MOST]
    private_files.write(paths.home() / "recent.json", json.dumps(places).encode("utf-8"))
