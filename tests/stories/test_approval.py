"""A version goes to production: who may not sign is told why, two others do, a change undoes it."""

import pytest

from tests.services.steps import ask
from tests.stories.conftest import Sit
from tests.stories.desk import Desk
from tests.support.bank import FOUNDER, PASSPHRASE, Bank

MODEL = "PD Mittelstand (IRB)"


@pytest.fixture
def signer(sit: Sit, file_bank: Bank) -> Desk:
    """A desk before the page Approvals, where version 7 is asked for by its owner."""
    ask(file_bank)
    desk = sit()
    desk.goes_to("Approvals")
    desk.chooses(MODEL)
    desk.sees("Corinna Wolters", "0 of 2 approvals")
    return desk


def acts_as(desk: Desk, person: str) -> None:
    desk.writes("Acting as", person)
    desk.sees(f"You now act as {person.partition(' (')[0]}.")
    desk.rests()


def approves(desk: Desk) -> None:
    desk.clicks("Approve…")
    desk.sees(f"Approve version 7 of {MODEL}")
    desk.fills(Passphrase_of_your_key=PASSPHRASE)
    desk.clicks("Sign")


def test_an_owner_reads_why_he_cannot_approve_his_own_model(signer: Desk) -> None:
    acts_as(signer, "Corinna Wolters (Owner)")
    signer.sees("You cannot decide this: Whoever owns or owned the model may not decide about it.")
    approves(signer)
    signer.sees("Corinna Wolters owns the model, or owned it before, and cannot decide about it.")
    signer.sees("Ask somebody who is neither owner, developer nor requester.")
    signer.clicks("Cancel")
    signer.opens("Decisions")
    signer.sees("Corinna Wolters tried to approve")
    signer.sees_no("signature verified")


def test_a_wrong_passphrase_signs_nothing(signer: Desk) -> None:
    signer.clicks("Approve…")
    signer.fills(Passphrase_of_your_key="nicht die richtige")
    signer.clicks("Sign")
    signer.sees("passphrase")
    signer.clicks("Cancel")
    signer.opens("Decisions")
    signer.sees("Nobody has decided yet.")


def test_two_others_approve_and_a_later_change_voids_it(signer: Desk) -> None:
    approves(signer)
    signer.sees("Your decision is signed and recorded.", "1 of 2 approvals")
    acts_as(signer, "Jonas Brandt (Validation)")
    approves(signer)
    signer.sees("2 of 2 approvals")
    signer.opens("Decisions")
    signer.sees(FOUNDER, "Jonas Brandt", "signature verified")

    signer.goes_to("Models")
    signer.chooses(MODEL)
    signer.sees("approved")
    signer.clicks("Edit…")
    signer.fills(Intended_use="Auch für Leasing")
    signer.clicks("Save")
    signer.sees("The change is recorded.")

    signer.goes_to("Approvals")
    signer.sees("voided by a change", "A covered field was changed, so this no longer holds.")
    signer.sees("Changed since: Model: intended use.")
    signer.opens("Request")
    signer.sees("Risikogewichtete Aktiva und Bepreisung", "Auch für Leasing")
