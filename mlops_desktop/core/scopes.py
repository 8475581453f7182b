"""Which items of governance a list asks for."""

from enum import StrEnum


class ItemScope(StrEnum):
    """Open ones, closed ones, or all that there ever were."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"
