"""A bank with somebody in every relation to a request, and a request in every state."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.inventory import Sighting, VersionDetails
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.standing import Status
from mlops_desktop.outside import certificates
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import (
    approvals,
    certification,
    decisions,
    delegations,
    models,
    people,
    recusals,
    versions,
)
from mlops_desktop.services.decisions import Ballot, Unlock
from mlops_desktop.services.delegations import NewDelegation
from mlops_desktop.services.emergencies import NewEmergency, record_emergency
from mlops_desktop.services.versions import NewVersion
from tests.support.bank import FOUNDER, PASSPHRASE, Bank, Prepared, open_prepared

OWNER, DEVELOPER, FREE, COMPLIANCE = (
    "Corinna Wolters",
    "Mateusz Kowalczyk",
    "Jonas Brandt",
    "Miriam Sander",
)
EXTRA = (
    "Olga Owned", "Dora Developed", "Rita Request", "Conny Changed", "Ulf Upload", "Bea Fangen",
    "Reto Revoked", "Sven Signed", "Tina Two", "Emil Expired", "Rosa Returned", "Fred Future",
    "Saskia Scope", "Dana Declared",
)  # fmt: skip
NO_KEY = "Nora Nokey"
LATER = timedelta(days=2)
YES = Ballot(Decision.APPROVE, "I approve.")


@dataclass(frozen=True)
class Actor:
    """Who tries, in whose place, and which rule refuses him while the request is open."""

    name: str
    rule: str | None
    behalf: str | None = None

    def __str__(self) -> str:
        return f"{self.name} for {self.behalf}" if self.behalf else self.name


ACTORS = (
    Actor(FREE, None),
    Actor(OWNER, "owner"),
    Actor("Olga Owned", "owner"),
    Actor(DEVELOPER, "developer"),
    Actor("Dora Developed", "developer"),
    Actor("Rita Request", "requester"),
    Actor("Conny Changed", "contributor"),
    Actor("Ulf Upload", "contributor"),
    Actor("Bea Fangen", "recused"),
    Actor("Dana Declared", "declarer"),
    Actor("Reto Revoked", "revoked"),
    Actor(NO_KEY, "no_certificate"),
    Actor("Sven Signed", "twice"),
    Actor(FREE, None, COMPLIANCE),
    Actor(FREE, "deputy_of_owner", OWNER),
    Actor(FREE, "deputy_of_developer", DEVELOPER),
    Actor(FREE, "deputy_of_requester", "Rita Request"),
    Actor(FREE, "deputy_of_contributor", "Conny Changed"),
    Actor(FREE, "deputy_of_recused", "Bea Fangen"),
    Actor(FREE, "deputy_of_declarer", "Dana Declared"),
    Actor(FREE, "deputy_of_revoked", "Reto Revoked"),
    Actor(FREE, "delegation_missing", FOUNDER),
    Actor(FREE, "delegation_expired", "Emil Expired"),
    Actor(FREE, "delegation_revoked", "Rosa Returned"),
    Actor(FREE, "delegation_not_begun", "Fred Future"),
    Actor(FREE, "delegation_scope", "Saskia Scope"),
    Actor(DEVELOPER, "developer", COMPLIANCE),
    Actor(FREE, "twice", "Sven Signed"),
)


@dataclass(frozen=True)
class Stage:
    """The bank, and the request in each state by its key."""

    bank: Bank
    requests: dict[Status, str]

    def ballot(self, actor: Actor) -> Ballot:
        """Return the approval that an actor tries to give."""
        return replace(YES, on_behalf_of=actor.behalf)


@contextmanager
def set_stage(prepared: Prepared, folder: Path) -> Iterator[Stage]:
    """Make the bank; inside the block it is two days later."""
    place = folder / "bank.mrm"
    shutil.copy(prepared.place, place)
    with pytest.MonkeyPatch.context() as patch:
        bank = open_prepared(prepared, str(place), folder / "home", patch)
        _enrol(bank)
        requests = _ask_in_every_state(bank)
        _delegate(bank)
        people.revoke_person(bank.session, "Reto Revoked")
        later = clock.now() + LATER
        with clock.reading(partial(lambda moment: moment, later)):
            yield Stage(bank, requests)
        bank.session.workspace.close()


def _unlock(bank: Bank, name: str) -> Unlock:
    """Return what unlocks a key, once: opening a key file is meant to take its time."""

    def once(person: Person) -> Credential:
        if person.id not in _OPENED:
            _OPENED[person.id] = bank.unlock(name)(person)
        return _OPENED[person.id]

    return once


_OPENED: dict[str, Credential] = {}


def _enrol(bank: Bank) -> None:
    authority = certification.unlock_authority(bank.session, lambda: PASSPHRASE)
    for name in (*EXTRA, NO_KEY):
        roles = (Role.VALIDATOR, Role.ADMINISTRATOR, Role.DEVOPS)
        wanted = people.Enrolment(name, roles)
        bank.ids[name] = people.enrol_person(bank.session, wanted, lambda: "").id
    for name in EXTRA:
        key = certificates.new_p256_key()
        certification.certify_person(bank.session, name, PASSPHRASE, authority, key=key)


def _register(bank: Bank) -> str:
    former = {"owner": "Olga Owned", "developer": "Dora Developed", "tier": "1", "name": "PD"}
    model = models.register_model(bank.as_(OWNER), former).id
    now = {"owner": OWNER, "developer": DEVELOPER}
    models.edit_model(bank.as_(OWNER), model, now)
    models.edit_model(bank.as_("Conny Changed"), model, {"limitations": "Nicht für Leasing"})
    return model


def _ask_in_every_state(bank: Bank) -> dict[Status, str]:
    model = _register(bank)
    made: dict[Status, str] = {}
    for number, state in enumerate(Status, 1):
        wanted = NewVersion(str(number), artifact=f"sha256:{number}")
        versions.register_version(bank.as_("Ulf Upload"), model, wanted)
        session = bank.as_("Rita Request")
        made[state] = approvals.request_approval(session, model, str(number), "production").id
        if state is Status.OPEN:
            urgent = NewEmergency(str(number), "production", "Angriff")
            record_emergency(bank.as_("Dana Declared"), model, urgent)
        _bring_to(bank, made[state], state)
    return made


def _cast(bank: Bank, request: str, name: str, ballot: Ballot = YES) -> None:
    decisions.decide(bank.as_(name), request, ballot, _unlock(bank, name))


def _bring_to(bank: Bank, request: str, state: Status) -> None:
    if state is Status.REJECTED:
        _cast(bank, request, "Sven Signed", Ballot(Decision.REJECT, "No.", "Kalibrierung"))
        return
    _cast(bank, request, "Sven Signed")
    if state is Status.OPEN:
        recusals.recuse(bank.as_("Bea Fangen"), request, "Vorgänger", _unlock(bank, "Bea Fangen"))
    elif state is Status.WITHDRAWN:
        approvals.withdraw_request(bank.as_("Rita Request"), request)
    elif state is Status.VOIDED:
        _void(bank, request)
    else:
        _cast(bank, request, "Tina Two", _second(state))
    if state is Status.REVOKED:
        unlock = _unlock(bank, "Tina Two")
        decisions.revoke_approval(bank.as_("Tina Two"), request, "Daten", "I revoke.", unlock)


def _second(state: Status) -> Ballot:
    if state is Status.CONDITIONAL:
        return Ballot(Decision.CONDITION, "Yes, if.", conditions=(("Bericht", None),))
    return replace(YES, valid_until=clock.today() if state is Status.EXPIRED else None)


def _void(bank: Bank, request: str) -> None:
    row = approvals.show_request(bank.session, request)
    seen = Sighting("ab" * 32, clock.now())
    told = VersionDetails(row.label, artifact="sha256:other")
    with bank.session.workspace.write(bank.session.actor) as work:
        changed = ("version.artifact",)
        work.record(VersionChanged(row.version, row.model, told, seen, changed))


def _delegate(bank: Bank) -> None:
    today = clock.today()
    far = today + timedelta(days=30)
    for giver in (
        OWNER,
        DEVELOPER,
        "Rita Request",
        "Conny Changed",
        "Bea Fangen",
        "Sven Signed",
        "Dana Declared",
    ):
        _grant(bank, giver, FREE, today, far)
    for giver in ("Reto Revoked", COMPLIANCE):
        _grant(bank, giver, FREE, today, far)
    _grant(bank, COMPLIANCE, DEVELOPER, today, far)
    _grant(bank, "Emil Expired", FREE, today, today + LATER - timedelta(days=1))
    _grant(bank, "Fred Future", FREE, today + timedelta(days=9), far)
    _grant(bank, "Saskia Scope", FREE, today, far, kinds=(Kind.RETIREMENT,))
    taken = _grant(bank, "Rosa Returned", FREE, today, far)
    delegations.revoke_delegation(bank.as_("Rosa Returned"), taken)


def _grant(
    bank: Bank, giver: str, holder: str, begins: date, ends: date, kinds: tuple[Kind, ...] = ()
) -> str:
    wanted = NewDelegation(holder, begins, ends, kinds=kinds)
    return delegations.grant_delegation(bank.as_(giver), wanted, _unlock(bank, giver)).id
