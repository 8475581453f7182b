"""Which events concern a model: its own, and those of the items that are about it."""

import sqlalchemy as sa

from mlops_desktop.store.tables.items import item_models
from mlops_desktop.store.tables.ledger import events


def concerning(subject: str, size: int | None = None) -> sa.ColumnElement[bool]:
    """Return the condition on events; ``size`` leaves out items linked only after it."""
    about = sa.select(item_models.c.item).where(item_models.c.model == subject)
    if size is not None:
        about = about.where(item_models.c.position < size)
    return sa.or_(events.c.subject == subject, events.c.subject.in_(about))
