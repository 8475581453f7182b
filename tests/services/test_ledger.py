"""Whoever changes the workspace behind the program's back is found, and the place is named."""

import pytest
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import ApprovalRequested
from mlops_desktop.core.events.dossiers import DossierExported
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.tlog_proof import TlogProof
from mlops_desktop.services import declarations, ledger, models
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.engine import WRITES
from tests.services.conftest import Bank
from tests.services.steps import ask, cast, register


def alter(bank: Bank, *statements: str) -> None:
    """Change the database as somebody with its key and a SQL shell can."""
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()


def failed(bank: Bank) -> tuple[str, int] | None:
    """Return the name of the first failed check and the event it names."""
    found = ledger.verify_ledger(bank.session).first_failure
    return (found.name, found.finding.position) if found and found.finding else None


def replace_in_body(bank: Bank, position: int, old: bytes, new: bytes) -> None:
    """Change the bytes of one stored event."""
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        body = connection.execute(
            sa.text("SELECT body FROM events WHERE position = :p"), {"p": position}
        ).scalar_one()
        changed = bytes(body).replace(old, new)
        assert changed != bytes(body)
        connection.execute(
            sa.text("UPDATE events SET body = :b WHERE position = :p"),
            {"b": changed, "p": position},
        )
        connection.commit()


@pytest.fixture
def decided(bank: Bank) -> Bank:
    """A bank with an approved version."""
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    cast(bank, request, "Miriam Sander")
    return bank


def position_of(bank: Bank, kind: str) -> int:
    return max(row.position for row in ledger.read_log(bank.session) if row.type == kind)


def test_an_honest_workspace_passes_all_twelve_checks(decided: Bank) -> None:
    verdict = ledger.verify_ledger(decided.session)
    assert [check.number for check in verdict.checks] == list(range(1, 13))
    assert verdict.is_ok


def test_one_changed_byte_of_an_event_is_found_and_the_event_named(decided: Bank) -> None:
    position = position_of(decided, "model.registered")
    replace_in_body(decided, position, b"PD Mittelstand", b"PD Mittelstamd")
    assert failed(decided) == ("leaves", position)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE models SET state = 'production'",
        "UPDATE models SET tier = 4",
        "UPDATE model_states SET approval = 'approved' WHERE approval = 'never_validated'",
        "UPDATE approval_requests SET status = 'rejected'",
        "UPDATE people SET roles = '[]'",
        "DELETE FROM deployments",
        "DELETE FROM models",
        "INSERT INTO devices (id, person, public_key, position) VALUES ('x', 'y', 'z', 1)",
    ],
)
def test_a_changed_row_is_found(decided: Bank, statement: str) -> None:
    alter(decided, statement)
    touched = "deployments" not in statement
    assert (failed(decided) is not None) is touched


def test_the_row_is_named(decided: Bank) -> None:
    alter(decided, "UPDATE models SET tier = 4")
    found = ledger.verify_ledger(decided.session).first_failure
    assert found is not None
    assert found.name == "rows"
    assert found.finding is not None
    told = found.finding.error
    assert (told.code, told.parameters["table"], told.parameters["column"]) == (
        "ledger.row_differs",
        "models",
        "tier",
    )


def test_a_dossier_whose_time_nobody_can_read_is_named_as_an_altered_row(decided: Bank) -> None:
    with decided.session.workspace.write(decided.session.actor) as work:
        work.record(DossierExported("d", "m", "0" * 64, "0" * 64, 1, "0" * 64, "en"))
    alter(decided, "UPDATE dossiers SET at = 'yesterday'")
    found = ledger.verify_ledger(decided.session)
    assert found.first_failure is not None
    assert found.first_failure.name == "rows"
    assert (found.anchored_at, ledger.read_state(decided.session).anchored_at) == (None, None)


def test_the_newest_events_cut_off_with_their_checkpoints_are_missed(decided: Bank) -> None:
    size = ledger.read_state(decided.session).size
    connection = decided.session.workspace.engine.connect()
    with connection:
        kept = connection.execute(
            sa.text("SELECT MAX(size) FROM checkpoints WHERE size < :size"), {"size": size}
        ).scalar_one()
    alter(
        decided,
        f"DELETE FROM events WHERE position >= {kept}",
        f"DELETE FROM checkpoints WHERE size > {kept}",
    )
    found = ledger.verify_ledger(decided.session)
    assert not found.is_ok
    assert [check.name for check in found.checks if not check.is_ok][:1] == ["last_seen"]


