"""What the service lists: its projects and their snapshots, and which of them are new."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json

PROJECTS = "/api/projects"
VERSION = "/api/version"
_MOST = 5_000
_ID = "0123456789abcdef-"


class Project(msgspec.Struct, frozen=True):
    """A project: usually one model."""

    id: str
    name: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A snapshot as the list tells it; the download has neither time nor metadata."""

    id: str
    name: str | None = None
    timestamp: str | None = None
    metadata: dict[str, object] = {}
    tags: list[str] = []


class _Version(msgspec.Struct):
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot and the project it belongs to."""

    project: Project
    entry: Entry

    @property
    def path(self) -> str:
        """Where the service shows it, below its address."""
        return f"projects/{self.project.id}/reports/{self.entry.id}"

    @property
    def download(self) -> str:
        """Where its numbers are asked for."""
        return f"{PROJECTS}/{self.project.id}/{self.entry.id}/download"


class Mark(msgspec.Struct, frozen=True):
    """How far a project was read: its newest snapshot, and the digest of the list up to there."""

    last: str
    digest: str


@dataclass(slots=True)
class Marks:
    """How far every project was read; ids of snapshots rise with the time they were made."""

    known: dict[str, Mark] = field(default_factory=dict)

    def news(self, snapshots: Iterable[Snapshot]) -> list[Snapshot]:
        """Return the snapshots to read: all of a project whose known part is not as it was."""
        found = []
        for project, own in _by_project(snapshots).items():
            mark = self.known.get(project)
            before = [one for one in own if mark is not None and one.entry.id <= mark.last]
            is_same = mark is not None and _digest(before) == mark.digest
            found += own[len(before) :] if is_same else own
        return found

    def text(self, snapshots: Iterable[Snapshot]) -> str:
        """Return the marks after all of these were read, as the cursor that they are kept in."""
        marks = {
            project: Mark(own[-1].entry.id, _digest(own))
            for project, own in _by_project(snapshots).items()
        }
        return msgspec.json.encode(marks, order="sorted").decode()


def read_marks(cursor: str | None) -> Marks:
    """Return the marks of a cursor; one of another version means that all is read again."""
    try:
        return Marks(msgspec.json.decode(cursor or "{}", type=dict[str, Mark]))
    except msgspec.MsgspecError:
        return Marks()


def _by_project(snapshots: Iterable[Snapshot]) -> dict[str, list[Snapshot]]:
    found: dict[str, list[Snapshot]] = {}
    for one in sorted(snapshots, key=lambda one: one.entry.id):
        found.setdefault(one.project.id, []).append(one)
    return found


def _digest(snapshots: Iterable[Snapshot]) -> str:
    told = [one.entry for one in snapshots]
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()[:32]


def find_version(client: HttpClient) -> str | None:
    """Return the version of the service; raises HttpFault."""
    return peek_json(client.get(VERSION).body, _Version).version


def list_projects(client: HttpClient, wanted: str) -> list[Project]:
    """Return the projects, or the one of this name or id; raises HttpFault."""
    found = peek_json(client.get(PROJECTS).body, list[Project])
    chosen = [one for one in found if not wanted or wanted in (one.id, one.name)]
    return sorted((one for one in chosen if _is_id(one.id)), key=lambda one: one.id)


def list_snapshots(client: HttpClient, projects: Iterable[Project]) -> Iterator[Snapshot]:
    """Yield the snapshots of projects by id, the oldest first; raises HttpFault."""
    number = 0
    for project in projects:
        answer = client.get(f"{PROJECTS}/{project.id}/reports")
        for entry in sorted(peek_json(answer.body, list[Entry]), key=lambda one: one.id):
            number += 1
            if number > _MOST:
                raise HttpFault(Fault.TOO_LARGE, Reason.ENDLESS_PAGING, f"{_MOST} snapshots")
            if _is_id(entry.id):
                yield Snapshot(project, entry)


def _is_id(told: str) -> bool:
    """Whether an id can stand in a path: UUIDs alone do, and nothing that leads elsewhere."""
    return 0 < len(told) <= 40 and all(sign in _ID for sign in told)
