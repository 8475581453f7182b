"""What goes wrong is told with a code, a sentence, a remedy, a place and an exit code."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mlops_desktop.cli.answer import FAILED, INTERRUPTED, NO, WRONG_INPUT
from mlops_desktop.cli.failures import DEBUG, failure_of
from mlops_desktop.core.errors import AppError, Recovery
from tests.cli.conftest import Bank
from tests.cli.program import invoke, spawn, start

MORE_THAN_A_DATABASE_HOLDS = "9" * 30

REFUSED = [
    (("models", "show", "M-99999"), "model.not_found", None),
    (("models", "edit", "1", "--tier", "9"), "model.field_refused", "tier"),
    (("models", "edit", "1", "--set", "tier"), "model.setting_malformed", "--set"),
    (("models", "edit", "1", "--set", "colour=red"), "model.unknown_field", "colour"),
    (("models", "edit", "1", "--owner", "Niemand"), "person.not_found", None),
    (("models", "edit", "1", "--name", ""), "model.name_missing", "name"),
    (("models", "register", "--tier", "1"), "model.name_missing", "name"),
    (("models", "register", "--name", "pd retail"), "model.name_taken", "name"),
    (("models", "list", "--filter", "colour:red"), "filter.unknown_key", "--filter"),
    (("models", "list", "--sort", "colour"), "filter.unknown_column", "--sort"),
    (("models", "list", "--as-at", "gestern"), "date.not_a_date", "--as-at"),
    (
        ("models", "list", "--as-of", "2026-01-01", "--as-at", "2026-01-01"),
        "date.asked_twice",
        None,
    ),
    (("models", "list", "--as-of", ""), "date.not_a_date", "--as-of"),
    (("models", "list", "--as-of", "20240601"), "date.not_a_date", "--as-of"),
    (("models", "list", "--as-of", "2024-W05-1"), "date.not_a_date", "--as-of"),
    (
        ("dossier", "export", "--model", "1", "--as-at", "9999-12-31", "--out", "ahead.pdf"),
        "dossier.day_ahead",
        "--as-of",
    ),
    (("models", "diff", "--from", "2999-01-01"), "date.backwards", "--from"),
    (("models", "move", "1", "rework"), "model.move_refused", None),
    (("approvals", "show", "A-99999"), "approval.not_found", None),
    (("approvals", "request", "1", "v8"), "version.not_found", "version"),
    (("sources", "sync", "elsewhere"), "source.not_found", "NAME"),
    (("sources", "add", "nothing", "x", "--url", "http://x"), "source.unknown_kind", "kind"),
    (("sources", "add", "mlflow", "x", "--url", "ftp://x"), "source.url_refused", "url"),
    (
        ("sources", "add", "prometheus", "x", "--url", "http://x", "--set", "step=soon"),
        "prometheus.duration_unreadable",
        "settings",
    ),
    (
        ("sources", "add", "opencost", "x", "--url", "http://x", "--set", "days=0"),
        "source.days_unreadable",
        "settings",
    ),
    (("dossier", "export", "--model", "1", "--out", "/no/where/d.pdf"), "dossier.no_folder", None),
    (("ledger", "proof", "99999"), "event.not_found", None),
    (("ledger", "log", "--model", "x"), "model.not_found", None),
    (("models", "show", f"M-{MORE_THAN_A_DATABASE_HOLDS}"), "model.not_found", None),
    (("models", "edit", "1", "--tier", MORE_THAN_A_DATABASE_HOLDS), "model.field_refused", "tier"),
    (("approvals", "show", f"A-{MORE_THAN_A_DATABASE_HOLDS}"), "approval.not_found", None),
    (("findings", "show", f"F-{MORE_THAN_A_DATABASE_HOLDS}"), "item.not_found", "id"),
    (("ledger", "proof", MORE_THAN_A_DATABASE_HOLDS), "event.not_found", None),
    (("models", "list", "--limit", MORE_THAN_A_DATABASE_HOLDS), "command.misused", None),
    (("models", "list", "--as", ""), "command.misused", None),
    (("models", "list", "--workspace", ""), "command.misused", None),
    (("models", "list", "--workspace", "mysql://x/x"), "workspace.url_refused", "--workspace"),
    (("models", "list", "--workspace", "/"), "workspace.not_a_workspace", "/"),
    (("models", "list", "--person-secret-env", ""), "command.misused", None),
    (
        ("init", "new.mlops", "--person", "Eva", "--authority-secret-env", "ANNA"),
        "command.misused",
        None,
    ),
]


@pytest.mark.parametrize(("command", "code", "where"), REFUSED, ids=str)
def test_wrong_input_is_named_and_changes_nothing(
    bank: Bank, command: tuple[str, ...], code: str, where: str | None
) -> None:
    size = bank.json("ledger", "verify").document["size"]
    done = bank.json(*command)
    assert (done.code, done.error["code"]) == (WRONG_INPUT, code)
    assert where is None or done.error["where"] == where
    assert bank.json("ledger", "verify").document["size"] == size


MISUSED = [
    ((), "mlops-desktop"),
    (("models",), "mlops-desktop models"),
    (("models", "frobnicate"), "mlops-desktop models"),
    (("frobnicate",), "mlops-desktop"),
    (("models", "list", "--frobnicate"), "mlops-desktop models list"),
    (("models", "list", "--scope", "some"), "--scope"),
    (("approvals", "decide", "A-1", "--decision", "perhaps"), "--decision"),
    (("approvals", "decide", "A-1"), "--decision"),
    (("models", "show"), "id"),
    (("dossier", "verify", "/no/such.pdf"), "file"),
]


@pytest.mark.parametrize(("command", "where"), MISUSED, ids=str)
def test_a_line_that_is_not_understood(command: tuple[str, ...], where: str) -> None:
    done = invoke(*command, "--json")
    assert (done.code, done.error["code"]) == (WRONG_INPUT, "command.misused")
    assert done.error["where"].lower() == where
    assert "--help" in done.error["remedy"]


def test_messages_go_to_stderr_and_answers_to_stdout(bank: Bank) -> None:
    failed = bank.run("models", "show", "M-99999")
    assert (failed.code, failed.out) == (WRONG_INPUT, "")
    assert failed.err.startswith("Error: There is no model “M-99999”.")
    done = bank.run("models", "list")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("ID ")


def test_a_workspace_that_is_none(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no database at all")
    for place, code in ((other, "not_a_workspace"), (tmp_path / "none.mlops", "not_found")):
        done = invoke("-w", str(place), "models", "list", "--json")
        assert (done.code, done.error["code"]) == (WRONG_INPUT, f"workspace.{code}")
        assert done.error["where"] == str(place)


def test_without_any_workspace_the_option_is_named() -> None:
    done = invoke("models", "list", "--json")
    assert (done.error["code"], done.error["where"]) == ("workspace.none_opened", "--workspace")


def test_the_last_workspace_is_used_where_none_is_named(bank: Bank) -> None:
    bank.run("models", "list")
    assert [row["id"] for row in invoke("models", "list", "--json").document] == ["M-00001"]


def test_a_wrong_key_is_a_fault_of_the_surroundings(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_WORKSPACE_KEY", "cd" * 32)
    done = bank.json("models", "list")
    assert (done.code, done.error["code"]) == (FAILED, "workspace.wrong_key")


def test_an_altered_row_is_found_and_named(bank: Bank, alter: None) -> None:
    done = bank.json("ledger", "verify")
    assert done.code == NO
    failure = done.document["first_failure"]
    assert {"position", "check", "detail"} <= set(failure)
    assert failure["check"] == "rows"
    assert "models" in failure["detail"]
    told = bank.run("ledger", "verify")
    assert (told.code, "NOT SOUND" in told.out) == (NO, True)


@pytest.fixture
def alter(bank: Bank) -> None:
    """Change one row behind the program's back."""
    from mlops_desktop.services.workspaces import open_workspace

    session = open_workspace(str(bank.place))
    with session.workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE models SET tier = 4 WHERE number = 1")
    session.workspace.close()


