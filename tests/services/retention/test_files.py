"""Neither the file nor its log holds an erased text."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import items
from tests.services.conftest import Bank
from tests.services.retention.erasing import SECRET, at, define, find, run
from tests.services.steps import register

_PAGE, _RESERVED = 4096, 80  # SQLCipher 4


def pages(place: str) -> bytes:
    """Decrypt every page of a file and of its write-ahead log, free ones and old ones too."""
    key = bytes.fromhex(os.environ[VARIABLE])
    file, log = Path(place).read_bytes(), Path(f"{place}-wal")
    found = [file[start : start + _PAGE] for start in range(0, len(file), _PAGE)]
    waiting = log.read_bytes()[32:] if log.exists() else b""
    frame = _PAGE + 24
    found += [waiting[at : at + frame][24:] for at in range(0, len(waiting), frame)]
    return b"".join(_decrypted(page, key, is_first=not at) for at, page in enumerate(found))


def _decrypted(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    vector = page[_PAGE - _RESERVED :][:16]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[16 if is_first else 0 : _PAGE - _RESERVED])


def test_neither_the_file_nor_its_log_holds_the_text_any_more(file_bank: Bank) -> None:
    with at("2026-01-10"):
        register(file_bank)
        find(file_bank, "M-00001")
    title = items.show_item(file_bank.session, "F-00001").state.details.title
    assert title is not None
    assert title.disclosure is not None
    written = [SECRET.encode(), SECRET.casefold().encode(), title.disclosure.encode()]
    assert all(needle in pages(file_bank.place) for needle in written)
    with at("2031-06-02"):
        define(file_bank)
        assert run(file_bank).is_purged
    assert not any(needle in pages(file_bank.place) for needle in written)


def test_while_somebody_reads_the_file_is_said_to_hold_it_still(file_bank: Bank) -> None:
    with at("2026-01-10"):
        register(file_bank)
        find(file_bank, "M-00001")
    with at("2031-06-02"):
        define(file_bank)
        with file_bank.session.workspace.read() as view:
            assert view.head().size
            assert not run(file_bank).is_purged
        assert file_bank.session.workspace.purge()
