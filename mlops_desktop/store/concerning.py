"""Which events concern a model: its own, those of items and observed things about it, erasures."""

import sqlalchemy as sa

from mlops_desktop.store.tables.items import item_models
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.observed import observed_models
from mlops_desktop.store.tables.retention import erased_subjects


def concerning(subject: str, size: int | None = None) -> sa.ColumnElement[bool]:
    """Return the condition on events; ``size`` leaves out items and things linked only after it."""
    about = sa.select(item_models.c.item).where(item_models.c.model == subject)
    if size is not None:
        about = about.where(item_models.c.position < size)
    seen = sa.select(observed_models.c.thing).where(observed_models.c.model == subject)
    if size is not None:
        seen = seen.where(observed_models.c.position < size)
    c = erased_subjects.c
    erased = sa.select(c.position).where(sa.or_(c.subject == subject, c.subject.in_(about)))
    return sa.or_(
        events.c.subject == subject,
        events.c.subject.in_(about),
        events.c.subject.in_(seen),
        events.c.position.in_(erased),
    )