@pytest.mark.parametrize(
    ("recovery", "code"),
    [
        (Recovery.USER, WRONG_INPUT),
        (Recovery.CONFIGURATION, FAILED),
        (Recovery.RETRY, FAILED),
        (Recovery.BUG, FAILED),
    ],
)
def test_who_can_mend_it_decides_the_exit_code(recovery: Recovery, code: int) -> None:
    failure = failure_of(AppError("model.not_found", recovery=recovery, name="x"))
    assert failure.exit == code
    assert (DEBUG in failure.remedy) is (recovery is Recovery.BUG)


def test_the_unforeseen_is_told_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = failure_of(OSError(28, "No space left on device", "/data/bank.mlops"))
    assert (full.code, full.exit, full.where) == ("system.refused", FAILED, "/data/bank.mlops")
    assert "No space left" in full.message
    bug = failure_of(ZeroDivisionError("1/0"))
    assert (bug.code, bug.exit) == ("program.failed", FAILED)
    assert capsys.readouterr().err == ""
    monkeypatch.setenv(DEBUG, "1")
    failure_of(ZeroDivisionError("1/0"))
    assert "ZeroDivisionError: 1/0" in capsys.readouterr().err


def test_a_failing_database_is_no_bug() -> None:
    from sqlalchemy.exc import OperationalError

    lost = OperationalError("SELECT secret", {}, Exception("disk I/O error\nmore"))
    failure = failure_of(lost)
    assert (failure.code, failure.exit) == ("database.failed", FAILED)
    assert "disk I/O error" in failure.message
    assert "SELECT" not in failure.message


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort(), EOFError()])
def test_an_interruption_has_its_own_code(error: BaseException) -> None:
    assert failure_of(error).exit == INTERRUPTED


