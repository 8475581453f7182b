"""Honest days of a bank at random: everybody does through the services whatever they let him do."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Person
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.core.standing import Status
from mlops_desktop.outside import person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import (
    approvals,
    decisions,
    delegations,
    imports,
    items,
    ledger,
    models,
    people,
    recusals,
    rules,
    versions,
)
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.delegations import NewDelegation
from mlops_desktop.services.imports import Source, Wishes
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.services.session import Session
from mlops_desktop.services.versions import NewVersion
from tests.support.bank import FOUNDER, PASSPHRASE, STAFF, Bank

_FINDING = kind_named("finding")
_BALLOTS = (
    *[Ballot(Decision.APPROVE, "I approve.")] * 6,
    Ballot(Decision.REJECT, "I reject.", "Nicht belegt"),
    Ballot(Decision.ABSTAIN, "I abstain."),
    Ballot(Decision.CONDITION, "I approve if.", conditions=(("Nachweis", None),)),
)
_FIELDS = ("business_line", "methodology", "vendor", "purpose", "runbook")


@dataclass
class Walk:
    """One bank at the mercy of a random generator; keys are opened once."""

    bank: Bank
    rng: random.Random
    keys: dict[str, Credential]
    done: Counter[str] = field(default_factory=Counter)
    number: int = 0

    def go(self, steps: int) -> None:
        """Take as many steps as are told; one that is refused is a step as well."""
        for _ in range(steps):
            name, step = self.rng.choice(_WEIGHTED)
            with suppress(AppError):
                step(self)
                self.done[name] += 1

    def unlock(self, person: Person) -> Credential:
        """Return a person's key."""
        if person.id not in self.keys:
            workspace = self.bank.session.workspace.id
            self.keys[person.id] = person_keys.unlock(workspace, person.id, PASSPHRASE)
        return self.keys[person.id]

    def somebody(self) -> Session:
        """Return the session of anybody."""
        return self.of(self.rng.choice((FOUNDER, *STAFF)))

    def of(self, name: str) -> Session:
        """Return the session of somebody."""
        return replace(self.bank.as_(name), unlock=self.unlock)

    def model(self) -> str:
        """Return any model's key; raises where there is none."""
        found = models.list_models(self.bank.session, ModelFilter())
        if not found:
            raise AppError("model.not_found")
        return self.rng.choice(found).key

    def earlier(self) -> datetime | None:
        """Return now, or a moment that has long passed."""
        days = self.rng.choice((0, 0, 0, 1, 40, 400))
        return clock.now() - timedelta(days=days) if days else None


def _register(walk: Walk) -> None:
    walk.number += 1
    owner, developer = walk.rng.sample((FOUNDER, *STAFF), 2)
    texts = {"name": f"Modell {walk.number}", "owner": owner, "developer": developer}
    texts["tier"] = walk.rng.choice("123")
    session = walk.somebody()
    made = models.register_model(session, texts, anyway=True, effective=walk.earlier())
    versions.register_version(session, made.id, NewVersion("1", artifact="sha256:aa"))


def _edit(walk: Walk) -> None:
    changes = {walk.rng.choice(_FIELDS): f"Stand {walk.rng.randrange(99)}"}
    models.edit_model(walk.somebody(), walk.model(), changes, effective=walk.earlier())


def _appoint(walk: Walk) -> None:
    who = walk.rng.choice((FOUNDER, *STAFF))
    models.edit_model(walk.somebody(), walk.model(), {walk.rng.choice(("owner", "tier")): who})


def _move(walk: Walk) -> None:
    move = walk.rng.choice(list(Move))
    models.move_model(walk.somebody(), walk.model(), move, reason="Beschluss")


def _version(walk: Walk) -> None:
    wanted = NewVersion(str(walk.rng.randrange(2, 6)), artifact=f"sha256:{walk.rng.randrange(99)}")
    versions.register_version(walk.somebody(), walk.model(), wanted, effective=walk.earlier())


def _ask(walk: Walk) -> None:
    label = walk.rng.choice("1112345")
    approvals.request_approval(walk.somebody(), walk.model(), label, "production", "Bitte")


def _open_request(walk: Walk) -> str:
    found = approvals.list_requests(walk.bank.session, status=Status.OPEN)
    if not found:
        raise AppError("approval.not_found")
    return walk.rng.choice(found).key


