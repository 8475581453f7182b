"""Permits: what the gate allowed, as a statement that a delivery pipeline checks by itself.

The form is an in-toto Statement (in-toto Attestation Framework, Statement v1): its subject is the
artefact by its SHA-256, its predicate says where it may go and until when.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from mlops_desktop.core.clock import to_text
from mlops_desktop.core.errors import AppError

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:mlops-desktop:permit-1"
USUAL_DAYS = 7
MOST_DAYS = 90

Tree: TypeAlias = "str | int | bool | list[Tree] | dict[str, Tree] | None"

_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Held:
    """A condition of an approval as it stands when a permit is made."""

    approval: str
    number: int
    text: str | None
    due: date | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """An approval that a permit rests on, and until when it holds."""

    approval: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """What a permit says. ``digest`` is the SHA-256 of the artefact, ``root`` of the ledger."""

    id: str
    workspace: str
    model: str
    name: str
    version: str
    environment: str
    entity: str | None
    digest: str
    issued: datetime
    expires: datetime
    issuer: str
    size: int
    root: str
    grounds: tuple[Ground, ...] = ()
    conditions: tuple[Held, ...] = ()


def read_digest(text: str) -> str:
    """Return the SHA-256 in ``text`` as 64 hexadecimal digits; raises ``permit.digest_unfit``."""
    found = _SHA256.fullmatch(text.strip().lower())
    if found is None:
        raise AppError("permit.digest_unfit", where="--artifact", text=text[:80])
    return found[1]


def end_of(issued: datetime, days: int, ends: tuple[datetime, ...]) -> datetime:
    """Return when a permit expires: after ``days``, or with the first of ``ends``.

    Raises ``permit.days_unfit`` for less than one day or more than ninety.
    """
    if not 1 <= days <= MOST_DAYS:
        raise AppError("permit.days_unfit", where="--permit-days", days=days, most=MOST_DAYS)
    return min((issued + timedelta(days=days), *ends))


def last_moment(day: date) -> datetime:
    """Return the end of a day, in UTC: what holds until a day holds on it."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


def statement(permit: Permit) -> Mapping[str, Tree]:
    """Return the in-toto Statement of a permit, against ``schemas/permit-1.json``."""
    subject: Tree = {
        "name": f"{permit.model}@{permit.version}",
        "digest": {"sha256": permit.digest},
    }
    return {
        "_type": STATEMENT,
        "subject": [subject],
        "predicateType": PREDICATE,
        "predicate": _predicate(permit),
    }


def _predicate(permit: Permit) -> Tree:
    return {
        "permit": permit.id,
        "workspace": permit.workspace,
        "model": permit.model,
        "name": permit.name,
        "version": permit.version,
        "environment": permit.environment,
        "entity": permit.entity,
        "issued": to_text(permit.issued),
        "expires": to_text(permit.expires),
        "issuedBy": permit.issuer,
        "approvals": [_ground(one) for one in permit.grounds],
        "conditions": [_held(one) for one in permit.conditions],
        "ledger": {"size": permit.size, "root": permit.root},
    }


def _ground(one: Ground) -> Tree:
    until = one.valid_until.isoformat() if one.valid_until else None
    return {"approval": one.approval, "validUntil": until}


def _held(one: Held) -> Tree:
    due = one.due.isoformat() if one.due else None
    return {
        "approval": one.approval,
        "number": one.number,
        "text": one.text,
        "due": due,
        "met": one.is_met,
    }
