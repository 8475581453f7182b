"""The device key is made once, kept encrypted, and opens for its workspace alone."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.devices import create_device_key, has_device_key, load_device_key

_KEY = bytes(range(32))


def test_a_device_key_is_made_and_loaded(home: Path) -> None:
    assert not has_device_key("w1")
    made = create_device_key("w1", _KEY)
    assert has_device_key("w1")
    loaded = load_device_key("w1", _KEY)
    assert loaded.public_key() == made.public_key()
    assert made.private_bytes_raw() not in (home / "devices" / "w1.key").read_bytes()


def test_it_is_never_overwritten() -> None:
    made = create_device_key("w1", _KEY)
    with pytest.raises(AppError, match=r"device_key\.exists"):
        create_device_key("w1", _KEY)
    assert load_device_key("w1", _KEY).public_key() == made.public_key()


def test_it_opens_with_its_workspace_alone(home: Path) -> None:
    create_device_key("w1", _KEY)
    with pytest.raises(AppError, match=r"device_key\.missing"):
        load_device_key("w2", _KEY)
    with pytest.raises(AppError, match=r"cipher\.not_opened"):
        load_device_key("w1", bytes(32))
    (home / "devices" / "w1.key").rename(home / "devices" / "w2.key")
    with pytest.raises(AppError, match=r"cipher\.not_opened"):
        load_device_key("w2", _KEY)
