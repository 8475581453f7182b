"""A file on a stick is bounded, packed and unpacked, and its signature comes before its content."""

import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.note import sign_note
from mlops_desktop.outside import cipher
from mlops_desktop.services import copies, models
from mlops_desktop.services.copies import sticks
from mlops_desktop.services.session import Session
from tests.services.conftest import Bank
from tests.services.test_copies import SECRET, taken

_BOMB = zlib.compress(bytes(96 * 1024 * 1024), 9)


def _put(path: Path, session: Session, heading: str, content: bytes, *, known: bool) -> Path:
    """Write a file by hand, as somebody can who has its passphrase."""
    text = f"{heading}\n{session.workspace.id}\n{sha256(content).hexdigest()}\n"
    sign = session.workspace.sign_note
    assert sign is not None
    stranger = Ed25519PrivateKey.generate()
    note = sign(text) if known else sign_note(text, session.workspace.origin, stranger)
    sealed = msgspec.msgpack.encode(sticks._Sealed(note, content))
    path.write_bytes(cipher.wrap(sealed, SECRET, "parcel"))
    return path


def test_a_file_too_large_is_not_read_and_not_written(file_bank: Bank, tmp_path: Path) -> None:
    team = file_bank.as_("Corinna Wolters")
    with taken(team, tmp_path / "train.mrm") as copy:
        models.register_model(copy, {"name": "LGD Offline"})
        copies.write_outbox(copy, tmp_path / "out", SECRET)
        with patch.object(sticks, "MOST_BYTES", 500):
            with pytest.raises(AppError, match=r"copy\.file_too_large") as refused:
                copies.read_outbox_file(team, tmp_path / "out", SECRET)
            assert {"path", "size", "most"} == set(refused.value.parameters)
            with pytest.raises(AppError, match=r"copy\.file_too_large"):
                copies.write_outbox(copy, tmp_path / "more", SECRET)
            assert not (tmp_path / "more").exists()


def test_what_unpacks_too_large_is_neither_read_nor_written(
    file_bank: Bank, tmp_path: Path
) -> None:
    team = file_bank.as_("Corinna Wolters")
    with taken(team, tmp_path / "train.mrm") as copy:
        models.register_model(copy, {"name": "LGD Offline"})
        with patch.object(sticks, "MOST_UNPACKED", 100):
            with pytest.raises(AppError, match=r"copy\.file_unpacks_too_large"):
                copies.write_outbox(copy, tmp_path / "out", SECRET)
            with pytest.raises(AppError, match=r"copy\.file_unpacks_too_large"):
                copies.write_update(team, copies.state(copy).base.size, tmp_path / "back", SECRET)
        assert not (tmp_path / "out").exists()
        assert not (tmp_path / "back").exists()
        copies.write_outbox(copy, tmp_path / "out", SECRET)
        with (
            patch.object(sticks, "MOST_UNPACKED", 100),
            pytest.raises(AppError, match=r"copy\.file_unpacks_too_large") as refused,
        ):
            copies.read_outbox_file(team, tmp_path / "out", SECRET)
        assert {"size", "most"} == set(refused.value.parameters)


def test_a_bomb_by_a_stranger_stays_packed(file_bank: Bank, tmp_path: Path) -> None:
    team = file_bank.as_("Corinna Wolters")
    with taken(team, tmp_path / "train.mrm") as copy:
        sent = _put(tmp_path / "out", team, "mlops-desktop/outbox/v1", _BOMB, known=False)
        with (
            patch.object(sticks, "unpack_within", side_effect=AssertionError),
            pytest.raises(AppError, match=r"copy\.file_unsigned"),
        ):
            copies.read_outbox_file(team, sent, SECRET)
        sent = _put(tmp_path / "back", team, "mlops-desktop/update/v1", _BOMB, known=False)
        with pytest.raises(AppError, match=r"copy\.file_unpacks_too_large"):
            copies.read_update_file(copy, sent, SECRET)


