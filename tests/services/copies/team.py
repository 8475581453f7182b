"""Five persons with a copy each, who do what they like, on lines that are cut where they like."""

import os
import random
import signal
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from unittest.mock import patch

import sqlalchemy as sa

from mlops_desktop.core.identity import Person
from mlops_desktop.outside import person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import copies, workspaces
from mlops_desktop.services.session import Session
from mlops_desktop.store import rebuild
from mlops_desktop.store.tables.ledger import events
from tests.support.bank import PASSPHRASE, Bank

NAMES = (
    "Dr. Katrin Feddersen",
    "Corinna Wolters",
    "Mateusz Kowalczyk",
    "Jonas Brandt",
    "Miriam Sander",
)
OFTEN = 0.3
"""How often a copy is compared after a pull with its whole log projected again."""


class Cut(Exception):
    """The line went dead, or the process was killed."""


@dataclass
class Member:
    """A person with an open copy."""

    name: str
    copy: Session
    team: Session


@dataclass
class Team:
    """A shared workspace and everybody's copy of it."""

    bank: Bank
    folder: Path
    members: list[Member] = field(default_factory=list)
    keys: dict[str, Credential] = field(default_factory=dict)
    cuts: Counter[str] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)

    def unlock(self, person: Person) -> Credential:
        """Give a person's key, opened once."""
        if person.id not in self.keys:
            workspace = self.bank.session.workspace.id
            self.keys[person.id] = person_keys.unlock(workspace, person.id, PASSPHRASE)
        return self.keys[person.id]

    def gather(self, number: int = len(NAMES)) -> None:
        """Let everybody take a copy."""
        for place, name in enumerate(NAMES[:number]):
            team = replace(self.bank.as_(name), unlock=self.unlock)
            path = self.folder / f"copy-{place}.mrm"
            copies.take(team, copies.Wanted(path))
            opened = workspaces.open_workspace(str(path), is_noted=False)
            copy = replace(opened, actor=team.actor, unlock=self.unlock)
            self.members.append(Member(name, copy, team))

    def close(self) -> None:
        """Close every copy."""
        for member in self.members:
            member.copy.workspace.close()

    def push(self, member: Member, cut: str, rng: random.Random) -> None:
        """Send a copy's outbox; ``cut``: lost before it was committed, or its answer lost."""
        self._note(member)
        self.cuts[f"push {cut}"] += 1
        if cut == "killed":
            self._kill(member, copies.push, rng.randint(0, 8))
            return
        fatal = rng.randint(0, 8) if cut == "lost" else None
        with suppress(Cut):
            pushed = copies.push(member.copy, member.team, _dying(fatal))
            del pushed  # killed before anything was done with the answer

    def pull(self, member: Member, cut: str, rng: random.Random) -> None:
        """Bring a copy up to date; ``cut``: killed somewhere in the middle."""
        self._note(member)
        self.cuts[f"pull {cut}"] += 1
        if cut == "killed":
            self._kill(member, copies.pull, rng.randint(0, 3))
            return
        fatal = rng.randint(0, 3) if cut == "lost" else None
        with _killed(rng) if cut == "answer" else suppress(Cut):
            copies.pull(member.copy, member.team, _dying(fatal))
        if rng.random() < OFTEN:
            check_projected(member.copy)

    def _kill(self, member: Member, bring: Callable[..., object], fatal: int) -> None:
        """Let a process of its own do it, and kill that for good where it stands."""

        def report(step: str, done: int, total: int | None) -> None:
            if next(calls) == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

        calls = count()
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            child = os.fork()
        if child:
            os.waitpid(child, 0)
            return
        try:
            copy = workspaces.open_workspace(member.copy.workspace.place, is_noted=False)
            team = workspaces.open_workspace(self.bank.place, is_noted=False)
            acting = replace(team, actor=member.team.actor)
            bring(replace(copy, actor=member.copy.actor), acting, report)
        finally:
            os._exit(0)

    def _note(self, member: Member) -> None:
        with member.copy.workspace.read() as view:
            start = copies.state(member.copy).base.size
            query = sa.select(events.c.id).where(events.c.position >= start)
            self.written.update(view.connection.execute(query).scalars())


def _dying(fatal: int | None) -> Callable[[str, int, int | None], None]:
    """Return a report that dies at the call of that number."""
    calls = 0

    def report(step: str, done: int, total: int | None) -> None:
        nonlocal calls
        if calls == fatal:
            raise Cut
        calls += 1

    return report


@contextmanager
def _killed(rng: random.Random) -> Iterator[None]:
    """Let a pull die just before its commit, or just after it with nothing noted outside."""
    place = rng.choice(("pulling.anchor.forget", "pulling._remember"))
    with suppress(Cut), patch(f"mlops_desktop.services.copies.{place}", side_effect=Cut):
        yield


def check_projected(copy: Session) -> None:
    """Hold what is projected in a copy, unshared events too, against all its events projected."""
    with copy.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
