"""Two custodians let somebody in, and one of them goes, on both databases."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role, Scope
from mlops_desktop.services import admissions, ledger, people, seconds, workspaces
from mlops_desktop.services.accepting import KeyKind, NewKey, Request, accept_invitation
from mlops_desktop.services.invitations import (
    Invitation,
    NewInvitation,
    invitation_file,
    invite_person,
    withdraw_invitation,
)
from mlops_desktop.services.keyrings import list_key_sheets
from mlops_desktop.services.models import list_models
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.services.session import Session
from tests.services.conftest import FOUNDER, PASSPHRASE, Bank
from tests.services.steps import register
from tests.support.canaries import canary

_NEW, _SECOND, _OTHER = "Ayşe Lindqvist", "Miriam Sander", "Jonas Brandt"
_SECRET = canary("the passphrase of who is invited", "Kanarie-priel-und-watt-3")
_ROLES = (Role.AUDITOR,)


def _two(bank: Bank) -> None:
    roles = (Role.COMPLIANCE, Role.CUSTODIAN)
    admissions.change_person(bank.as_(FOUNDER), _SECOND, bank.unlock(FOUNDER), roles=roles)


def _take(invitation: Invitation, home: Path) -> Request:
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(home))
        return accept_invitation(invitation, NewKey(_SECRET, KeyKind.P256))


def _join(place: str, home: Path) -> Session:
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(home))
        return workspaces.open_workspace(place, entrance=workspaces.Entrance(lambda: _SECRET))


def _code(refused: pytest.ExceptionInfo[AppError]) -> str:
    return refused.value.code


def test_two_custodians_let_somebody_in_who_proves_the_key(bank: Bank, tmp_path: Path) -> None:
    register(bank)
    _two(bank)
    founder, second, home = bank.as_(FOUNDER), bank.as_(_SECOND), tmp_path / "invited"
    wanted = NewInvitation(_NEW, _ROLES, (Scope("region", "Nord"),))
    with pytest.raises(AppError) as refused:
        invite_person(bank.as_(_OTHER), wanted)
    assert _code(refused) == "custody.only_custodians"
    invitation = invite_person(founder, wanted).invitation
    request = _take(invitation, home)
    unlock = bank.unlock(FOUNDER)

    def admit(compared: str) -> None:
        admissions.admit_person(founder, request.pem, compared, unlock, lambda: PASSPHRASE)

    for compared in (request.fingerprint[:-1] + "x", _take_other(bank, tmp_path).fingerprint):
        with pytest.raises(AppError) as refused:
            admit(compared)
        assert _code(refused) == "request.fingerprint_differs"
    admit(request.fingerprint)
    with pytest.raises(AppError) as refused:
        _join(bank.place, home)
    assert _code(refused) == "joining.one_signature"

    for name, code in ((FOUNDER, "custody.same_person"), (_OTHER, "custody.not_custodian")):
        with pytest.raises(AppError) as refused:
            seconds.confirm(bank.as_(name), _NEW, bank.unlock(name), request.fingerprint)
        assert _code(refused) == code
    seconds.confirm(second, _NEW, bank.unlock(_SECOND), request.fingerprint)
    with pytest.raises(AppError) as refused:
        admit(request.fingerprint)
    assert _code(refused) == "invitation.used"

    joined = _join(bank.place, home)
    person = people.show_person(joined, _NEW)
    assert (person.id, person.roles) == (joined.actor.person, _ROLES)
    assert person.scopes == (Scope("region", "Nord"),)
    assert len(list_models(joined, ModelFilter())) == 1
    assert ledger.verify_ledger(joined).is_ok
    joined.workspace.close()
    assert ledger.verify_ledger(bank.session).is_ok


def test_nobody_is_invited_twice_while_the_first_invitation_holds(bank: Bank) -> None:
    founder = bank.as_(FOUNDER)
    invite_person(founder, NewInvitation(_NEW, _ROLES))
    with pytest.raises(AppError) as refused:
        invite_person(founder, NewInvitation(_NEW.upper(), _ROLES))
    assert _code(refused) == "invitation.already_open"
    withdraw_invitation(founder, _NEW)
    invite_person(founder, NewInvitation(_NEW, _ROLES))
    waiting = [one for one in list_key_sheets(founder) if one.waits is not None]
    assert [one.person.name for one in waiting] == [_NEW]


def _take_other(bank: Bank, folder: Path) -> Request:
    """Return the request of somebody else who was invited too."""
    made = invite_person(bank.as_(FOUNDER), NewInvitation("Ole Petersen", _ROLES)).invitation
    return _take(made, folder / "other")


def test_a_custodian_goes_by_two_signatures_and_lets_nobody_in_after(
    bank: Bank, tmp_path: Path
) -> None:
    _two(bank)
    founder = people.with_passphrase(bank.as_(FOUNDER), PASSPHRASE)
    seconds.revoke_signed(founder, _SECOND, "Schlüssel verloren")
    assert people.show_person(bank.session, _SECOND).can_sign, "one signature removes nobody"
    for name in (FOUNDER, _SECOND):
        with pytest.raises(AppError) as refused:
            seconds.confirm(bank.as_(name), _SECOND, bank.unlock(name))
        assert _code(refused) == "custody.same_person"
    seconds.confirm(bank.as_(_OTHER), _SECOND, bank.unlock(_OTHER))
    assert people.show_person(bank.session, _SECOND).is_revoked
    assert not admissions.read_custodians(bank.session).removals

    with pytest.raises(AppError):
        invite_person(bank.as_(_SECOND), NewInvitation(_NEW, _ROLES))
    invitation = invite_person(bank.as_(FOUNDER), NewInvitation(_NEW, _ROLES)).invitation
    request = _take(invitation, tmp_path / "invited")
    unlock = bank.unlock(FOUNDER)
    args = (request.pem, request.fingerprint, unlock, lambda: PASSPHRASE)
    admissions.admit_person(bank.as_(FOUNDER), *args)
    assert people.show_person(bank.session, _NEW).can_sign, "the one left is alone"
    assert ledger.verify_ledger(bank.session).is_ok


def test_the_file_of_an_invitation_says_for_whom_it_is_and_leads_nowhere_else() -> None:
    named = invitation_file("Einladung", "Dr. Aylin Yıldız", "Elbmark Bank AG / München")
    assert named == "Einladung-Dr-Aylin-Yıldız-Elbmark-Bank-AG-München.invitation"
    assert invitation_file("invitation", "", "") == "invitation.invitation"
    assert invitation_file("invitation", "../../etc/passwd\0", "C:\\Windows") == (
        "invitation-etc-passwd-C-Windows.invitation"
    )
    assert len(invitation_file("invitation", "x" * 500, "y" * 500)) < 150
