"""GTO's tags as a registry: what was registered, taken back, put into a stage, deprecated.

The tags alone are the registry, so they are read here and not by ``gto show``, which leaves out
exactly what was retired, and fails for the whole repository where two versions share a commit.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mlops_desktop.outside.repositories.mirror import Tag

_NAME = r"[A-Za-z][A-Za-z0-9_./-]*"
_FORM = re.compile(
    rf"(?:(?P<folder>[^=@#]+)=)?(?P<name>{_NAME})"
    r"(?:#(?P<stage>[A-Za-z][A-Za-z0-9_-]*)(?P<leave>!?)(?:#(?P<counter>\d+))?"
    r"|@(?P<word>deprecated|created)(?:#\d+)?"
    r"|@(?P<version>v?\d[A-Za-z0-9.+-]*)(?P<back>!?)(?:#\d+)?)"
)


@dataclass(slots=True)
class Version:
    """A version: the tag that registered it, and the one that took it back."""

    name: str
    tag: Tag
    taken_back: Tag | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A version put into a stage; the newest that was not undone holds."""

    stage: str
    version: str
    tag: Tag


@dataclass(slots=True)
class Artifact:
    """An artifact of the registry, its versions by name, its stages as they hold now."""

    folder: str
    name: str
    versions: dict[str, Version] = field(default_factory=dict)
    stages: dict[str, Assignment] = field(default_factory=dict)
    deprecated: Tag | None = None

    @property
    def id(self) -> str:
        """Its name as GTO shows it."""
        return f"{self.folder}:{self.name}" if self.folder else self.name


@dataclass(frozen=True, slots=True)
class _Mark:
    tag: Tag
    parts: dict[str, str | None]

    @property
    def order(self) -> tuple[str, int, str]:
        return self.tag.at or "", int(self.parts["counter"] or 0), self.tag.name


def read_registry(tags: Iterable[Tag]) -> tuple[Artifact, ...]:
    """Return the artifacts that the tags tell of, by id; other tags mean nothing here."""
    artifacts: dict[tuple[str, str], Artifact] = {}
    staged: dict[tuple[str, str], list[_Mark]] = {}
    marks = (_Mark(tag, found.groupdict()) for tag in tags if (found := _FORM.fullmatch(tag.name)))
    for mark in sorted(marks, key=lambda one: one.order):
        place = (mark.parts["folder"] or "", mark.parts["name"] or "")
        own = artifacts.setdefault(place, Artifact(*place))
        if mark.parts["stage"]:
            staged.setdefault(place, []).append(mark)
        else:
            _note(own, mark)
    for place, own_marks in staged.items():
        artifacts[place].stages = _stages(artifacts[place], own_marks)
    return tuple(sorted(artifacts.values(), key=lambda one: one.id))


def _note(artifact: Artifact, mark: _Mark) -> None:
    version, word = mark.parts["version"], mark.parts["word"]
    if word is not None:
        artifact.deprecated = mark.tag if word == "deprecated" else None
    elif version is not None and not mark.parts["back"]:
        artifact.versions[version] = Version(version, mark.tag)
    elif version is not None:
        # one taken back without its own tag was registered once: that tag was deleted
        known = artifact.versions.setdefault(version, Version(version, mark.tag))
        known.taken_back = mark.tag


def _stages(artifact: Artifact, marks: list[_Mark]) -> dict[str, Assignment]:
    """Return the newest assignment of each stage that holds; one undone gives way to the former."""
    active: dict[tuple[str, str], Assignment] = {}
    for mark in marks:
        stage = mark.parts["stage"] or ""
        version = _version_at(artifact, mark.tag)
        if version is None:
            continue
        active.pop((stage, version), None)
        if not mark.parts["leave"]:
            active[stage, version] = Assignment(stage, version, mark.tag)
    if artifact.deprecated is not None:
        return {}
    holds = (one for one in active.values() if artifact.versions[one.version].taken_back is None)
    return {one.stage: one for one in holds}


def _version_at(artifact: Artifact, tag: Tag) -> str | None:
    """Return the version on a tag's commit: of several, the one registered last before it."""
    on_commit = [one for one in artifact.versions.values() if one.tag.commit == tag.commit]
    before = [one for one in on_commit if (one.tag.at or "") <= (tag.at or "")]
    chosen = before or on_commit
    return max(chosen, key=lambda one: one.tag.at or "").name if chosen else None
