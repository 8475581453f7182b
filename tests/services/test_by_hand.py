"""What people record by hand: versions, deployments, links, declarations; a certificate anew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.candidates import Verdict
from mlops_desktop.core.lifecycle import State
from mlops_desktop.outside import certificates, person_keys
from mlops_desktop.services import (
    candidates,
    certification,
    declarations,
    entries,
    ledger,
    models,
    people,
    sources,
    versions,
)
from mlops_desktop.services.deployments import Place, close_deployment, open_deployment
from mlops_desktop.services.recordings import add_recording
from mlops_desktop.services.versions import NewVersion
from mlops_desktop.store import evidence
from tests.services.conftest import PASSPHRASE, Bank

NAME = "PD Mittelstand"
PRODUCTION = Place("3", "production")


def code_of(raised: pytest.ExceptionInfo[AppError]) -> str:
    return raised.value.code


@pytest.fixture
def model(bank: Bank) -> str:
    since = clock.now() - timedelta(days=900)
    models.register_model(bank.session, {"name": NAME}, effective=since)
    versions.register_version(bank.session, NAME, NewVersion("v3", "dritte Fassung"))
    return NAME


def test_a_version_by_hand_is_shown_without_its_v(bank: Bank, model: str) -> None:
    (row,) = models.show_model(bank.session, model).versions
    assert (row.details.version, row.details.description) == ("3", "dritte Fassung")
    assert row.source == ""


@pytest.mark.parametrize(
    ("label", "code"),
    [("3", "version.label_taken"), ("v3", "version.label_taken"), (" ", "version.label_missing")],
)
def test_a_version_needs_a_label_of_its_own(bank: Bank, model: str, label: str, code: str) -> None:
    with pytest.raises(AppError) as raised:
        versions.register_version(bank.session, model, NewVersion(label))
    assert code_of(raised) == code
    assert len(models.show_model(bank.session, model).versions) == 1


@pytest.mark.parametrize("label", ["7\u202e8", "7\x08", "8" * 201, "7\u200b"])
def test_a_version_is_called_as_it_reads(file_bank: Bank, label: str) -> None:
    model = models.register_model(file_bank.session, {"name": NAME}).id
    with pytest.raises(AppError) as refused:
        versions.register_version(file_bank.session, model, NewVersion(label))
    assert (code_of(refused), refused.value.where) == ("version.label_refused", "version")
    versions.register_version(file_bank.session, model, NewVersion(" 7 \n b "))
    (kept,) = models.show_model(file_bank.session, model).versions
    assert kept.details.version == "7 b"


def test_a_deployment_runs_from_when_to_when(bank: Bank, model: str) -> None:
    opened, closed = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 30))
    open_deployment(bank.session, model, PRODUCTION, basis="Betriebsprotokoll", effective=opened)
    assert models.show_model(bank.session, model).row.state is State.PRODUCTION
    close_deployment(bank.session, model, PRODUCTION, effective=closed)
    sheet = models.show_model(bank.session, model)
    (row,) = sheet.deployments
    assert (row.since, row.until) == (clock.to_text(opened), clock.to_text(closed))
    assert row.basis == "Betriebsprotokoll"
    assert sheet.row.state is State.DEVELOPMENT
    then = models.show_model(bank.session, model, AsOf(at=date(2026, 3, 15)))
    assert then.row.state is State.PRODUCTION
    assert ledger.verify_ledger(bank.session).first_failure is None


def test_a_deployment_opens_and_closes_once(bank: Bank, model: str) -> None:
    open_deployment(bank.session, model, PRODUCTION)
    with pytest.raises(AppError) as again:
        open_deployment(bank.session, model, PRODUCTION)
    close_deployment(bank.session, model, PRODUCTION)
    with pytest.raises(AppError) as twice:
        close_deployment(bank.session, model, PRODUCTION)
    assert code_of(again) == "deployment.already_open"
    assert code_of(twice) == "deployment.not_open"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place("3", " "), "deployment.environment_missing"),
        (Place("3", "production", "shadow"), "deployment.role_unknown"),
        (Place("4", "production"), "version.not_found"),
    ],
)
def test_a_deployment_needs_a_real_place(bank: Bank, model: str, place: Place, code: str) -> None:
    with pytest.raises(AppError) as raised:
        open_deployment(bank.session, model, place)
    assert code_of(raised) == code
    assert models.show_model(bank.session, model).deployments == ()


def test_a_deployment_does_not_end_before_it_began(bank: Bank, model: str) -> None:
    open_deployment(bank.session, model, PRODUCTION)
    with pytest.raises(AppError) as raised:
        close_deployment(bank.session, model, PRODUCTION, effective=clock.now() - timedelta(days=1))
    assert code_of(raised) == "deployment.closed_before_opened"


def test_a_linked_entry_goes_to_its_model_and_is_no_candidate(bank: Bank) -> None:
    model = models.register_model(bank.session, {"name": NAME}).id
    add_recording(bank.session, "mlflow", "mlflow", "mlflow")
    entries.link_entry(bank.session, model, "mlflow", "pd-mittelstand")
    result = sources.sync(bank.session, "mlflow", lambda *_: None)
    sheet = models.show_model(bank.session, model)
    names = {row.name for row in candidates.list_candidates(bank.session)}
    assert "pd-mittelstand" not in names
    assert "limit-optimizer-rl" in names
    assert result.counts.changed == 1
    assert [entry.entry.name for entry in sheet.entries] == ["pd-mittelstand"]
    assert "3" in sheet.row.serving
    with pytest.raises(AppError) as closed_by_hand:
        close_deployment(bank.session, model, PRODUCTION)
    assert code_of(closed_by_hand) == "deployment.told_by_source"
    assert ledger.verify_ledger(bank.session).first_failure is None


def test_an_entry_is_linked_once_and_to_a_source_that_is_there(bank: Bank, model: str) -> None:
    with pytest.raises(AppError) as nowhere:
        entries.link_entry(bank.session, model, "mlflow", "pd-mittelstand")
    add_recording(bank.session, "mlflow", "mlflow", "mlflow")
    entries.link_entry(bank.session, model, "mlflow", "pd-mittelstand")
    with pytest.raises(AppError) as twice:
        entries.link_entry(bank.session, model, "mlflow", "pd-mittelstand")
    with pytest.raises(AppError) as nameless:
        entries.link_entry(bank.session, model, "mlflow", " ")
    assert code_of(nowhere) == "source.not_found"
    assert code_of(twice) == "entry.already_known"
    assert code_of(nameless) == "entry.name_missing"


def test_a_linked_entry_that_the_source_lacks_is_missed(bank: Bank, model: str) -> None:
    add_recording(bank.session, "mlflow", "mlflow", "mlflow")
    entries.link_entry(bank.session, model, "mlflow", "nirgends")
    sources.sync(bank.session, "mlflow", lambda *_: None)
    (entry,) = models.show_model(bank.session, model).entries
    assert entry.missing_since is not None


def test_a_declared_candidate_is_decided_like_any_other(file_bank: Bank) -> None:
    place = "//bank/kapitaldienst.xlsx"
    made = declarations.declare_candidate(file_bank.session, "Rechner", place, "drei Formeln")
    (row,) = candidates.list_candidates(file_bank.session)
    assert (row.key, row.name, row.source) == (made.id, "Rechner", "declaration")
    (entry,) = models.show_model(file_bank.session, row.id).entries
    with file_bank.session.workspace.read() as view:
        kept = evidence.read(view.connection, entry.seen_digest)
    assert b"drei Formeln" in kept.content
    candidates.reject_candidate(file_bank.session, row.id, Verdict.NOT_A_MODEL, "Arithmetik")
    assert models.show_model(file_bank.session, row.id).row.state is State.REJECTED


@pytest.mark.parametrize(
    ("name", "place", "code"),
    [
        ("Rechner", " ", "candidate.place_missing"),
        (" ", "//bank/a.xlsx", "candidate.name_missing"),
        ("Rechner 2", "//bank/a.xlsx", "candidate.already_declared"),
    ],
)
def test_a_declaration_is_whole_and_made_once(
    file_bank: Bank, name: str, place: str, code: str
) -> None:
    declarations.declare_candidate(file_bank.session, "Rechner", "//bank/a.xlsx")
    with pytest.raises(AppError) as raised:
        declarations.declare_candidate(file_bank.session, name, place)
    assert code_of(raised) == code


def test_a_recording_is_a_source_like_any_other(file_bank: Bank) -> None:
    add_recording(file_bank.session, "mlflow", "mlflow", "mlflow")
    with pytest.raises(AppError) as taken:
        add_recording(file_bank.session, "mlflow", "mlflow", "mlflow")
    with pytest.raises(AppError) as absent:
        add_recording(file_bank.session, "other", "mlflow", "nowhere")
    assert code_of(taken) == "source.name_taken"
    assert code_of(absent) == "source.bad_address"
    (row,) = sources.list_sources(file_bank.session)
    assert row.url == "recording:mlflow"


def test_a_person_is_certified_anew_and_the_old_key_is_gone(file_bank: Bank) -> None:
    session, name = file_bank.session, "Jonas Brandt"
    before = people.show_person(session, name)
    authority = certification.unlock_authority(session, lambda: PASSPHRASE)
    key = certificates.new_p256_key()
    certification.certify_person(session, name, "ein neues Wort", authority, key=key)
    after = people.show_person(session, name)
    assert (after.id, after.roles) == (before.id, before.roles)
    assert after.fingerprint != before.fingerprint
    held = person_keys.unlock(session.workspace.id, after.id, "ein neues Wort")
    assert certificates.fingerprint(held.certificate) == after.fingerprint
    assert ledger.verify_ledger(session).first_failure is None


def test_nobody_who_was_revoked_is_certified(file_bank: Bank) -> None:
    session, name = file_bank.session, "Jonas Brandt"
    authority = certification.unlock_authority(session, lambda: PASSPHRASE)
    people.revoke_person(session, name)
    with pytest.raises(AppError) as raised:
        certification.certify_person(session, name, PASSPHRASE, authority)
    assert code_of(raised) == "person.already_revoked"
    assert people.show_person(session, name).is_revoked
