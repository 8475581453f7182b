"""Signed notes: other implementations' vectors, and no flipped bit goes unseen."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.encoding import from_base64
from mlops_desktop.ledger.note import add_signature, cosign, open_note, parse_note, sign_note
from mlops_desktop.ledger.note_key import KeyKind, NoteKey

# The examples of golang.org/x/mod/sumdb/note.
_PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
_PETER_SEED = from_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
_ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
_PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
_ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33"
    "WWd1RvMc+QQ=\n"
)
_SIGNED = f"{_TEXT}\n{_PETER_LINE}"
_PRIVATE = Ed25519PrivateKey.from_private_bytes(_PETER_SEED)


def test_the_examples_of_go_are_written_alike() -> None:
    assert NoteKey.of("PeterNeumann", _PRIVATE).to_text() == _PETER
    assert sign_note(_TEXT, "PeterNeumann", _PRIVATE) == _SIGNED
    enoch = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert add_signature(_SIGNED, "EnochRoot", enoch) == _SIGNED + _ENOCH_LINE


def test_known_signers_are_named_and_others_ignored() -> None:
    peter, enoch = NoteKey.from_text(_PETER), NoteKey.from_text(_ENOCH)
    both = _SIGNED + _ENOCH_LINE
    assert open_note(both, [peter]).signers == (peter,)
    assert open_note(both, [enoch, peter]).signers == (peter, enoch)
    assert open_note(_SIGNED + _PETER_LINE, [peter]).signers == (peter,)
    assert open_note(both, [peter]).text == _TEXT
    assert parse_note(both).to_text() == both


def test_the_example_of_the_specification() -> None:
    key = NoteKey.from_text("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    signed = (
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi"
        "2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    assert open_note(signed, [key]).text == "This is an example message.\n"


@pytest.mark.parametrize(
    "vkey",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann",
        "",
    ],
)
def test_malformed_keys_are_refused(vkey: str) -> None:
    with pytest.raises(AppError, match=r"note\.key_malformed"):
        NoteKey.from_text(vkey)


def test_every_cut_or_changed_key_text_is_refused() -> None:
    for end in range(len(_PETER)):
        with pytest.raises(AppError):
            NoteKey.from_text(_PETER[:end])
    for changed in _flipped(_PETER):
        with pytest.raises(AppError):
            NoteKey.from_text(changed)


def test_a_weak_point_is_no_note_key() -> None:
    with pytest.raises(AppError, match=r"public_key\.weak_point"):
        NoteKey("example.com", bytes([1]) + bytes(31))


@pytest.mark.parametrize(
    "signed",
    [
        _TEXT,
        _TEXT + "\n",
        f"{_TEXT}\n{_PETER_LINE[:-1]}",
        f"\x01{_TEXT}\n{_PETER_LINE}",
        f"\ud800{_TEXT}\n{_PETER_LINE}",
        f"{_TEXT}\n{_PETER_LINE.replace('PeterNeumann', 'Bad Name')}",
        f"{_TEXT}\n{_PETER_LINE}Unexpected line.\n",
        f"{_TEXT}\n{_PETER_LINE * 101}",
        f"{_TEXT}\n{_PETER_LINE[:60]}={_PETER_LINE[60:]}",
        "— PeterNeumann AAAAAA==\n",
        f"{_TEXT}\n— PeterNeumann AAAA\n",
    ],
)
def test_malformed_notes_are_refused(signed: str) -> None:
    with pytest.raises(AppError, match=r"note\.malformed"):
        open_note(signed, [NoteKey.from_text(_PETER)])


def test_no_known_signer_and_a_wrong_signature_are_told_apart() -> None:
    with pytest.raises(AppError, match=r"note\.signer_unknown"):
        open_note(_SIGNED, [NoteKey.from_text(_ENOCH)])
    with pytest.raises(AppError, match=r"note\.signature_wrong"):
        open_note("x" + _SIGNED, [NoteKey.from_text(_PETER)])
    for middle in ("ABCD", ""):
        other = f"{_TEXT}\n{_PETER_LINE[:60]}{middle}{_PETER_LINE[60 if middle else 64 :]}"
        with pytest.raises(AppError, match=r"note\.signature_wrong"):
            open_note(other, [NoteKey.from_text(_PETER)])


def test_every_flipped_bit_is_found() -> None:
    keys = [NoteKey.from_text(_PETER)]
    for changed in _flipped(_SIGNED):
        with pytest.raises(AppError, match=r"note\."):
            open_note(changed, keys)


def test_a_cosignature_tells_its_own_kind() -> None:
    at = datetime(2023, 3, 20, 12, 12, 27, tzinfo=UTC)
    signed = cosign(_SIGNED, "PeterNeumann", _PRIVATE, at)
    witness = NoteKey.of("PeterNeumann", _PRIVATE, KeyKind.COSIGNATURE)
    assert NoteKey.from_text(witness.to_text()) == witness
    assert witness.key_id != NoteKey.of("PeterNeumann", _PRIVATE).key_id
    assert open_note(signed, [witness]).signers == (witness,)
    stamp = parse_note(signed).signatures[1].value[:8]
    assert int.from_bytes(stamp, "big") == 1679314347
    with pytest.raises(AppError, match=r"note\.signature_wrong"):
        open_note("x" + signed, [witness])


@pytest.mark.parametrize("text", ["abc", "", "a\tb\n", "\ud800\n"])
def test_other_texts_are_not_signed(text: str) -> None:
    with pytest.raises(AppError, match=r"note\.malformed"):
        sign_note(text, "PeterNeumann", _PRIVATE)


def _flipped(text: str) -> list[str]:
    """Every text one bit away that is still UTF-8."""
    found = []
    for bit in range(len(text.encode()) * 8):
        changed = bytearray(text.encode())
        changed[bit // 8] ^= 1 << bit % 8
        try:
            found.append(changed.decode())
        except UnicodeDecodeError:
            continue  # found by whoever reads the file
    return found
