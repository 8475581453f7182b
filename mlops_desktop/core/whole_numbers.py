"""Whole numbers as people type them."""

_DIGITS = 18
"""As many as every database holds in an integer."""


def whole(text: str) -> int | None:
    """Return the number that up to 18 plain digits say; None for any other text."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    return int(text) if is_number else None
