"""A person's key opens with the passphrase, and five wrong ones in a row lock it."""

import multiprocessing
import os
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.credentials import Credential, read_pkcs12
from mlops_desktop.outside.person_keys import (
    count_failures,
    export_person_key,
    has_person_key,
    release,
    store_person_key,
    unlock,
)

_SECRET = "vier Augen sehen mehr"


@pytest.fixture
def stored(person: Credential) -> Credential:
    store_person_key("w1", "p1", person, _SECRET)
    return person


def _refused(passphrase: str) -> AppError:
    with pytest.raises(AppError) as refused:
        unlock("w1", "p1", passphrase)
    return refused.value


def test_the_key_opens_with_its_chain(stored: Credential) -> None:
    opened = unlock("w1", "p1", _SECRET)
    assert opened == stored
    assert opened.private.private_numbers() == stored.private.private_numbers()
    assert count_failures("w1", "p1") == 0


@pytest.mark.usefixtures("stored")
def test_five_wrong_passphrases_lock_the_key_and_a_release_opens_it() -> None:
    told = [_refused("falsch geraten") for _ in range(5)]
    assert [one.parameters.get("left") for one in told] == [4, 3, 2, 1, None]
    assert [one.code for one in told] == ["person_key.passphrase_wrong"] * 4 + ["person_key.locked"]
    assert _refused(_SECRET).code == "person_key.locked"
    assert count_failures("w1", "p1") == 5
    release("w1", "p1")
    unlock("w1", "p1", _SECRET)


@pytest.mark.usefixtures("stored")
def test_a_right_passphrase_begins_the_count_anew() -> None:
    for _ in range(4):
        _refused("falsch geraten")
    unlock("w1", "p1", _SECRET)
    assert _refused("falsch geraten").parameters == {"left": 4}


def test_storing_again_does_not_lift_the_lock(stored: Credential) -> None:
    for _ in range(5):
        _refused("falsch geraten")
    store_person_key("w1", "p1", stored, _SECRET)
    assert _refused(_SECRET).code == "person_key.locked"


@pytest.mark.usefixtures("stored")
def test_a_damaged_count_means_locked(home: Path) -> None:
    (home / "keys" / "w1" / "p1.failures").write_bytes(b"-3")
    assert _refused(_SECRET).code == "person_key.locked"


def _guess(folder: str) -> None:
    os.environ["MLOPS_DESKTOP_HOME"] = folder
    for _ in range(2):
        with pytest.raises(AppError):
            unlock("w1", "p1", "falsch geraten")


@pytest.mark.usefixtures("stored")
def test_failures_count_across_processes(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_guess, args=(str(home),)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert count_failures("w1", "p1") == 4


def test_nothing_is_there_before(person: Credential) -> None:
    assert not has_person_key("w1", "p1")
    assert _refused(_SECRET).code == "person_key.missing"
    with pytest.raises(AppError, match=r"passphrase\.too_short"):
        store_person_key("w1", "p1", person, "kurz")
    assert not has_person_key("w1", "p1")


def test_the_exported_file_is_plain_pkcs12(stored: Credential) -> None:
    assert has_person_key("w1", "p1")
    assert read_pkcs12(export_person_key("w1", "p1", _SECRET), _SECRET) == stored


@pytest.mark.usefixtures("stored")
def test_a_key_moved_to_another_person_does_not_open(home: Path) -> None:
    folder = home / "keys" / "w1"
    (folder / "p1.p12.wrapped").rename(folder / "p2.p12.wrapped")
    with pytest.raises(AppError, match=r"person_key\.passphrase_wrong"):
        unlock("w1", "p2", _SECRET)
