"""What sources tell against what the inventory says: each contradiction, and how it can end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.persons_told import is_same_person
from mlops_desktop.core.serving_rules import PRODUCTION, Breach


class Way(StrEnum):
    """A way in which a contradiction can be settled."""

    ACCEPT_SOURCE = "accept_source"
    """Take over what the source says."""
    CORRECT_SOURCE = "correct_source"
    """Correct it at the source; the next reading settles it."""
    TOLERATE = "tolerate"
    """Give a reason for which it is tolerated until a day."""
    REQUEST_APPROVAL = "request_approval"
    DECIDE_CANDIDATE = "decide_candidate"
    STOP = "stop"
    """Stop what runs, or end the deployment recorded by hand."""
    RETIRE = "retire"
    DEPLOY = "deploy"


WAYS: dict[ExceptionRule, tuple[Way, ...]] = {
    ExceptionRule.NOT_IN_INVENTORY: (Way.DECIDE_CANDIDATE, Way.STOP),
    ExceptionRule.PRODUCTION_WITHOUT_APPROVAL: (Way.REQUEST_APPROVAL, Way.STOP, Way.TOLERATE),
    ExceptionRule.RETIRED_BUT_RUNNING: (Way.STOP, Way.TOLERATE),
    ExceptionRule.USE_OUTSIDE_PURPOSE: (Way.REQUEST_APPROVAL, Way.STOP, Way.TOLERATE),
    ExceptionRule.USE_OUTSIDE_REGION: (Way.ACCEPT_SOURCE, Way.STOP, Way.TOLERATE),
    ExceptionRule.DIGEST_CHANGED: (Way.CORRECT_SOURCE, Way.REQUEST_APPROVAL, Way.TOLERATE),
    ExceptionRule.OWNER_DIFFERS: (Way.ACCEPT_SOURCE, Way.CORRECT_SOURCE, Way.TOLERATE),
    ExceptionRule.GONE_AT_SOURCE: (Way.CORRECT_SOURCE, Way.RETIRE, Way.TOLERATE),
    ExceptionRule.APPROVED_NOT_RUNNING: (Way.DEPLOY, Way.RETIRE, Way.TOLERATE),
}
"""The rules that contradict a source, in the order they are read, with the ways to settle each."""

TOLD_RULES = frozenset(
    {
        ExceptionRule.DIGEST_CHANGED,
        ExceptionRule.OWNER_DIFFERS,
        ExceptionRule.GONE_AT_SOURCE,
        ExceptionRule.APPROVED_NOT_RUNNING,
    }
)
"""Those of them that need more than the model's own state; the program settles them too."""


@dataclass(frozen=True, slots=True)
class EntryTold:
    """What an entry of a registry last told about a model, and in which kept answer."""

    source: str
    native_id: str
    owners: tuple[str, ...]
    missing_since: str | None
    digest: str
    seen_at: str

    @property
    def place(self) -> str:
        """The entry as people say it."""
        return f"{self.source}: {self.native_id}"


@dataclass(frozen=True, slots=True)
class ArtifactSeen:
    """The digest of what serves as a version, and the one known of that version."""

    label: str
    environment: str
    seen: str
    known: str | None
    source: str
    digest: str
    seen_at: str


