"""Approval rules of the workspace: added as a whole, each change as a new version, archived."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.rules import Rule


@event("rule.added")
@dataclass(frozen=True, slots=True)
class RuleAdded:
    """A version of a rule was written; unless it is a draft it holds for requests from here on."""

    rule: Rule
    reason: Erasable | None = None
    is_draft: bool = False


@event("rule.activated")
@dataclass(frozen=True, slots=True)
class RuleActivated:
    """A draft holds for requests made from here on, instead of the earlier versions of its rule.

    ``is_alone`` says that nobody else could have activated it.
    """

    id: str
    version: int
    is_alone: bool = False
    reason: Erasable | None = None
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""


@event("rule.archived")
@dataclass(frozen=True, slots=True)
class RuleArchived:
    """A rule, up to this version, holds for no new request; those made under it keep it."""

    id: str
    version: int
    reason: Erasable | None = None
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""
