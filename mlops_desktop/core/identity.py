"""Persons, their roles, and who acts."""

from dataclasses import dataclass
from enum import StrEnum

SCOPE_FIELDS = ("business_line", "region")
"""The fields of a model by which a part of the models is somebody's."""


class Role(StrEnum):
    """What a person is in the model risk function; a person can be several."""

    RISK_MANAGER = "risk_manager"
    VALIDATOR = "validator"
    OWNER = "owner"
    DEVELOPER = "developer"
    COMPLIANCE = "compliance"
    AUDITOR = "auditor"
    ARCHITECT = "architect"
    EXPERT = "expert"
    DATA_SCIENTIST = "data_scientist"
    DATA_ENGINEER = "data_engineer"
    SOFTWARE_ENGINEER = "software_engineer"
    DEVOPS = "devops"
    BOARD = "board"
    ADMINISTRATOR = "administrator"
    CUSTODIAN = "custodian"
    """Lets others sign; from two of them on it takes both (:mod:`mlops_desktop.core.custody`)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the models is somebody's: a field of theirs and its value.

    It sets lists and defaults; it keeps nobody from anything, for signatures are the control.
    """

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person at a device; ``agent`` names the program acting for the person."""

    person: str
    device: str
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An enrolled person; without a certificate he is known but cannot sign."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()
    certificate: str | None = None
    fingerprint: str | None = None
    is_revoked: bool = False
    scopes: tuple[Scope, ...] = ()

    @property
    def can_sign(self) -> bool:
        """Whether signatures of this person count now."""
        return self.certificate is not None and not self.is_revoked
