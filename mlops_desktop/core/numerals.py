"""The minus of a number that a person reads; machines and forms have the hyphen of a keyboard."""

MINUS = "\u2212"


def with_minus(text: str) -> str:
    """Return a written number with the minus sign instead of a hyphen."""
    return text.replace("-", MINUS)


def with_hyphen(text: str) -> str:
    """Return a number as programs read it, whichever sign was written."""
    return text.replace(MINUS, "-")
