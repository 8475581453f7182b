"""What the product records, as profiles ask for it: missed, filled, run over, on both databases."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.people import PersonEnrolled
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import Sighting, VersionDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.lifecycle import Move, Scope
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.core.profiles.outcomes import Result
from mlops_desktop.core.validations import Area
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import (
    approvals,
    emergencies,
    handovers,
    items,
    model_links,
    models,
    people,
    permissions,
    tiering,
)
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.emergencies import NewEmergency
from mlops_desktop.services.items import Given
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.permissions import NewPermission, Reply
from mlops_desktop.services.profiles import checking, standing
from mlops_desktop.services.profiles.evidence import changes, fields, in_time
from mlops_desktop.services.profiles.evidence import items as on_record
from mlops_desktop.services.profiles.evidence import model_links as linked
from mlops_desktop.services.profiles.evidence import people as in_office
from mlops_desktop.services.profiles.evidence import permissions as permitted
from mlops_desktop.services.profiles.evidence import tiering as rated
from mlops_desktop.services.profiles.evidence import validations as validated
from mlops_desktop.services.session import must_commit
from mlops_desktop.services.versions import NewVersion, register_version
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.queries.tiering import find_template
from mlops_desktop.store.queries.versions import list_versions
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import bring_in, cast, register

START = clock.now() + timedelta(hours=1)
DAY = START.date()
OWNER, DEVELOPER = "Corinna Wolters", "Mateusz Kowalczyk"
VALIDATOR, COMPLIANCE = "Jonas Brandt", "Miriam Sander"
_WORDS = read_words("en")
_RECORDS = frozenset(
    f"record.{key.rpartition('.')[2]}"
    for key in _WORDS.sentences
    if key.startswith("dossier.codes.record.")
)
NEW = (changes, fields, in_time, linked, on_record, in_office, permitted, rated, validated)
ASKED = sorted(set().union(*(one.kept(_RECORDS) for one in NEW)) - {"record.model"})
EVERY = ModelFilter(scope=Scope.ALL)
ALWAYS = {
    "record.findings_in_time",
    "record.exceptions_in_time",
    "record.overlays_in_time",
    "record.conditions_in_time",
    "record.obligations_in_time",
    "record.emergencies_ratified",
    "record.change_log",
    "record.owner_in_office",
    "record.rating_in_time",
}


@pytest.fixture
def house(bank: Bank, tmp_path: Path) -> Iterator[Bank]:
    """A bank with a profile of its own: a rule for every record, called by its name."""
    rules = [
        {
            "id": name.removeprefix("record.").replace("_", "-"),
            "reference": "4.2",
            "title": {"en": name, "de": name},
            "level": "must",
            "satisfied_by": [name],
        }
        for name in ASKED
    ]
    tree = {
        "schema": "profile-1", "id": "house", "version": "1", "published": "2026-01-01",
        "regime": "house", "title": {"en": "House", "de": "Haus"}, "jurisdiction": "DE",
        "source": "Handbuch", "mark": "P", "rules": rules,
    }  # fmt: skip
    path = tmp_path / "house.json"
    path.write_text(json.dumps(tree), "utf-8")
    with clock.reading(lambda: START):
        standing.add_profile(bank.session, path)
        register(bank)
        register(bank, name="LGD Gewerbe")
        yield bank


def found(bank: Bank, result: Result, day: datetime = START) -> set[str]:
    """Name the records of that result, after holding one model against all of them."""
    with clock.reading(lambda: day):
        one = checking.check_model(bank.session, "house", "1")
        together = checking.check_models(bank.session, "house", EVERY)
    assert one.outcomes[0] == together.outcomes[0]
    rules = (rule.needs[0][0] for rule in one.profile.rules)
    pairs = zip(rules, one.outcomes[0], strict=True)
    return {name for name, outcome in pairs if outcome.result is result}


def opened(bank: Bank, noun: str, by: str = OWNER, **texts: str) -> str:
    kind, titled = kind_named(noun), {"title": noun, **texts}
    if noun == "exception":
        titled.pop("title")
    return items.open_item(bank.as_(by), kind, Given(titled, ("M-00001",))).id


def taken(bank: Bank, noun: str, id: str, step: str, by: str, **texts: str) -> None:
    given = Given(texts, reason="Begründung")
    items.take_step(bank.as_(by), kind_named(noun), id, step, given)


def test_a_bare_model_misses_all_but_what_nothing_speaks_against(house: Bank) -> None:
    assert found(house, Result.MET) == ALWAYS
    assert found(house, Result.MISSING) == set(ASKED) - ALWAYS


def test_what_is_recorded_fills_every_one_and_runs_over_by_its_own_day(house: Bank) -> None:
    _record_use(house)
    _validate(house)
    _record_changes(house)
    _hand_over(house)
    retired = {"record.decommissioning"}
    assert found(house, Result.MISSING) == retired
    assert found(house, Result.MET) == set(ASKED) - retired
    soon = START + timedelta(days=60)
    assert found(house, Result.STALE, soon) == {
        "record.conditions_in_time",
        "record.emergencies_ratified",
        "record.exceptions_in_time",
        "record.findings_in_time",
        "record.obligations_in_time",
        "record.overlay",
        "record.overlay_calculation",
        "record.overlays_in_time",
        "record.waiver",
    }
    late = found(house, Result.STALE, START + timedelta(days=900))
    assert {"record.validation_in_time", "record.tiering"} <= late
    with clock.reading(lambda: START + timedelta(days=1)):
        people.revoke_person(house.session, COMPLIANCE)
        models.move_model(house.session, "1", Move.RETIRE, reason="abgelöst")
    after = START + timedelta(days=2)
    assert found(house, Result.MISSING, after) == {"record.owner_in_office"}
    with clock.reading(lambda: after):
        before = checking.check_model(house.session, "house", "1", on(DAY))
    assert Result.MISSING in {outcome.result for outcome in before.outcomes[0]}


def _record_use(bank: Bank) -> None:
    due, expires = _day(30), _day(40)
    opened(bank, "application", inventory_number="A-1")
    opened(bank, "business_decision", model_role="proposes", human_override="Kundenberatung")
    use = opened(bank, "use_case", approved_use="Bepreisung", kpi="Ausfallquote", target="2.5")
    taken(bank, "use_case", use, "observe", OWNER, observed_use="Bepreisung")
    opened(bank, "vendor", outsourcing="none", exit_plan="Eigenes Modell")
    opened(bank, "limitation", weight="critical", told_to_users="Nicht für Gründer")
    said = {"origin": "internal_audit", "severity": "high", "owner": OWNER}
    opened(bank, "finding", due=due, **said)
    opened(bank, "finding", due=_day(400), **said)
    broken = opened(bank, "exception", VALIDATOR, rule="use_outside_purpose")
    assert "record.exceptions_in_time" in found(bank, Result.MISSING)
    taken(bank, "exception", broken, "plan", OWNER, resolution="Ablösen", due=due)
    words = {"amount": "1.5", "currency": "EUR", "reason_for": "Zinsen", "calculation": "2 %"}
    overlay = opened(bank, "overlay", owner=OWNER, **words)
    assert "record.overlay" in found(bank, Result.MISSING)
    taken(bank, "overlay", overlay, "approve", VALIDATOR, expires=expires)
    waiver = opened(bank, "waiver", rule="H-1", owner=OWNER)
    taken(bank, "waiver", waiver, "grant", VALIDATOR, expires=expires)
    _ask(bank, due)
    model_links.link_models(bank.session, "1", LinkKind.FEEDS, "2")
    assert {"record.upstream"} == found(bank, Result.MISSING) & {
        "record.link", "record.upstream", "record.downstream",
    }  # fmt: skip
    opened_third = register(bank, name="Makromodell")
    model_links.link_models(bank.session, opened_third, LinkKind.CALIBRATES, "1")


def _ask(bank: Bank, due: str) -> None:
    asked = {"asker": "supervisor", "list_name": "2026", "question": "?", "owner": OWNER}
    opened(bank, "request", due=due, **asked)
    why = {"question": "?", "goal": "!", "persons_affected": "Kunden", "alternative": "keine"}
    proposal = opened(bank, "proposal", **why)
    _enrol(bank, "Eva Expert", Role.EXPERT)
    _enrol(bank, "Rita Risk", Role.RISK_MANAGER)
    taken(bank, "proposal", proposal, "support", "Eva Expert")
    taken(bank, "proposal", proposal, "accept", "Rita Risk")


def _enrol(bank: Bank, name: str, role: Role) -> None:
    bank.ids[name] = new_id()
    with bank.session.workspace.write(bank.session.actor) as work:
        work.record(PersonEnrolled(bank.ids[name], must_commit(name), (role,)))


def _validate(bank: Bank) -> None:
    texts = {"cause": "initial", "owner": VALIDATOR, "due": _day(300)}
    id = opened(bank, "validation", VALIDATOR, **texts)
    assert "record.validation" in found(bank, Result.MISSING), "planned is not validated"
    taken(bank, "validation", id, "start", VALIDATOR)
    for area in Area:
        taken(bank, "validation", id, "judge", VALIDATOR, area=area.value, light="green")
    taken(bank, "validation", id, "report", VALIDATOR, report="sha256:aa", conclusion="green")
    assert "record.report_approval" in found(bank, Result.MISSING)
    taken(bank, "validation", id, "approve_report", FOUNDER)
    models.edit_model(bank.session, "1", {"monitoring_status": "unmeasured"})
    assert "record.measurement" in found(bank, Result.MISSING), "unmeasured is never clean"
    models.edit_model(bank.session, "1", {"monitoring_status": "within_limits"})
    bring_in(bank, "simple", "simple")
    with bank.session.workspace.read() as view:
        questions = find_template(view.connection, "simple").template.questions
    answers = {one.id: one.choices[-1].id for one in questions}
    tiering.assess_tier(bank.session, "1", "simple", answers)


def _record_changes(bank: Bank) -> None:
    register_version(bank.as_(DEVELOPER), "1", NewVersion("7", "Erste Version"))
    register_version(bank.as_(DEVELOPER), "1", NewVersion("8"))
    assert "record.version_description" in found(bank, Result.MISSING), "one has none"
    with bank.session.workspace.write(bank.as_(DEVELOPER).actor) as work:
        model = find_model(work.connection, "1")
        (bare,) = (
            row for row in list_versions(work.connection, model) if row.details.version == "8"
        )
        told = VersionDetails("8", description="Zweite Version")
        work.record(VersionChanged(bare.key, model, told, Sighting("aa" * 32, clock.now())))
    _permit(bank)
    asked = approvals.request_approval(bank.as_(OWNER), "1", "7", "production", None).id
    held = Ballot(Decision.CONDITION, "Mit Auflage", conditions=(("Backtesting", _date(30)),))
    cast(bank, asked, VALIDATOR, held)
    cast(bank, asked, COMPLIANCE)
    urgent = NewEmergency("8", "test", "Ausfall", days=20)
    emergencies.record_emergency(bank.session, "1", urgent)


def _permit(bank: Bank) -> None:
    wanted = NewPermission("7", "production", Category.PERMISSION, "EZB")
    id = permissions.need_permission(bank.session, "1", wanted).id
    asked = {"record.permission", "record.notification", "record.change_category"}
    assert found(bank, Result.MISSING) & asked == asked - {"record.change_category"}
    permissions.apply_for_permission(bank.session, id, DAY)
    assert found(bank, Result.MISSING) & asked == {"record.permission"}
    reply = Reply(Outcome.GRANTED, DAY, (("Nachkalibrieren", _date(30)),))
    permissions.answer_permission(bank.session, id, reply)


def _hand_over(bank: Bank) -> None:
    offer = handovers.offer_handover(bank.session, OWNER, COMPLIANCE).id
    assert "record.handover" in found(bank, Result.MISSING), "offered is not accepted"
    handovers.accept_handover(bank.as_(COMPLIANCE), offer)


def _date(days: int) -> date:
    return DAY + timedelta(days=days)


def _day(days: int) -> str:
    return _date(days).isoformat()
