"""A workspace's key as a person keeps it on paper: fourteen groups of four, with a checksum.

Crockford's base 32 leaves out I, L, O and U, and reads I and L as 1, O as 0.
"""

from hashlib import sha256

from mlops_desktop.core.errors import AppError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans("ILO", "110")
_KEY_BYTES = 32
_KEY_LETTERS = 52
_CHECK_LETTERS = 4
_GROUP = 4
_BITS = 5
_SEPARATORS = str.maketrans("", "", " \t\r\n-–—.")


def to_groups(key: bytes) -> tuple[str, ...]:
    """Return a key of 32 bytes as groups; the last one is the checksum."""
    letters = _write(int.from_bytes(key) << (_KEY_LETTERS * _BITS - 8 * _KEY_BYTES), _KEY_LETTERS)
    text = letters + _checksum(key)
    return tuple(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def from_text(text: str) -> bytes:
    """Return the key in what somebody typed, whatever stands between the groups.

    Raises AppError ``recovery_key.incomplete``, ``recovery_key.letter_refused`` and
    ``recovery_key.checksum_wrong``; none says anything of the key.
    """
    letters = text.upper().translate(_SEPARATORS).translate(_READ)
    if any(letter not in _LETTERS for letter in letters):
        raise AppError("recovery_key.letter_refused", where="recovery_key")
    if len(letters) != _KEY_LETTERS + _CHECK_LETTERS:
        groups = (_KEY_LETTERS + _CHECK_LETTERS) // _GROUP
        raise AppError("recovery_key.incomplete", where="recovery_key", groups=groups)
    number = 0
    for letter in letters[:_KEY_LETTERS]:
        number = number << _BITS | _LETTERS.index(letter)
    spare = _KEY_LETTERS * _BITS - 8 * _KEY_BYTES
    key = (number >> spare).to_bytes(_KEY_BYTES)
    is_exact = number == int.from_bytes(key) << spare
    if not is_exact or letters[_KEY_LETTERS:] != _checksum(key):
        raise AppError("recovery_key.checksum_wrong", where="recovery_key")
    return key


def _checksum(key: bytes) -> str:
    digest = sha256(b"mlops-desktop/recovery-key/v1\0" + key).digest()
    return _write(int.from_bytes(digest[:4]) >> (32 - _CHECK_LETTERS * _BITS), _CHECK_LETTERS)


def _write(number: int, count: int) -> str:
    return "".join(_LETTERS[number >> (_BITS * at) & 31] for at in reversed(range(count)))
