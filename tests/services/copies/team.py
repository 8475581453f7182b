"""Five persons with a copy each, who do what they like, on lines that are cut where they like."""

import os
import random
import signal
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from unittest.mock import patch

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.model_links import ModelLinked
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.identity import Person
from mlops_desktop.core.inventory import ModelDetails, VersionDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.core.standing import Status
from mlops_desktop.outside import person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import (
    approvals,
    copies,
    decisions,
    items,
    ledger,
    recusals,
    workspaces,
)
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.models import ModelFilter, list_models
from mlops_desktop.services.rules_again import find_broken_rules
from mlops_desktop.services.session import Session, commit_text
from mlops_desktop.store import log, rebuild
from mlops_desktop.store.tables.copies import arrivals
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.unit_of_work import ReadSession
from tests.services.copies.reference import Reference
from tests.support.bank import PASSPHRASE, Bank

NAMES = (
    "Dr. Katrin Feddersen",
    "Corinna Wolters",
    "Mateusz Kowalczyk",
    "Jonas Brandt",
    "Miriam Sander",
)
ALTERED = 0.15
"""How often who decides in a copy does so without being asked by the rules there."""
OFTEN = 0.3
"""How often a copy is compared after a pull with its whole log projected again."""
_BALLOTS = (
    *(Ballot(Decision.APPROVE, "I approve."),) * 6,
    Ballot(Decision.CONDITION, "I approve.", conditions=(("Nachweis bis März", None),)),
    Ballot(Decision.REJECT, "I reject.", "Nicht belegt"),
    Ballot(Decision.ABSTAIN, "I abstain."),
)
_FINDING = kind_named("finding")


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


def found(session: Session, rng: random.Random, models: int = 30) -> None:
    """Register what everybody works on, each model with a version."""
    keys: list[str] = []
    with session.workspace.write(session.actor) as work:
        for number in range(models):
            keys.append(new_id())
            developer = rng.choice((None, session.actor.person))
            details = ModelDetails(name=f"Modell {number}", developer=developer, tier=2)
            work.record(ModelRegistered(keys[-1], details))
            work.record(VersionRegistered(new_id(), keys[-1], VersionDetails("1")))


def ask_for_some(bank: Bank, rng: random.Random) -> None:
    """Let everybody ask for something before the copies are taken, so that all can decide it."""
    keys = [row.key for row in list_models(bank.session, ModelFilter(), limit=400)]
    for name in NAMES * 2:
        with suppress(AppError):  # asked for already
            _ask(bank.as_(name), rng, keys)


def act(session: Session, rng: random.Random, many: int) -> None:
    """Do a few things in a workspace or a copy of it."""
    for _ in range(rng.randint(1, 4)):
        _act_once(session, rng, many)


def _act_once(session: Session, rng: random.Random, many: int) -> None:
    """Do something; what the rules refuse is not done."""
    rows = list_models(session, ModelFilter(), limit=400)
    keys = [row.key for row in rows]
    choice = rng.random()
    with suppress(AppError):
        if not keys or choice < 0.12:
            _in_bulk(session, keys, rng, many)
        elif choice < 0.27:
            for _ in range(rng.randint(1, 3)):
                _ask(session, rng, keys)
        elif choice < 0.83:
            _vote(session, rng)
        elif choice < 0.93:
            _step_aside(session, rng)
        else:
            _find(session, rng, rows[rng.randrange(len(rows))].id)


def _in_bulk(session: Session, keys: list[str], rng: random.Random, many: int) -> None:
    with session.workspace.write(session.actor) as work:
        for _ in range(rng.randint(1, many)):
            work.record(_any(session, keys, rng))


def _any(session: Session, keys: list[str], rng: random.Random) -> Event:
    choice = rng.random()
    if not keys or choice < 0.1:
        keys.append(new_id())
        details = ModelDetails(name=f"Modell {rng.randrange(200)}", owner=session.actor.person)
        return ModelRegistered(keys[-1], details)
    model = rng.choice(keys)
    if choice < 0.25:
        return VersionRegistered(new_id(), model, VersionDetails(str(rng.randrange(9))))
    if choice < 0.3:
        return ModelLinked(model, LinkKind.FEEDS, rng.choice(keys))
    text = f"Stand {rng.randrange(1000)}"
    changes = (
        ModelDetails(business_line=text),
        ModelDetails(methodology=text),
        ModelDetails(purpose=commit_text(text)),
        ModelDetails(vendor=text),
        ModelDetails(runbook=commit_text(text)),
    )
    return ModelEdited(model, rng.choice(changes))


def _ask(session: Session, rng: random.Random, keys: list[str]) -> None:
    from mlops_desktop.services.models import show_model

    sheet = show_model(session, rng.choice(keys))
    if sheet.versions:
        label = rng.choice(sheet.versions).details.version
        approvals.request_approval(session, sheet.row.key, label, "production")