def test_without_the_head_kept_outside_the_cut_would_not_show_in_the_log_itself(
    decided: Bank,
) -> None:
    """The control: it is the last-seen head that finds the cut, not the tree."""
    size = ledger.read_state(decided.session).size
    with decided.session.workspace.engine.connect() as connection:
        kept = connection.execute(
            sa.text("SELECT MAX(size) FROM checkpoints WHERE size < :size"), {"size": size}
        ).scalar_one()
    alter(
        decided,
        f"DELETE FROM events WHERE position >= {kept}",
        f"DELETE FROM checkpoints WHERE size > {kept}",
    )
    anchor.forget(decided.session.workspace.id)
    log_checks = ledger.verify_ledger(decided.session).checks[:6]
    assert all(check.is_ok for check in log_checks)


@pytest.mark.parametrize("fact", ["id", "name", "origin"])
def test_what_the_workspace_says_of_itself_is_what_it_was_founded_as(
    decided: Bank, fact: str
) -> None:
    alter(decided, f"UPDATE meta SET value = 'Elsewhere Bank' WHERE name = '{fact}'")
    assert failed(decided) == ("rows", -1)


def test_a_text_taken_from_behind_an_event_is_missed_and_the_event_named(decided: Bank) -> None:
    """The comment of a request shows in no projected row but by its digest."""
    position = position_of(decided, "approval.requested")
    with decided.session.workspace.read() as view:
        (asked,) = log.read_events(view.connection, position, position + 1)
    payload = envelopes.from_body(asked.body, {}).payload
    assert isinstance(payload, ApprovalRequested)
    assert payload.comment is not None
    alter(decided, f"DELETE FROM disclosures WHERE digest = '{payload.comment.digest}'")
    found = ledger.verify_ledger(decided.session).first_failure
    assert found is not None
    assert found.finding is not None
    assert (found.name, found.finding.position) == ("disclosures", position)
    assert found.finding.error.code == "ledger.disclosure_missing"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM evidence", "evidence.missing"),
        ("UPDATE evidence SET size = size + 1", "evidence.altered"),
    ],
)
def test_an_answer_that_a_fact_was_read_from_is_kept_as_it_came(
    bank: Bank, statement: str, code: str
) -> None:
    declarations.declare_candidate(bank.session, "Rechner.xlsx", "Laufwerk R")
    assert failed(bank) is None
    alter(bank, statement)
    found = ledger.verify_ledger(bank.session).first_failure
    assert found is not None
    assert found.finding is not None
    assert (found.name, found.finding.error.code) == ("answers", code)


@pytest.mark.parametrize("table", ["events", "checkpoints"])
def test_a_deleted_row_of_the_log_is_found(decided: Bank, table: str) -> None:
    column = "position" if table == "events" else "size"
    newest = ledger.read_state(decided.session).size - (table == "events")
    alter(decided, f"DELETE FROM {table} WHERE {column} = {newest}")
    assert failed(decided) is not None


def test_index_columns_of_an_event_must_say_what_its_body_says(decided: Bank) -> None:
    position = position_of(decided, "approval.decided")
    alter(decided, f"UPDATE events SET person = 'somebody' WHERE position = {position}")
    assert failed(decided) == ("rows", position)


def test_a_disclosure_with_another_text_is_found(decided: Bank) -> None:
    alter(
        decided,
        "UPDATE disclosures SET disclosure = disclosure || 'x' WHERE digest = "
        "(SELECT MIN(digest) FROM disclosures)",
    )
    assert failed(decided) is not None


def test_after_a_full_verification_the_state_says_up_to_where(decided: Bank) -> None:
    assert (
        ledger.read_state(decided.session).verified_size < ledger.read_state(decided.session).size
    )
    ledger.verify_ledger(decided.session)
    state = ledger.read_state(decided.session)
    assert state.verified_size == state.size
    models.edit_model(decided.session, "1", {"business_line": "Firmenkunden"})
    assert ledger.read_state(decided.session).verified_size == state.size


def test_what_was_verified_before_is_hashed_again_but_read_again_only_on_demand(
    decided: Bank,
) -> None:
    def events_read(*, whole: bool = False) -> int:
        verdict = ledger.verify_ledger(decided.session, whole=whole)
        assert verdict.is_ok
        return {check.name: check.examined for check in verdict.checks}["forms"]

    size = ledger.read_state(decided.session).size
    assert (events_read(), events_read(), events_read(whole=True)) == (size, 0, size)
    position = position_of(decided, "model.registered")
    replace_in_body(decided, position, b"PD Mittelstand", b"PD Mittelstamd")
    assert failed(decided) == ("leaves", position)


def test_the_proof_of_an_event_is_a_file_others_can_read(file_bank: Bank) -> None:
    register(file_bank)
    proof = TlogProof.from_text(ledger.prove_event(file_bank.session, "0"))
    assert proof.index == 0
    assert proof.checkpoint == ledger.newest_checkpoint(file_bank.session)
    with pytest.raises(AppError, match=r"event\.not_found"):
        ledger.prove_event(file_bank.session, "4711")
