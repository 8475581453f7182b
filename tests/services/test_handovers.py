"""A leaver's models and items change hands when the receiver, and only he, accepts."""

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.handovers import HandoverState
from mlops_desktop.core.items.limitations import LIMITATION
from mlops_desktop.core.lifecycle import Move, State
from mlops_desktop.services import handovers, items, ledger, models, people
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.items import Given
from tests.services.conftest import Bank
from tests.services.steps import register

LEAVER, RECEIVER, OTHER = "Corinna Wolters", "Miriam Sander", "Jonas Brandt"


def test_a_handover_is_the_receivers_to_accept(bank: Bank) -> None:
    register(bank, monitoring_owner=LEAVER)
    register(bank, name="LGD Gewerbe", owner=OTHER)
    texts = {"title": "Nur Bestandskunden", "weight": "minor", "owner": LEAVER}
    items.open_item(bank.as_(OTHER), LIMITATION, Given(texts, ("M-00001",)))
    held = handovers.list_held(bank.session, LEAVER)
    assert [(one.row.id, one.roles) for one in held.models] == [
        ("M-00001", ("owner", "monitoring_owner"))
    ]
    assert [row.number for row in held.items] == ["L-00001"]

    first = handovers.offer_handover(bank.session, LEAVER, RECEIVER, reason="Austritt").id
    assert models.show_model(bank.session, "M-1").row.owner == LEAVER
    with pytest.raises(AppError, match=r"handover\.offered_already"):
        handovers.offer_handover(bank.session, LEAVER, OTHER)
    for answer in (handovers.accept_handover, lambda s, id: handovers.refuse_handover(s, id, "x")):
        for who in (LEAVER, OTHER):
            with pytest.raises(AppError, match=r"handover\.only_receiver"):
                answer(bank.as_(who), first)
    handovers.refuse_handover(bank.as_(RECEIVER), first, "Nicht mein Gebiet")
    assert models.show_model(bank.session, "M-1").row.owner == LEAVER

    second = handovers.offer_handover(bank.session, LEAVER, RECEIVER).id
    models.edit_model(bank.session, "M-1", {"monitoring_owner": OTHER})
    (mine,) = handovers.list_offered_to_me(bank.as_(RECEIVER))
    assert (mine.id, mine.giver) == (second, LEAVER)
    assert [(one.model.id, one.model.name) for one in mine.models] == [
        ("M-00001", "PD Mittelstand (IRB)")
    ]
    assert [row.number for row in mine.items] == ["L-00001"]
    handovers.accept_handover(bank.as_(RECEIVER), second)
    sheet = models.show_model(bank.session, "M-1")
    assert sheet.row.owner == RECEIVER
    assert sheet.names[sheet.state.details.monitoring_owner or ""] == OTHER
    assert items.show_item(bank.session, "L-00001").row.owner == RECEIVER
    assert not handovers.list_offered_to_me(bank.as_(RECEIVER))
    assert [one.row.state for one in handovers.list_handovers(bank.session)] == [
        HandoverState.REFUSED,
        HandoverState.ACCEPTED,
    ]
    told = f"{LEAVER} → {RECEIVER}: M-00001, L-00001"
    log = [row for row in ledger.read_log(bank.session) if row.type.startswith("handover.")]
    assert [(row.type, row.summary) for row in log] == [
        (f"handover.{what}", told) for what in ("accepted", "offered", "refused", "offered")
    ]
    with pytest.raises(AppError, match=r"handover\.answered"):
        handovers.accept_handover(bank.as_(RECEIVER), second)
    with pytest.raises(AppError, match=r"handover\.nothing_held"):
        handovers.offer_handover(bank.session, LEAVER, RECEIVER)


def test_a_retired_model_is_handed_over_by_who_answers_for_its_documents(bank: Bank) -> None:
    register(bank, monitoring_owner=LEAVER)
    models.move_model(bank.session, "M-1", Move.RETIRE, reason="Ansatz entfällt")
    (held,) = handovers.list_held(bank.session, LEAVER).models
    assert (held.row.id, held.roles) == ("M-00001", ("owner",))
    offer = handovers.offer_handover(bank.session, LEAVER, RECEIVER, reason="Austritt").id
    handovers.accept_handover(bank.as_(RECEIVER), offer)
    sheet = models.show_model(bank.session, "M-1")
    assert (sheet.row.state, sheet.row.owner) == (State.RETIRED, RECEIVER)
    assert sheet.names[sheet.state.details.monitoring_owner or ""] == LEAVER


def test_models_whose_owner_is_gone_are_listed(bank: Bank) -> None:
    register(bank)
    register(bank, name="Herrenlos", owner="")
    register(bank, name="LGD Gewerbe", owner=OTHER)
    ownerless = parse_filter("owner:none")

    def names() -> list[str]:
        return [row.name for row in models.list_models(bank.session, ownerless)]

    assert names() == ["Herrenlos"]
    people.revoke_person(bank.session, LEAVER, "ausgeschieden")
    assert names() == ["PD Mittelstand (IRB)", "Herrenlos"]
    assert models.count_models(bank.session, ownerless) == 2