@dataclass(frozen=True, slots=True)
class Told:
    """What sources told about one model; ``owner`` is what its owner is called here.

    ``persons`` are the names of all who are known here. ``is_watched`` says that a source that
    would tell was read.
    """

    entries: tuple[EntryTold, ...] = ()
    artifacts: tuple[ArtifactSeen, ...] = ()
    owner: str = ""
    persons: tuple[str, ...] = ()
    is_watched: bool = True


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule broken by what a source tells: its value, ours, and the answer it stood in.

    ``is_certain`` is false where the source's word may mean the same in other words.
    """

    breach: Breach
    told: str
    held: str
    source: str = ""
    digest: str = ""
    seen_at: str = ""
    is_certain: bool = True

    @property
    def evidence(self) -> tuple[str, ...]:
        """What shows it, as an exception keeps it."""
        return tuple(part for part in (self.source, self.told, self.digest, self.seen_at) if part)


_OUTSIDE = frozenset({State.CANDIDATE, State.REJECTED})


def find_contradictions(state: ModelState, shown: State, told: Told) -> Iterator[Contradiction]:
    """Yield what sources tell otherwise than the inventory; ``shown`` is the model's state today.

    What nobody took in contradicts nothing but by serving; what is retired may be gone.
    """
    if state.stage in _OUTSIDE:
        return
    if state.stage is not State.RETIRED:
        yield from _owners(told)
        yield from _gone(told)
        if shown is State.APPROVED and told.is_watched:
            yield from _idle(state, told)
    yield from _artifacts(told)


def _owners(told: Told) -> Iterator[Contradiction]:
    for entry in told.entries if told.owner else ():
        for word in entry.owners if entry.missing_since is None else ():
            if is_same_person(word, told.owner):
                continue
            named = [name for name in told.persons if is_same_person(word, name)]
            yield Contradiction(
                Breach(ExceptionRule.OWNER_DIFFERS, f"{entry.place}: {word}"),
                named[0] if len(named) == 1 else word,
                told.owner,
                entry.place,
                entry.digest,
                entry.seen_at,
                is_certain=bool(named),
            )


def _gone(told: Told) -> Iterator[Contradiction]:
    for entry in told.entries:
        if entry.missing_since is not None:
            yield Contradiction(
                Breach(ExceptionRule.GONE_AT_SOURCE, entry.place),
                entry.missing_since,
                entry.native_id,
                entry.place,
                entry.digest,
                entry.seen_at,
            )


def _idle(state: ModelState, told: Told) -> Iterator[Contradiction]:
    if any(one.environment in ("", PRODUCTION) for one in state.permissions):
        entry = max(told.entries, key=lambda one: one.seen_at, default=None)
        seen = (entry.place, entry.digest, entry.seen_at) if entry is not None else ("", "", "")
        yield Contradiction(Breach(ExceptionRule.APPROVED_NOT_RUNNING, PRODUCTION), "", "", *seen)


def _artifacts(told: Told) -> Iterator[Contradiction]:
    for one in told.artifacts:
        if one.known is not None and bare_digest(one.seen) != bare_digest(one.known):
            yield Contradiction(
                Breach(ExceptionRule.DIGEST_CHANGED, f"{one.label} {one.environment}"),
                one.seen,
                one.known,
                one.source,
                one.digest,
                one.seen_at,
            )


_HEX = re.compile(r"(?:^|[^0-9a-f])([0-9a-f]{32,128})(?:$|[^0-9a-f])")
_DIGEST_NAMES = frozenset(
    {"digest", "artifact_digest", "artefact_digest", "artifact.sha256", "sha256", "model_digest"}
)
_OWNER_NAMES = frozenset({"owner", "model_owner"})


def bare_digest(text: str) -> str:
    """Return a digest without the name of its algorithm, in small letters."""
    return text.strip().casefold().rpartition(":")[2]


def digest_of(details: VersionDetails) -> str | None:
    """Return the digest a registry tells of a version's artefact, None where it tells none.

    It stands in a tag of that name, or in the artefact's address as ``sha256:…``.
    """
    for tag in details.tags:
        if tag.name.casefold() in _DIGEST_NAMES:
            return tag.value
    artifact = (details.artifact or "").casefold()
    found = _HEX.search(artifact) if "sha" in artifact or artifact.isalnum() else None
    return found[1] if found is not None else None


def owners_of(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the owners that tags (name, value) of an entry name."""
    told = (value.strip() for name, value in pairs if name.casefold() in _OWNER_NAMES)
    return tuple(dict.fromkeys(value for value in told if value))