def _decide(walk: Walk) -> None:
    ballot = walk.rng.choice(_BALLOTS)
    if walk.rng.random() < 0.2:
        ballot = replace(ballot, on_behalf_of=walk.rng.choice((FOUNDER, *STAFF)))
    decisions.decide(walk.somebody(), _open_request(walk), ballot, walk.unlock)


def _recuse(walk: Walk) -> None:
    recusals.recuse(walk.somebody(), _open_request(walk), "Befangen", walk.unlock)


def _withdraw(walk: Walk) -> None:
    key = _open_request(walk)
    by = approvals.show_request(walk.bank.session, key).requester
    session = walk.bank.session
    approvals.withdraw_request(replace(session, actor=replace(session.actor, person=by)), key)


def _revoke_approval(walk: Walk) -> None:
    for row in approvals.list_requests(walk.bank.session, status=Status.APPROVED)[:1]:
        session = walk.somebody()
        decisions.revoke_approval(session, row.key, "Fehler", "I revoke.", walk.unlock)


def _delegate(walk: Walk) -> None:
    today = clock.today()
    wanted = NewDelegation(walk.rng.choice(list(STAFF)), today, today + timedelta(days=9))
    delegations.grant_delegation(walk.somebody(), wanted, walk.unlock)


def _find(walk: Walk) -> None:
    session = walk.somebody()
    found = items.list_items(session, ItemFilter(kinds=(_FINDING.noun,)))
    if not found or walk.rng.random() < 0.5:
        texts = {"title": "Datenlücke", "severity": "medium", "origin": "validation"}
        texts |= {"due": "2031-01-31", "owner": session.actor.person}
        items.open_item(session, _FINDING, Given(texts, (walk.model(),)))
        return
    id = walk.rng.choice(found).id
    if walk.rng.random() < 0.5:
        items.edit_item(session, _FINDING, id, Given({"area": "Daten"}, reason="Nachtrag"))
    else:
        given = Given({"action_plan": "Daten nachliefern"}, reason="Vorschlag")
        items.take_step(session, _FINDING, id, "respond", given)


def _rule(walk: Walk) -> None:
    rules.add_rule(walk.of(FOUNDER), Rule("own", (Step("any", walk.rng.choice((1, 2, 3))),)))
    rules.activate_rule(walk.of("Miriam Sander"), "own")


def _enrol(walk: Walk) -> None:
    walk.number += 1
    name = f"{walk.rng.choice(_FIRST)} {walk.rng.choice(_LAST)}"
    people.enrol_person(walk.of(FOUNDER), people.Enrolment(name), lambda: "")


def _revoke(walk: Walk) -> None:
    if walk.rng.random() < 0.3:
        people.revoke_person(walk.of(FOUNDER), walk.rng.choice(list(STAFF)), "Austritt")


def _import(walk: Walk) -> None:
    walk.number += 1
    row = f"X-{walk.number};Import {walk.number};Corinna Wolters;2"
    text = f"Modell-ID;Modellname;Modellverantwortlicher;Risikoklasse\n{row}\n"
    imports.apply_import(walk.of(FOUNDER), Source("r.csv", text.encode()), Wishes())


_FIRST = ("Anna", "Jens", "Maren", "Tobias", "Heike")
_LAST = ("Albers", "Brodersen", "Carstens", "Dircks", "Ehlers", "Frahm")
STEPS: dict[str, tuple[Callable[[Walk], None], int]] = {
    "register": (_register, 6),
    "edit": (_edit, 5),
    "appoint": (_appoint, 2),
    "move": (_move, 2),
    "version": (_version, 3),
    "ask": (_ask, 6),
    "decide": (_decide, 10),
    "recuse": (_recuse, 1),
    "withdraw": (_withdraw, 1),
    "revoke approval": (_revoke_approval, 1),
    "delegate": (_delegate, 2),
    "find": (_find, 4),
    "rule": (_rule, 1),
    "enrol": (_enrol, 1),
    "revoke": (_revoke, 1),
    "import": (_import, 1),
}
_WEIGHTED = [(name, step) for name, (step, weight) in STEPS.items() for _ in range(weight)]


def is_clean(bank: Bank) -> bool:
    """Verify everything from the beginning; a failure says what was found."""
    verdict = ledger.verify_ledger(bank.session, whole=True)
    assert verdict.is_ok, verdict.first_failure
    return True
