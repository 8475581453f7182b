"""Passwords come from variables and prompts, and are seen nowhere."""

import os
import sys
from pathlib import Path

import pytest
from click import Command, Context, Option

from mlops_desktop.cli.app import root
from mlops_desktop.cli.commands import Group
from tests.cli.conftest import Bank
from tests.cli.program import BERTA, PASSPHRASES, Done, invoke
from tests.support.canaries import canary
from tests.support.keyrings import Memory
from tests.support.surroundings import ROOT

UNIX = pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal and /proc")


@pytest.fixture
def request_id(bank: Bank) -> str:
    found: str = bank.json("approvals", "request", "1", "7").document["id"]
    return found


def test_without_variable_and_terminal_the_option_is_named(bank: Bank, request_id: str) -> None:
    done = bank.json("approvals", "decide", request_id, "--decision", "approve", "--as", BERTA)
    assert (done.code, done.error["code"]) == (2, "secret.not_given")
    assert done.error["where"] == "--person-secret-env"
    assert "--person-secret-env" in done.error["remedy"]


def test_a_variable_that_is_not_set_is_named(bank: Bank, request_id: str) -> None:
    secret = ("--as", BERTA, "--person-secret-env", "NOBODY")
    done = bank.json("approvals", "decide", request_id, "--decision", "approve", *secret)
    assert (done.code, done.error["code"]) == (2, "secret.variable_empty")
    assert "NOBODY" in done.error["message"]


def test_enrolling_with_a_key_needs_the_authority(bank: Bank) -> None:
    done = bank.json("people", "enrol", "Dora", "--person-secret-env", "BERTA")
    assert (done.code, done.error["where"]) == (2, "--authority-secret-env")
    assert "Dora" not in bank.run("people", "list").out


def test_a_password_in_the_address_of_a_database_is_refused() -> None:
    done = invoke("-w", "postgresql://u:hunter2@127.0.0.1/x", "models", "list", "--json")
    assert (done.code, done.error["code"]) == (2, "workspace.address_holds_secret")
    assert "hunter2" not in done.out


def test_no_secret_is_printed_or_kept_in_the_clear(bank: Bank, request_id: str, home: Path) -> None:
    secret = ("--as", BERTA, "--person-secret-env", "BERTA")
    runs = [
        bank.run("approvals", "decide", request_id, "--decision", "approve", *secret),
        bank.run("people", "list", "--json"),
        bank.run("ledger", "log", "--json"),
    ]
    told = "".join(done.out + done.err for done in runs)
    kept = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    for passphrase in PASSPHRASES.values():
        assert passphrase not in told
        assert passphrase.encode() not in kept


def test_a_secret_of_a_source_without_keyring_is_not_kept_and_that_is_said(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", canary("the token of a source", "Kanarie-geheim-und-lang"))
    add = ("sources", "add", "mlflow", "x", "--url", "http://127.0.0.1:9")
    done = bank.run(*add, "--source-secret-env", "TOKEN", "--json")
    assert (done.code, done.document["secret_kept"]) == (0, False)
    assert "--source-secret-env" in done.err
    assert "geheim" not in done.out + done.err


def answer_prompts(arguments: tuple[str, ...], answers: dict[str, str]) -> Done:
    """Run the program on a terminal and type an answer after each question."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        command = [sys.executable, "-m", "mlops_desktop", *arguments]
        os.execv(sys.executable, command)  # noqa: S606 - a terminal of its own, no shell
    shown, asked = b"", dict(answers)
    while True:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux: the other side has closed
            break
        if not read:
            break
        shown += read
        for question, answer in list(asked.items()):
            if question.encode() in shown:
                os.write(terminal, answer.encode() + b"\n")
                del asked[question]
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert asked == {}, shown.decode()
    return Done(os.waitstatus_to_exitcode(status), shown.decode(), "")


@UNIX
def test_on_a_terminal_the_passphrase_is_asked_for_and_not_shown(
    bank: Bank, request_id: str
) -> None:
    decide = ("approvals", "decide", request_id, "--decision", "approve", "--as", BERTA)
    done = answer_prompts(
        ("-w", str(bank.place), *decide), {"Passphrase of your key:": PASSPHRASES["BERTA"]}
    )
    assert done.code == 0, done.out
    assert PASSPHRASES["BERTA"] not in done.out
    assert "verified" in done.out


def test_a_key_without_keyring_and_variable_is_wrapped_with_a_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "own.mlops"
    monkeypatch.setenv("FIRST", "erste-passphrase")
    monkeypatch.setenv("WRAP", "zweite-passphrase")
    init = ("init", str(place), "--person", "Anna", "--person-secret-env", "FIRST", "--json")
    nowhere = invoke(*init)
    assert (nowhere.code, nowhere.error["code"]) == (3, "workspace_key.nowhere_to_store")
    assert not place.exists()
    wrapped = ("--key-secret-env", "WRAP")
    assert invoke(*init, *wrapped).document["name"] == "own"
    refused = invoke("-w", str(place), "models", "list", "--json")
    assert (refused.code, refused.error["where"]) == (2, "--key-secret-env")
    assert invoke("-w", str(place), "models", "list", *wrapped).code == 0


def test_no_command_has_an_option_for_a_secret_itself() -> None:
    def options(command: Command) -> list[str]:
        context = Context(command)
        own = [
            name
            for one in command.get_params(context)
            if isinstance(one, Option)
            for name in one.opts
        ]
        if isinstance(command, Group):
            for name in command.list_commands(context):
                own += options(command.get_command(context, name))  # type: ignore[arg-type]
        return own

    telling = {
        name for name in options(root) if "secret" in name or "pass" in name or "key" in name
    }
    allowed = {name for name in telling if name.endswith("-env")} | {
        "--ask-secret",
        "--forget-secret",
    }
    # The key on a token is named by its label there.
    assert telling - allowed == {"--key-file", "--no-key", "--secretary", "--token-key"}


def test_a_source_is_edited_and_its_secret_replaced(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, memory: Memory
) -> None:
    monkeypatch.setenv("TOKEN", canary("the token of a source", "Kanarie-geheim-und-lang"))
    monkeypatch.setenv("OTHER", "geheim-und-neu")
    url = "http://127.0.0.1:9"
    bank.run("sources", "add", "mlflow", "x", "--url", url, "--source-secret-env", "TOKEN")
    done = bank.json("sources", "edit", "x", "--proxy", "http://p:1", "--ca-file", "/ca.pem")
    assert (done.document["proxy"], done.document["ca_file"]) == ("http://p:1", "/ca.pem")
    assert [*memory.kept.values()] == ["Kanarie-geheim-und-lang"]
    done = bank.run("sources", "edit", "x", "--proxy", "", "--source-secret-env", "OTHER", "--json")
    assert done.document["proxy"] is None
    assert [*memory.kept.values()] == ["geheim-und-neu"]
    assert "geheim" not in done.out + done.err + bank.run("ledger", "log", "--json").out
    same = bank.json("sources", "edit", "x", "--url", url)
    assert (same.code, same.error["code"]) == (2, "source.nothing_changed")
    assert bank.run("sources", "edit", "x", "--forget-secret").code == 0
    assert not memory.kept