def test_an_update_of_a_known_device_is_unpacked_once_its_signature_is_good(
    file_bank: Bank, tmp_path: Path
) -> None:
    team = file_bank.as_("Corinna Wolters")
    with taken(team, tmp_path / "train.mrm") as copy:
        _put(tmp_path / "other", team, "mlops-desktop/outbox/v1", _BOMB, known=True)
        with (
            patch.object(sticks, "unpack_within", side_effect=AssertionError),
            pytest.raises(AppError, match=r"copy\.file_unfit"),
        ):
            copies.read_update_file(copy, tmp_path / "other", SECRET)
        packed = zlib.compress(b"\x90") + b"behind"
        _put(tmp_path / "more", team, "mlops-desktop/update/v1", packed, known=True)
        with pytest.raises(AppError, match=r"copy\.file_unfit"):
            copies.read_update_file(copy, tmp_path / "more", SECRET)


def test_a_device_new_to_the_copy_writes_no_more_than_the_copy_reads(
    file_bank: Bank, tmp_path: Path
) -> None:
    """As the copy cannot know it before it has unpacked what it wrote."""
    team = file_bank.as_("Corinna Wolters")
    models.register_model(team, {"name": "PD Mittelstand"})
    with patch.object(sticks, "MOST_OF_NEW_DEVICE", 100):
        with pytest.raises(AppError, match=r"copy\.file_unpacks_too_large"):
            copies.write_update(team, 0, tmp_path / "all", SECRET)
        with taken(team, tmp_path / "train.mrm") as copy:
            base = copies.state(copy).base.size
            copies.write_update(team, base, tmp_path / "last", SECRET)
            copies.read_update_file(copy, tmp_path / "last", SECRET)


def _known(session: Session) -> tuple[int, str]:
    state = copies.state(session)
    return state.base.size, state.base.root


def test_a_stick_brings_what_the_copy_lacks_of_it(file_bank: Bank, tmp_path: Path) -> None:
    """One that begins earlier, is brought a second time or is old changes nothing else."""
    team = file_bank.as_("Corinna Wolters")
    with taken(team, tmp_path / "train.mrm") as copy:
        base = copies.state(copy).base.size
        models.register_model(copy, {"name": "LGD Offline"})
        models.register_model(team, {"name": "PD Mittelstand"})
        copies.write_update(team, base, tmp_path / "old", SECRET)
        old = copies.read_update_file(copy, tmp_path / "old", SECRET)
        assert copies.take_update(copy, old).came == 1
        models.register_model(team, {"name": "PD Retail"})
        copies.write_update(team, base, tmp_path / "new", SECRET)
        new = copies.read_update_file(copy, tmp_path / "new", SECRET)
        assert copies.take_update(copy, new).came == 1
        known = _known(copy)
        for again in (new, old):
            pulled = copies.take_update(copy, again, after_restore=True)
            assert (pulled.came, pulled.left, pulled.aside) == (0, 1, None)
        assert _known(copy) == known
        copies.write_update(team, known[0], tmp_path / "next", SECRET)
    with taken(team, tmp_path / "other.mrm") as copy:
        models.register_model(team, {"name": "PD Wohnbau"})
        copies.write_update(team, known[0] + 1, tmp_path / "gap", SECRET)
        gap = copies.read_update_file(copy, tmp_path / "gap", SECRET)
        with pytest.raises(AppError, match=r"copy\.update_unfit") as refused:
            copies.take_update(copy, gap)
        assert refused.value.parameters == {"size": known[0] + 1, "now": known[0]}
        with pytest.raises(AppError, match=r"copy\.base_unfit"):
            copies.write_update(team, 99_999, tmp_path / "beyond", SECRET)
        assert not (tmp_path / "beyond").exists()


def test_an_update_of_another_history_is_refused(file_bank: Bank, tmp_path: Path) -> None:
    team = file_bank.as_("Corinna Wolters")
    with taken(team, tmp_path / "train.mrm") as copy:
        known = _known(copy)
        models.register_model(team, {"name": "PD Mittelstand"})
        copies.write_update(team, known[0] - 2, tmp_path / "back", SECRET)
        update = copies.read_update_file(copy, tmp_path / "back", SECRET)
        other = replace(update.parcel, bodies=update.parcel.bodies[1:])
        with pytest.raises(AppError, match=r"copy\.history_changed"):
            copies.take_update(copy, replace(update, parcel=other), after_restore=True)
        with pytest.raises(AppError, match=r"copy\.history_changed"):
            copies.take_update(copy, replace(update, root=bytes(32)), after_restore=True)
        assert _known(copy) == known
        assert copies.take_update(copy, update).came == 1