def _vote(session: Session, rng: random.Random) -> None:
    """Decide what is open, also what one asked for, owns or has decided; some programs let one."""
    found = approvals.list_requests(session, status=Status.OPEN)[:6]
    for row in rng.sample(found, min(len(found), rng.randint(1, 4))):
        with suppress(AppError), _lax() if _is_altered(session, rng) else nullcontext():
            assert session.unlock is not None
            decisions.decide(session, row.key, rng.choice(_BALLOTS), session.unlock)


def _is_altered(session: Session, rng: random.Random) -> bool:
    """Tell whether a copy is written by a program that somebody took the rules out of."""
    return session.workspace.copy is not None and rng.random() < ALTERED


def _lax() -> AbstractContextManager[object]:
    return patch("mlops_desktop.services.decisions.refusal_of", return_value=None)


def _step_aside(session: Session, rng: random.Random) -> None:
    """Come to own or develop what waits, declare oneself partial, or take a request back."""
    found = approvals.list_requests(session, status=Status.OPEN)[:6]
    if not found:
        return
    row, choice = rng.choice(found), rng.random()
    if choice < 0.5:
        me = session.actor.person
        role = rng.choice((ModelDetails(owner=me), ModelDetails(developer=me)))
        with session.workspace.write(session.actor) as work:
            work.record(ModelEdited(row.model, role))
    elif choice < 0.75:
        assert session.unlock is not None
        recusals.recuse(session, row.key, "Befangen", session.unlock)
    else:
        mine = [one for one in found if one.requester == session.actor.person]
        approvals.withdraw_request(session, rng.choice(mine or [row]).key)


def _find(session: Session, rng: random.Random, model: str) -> None:
    found = items.list_items(session, ItemFilter(kinds=(_FINDING.noun,)), limit=5)
    if not found or rng.random() < 0.4:
        texts = {
            "title": "Datenlücke",
            "severity": "medium",
            "origin": "validation",
            "due": "2031-01-31",
            "owner": session.actor.person,
        }
        items.open_item(session, _FINDING, Given(texts, (model,)))
    elif rng.random() < 0.5:
        changed = Given({"area": f"Bereich {rng.randrange(99)}"}, reason="Nachtrag")
        items.edit_item(session, _FINDING, rng.choice(found).id, changed)
    else:
        given = Given({"action_plan": "Daten nachliefern"}, reason="Vorschlag")
        items.take_step(session, _FINDING, rng.choice(found).id, "respond", given)


def contents(session: Session) -> dict[str, str]:
    """Return the digest of the log and of every projected table, in the order of their keys."""
    with session.workspace.read() as view:
        query = sa.select(events.c.leaf).order_by(events.c.position)
        found = {"events": _digest(view.connection.execute(query))}
        for table in projected.sorted_tables:
            rows = view.connection.execute(sa.select(table).order_by(*table.primary_key))
            found[table.name] = _digest(rows)
    return found


def _digest(rows: sa.CursorResult[object] | sa.Result[object]) -> str:
    sum_ = sha256()
    for row in rows:
        sum_.update(repr(tuple(row)).encode())
    return sum_.hexdigest()


def check_projected(copy: Session) -> None:
    """Hold what is projected in a copy, unshared events too, against all its events projected."""
    with copy.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def settle_down(team: Team) -> None:
    """Let everybody send and fetch until nothing is left anywhere."""
    for _ in range(2):
        for member in team.members:
            copies.push(member.copy, member.team)
        for member in team.members:
            copies.pull(member.copy, member.team)


def check_decided(team: Team, view: ReadSession) -> None:
    """Hold decisions and where requests stand against a reference that shares no code."""
    stored = [one.body for one in log.read_events(view.connection)]
    found = Reference().read(stored)
    standings = {row.key: row.status.value for row in approvals.list_requests(team.bank.session)}
    assert not found.wrong, found.wrong
    differing = found.differing(standings)
    assert not differing, differing
    team.kinds += found.kinds


def check(team: Team) -> int:
    """Hold everything that was promised against what is there; return how many events there are."""
    shared = team.bank.session
    expected = contents(shared)
    for member in team.members:
        assert copies.state(member.copy).unshared == ()
        assert contents(member.copy) == expected
    with shared.workspace.read() as view:
        connection = view.connection
        ids = connection.execute(sa.select(events.c.id)).scalars().all()
        assert len(ids) == len(set(ids)), "doubled"
        fated = set(connection.execute(sa.select(arrivals.c.event)).scalars())
        check_decided(team, view)
        assert list(find_broken_rules(view)) == []
        assert list(rebuild.compare(connection)) == []
    assert team.written <= set(ids), "lost"
    assert team.written <= fated, "without a fate"
    verdict = ledger.verify_ledger(shared)
    assert verdict.is_ok, verdict.first_failure
    return len(ids)
