"""Umlauts are one passphrase however they are typed; what was kept before still opens."""

import unicodedata

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import cipher, credentials
from mlops_desktop.outside.cipher import unwrap, wrap
from mlops_desktop.outside.credentials import Credential, read_pkcs12, write_pkcs12
from mlops_desktop.outside.passphrases import forms, prepared
from tests.support.canaries import canary

COMPOSED = canary("a passphrase with umlauts", "Mäßig-höhere-Türme-3")
APART = unicodedata.normalize("NFD", COMPOSED)
WAYS = [
    pytest.param(COMPOSED, APART, id="composed, typed apart"),
    pytest.param(APART, COMPOSED, id="apart, typed composed"),
    pytest.param(APART, APART, id="apart both times"),
]


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep as it was kept before: from the passphrase as it was typed."""
    for module in (cipher, credentials):
        monkeypatch.setattr(module, "prepared", str)


@pytest.mark.parametrize(("made", "typed"), WAYS)
def test_what_is_kept_opens_however_the_letters_are_typed(
    made: str, typed: str, person: Credential
) -> None:
    assert unwrap(wrap(b"content", made, "label"), typed, "label") == b"content"
    assert read_pkcs12(write_pkcs12(person, made, "label"), typed) == person


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(("made", "typed"), WAYS)
def test_so_does_what_was_kept_before(made: str, typed: str, person: Credential) -> None:
    assert unwrap(wrap(b"content", made, "label"), typed, "label") == b"content"
    assert read_pkcs12(write_pkcs12(person, made, "label"), typed) == person


def test_another_passphrase_opens_neither(person: Credential) -> None:
    for typed in ("Massig-hohere-Turme-3", COMPOSED.upper()):
        with pytest.raises(AppError, match=r"passphrase\.wrong"):
            unwrap(wrap(b"content", COMPOSED, "label"), typed, "label")
        with pytest.raises(AppError, match=r"passphrase\.wrong"):
            read_pkcs12(write_pkcs12(person, COMPOSED, "label"), typed)


def test_one_form_is_enough_where_there_is_no_other() -> None:
    assert forms("Kanarie-elbe-und-alster-1") == ("Kanarie-elbe-und-alster-1",)
    assert prepared("a\u00a0b\u3000c") == "a b c"
