"""What every service is given: an open workspace and who acts in it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.identity import Actor, Person
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.randomness import new_salt
from mlops_desktop.store.workspace import Workspace

Ask = Callable[[], str]
"""Asks a person for a secret; raises AppError where nobody can be asked."""
Unlock = Callable[[Person], Credential]
"""Returns a person's key, unlocked."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open workspace and the person who acts, at this device.

    ``unlock`` gives the acting person's key for what whoever holds one signs; None where nobody
    can be asked for it. Under ``desk_key`` this desk keeps what belongs to the workspace but is on
    no record; None where the profile has no device key of its own.
    """

    workspace: Workspace
    actor: Actor
    unlock: Unlock | None = None
    desk_key: bytes | None = field(default=None, repr=False)

    def as_agent(self, agent: str) -> "Session":
        """Return the session with a program acting for the person."""
        return replace(self, actor=replace(self.actor, agent=agent))


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a write did: the id of what it made or changed, and the kinds it touched."""

    id: str
    changes: Changes


def commit_text(text: str | None) -> Erasable | None:
    """Return a commitment to free text under a fresh salt; None or blank stays None."""
    cleaned = clean_text(text).strip() if text else ""
    return commit(cleaned, new_salt()) if cleaned else None


def must_commit(text: str) -> Erasable:
    """Return a commitment to a text that may be empty."""
    return commit(clean_text(text).strip(), new_salt())


def effective_from(day: date | None) -> datetime | None:
    """Return the moment from which something dated ``day`` holds: its beginning, in UTC.

    None and today mean now, so that nothing lies in the future.
    """
    if day is None or day == clock.today():
        return None
    return datetime.combine(day, time.min, tzinfo=UTC)
