"""Legal entity identifiers (ISO 17442): twenty characters, the last two of them check digits."""

import re

_FORM = re.compile(r"[A-Z0-9]{18}[0-9]{2}")


def is_lei(text: str) -> bool:
    """Tell whether a text is an LEI whose check digits fit (ISO 17442-1, ISO 7064 MOD 97-10)."""
    return _FORM.fullmatch(text) is not None and _number(text) % 97 == 1


def check_digits(first: str) -> str:
    """Return the two check digits of the first eighteen characters of an LEI."""
    return f"{98 - _number(first + '00') % 97:02d}"


def _number(text: str) -> int:
    # ISO 7064: each letter stands for two digits, A for 10 to Z for 35.
    return int("".join(str(int(character, 36)) for character in text))
