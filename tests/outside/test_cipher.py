"""Nothing opens with another key, passphrase, label, or after a flipped bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.cipher import derive_key, new_key, seal, unseal, unwrap, wrap

_KEY = bytes(range(32))
_SEALED = seal(b"content", _KEY, "label")


@given(st.binary(max_size=100), st.text(st.characters(codec="utf-8"), max_size=10))
def test_what_is_sealed_is_unsealed(content: bytes, label: str) -> None:
    sealed = seal(content, _KEY, label)
    assert unseal(sealed, _KEY, label) == content
    assert content not in sealed or len(content) < 5


def test_every_flipped_bit_is_found() -> None:
    for bit in range(len(_SEALED) * 8):
        changed = bytearray(_SEALED)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(AppError, match=r"cipher\.not_(sealed|opened)"):
            unseal(bytes(changed), _KEY, "label")


def test_every_cut_is_found() -> None:
    for end in range(len(_SEALED)):
        with pytest.raises(AppError, match=r"cipher\.not_(sealed|opened)"):
            unseal(_SEALED[:end], _KEY, "label")


def test_key_and_label_are_bound() -> None:
    for key, label in ((new_key(), "label"), (_KEY, "other")):
        with pytest.raises(AppError, match=r"cipher\.not_opened"):
            unseal(_SEALED, key, label)


def test_two_seals_of_the_same_differ() -> None:
    assert seal(b"content", _KEY, "label") != _SEALED


def test_subkeys_differ_by_purpose_and_stay_the_same() -> None:
    assert derive_key(_KEY, "device-key") == derive_key(_KEY, "device-key")
    assert len({derive_key(_KEY, "device-key"), derive_key(_KEY, "other"), _KEY}) == 3
    assert len(derive_key(_KEY, "device-key")) == 32


def test_a_wrapped_key_opens_with_its_passphrase_alone() -> None:
    wrapped = wrap(_KEY, "Übergabe 2026", "label")
    assert unwrap(wrapped, "Übergabe 2026", "label") == _KEY
    with pytest.raises(AppError, match=r"passphrase\.wrong"):
        unwrap(wrapped, "Übergabe 2027", "label")
    for damaged in (b"", wrapped[:19], b"x" + wrapped, wrapped[:20] + b"x" + wrapped[21:]):
        with pytest.raises(AppError, match=r"cipher\.not_sealed"):
            unwrap(damaged, "Übergabe 2026", "label")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(AppError, match=r"passphrase\.too_short"):
        wrap(_KEY, "1234567", "label")
