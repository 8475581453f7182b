"""Which events may say a word: told by their stored bytes, so that few of many are decoded."""

import sqlalchemy as sa

from mlops_desktop.store.envelopes import HELD
from mlops_desktop.store.tables.ledger import events

_TOLD_ELSEWHERE = (
    HELD,
    "delegation.granted",
    "delegation.revoked",
    "device.enrolled",
    "field.amended",
    "field.archived",
    "field.defined",
    "field.reinstated",
    "handover.accepted",
    "handover.offered",
    "handover.refused",
    "person.enrolled",
    "person.revoked",
)
"""Kinds whose line for people says more than their bytes do."""


def may_say(
    dialect: str, run: str, types: tuple[str, ...], persons: tuple[str, ...]
) -> sa.ColumnElement[bool]:
    """Return the condition that leaves out only events that cannot say ``run``.

    ``run`` is of small ASCII letters and digits; events of ``types`` and by ``persons`` say it
    anyway. Bytes beyond ASCII stay in, since letters there fold in more ways than SQL knows. What
    can be erased is in no line of the log.
    """
    body, is_file = events.c.body, dialect == "sqlite"
    text = sa.cast(body, sa.Text) if is_file else sa.func.convert_from(body, "UTF8")
    octets = sa.func.length(body) if is_file else sa.func.octet_length(body)
    return sa.or_(
        text.ilike(f"%{run}%") if not is_file else text.like(f"%{run}%"),
        events.c.type.in_((*_TOLD_ELSEWHERE, *types)),
        events.c.person.in_(persons),
        sa.func.length(text) != octets,
    )