def test_hostile_text_in_a_message_is_made_visible() -> None:
    failure = failure_of(AppError("model.not_found", name="x\x1b[2J\u202egnp"))
    assert "\\u001b[2J\\u202egnp" in failure.answer().text


@pytest.fixture
def silent_server() -> Iterator[tuple[str, threading.Event]]:
    """A server that takes a request and never answers; the event tells when one came."""
    listening = socket.create_server(("127.0.0.1", 0))
    came, stop = threading.Event(), threading.Event()

    def accept() -> None:
        connection, _ = listening.accept()
        connection.recv(1000)
        came.set()
        stop.wait(60)
        connection.close()

    thread = threading.Thread(target=accept)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", came
    stop.set()
    if not came.is_set():
        socket.create_connection(listening.getsockname()).close()
    thread.join()
    listening.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_leaves_a_consistent_workspace(
    bank: Bank, silent_server: tuple[str, threading.Event]
) -> None:
    url, came = silent_server
    assert bank.run("sources", "add", "mlflow", "slow", "--url", url).code == 0
    size = bank.json("ledger", "verify").document["size"]
    process = start("-w", str(bank.place), "sources", "sync", "slow", "--json")
    assert came.wait(60)
    time.sleep(0.2)  # until the client waits for the answer
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, b"command.interrupted" in out) == (INTERRUPTED, True), err
    verdict = bank.json("ledger", "verify").document
    assert (verdict["ok"], verdict["size"]) == (True, size)


def test_a_source_that_cannot_be_reached_is_told_and_nothing_is_lost(bank: Bank) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    bank.run("sources", "add", "mlflow", "gone", "--url", f"http://127.0.0.1:{port}")
    done = bank.json("sources", "sync")
    assert done.code == FAILED
    assert done.document["registry"]["failures"] == []
    (first, *_) = done.document["gone"]["failures"]
    assert {"stream", "code", "detail"} <= set(first)
    assert first["code"] == "unreachable"
    tested = bank.json("sources", "test", "gone")
    assert (tested.code, tested.document["reachable"]) == (FAILED, False)
    synced, tested = bank.run("sources", "sync"), bank.run("sources", "test", "gone")
    assert "gone: models not read: " in synced.out
    for done in (synced, tested):
        assert done.out.count("Check address, network, VPN and proxy.") == 1


def test_a_reader_that_has_seen_enough_is_no_error(bank: Bank) -> None:
    process = start("-w", str(bank.place), "ledger", "log", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert (process.stderr.read(), process.wait(60)) == (b"", 0)
    process.stderr.close()


def test_a_real_process_says_the_same(bank: Bank) -> None:
    done = spawn("--json", "-w", str(bank.place), "models", "show", "M-99999")
    assert (done.code, done.error["code"]) == (WRONG_INPUT, "model.not_found")
