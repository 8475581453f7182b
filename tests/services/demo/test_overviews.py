"""What each person's Overview of the sample bank shows, and that its figures count their rows."""

from datetime import timedelta

import pytest

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.standing import Status
from mlops_desktop.services import models, people
from mlops_desktop.services.acting import act_as
from mlops_desktop.services.demo import DemoResult
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.overview.cards import (
    Look,
    Looked,
    Marked,
    Said,
    Table,
    Wait,
    Waits,
)
from mlops_desktop.services.overview.delivery import read_delivery
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.ui.pages.overview.role import RoleSpec, find_roles, role_named
from tests.services.demo.bank import NOW, OPENING, all_models, requests_of
from tests.services.overview_rows import count_rows, counted


def test_every_role_finds_something_that_is_there(session: Session, demo: DemoResult) -> None:
    roles = [item.role for item in demo.waiting]
    assert len(roles) == len(set(roles)) == 12
    rows = all_models(session)
    for item in demo.waiting:
        assert item.person in demo.people
        for value in dict(item.parameters).values():
            named = str(value).split(", ")
            assert all(one in rows for one in named if one.startswith("M-"))
        assert "{" not in item.text(read_words("en")) + item.text(read_words("de"))


def test_what_the_gate_refuses_is_never_left_out_of_what_devops_reads(session: Session) -> None:
    read = read_delivery(Look(session))
    shown = {(one.model.id, one.label) for one in read.refused}
    for row in all_models(session).values():
        sheet = models.show_model(session, row.id)
        serving = {
            one.label
            for one in sheet.deployments
            if one.until is None and one.environment == "production" and one.version
        }
        refused = {
            (row.id, label)
            for label in serving
            if not ask_gate(session, row.id, label, "production").is_allowed
        }
        assert refused <= shown


PAST = AsOf(OPENING - timedelta(days=200), OPENING - timedelta(days=200))


@pytest.mark.parametrize("spec", find_roles(), ids=lambda spec: spec.id)
def test_every_figure_of_an_overview_counts_the_rows_it_leads_to(
    session: Session, spec: RoleSpec
) -> None:
    for as_of in (AsOf(), PAST):
        for name, value, way in counted(spec.read(Look(session, as_of))):
            rows = count_rows(session, way, as_of)
            assert rows in (None, value), f"{name} as of {as_of.day}: {value} against {rows}"


def first_waits(session: Session, role: str, person: str) -> list[Wait]:
    """Return the first lines of a role's Overview as a person sees it."""
    spec = role_named(role)
    me = next(one.id for one in people.list_people(session) if one.name == person)
    assert spec is not None
    (card, *_) = spec.read(Look(act_as(session, me)))
    assert isinstance(card, Waits)
    return list(card.waits)


def test_each_overview_shows_first_what_its_person_must_find(session: Session) -> None:
    red = first_waits(session, "risk", "Dr. Katrin Feddersen")[0]
    assert str(red.what).startswith("M-00002")
    assert red.about.key == "overview.breach.red"
    assert dict(red.about.parameters)["metric"] == "PSI"
    differs, *others = first_waits(session, "auditor", "Henning Groß")
    assert differs.about.key == "overview.auditor.since"
    assert any(one.about.key == "overview.auditor.refused" for one in others)
    waiting = first_waits(session, "compliance", "Miriam Sander")
    second = [one.what for one in waiting if one.about.key == "overview.compliance.second"]
    assert [str(what).split(" ")[2] for what in second] == ["M-00005", "M-00021"]
    assert waiting[0].what == second[0]
    idle = first_waits(session, "architect", "Olaf Clausen")[0]
    assert str(idle.what).startswith("M-00021")
    assert idle.about.key == "overview.architect.kind.idle_gpu"
    for role, person, told in (
        ("expert", "Sabine Lorenz", "FB-"),
        ("science", "Lena Hofmann", "AB-00001"),
        ("data", "Thomas Nguyen", "datenlager/girokonto-stamm"),
        ("software", "Priya Raman", "M-00021#tests"),
        ("devops", "Sven Petersen", "M-00017#tests"),
    ):
        first = first_waits(session, role, person)[0]
        assert told in f"{first.what} {first.way.record}"


def test_a_goal_missed_before_a_suspension_is_told_with_it(session: Session) -> None:
    spec = role_named("expert")
    assert spec is not None
    goals = next(one for one in spec.read(Look(session)) if isinstance(one, Table))
    stands = {row.cells[0]: row.cells[-1] for row in goals.rows}
    missed = stands["Kündigungsprognose Girokonto"]
    assert isinstance(missed, Marked)
    told = missed.value.key.rpartition(".")[2] if isinstance(missed.value, Said) else ""
    assert (missed.mood, told) == ("warn", "missed_suspended")


def test_compliance_sees_what_differs_since_the_last_look(session: Session) -> None:
    spec = role_named("compliance")
    assert spec is not None
    (row,) = (one for one in requests_of(session, Status.OPEN) if one.model_id == "M-00005")
    me = next(one.id for one in people.list_people(session) if one.name == "Miriam Sander")

    def more(size: int) -> list[str]:
        look = Look(act_as(session, me), looked=Looked(size, NOW))
        card = spec.read(look)[0]
        assert isinstance(card, Waits)
        (wait,) = (one for one in card.waits if one.way.record == row.key)
        return [sentence.key for sentence in wait.more]

    assert more(row.position)[0] == "overview.compliance.new"
    assert "overview.compliance.signed" in more(row.position + 1)
    assert more(100_000) == ["overview.compliance.unchanged"]
