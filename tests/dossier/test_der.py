"""DER has one form for each value; asn1crypto, which writes it, is the judge."""

import pytest
from asn1crypto import core, x509
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.dossier.der import is_der


@given(st.integers(), st.booleans(), st.binary(max_size=300), st.text(max_size=20))
def test_what_is_written_canonically_is_der(
    number: int, truth: bool, data: bytes, text: str
) -> None:
    members = [
        core.Integer(number),
        core.Boolean(truth),
        core.OctetString(data),
        core.UTF8String(text),
    ]
    inside = b"".join(one.dump() for one in members)
    whole = core.Sequence(contents=inside).dump()
    assert is_der(whole)
    assert not is_der(whole + b"\0")
    assert not is_der(whole[:-1])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes.fromhex("0101 01"),
        bytes.fromhex("0202 0001"),
        bytes.fromhex("0202 ff80"),
        bytes.fromhex("0200"),
        bytes.fromhex("0481 01 00"),
        bytes.fromhex("0482 0001 00"),
        bytes.fromhex("3080 0000"),
        bytes.fromhex("3106 020102 020101"),
        bytes.fromhex("1f8101 00"),
        bytes.fromhex("3003 0402 00"),
    ],
    ids=lambda data: data.hex() or "empty",
)
def test_another_form_is_not_der(data: bytes) -> None:
    assert not is_der(data)


def test_a_name_is_der() -> None:
    assert is_der(x509.Name.build({"common_name": "Jonas Brandt", "country_name": "DE"}).dump())
