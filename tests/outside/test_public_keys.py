"""Weak keys are refused before anyone can rely on them."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.public_keys import check_ed25519, check_public_key

# All fourteen keys flagged low_order_A among the 914 vectors of C2SP/CCTV's ed25519vectors.json
# (as of 1e3d2860d46e94e777e1b17c7a6f2436387e3ecc).
_LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


@pytest.mark.parametrize("public", _LOW_ORDER)
def test_small_order_points_are_refused(public: str) -> None:
    key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    with pytest.raises(AppError, match=r"public_key\.weak_point"):
        check_public_key(key)


def test_these_are_all_encodings_of_the_points_whose_order_divides_eight() -> None:
    """Derived from the curve alone (RFC 8032, section 5.1), without the vectors."""
    prime = 2**255 - 19
    d = -121665 * pow(121666, -1, prime) % prime

    def doubled(y: int) -> int:
        """The y of twice a point: (y² + x²) / (1 - d x² y²), where x² = (y² - 1) / (d y² + 1)."""
        square = (y * y - 1) * pow(d * y * y + 1, -1, prime) % prime
        return (y * y + square) * pow(1 - d * square * y * y, -1, prime) % prime

    found = {int.from_bytes(bytes.fromhex(one), "little") % 2**255 % prime for one in _LOW_ORDER}
    assert {doubled(doubled(doubled(y))) for y in found} == {1}
    # Eight points: the neutral one, one of order 2, two of order 4, four of order 8; by y, five.
    assert len(found) == 5
    encodings = {y + over for y in found for over in (0, prime) if y + over < 2**255}
    signed = {e + sign for e in encodings for sign in (0, 2**255)}
    assert {int.from_bytes(bytes.fromhex(one), "little") for one in _LOW_ORDER} == signed


def test_a_weak_point_would_have_signed_everything() -> None:
    key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(_LOW_ORDER[2]))
    constant = bytes.fromhex(_LOW_ORDER[2]) + bytes(32)
    key.verify(constant, b"approve")
    key.verify(constant, b"reject")


# All seven keys flagged low_order_component_A alone there: a key plus a point of small order.
_MIXED = [
    "015ff595e4e0add00dde896efa66ea4f6848c4396410c693c92232aa64861d4f",
    "10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f",
    "6718d0a3d58deaeaefa655eae3f119071deaa2cfebfd0ca28b670f879d657086",
    "86e72f5c2a7215151059aa151c0ee6f8e2155d301402f35d7498f078629a8f79",
    "dd1483c5304d412c1f29547640a5c2950222ee8931b7ed1c72602b7afa7024e0",
    "eca00a6a1b1f522ff2217691059915b097b73bc69bef396c36ddcd559b79e2b0",
    "fe894df18abf1c20088bfbe6c9ad45d42ec20663eaf7111eaea1d851da0d7f89",
]


@pytest.mark.parametrize("public", _MIXED)
def test_points_of_mixed_order_are_refused(public: str) -> None:
    key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    with pytest.raises(AppError, match=r"public_key\.weak_point"):
        check_public_key(key)


def test_what_decodes_to_no_point_is_refused() -> None:
    no_square = next(y for y in range(2, 100) if not _is_point(y))
    for told in (no_square.to_bytes(32, "little"), b"", bytes(31), bytes(33)):
        with pytest.raises(AppError, match=r"public_key\.weak_point"):
            check_ed25519(told)


def _is_point(y: int) -> bool:
    """Euler's criterion for x² = (y² - 1) / (d y² + 1)."""
    prime = 2**255 - 19
    d = -121665 * pow(121666, -1, prime) % prime
    square = (y * y - 1) * pow(d * y * y + 1, -1, prime) % prime
    return pow(square, (prime - 1) // 2, prime) in (0, 1)


def test_every_key_that_is_made_properly_passes() -> None:
    for _ in range(100):
        made = ed25519.Ed25519PrivateKey.generate().public_key().public_bytes_raw()
        check_ed25519(made)


def test_good_keys_pass() -> None:
    check_public_key(ed25519.Ed25519PrivateKey.generate().public_key())
    check_public_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    check_public_key(_rsa_key(2**3071 + 1))
    # The one key of prime order there, and the first of RFC 8032, section 7.1.
    check_ed25519(bytes.fromhex("ef75b20e7540e3dff77404193652ba2bd13df99c1508eee1515e27ae25f28076"))
    check_ed25519(bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))


def test_other_keys_are_refused() -> None:
    p384 = ec.generate_private_key(ec.SECP384R1()).public_key()
    koblitz = ec.generate_private_key(ec.SECP256K1()).public_key()
    assert _code(_rsa_key(2**3070 + 1)) == "public_key.rsa_too_short"
    assert _code(_rsa_key(2**3071 + 1, 3)) == "public_key.exponent_refused"
    assert _code(p384) == _code(koblitz) == "public_key.curve_refused"
    assert _code(ed448.Ed448PrivateKey.generate().public_key()) == "public_key.kind_refused"


def _code(key: PublicKeyTypes) -> str:
    with pytest.raises(AppError) as refused:
        check_public_key(key)
    return refused.value.code


def _rsa_key(modulus: int, exponent: int = 65537) -> PublicKeyTypes:
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()
