"""The custody of a workspace as its projected row keeps it, and events asked against it."""

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.custody import Custody
from mlops_desktop.core.custody_fold import Effect, Told, take
from mlops_desktop.core.errors import AppError
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.admissions import custody as table

_ONLY = 1


def read_custody(connection: sa.Connection) -> Custody:
    """Return who can sign and who are the custodians now."""
    record = connection.execute(sa.select(table.c.record)).scalar()
    return _decode(record)


def _decode(record: object) -> Custody:
    return msgspec.json.decode(record, type=Custody) if isinstance(record, str) else Custody()


def fold_custody(rows: Rows, told: Told) -> Effect | None:
    """Take an event into the row kept; None where too few signed it: then nothing comes of it.

    Verification names such an event; why it is refused stands in ``rows.refused``, so that no
    service records one.
    """
    held = _held(rows)
    try:
        effect = take(held, told)
    except AppError as refusal:
        rows.refused.append(refusal)
        return None
    rows.put(table, {"id": _ONLY, "record": msgspec.json.encode(held).decode()})
    return effect


def _held(rows: Rows) -> Custody:
    row = rows.get(table, _ONLY)
    return _decode(row["record"] if row is not None else None)
