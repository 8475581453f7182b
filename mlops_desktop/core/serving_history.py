"""What deployments of different origins say of the same place at the same time."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeVar


class Origin(StrEnum):
    """How a deployment is known."""

    BY_HAND = "by_hand"
    REGISTRY = "registry"
    """By an alias or a stage of a registry."""
    SEEN = "seen"
    """By what a source saw serve."""


class Served(Protocol):
    """A version in a place from when to when; times are texts of one form."""

    @property
    def label(self) -> str:
        """The version as people say it."""
        ...

    @property
    def environment(self) -> str:
        """Where it serves."""
        ...

    @property
    def role(self) -> str:
        """As what it serves."""
        ...

    @property
    def source(self) -> str:
        """The source that told of it; empty where a person did."""
        ...

    @property
    def thing(self) -> str | None:
        """What was seen serving, if anything was."""
        ...

    @property
    def entity(self) -> str | None:
        """The legal entity it serves, if it serves one alone."""
        ...

    @property
    def since(self) -> str:
        """From when."""
        ...

    @property
    def until(self) -> str | None:
        """Until when; None while it serves."""
        ...


S = TypeVar("S", bound=Served)


def origin_of(row: Served) -> Origin:
    """Return how a deployment is known."""
    if row.thing is not None:
        return Origin.SEEN
    return Origin.REGISTRY if row.source else Origin.BY_HAND


def contradicting(row: S, others: Sequence[S]) -> tuple[S, ...]:
    """Return those that name another version for the same place and time by another origin.

    A period of one origin is contradicted only where that other origin never says the same
    version at the same time: of two versions that share the traffic both origins tell both.
    """
    near = [one for one in others if _is_same_place(row, one) and _overlap(row, one)]
    elsewhere = [one for one in near if _teller(one) != _teller(row)]
    agreeing = {_teller(one) for one in elsewhere if one.label == row.label}
    return tuple(one for one in elsewhere if _teller(one) not in agreeing)


def _teller(row: Served) -> tuple[Origin, str]:
    return origin_of(row), row.source


def _is_same_place(row: Served, other: Served) -> bool:
    is_near = row.entity is None or other.entity is None or row.entity == other.entity
    return is_near and (row.environment, row.role) == (other.environment, other.role)


def _overlap(row: Served, other: Served) -> bool:
    begins = other.until is None or row.since < other.until
    return begins and (row.until is None or other.since < row.until)
