"""The names of a team's roles: one prefix, four groups nobody logs in as."""

import re
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.teams import Group

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,47}", re.ASCII)
"""PostgreSQL cuts names at 63 bytes without a word; a suffix must still fit."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of one workspace; ``owner`` owns everything, and nobody works as it."""

    prefix: str

    @property
    def owner(self) -> str:
        """The role that owns the tables and functions."""
        return f"{self.prefix}_owner"

    def of(self, group: Group) -> str:
        """Return the role of a group."""
        return f"{self.prefix}_{group.value}"

    @property
    def every(self) -> tuple[str, ...]:
        """All roles, the owner first."""
        return (self.owner, *(self.of(group) for group in Group))


def roles_of(prefix: str) -> Roles:
    """Return the roles of a prefix; raises ``team.name_refused`` where it names none."""
    return Roles(check_name(prefix, "--prefix"))


def check_name(name: str, where: str) -> str:
    """Return a role's name as it is; raises ``team.name_refused`` for what is none here."""
    if not _NAME.fullmatch(name):
        raise AppError("team.name_refused", where=where, name=name)
    return name


def quoted(name: str) -> str:
    """Return an identifier of PostgreSQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text of PostgreSQL; backslashes mean themselves (standard_conforming_strings)."""
    return "'" + text.replace("'", "''") + "'"
