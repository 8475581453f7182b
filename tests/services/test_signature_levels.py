"""Levels above B-B as a workspace reaches them: a real authority over HTTP, both or neither."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from certomancer.registry import ServiceLabel

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.outside.credentials import read_pkcs12
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.trust_service_calls import Way
from mlops_desktop.services import dossiers, ledger, people, trust_services
from mlops_desktop.services.dossiers import Exported, Level, Order
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.services.people import Enrolment
from mlops_desktop.services.trust_services import NONE, TrustServices
from tests.services.conftest import FOUNDER, PASSPHRASE, Bank
from tests.services.steps import register
from tests.support.certomancer_pki import Pki, serving

Row = tuple[Level, TrustServices | None, str]
FIRST, SECOND = "Jonas Brandt", "Miriam Sander"


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pki]:
    with serving(tmp_path_factory.mktemp("pki")) as found:
        yield found


def services(pki: Pki) -> TrustServices:
    return TrustServices(pki.tsa, pki.root.decode(), may_fetch=True)


def export(bank: Bank, folder: Path, level: Level, wanted: TrustServices | None = None) -> Exported:
    register(bank)
    order = Order("1", folder / "dossier.pdf", signers=(FIRST,), level=level, services=wanted)
    return dossiers.export_dossier(bank.as_(SECOND), order, bank.unlock(SECOND))


def size(bank: Bank) -> int:
    with bank.session.workspace.read() as view:
        return view.head_seen().size


@pytest.mark.long
def test_a_workspace_seals_countersigns_and_lifts_at_the_level_wanted(
    bank: Bank, pki: Pki, tmp_path: Path
) -> None:
    session = bank.session
    trust_services.arrange_trust_services(session, services(pki))
    assert trust_services.show_trust_services(session) == services(pki)
    trust_services.publish_revocations(session, lambda: PASSPHRASE)
    done = export(bank, tmp_path, Level.LTA)
    unlock = bank.unlock(FIRST)
    dossiers.countersign_dossier(bank.as_(FIRST), done.path, unlock, level=Level.T)
    found = dossiers.verify_dossier(done.path, session=session).verdict
    assert found.outcome is Outcome.VALID, found.first_failure
    # What the seal's chain was checked by is inside already, and covered by the second signature.
    assert [one.level for one in found.signatures] == ["B-LTA", "B-LT"]
    before = done.path.read_bytes()
    lifted = dossiers.extend_dossier(session, done.path, Level.LT)
    assert lifted.level is Level.LTA
    assert done.path.read_bytes().startswith(before)
    found = dossiers.verify_dossier(done.path, session=session).verdict
    assert found.outcome is Outcome.VALID, found.first_failure
    assert [one.level for one in found.signatures] == ["B-LTA", "B-LTA"]
    (row,) = dossiers.list_dossiers(session)
    assert [(one.kind, one.level) for one in row.states] == [
        ("exported", "lta"),
        ("countersigned", "t"),
        ("extended", "lta"),
    ]
    assert row.digests[-1] == found.sha256 == lifted.digest
    done.path.write_bytes(before)
    rolled = dossiers.verify_dossier(done.path, session=session).verdict.first_failure
    assert rolled is not None
    assert rolled.code == "record_earlier"
    with pytest.raises(AppError, match=r"dossier\.not_latest"):
        dossiers.extend_dossier(session, done.path, Level.T)
    assert ledger.verify_ledger(session).is_ok


def test_without_arrangement_or_revocation_data_nothing_is_asked_or_written(
    file_bank: Bank, pki: Pki, tmp_path: Path
) -> None:
    register(file_bank)
    rows = (
        (Level.T, None, "trust_services.no_authority"),
        (Level.T, TrustServices(pki.tsa), "trust_services.no_roots"),
        (Level.LT, services(pki), "revocation.missing"),
        (Level.T, TrustServices(pki.tsa, "no root"), "trust_services.roots_unreadable"),
        (Level.LTA, TrustServices(pki.tsa, pki.root.decode(), tmp_path), "revocation.none_found"),
    )
    assert_refused(file_bank, tmp_path, rows)


def test_an_authority_that_fails_leaves_no_file_and_no_event(
    file_bank: Bank, pki: Pki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(file_bank)
    root = pki.root.decode()
    with socket.create_server(("127.0.0.1", 0)) as mute, monkeypatch.context() as patch:
        port = mute.getsockname()[1]
        limits = Limits(deadline=0.3, connect=0.3, attempts=1)
        patch.setattr(
            "mlops_desktop.services.trust_services.Way", lambda ca, proxy: Way(ca, proxy, limits)
        )
        silent: tuple[Row, ...] = (
            (Level.T, TrustServices(f"http://127.0.0.1:{port}/tsa", root), "trust_service.away"),
            (Level.T, TrustServices(f"{pki.base}/no", root), "trust_service.away"),
            (Level.T, TrustServices("http://127.0.0.1:9/", root), "trust_service.away"),
        )
        assert_refused(file_bank, tmp_path, silent)
    stranger = export_authority(file_bank.session)
    rows = (
        (Level.T, TrustServices(pki.mail_tsa, root), "timestamp.untrusted"),
        (Level.T, TrustServices(pki.tsa, stranger), "timestamp.untrusted"),
    )
    assert_refused(file_bank, tmp_path, rows)


def assert_refused(bank: Bank, folder: Path, rows: tuple[Row, ...]) -> None:
    before = size(bank)
    for level, wanted, code in rows:
        order = Order("1", folder / "no.pdf", level=level, services=wanted)
        with pytest.raises(AppError) as refused:
            dossiers.export_dossier(bank.as_(SECOND), order, bank.unlock(SECOND))
        assert refused.value.code == code
        assert not order.out.exists()
        assert not list(folder.glob(".no*"))
    assert size(bank) == before


def test_a_failing_lift_leaves_the_file_and_the_record_as_they_were(
    file_bank: Bank, pki: Pki, tmp_path: Path
) -> None:
    done = export(file_bank, tmp_path, Level.B)
    before, known = done.path.read_bytes(), size(file_bank)
    away = TrustServices("http://127.0.0.1:9/", pki.root.decode())
    for wanted, level, code in (
        (away, Level.T, "trust_service.away"),
        (away, Level.B, "extend.level_refused"),
        (services(pki), Level.LTA, "revocation.missing"),
    ):
        with pytest.raises(AppError, match=code):
            dossiers.extend_dossier(file_bank.session, done.path, level, wanted)
    assert (done.path.read_bytes(), size(file_bank)) == (before, known)
    assert not list(tmp_path.glob(".*"))


def test_an_auditor_lifts_a_file_without_workspace_and_without_fetching(
    file_bank: Bank, pki: Pki, tmp_path: Path
) -> None:
    done = export(file_bank, tmp_path, Level.B)
    trust_services.publish_revocations(file_bank.session, lambda: PASSPHRASE)
    lists = tmp_path / "lists"
    lists.mkdir()
    published = trust_services.show_revocations(file_bank.session)
    (lists / "bank.pem").write_text(published or "")
    for name in ("root", "interm"):
        found = pki.arch.service_registry.get_crl(ServiceLabel(name), datetime.now(UTC))
        (lists / f"{name}.crl").write_bytes(found.dump())
    root = export_authority(file_bank.session).encode()
    offline = TrustServices(pki.tsa, pki.root.decode(), lists)
    out = tmp_path / "lifted.pdf"
    lifted = dossiers.extend_file(done.path, out, Level.LTA, offline, root)
    assert lifted.level is Level.LTA
    assert out.read_bytes().startswith(done.path.read_bytes())
    verdict = dossiers.verify_dossier(out, root, stamps=pki.root).verdict
    assert (verdict.outcome, verdict.signatures[0].level) == (Outcome.VALID, "B-LTA")
    with pytest.raises(AppError, match=r"extend\.does_not_hold"):
        dossiers.extend_file(done.path, tmp_path / "no.pdf", Level.T, offline)
    assert not (tmp_path / "no.pdf").exists()


def test_a_revoked_certificate_signs_no_dossier_at_any_level(
    file_bank: Bank, pki: Pki, tmp_path: Path
) -> None:
    register(file_bank)
    session = file_bank.session
    key = read_pkcs12(pki.package("gone", PASSPHRASE), PASSPHRASE)
    wanted = Enrolment("Gerd Gone", (Role.RISK_MANAGER,), PASSPHRASE, key)
    file_bank.ids["Gerd Gone"] = people.enrol_person(session, wanted, lambda: PASSPHRASE).id
    gone = file_bank.as_("Gerd Gone")
    order = Order("1", tmp_path / "no.pdf", level=Level.LT, services=services(pki))
    with pytest.raises(AppError, match=r"certificate\.revoked"):
        dossiers.export_dossier(gone, order, file_bank.unlock("Gerd Gone"))
    unlock = file_bank.unlock(FIRST)
    people.revoke_person(session, FIRST, "ausgeschieden")
    trust_services.publish_revocations(session, lambda: PASSPHRASE)
    key = unlock(people.show_person(session, FIRST))
    with session.workspace.read() as view, pytest.raises(AppError, match=r"certificate\.revoked"):
        trust_services.refuse_revoked(view, key)
    with pytest.raises(AppError, match=r"revocation\.days_refused"):
        trust_services.publish_revocations(session, lambda: PASSPHRASE, 0)
    assert not order.out.exists()


def test_what_cannot_be_arranged_is_refused(file_bank: Bank, pki: Pki) -> None:
    for wanted, code in (
        (TrustServices("ftp://tsa.example.com", pki.root.decode()), "url_refused"),
        (TrustServices("http://u:p@tsa.example.com", pki.root.decode()), "url_refused"),
        (TrustServices(pki.tsa), "no_roots"),
        (TrustServices(pki.tsa, "rubbish"), "roots_unreadable"),
    ):
        with pytest.raises(AppError, match=rf"trust_services\.{code}"):
            trust_services.arrange_trust_services(file_bank.session, wanted)
    trust_services.arrange_trust_services(file_bank.session, NONE)
    assert trust_services.show_trust_services(file_bank.session) == NONE
    assert file_bank.session.actor.person == file_bank.ids[FOUNDER]
