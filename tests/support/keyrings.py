"""A keyring in memory in place of the desktop's, which a server that runs tests does not have."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from mlops_desktop.outside import secrets


class Memory(KeyringBackend):
    """Stands in for a desktop's keyring, which a server that runs tests does not have."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.kept[service, username]
        except KeyError:
            raise PasswordDeleteError("not found") from None


def trust(backend: Memory, monkeypatch: pytest.MonkeyPatch) -> Memory:
    """Use ``backend`` and take it for a native one."""
    name = f"{type(backend).__module__}.{type(backend).__qualname__}"
    monkeypatch.setattr(secrets, "_NATIVE", secrets._NATIVE | {name})
    keyring.set_keyring(backend)
    return backend


@pytest.fixture
def own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory(own_keyring: None, monkeypatch: pytest.MonkeyPatch) -> Memory:
    return trust(Memory(), monkeypatch)
