"""Where a workspace's key is found, in which order, and what is said when it is nowhere."""

from base64 import b64encode
from pathlib import Path
from uuid import UUID

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import secrets
from mlops_desktop.outside.randomness import new_travelling_id
from mlops_desktop.outside.workspace_key import (
    VARIABLE,
    KeyPlace,
    forget_workspace_key,
    places,
    store_workspace_key,
    workspace_key,
)
from tests.support.keyrings import Memory

_ID = "0197f3c2-7d1e-7c3a-9a51-6f2d9f1c2b3a"
_KEY = bytes(range(32))
_SECRET = "drei kurze Worte"


@pytest.mark.parametrize(
    "text", [_KEY.hex(), _KEY.hex().upper(), b64encode(_KEY).decode(), f" {_KEY.hex()}\n"]
)
def test_the_variable_takes_both_forms(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, text)
    assert workspace_key(_ID) == _KEY
    assert places(_ID) == {KeyPlace.ENVIRONMENT}
    assert store_workspace_key(_ID, _KEY) == {KeyPlace.ENVIRONMENT}


@pytest.mark.parametrize("text", ["hunter2", _KEY.hex()[:-2], "ä" * 32, b64encode(b"x").decode()])
def test_another_form_is_refused_without_repeating_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, text)
    with pytest.raises(AppError, match=r"workspace_key\.malformed") as refused:
        workspace_key(_ID)
    assert refused.value.where == VARIABLE
    assert text not in f"{refused.value}{refused.value.parameters}"


def test_the_keyring_comes_before_the_file_and_the_variable_first(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store_workspace_key(_ID, _KEY, _SECRET) == {KeyPlace.KEYRING, KeyPlace.FILE}
    assert places(_ID) == {KeyPlace.KEYRING, KeyPlace.FILE}
    assert workspace_key(_ID, _never) == _KEY
    assert list(memory.kept) == [(secrets.SERVICE, f"workspace/{_ID}")]
    monkeypatch.setenv(VARIABLE, bytes(32).hex())
    assert workspace_key(_ID, _never) == bytes(32)


def test_a_lost_keyring_leaves_the_passphrase(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_workspace_key(_ID, _KEY, _SECRET)
    memory.kept.clear()
    assert workspace_key(_ID, lambda: _SECRET) == _KEY
    monkeypatch.setattr(secrets, "_NATIVE", frozenset())
    assert workspace_key(_ID, lambda: _SECRET) == _KEY


def test_without_a_keyring_only_a_passphrase_keeps_the_key(home: Path) -> None:
    assert not secrets.is_available(), "the tests run without a keyring"
    with pytest.raises(AppError, match=r"workspace_key\.nowhere_to_store"):
        store_workspace_key(_ID, _KEY)
    with pytest.raises(AppError, match=r"workspace_key\.missing"):
        workspace_key(_ID, lambda: _SECRET)
    assert store_workspace_key(_ID, _KEY, _SECRET) == {KeyPlace.FILE}
    assert _KEY not in (home / "workspaces" / f"{_ID}.key").read_bytes()
    with pytest.raises(AppError, match=r"workspace_key\.passphrase_needed"):
        workspace_key(_ID)
    with pytest.raises(AppError, match=r"passphrase\.wrong"):
        workspace_key(_ID, lambda: "drei lange Worte")
    assert workspace_key(_ID, lambda: _SECRET) == _KEY


def test_a_wrapped_file_of_another_workspace_does_not_open(home: Path) -> None:
    store_workspace_key(_ID, _KEY, _SECRET)
    folder = home / "workspaces"
    (folder / f"{_ID}.key").rename(folder / "other.key")
    with pytest.raises(AppError, match=r"passphrase\.wrong"):
        workspace_key("other", lambda: _SECRET)


@pytest.mark.usefixtures("memory")
def test_a_forgotten_key_is_gone() -> None:
    store_workspace_key(_ID, _KEY, _SECRET)
    forget_workspace_key(_ID)
    forget_workspace_key(_ID)
    assert places(_ID) == frozenset()
    with pytest.raises(AppError, match=r"workspace_key\.missing"):
        workspace_key(_ID, lambda: _SECRET)


def test_an_identifier_cannot_lead_elsewhere() -> None:
    with pytest.raises(AppError, match=r"file\.name_refused"):
        store_workspace_key("../../etc/x", _KEY, _SECRET)


def _never() -> str:
    raise AssertionError("nobody should be asked")


def test_a_travelling_file_is_opened_by_its_passphrase_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "11" * 32)
    id, other = new_travelling_id(), new_travelling_id()
    assert UUID(id).version == 8
    key = workspace_key(id, lambda: "elbe-und-alster")
    assert key == workspace_key(id, lambda: "elbe-und-alster")
    assert len({key, bytes.fromhex("11" * 32)}) == 2
    assert key != workspace_key(id, lambda: "elbe-und-oder")
    assert key != workspace_key(other, lambda: "elbe-und-alster")
    assert not any(home.rglob("*.key"))
    with pytest.raises(AppError, match=r"workspace_key\.passphrase_needed"):
        workspace_key(id)
    with pytest.raises(AppError, match=r"passphrase\.too_short"):
        workspace_key(id, lambda: "kurz")
