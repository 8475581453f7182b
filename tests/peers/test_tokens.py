"""A person's key on a token: SoftHSM's library, the program's own commands, openssl as judge."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.ledger import signature
from mlops_desktop.outside.certificate_requests import read_request
from mlops_desktop.outside.certificates import (
    create_authority,
    issue_person,
    new_p256_key,
    new_rsa_key,
)
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.statements import sign_statement
from mlops_desktop.outside.tokens import TokenEcKey, TokenPlace, open_token
from mlops_desktop.services import decisions, dossiers, ledger, people
from mlops_desktop.services.accepting import accept_invitation
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.invitations import NewInvitation, invite_person
from mlops_desktop.services.people import Enrolment
from mlops_desktop.ui.own_key import TOKEN, KeyWanted, new_key
from tests.dossier.sample import at
from tests.peers.softhsm import LABEL, MODULE, PIN, SO_PIN, SoftToken
from tests.services.conftest import PASSPHRASE, Bank
from tests.services.steps import APPROVE, ask

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> SoftToken:
    return SoftToken.made_in(tmp_path_factory.mktemp("softhsm"))


@pytest.fixture(scope="module")
def authority() -> Credential:
    return create_authority("Kartenstelle", at("2026-01-01"))


@pytest.fixture(scope="module")
def rsa_place(token: SoftToken, authority: Credential) -> TokenPlace:
    place = token.put_key("signing-rsa", key := new_rsa_key())
    person = issue_person(authority, "Karla Karte", "k-1", at("2026-01-02"), key)
    token.put_certificate("signing-rsa", person.certificate)
    token.put_certificate("root", authority.certificate)
    return place


@pytest.fixture(scope="module")
def ec_place(token: SoftToken) -> TokenPlace:
    return token.put_key("signing-ec", new_p256_key())


def test_both_kinds_of_keys_sign_what_a_person_signs(
    rsa_place: TokenPlace, ec_place: TokenPlace, authority: Credential, tmp_path: Path
) -> None:
    found = open_token(rsa_place, PIN)
    assert found.credential is not None
    assert [one.subject for one in found.credential.chain] == [authority.certificate.subject]
    bare = open_token(ec_place, PIN)
    assert bare.credential is None
    issued = issue_person(authority, "Emil Karte", "k-2", at("2026-01-02"), bare.private)
    for credential in (found.credential, issued):
        signed = signature.sign({"decision": "approve"}, credential)
        signature.verify({"decision": "approve"}, signed, credential.certificate)
        statement, root = tmp_path / "statement.pem", tmp_path / "root.pem"
        statement.write_bytes(sign_statement(b"released", credential))
        root.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
        done = subprocess.run(
            ["openssl", "cms", "-verify", "-inform", "PEM", "-in", statement, "-CAfile", root,
             "-purpose", "any", "-attime", "1790000000"],
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.stdout == b"released", done.stderr.decode()


def test_what_goes_wrong_is_said_by_name(rsa_place: TokenPlace, tmp_path: Path) -> None:
    rows = (
        (TokenPlace(str(tmp_path / "no.so"), LABEL, "signing-rsa"), PIN, "token.library_missing"),
        (TokenPlace("/etc/passwd", LABEL, "signing-rsa"), PIN, "token.library_missing"),
        (TokenPlace(MODULE, "other", "signing-rsa"), PIN, "token.not_found"),
        (TokenPlace(MODULE, LABEL, "other"), PIN, "token.no_key"),
        (rsa_place, "999999", "token.pin_wrong"),
        (rsa_place, "1", "token.pin_wrong"),
    )
    for place, pin, code in rows:
        with pytest.raises(AppError) as refused:
            open_token(place, pin)
        assert (refused.value.code, pin in str(refused.value)) == (code, False)


def test_a_token_pulled_between_pin_and_signature_signs_nothing(
    token: SoftToken, ec_place: TokenPlace, tmp_path: Path
) -> None:
    key = open_token(ec_place, PIN).private
    assert isinstance(key, TokenEcKey)
    (folder,) = (token.folder / "tokens").iterdir()
    away = folder.rename(tmp_path / "away")
    try:
        with pytest.raises(AppError, match=r"^token\."):
            key.sign(b"decision", ec.ECDSA(SHA256()))
        program = [sys.executable, "-c", _AGAIN, MODULE, LABEL, ec_place.key, PIN]
        done = subprocess.run(program, capture_output=True, check=False, text=True)
        assert done.stdout.strip() == "token.not_found", done.stderr
    finally:
        away.rename(folder)


_AGAIN = """
import sys
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.tokens import TokenPlace, open_token
try:
    open_token(TokenPlace(*sys.argv[1:4]), sys.argv[4])
except AppError as refused:
    print(refused.code)
"""


def test_a_person_enrolled_with_a_token_decides_seals_and_countersigns(
    file_bank: Bank, rsa_place: TokenPlace, ec_place: TokenPlace, tmp_path: Path
) -> None:
    session = file_bank.session
    for name, place in (("Karla Karte", rsa_place), ("Emil Karte", ec_place)):
        wanted = Enrolment(name, (Role.VALIDATOR, Role.RISK_MANAGER), PIN, token=place)
        file_bank.ids[name] = people.enrol_person(session, wanted, lambda: PASSPHRASE).id
    request = ask(file_bank)
    unlock = file_bank.unlock("Karla Karte", PIN)
    decisions.decide(file_bank.as_("Karla Karte"), request, APPROVE, unlock)
    order = Order("1", tmp_path / "dossier.pdf", signers=("Karla Karte",))
    emil, karla = file_bank.as_("Emil Karte"), file_bank.as_("Karla Karte")
    dossiers.export_dossier(emil, order, file_bank.unlock("Emil Karte", PIN))
    dossiers.countersign_dossier(karla, order.out, file_bank.unlock("Karla Karte", PIN))
    root = open_token(rsa_place, PIN)
    assert root.credential is not None
    pem = root.credential.chain[0].public_bytes(Encoding.PEM)
    found = dossiers.verify_dossier(order.out, pem, session=session).verdict
    assert found.outcome is Outcome.VALID, found.first_failure
    assert [one.name for one in found.signatures] == ["Emil Karte", "Karla Karte"]
    assert ledger.verify_ledger(session).is_ok
    with pytest.raises(AppError, match=r"token\.pin_wrong"):
        dossiers.export_dossier(
            emil, Order("1", tmp_path / "no.pdf"), file_bank.unlock("Emil Karte", "000000")
        )
    assert not (tmp_path / "no.pdf").exists()
    assert SO_PIN != PIN


def test_an_invitation_is_taken_in_the_window_with_a_key_on_the_token(
    file_bank: Bank, ec_place: TokenPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = KeyWanted(TOKEN, PIN, Path(), (ec_place.module, ec_place.token, ec_place.key))
    made = invite_person(file_bank.session, NewInvitation("Emil Karte")).invitation
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
    request = accept_invitation(made, new_key(wanted))
    asked = read_request(request.pem).public_key()
    assert asked == open_token(ec_place, PIN).private.public_key()
