"""What members of a team do in a workspace or in their copies of it, drawn by lot."""

import random
from contextlib import AbstractContextManager, nullcontext, suppress
from unittest.mock import patch

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.copies import Settlement
from mlops_desktop.core.events.model_links import ModelLinked
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import ModelDetails, VersionDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.core.standing import Status
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import approvals, copies, decisions, items, recusals
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.models import ModelFilter, list_models, show_model
from mlops_desktop.services.monitoring.thresholds import (
    NewThreshold,
    end_threshold,
    list_thresholds,
    set_threshold,
)
from mlops_desktop.services.session import Session, commit_text
from tests.services.copies.committees import resolve
from tests.services.copies.team import NAMES
from tests.support.bank import Bank

ALTERED = 0.15
"""How often who decides in a copy does so without being asked by the rules there."""
_BALLOTS = (
    *(Ballot(Decision.APPROVE, "I approve."),) * 6,
    Ballot(Decision.CONDITION, "I approve.", conditions=(("Nachweis bis März", None),)),
    Ballot(Decision.REJECT, "I reject.", "Nicht belegt"),
    Ballot(Decision.ABSTAIN, "I abstain."),
)
_FINDING = kind_named("finding")


def found(session: Session, rng: random.Random, models: int = 30) -> None:
    """Register what everybody works on, each model with a version."""
    keys: list[str] = []
    with session.workspace.write(session.actor) as work:
        for number in range(models):
            keys.append(new_id())
            developer = rng.choice((None, session.actor.person))
            tier = 1 if number % 3 == 0 else 2  # a committee decides about the first
            details = ModelDetails(name=f"Modell {number}", developer=developer, tier=tier)
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
        elif choice < 0.6:
            _vote(session, rng)
        elif choice < 0.83:
            resolve(session, rng, _is_altered(session, rng))
        elif choice < 0.93:
            _step_aside(session, rng)
        elif choice < 0.97:
            _find(session, rng, rows[rng.randrange(len(rows))].id)
        else:
            _limit(session, rng, rows[rng.randrange(min(len(rows), 3))].id)


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


def _limit(session: Session, rng: random.Random, model: str) -> None:
    """Set a limit, set it again under its id, or end it; or settle what was held back of one."""
    held = copies.conflicts(session)
    if held and rng.random() < 0.3:
        copies.settle(session, rng.choice(held).event.id, rng.choice([*Settlement]))
    known = list_thresholds(session, model)
    if known and rng.random() < 0.3:
        end_threshold(session, rng.choice(known).threshold, "Nicht mehr gemessen")
        return
    bounds = Bounds(Side.BELOW, warning=f"0.{rng.randint(1, 9)}")
    set_threshold(session, model, NewThreshold("gini", bounds, reason="Nachgemessen"))
