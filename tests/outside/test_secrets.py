"""Secrets go into a native keyring or nowhere, and every other backend is refused by name."""

from collections.abc import Callable

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import secrets
from tests.support.keyrings import Memory, trust

pytestmark = pytest.mark.usefixtures("own_keyring")


class Forgetful(Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Say yes and do nothing, as a full or broken backend may."""


class Locked(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the secret was hunter2")


class PlaintextKeyring(Memory):
    """What keyrings.alt would offer; installing that package is what we warn of."""


PlaintextKeyring.__module__ = "keyrings.alt.file"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (fail.Keyring, "keyring.missing"),
        (null.Keyring, "keyring.forgets"),
        (PlaintextKeyring, "keyring.not_native"),
        (Memory, "keyring.unknown"),
    ],
)
def test_other_backends_are_refused_in_every_use(kind: type[KeyringBackend], code: str) -> None:
    backend = kind()
    keyring.set_keyring(backend)
    assert not secrets.is_available()
    uses: list[Callable[[], object]] = [
        secrets.check_backend,
        lambda: secrets.get("name"),
        lambda: secrets.set("name", "value"),
        lambda: secrets.delete("name"),
    ]
    for use in uses:
        with pytest.raises(AppError) as refused:
            use()
        assert refused.value.code == code
    assert getattr(backend, "kept", {}) == {}


def test_a_chain_is_as_good_as_its_worst_link(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for links, code in (
        ([memory, PlaintextKeyring()], "keyring.not_native"),
        ([memory, _no_keyring()], "keyring.missing"),
        ([], "keyring.unknown"),
    ):
        monkeypatch.setattr(chainer.ChainerBackend, "backends", links)
        keyring.set_keyring(_chain())
        with pytest.raises(AppError) as refused:
            secrets.check_backend()
        assert refused.value.code == code
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [memory])
    keyring.set_keyring(_chain())
    secrets.set("name", "value")
    assert secrets.get("name") == "value"


def test_native_backends_are_known_by_their_real_names() -> None:
    names = {
        f"{kind.__module__}.{kind.__qualname__}"
        for kind in KeyringBackend._classes
        if kind.__module__.startswith("keyring.backends.")
    }
    assert names, "keyring registers its backends when it is loaded"
    keyring.backend.get_all_keyring()
    for name in secrets._NATIVE:
        module = __import__(name.rpartition(".")[0], fromlist=["x"])
        assert hasattr(module, name.rpartition(".")[2]), name


@pytest.mark.usefixtures("memory")
def test_a_secret_is_kept_read_and_deleted() -> None:
    assert secrets.is_available()
    assert secrets.get("source/prod") is None
    secrets.set("source/prod", "tökén")
    assert secrets.get("source/prod") == "tökén"
    secrets.delete("source/prod")
    secrets.delete("source/prod")
    assert secrets.get("source/prod") is None


def test_what_a_windows_credential_cannot_hold_is_refused(memory: Memory) -> None:
    secrets.set("name", "x" * 1280)
    with pytest.raises(AppError, match=r"keyring\.value_too_long"):
        secrets.set("name", "x" * 1281)
    assert list(memory.kept.values()) == ["x" * 1280]


def test_a_lost_write_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    trust(Forgetful(), monkeypatch)
    with pytest.raises(AppError, match=r"keyring\.write_lost"):
        secrets.set("name", "value")


def test_a_locked_keyring_is_said_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    trust(Locked(), monkeypatch)
    with pytest.raises(AppError, match=r"keyring\.failed") as refused:
        secrets.get("name")
    assert "hunter2" not in f"{refused.value}{refused.value.parameters}"
    assert refused.value.__suppress_context__


def _no_keyring() -> KeyringBackend:
    return fail.Keyring()  # type: ignore[no-untyped-call]


def _chain() -> KeyringBackend:
    return chainer.ChainerBackend()  # type: ignore[no-untyped-call]
