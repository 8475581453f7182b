"""What models hold in the workspace's own fields, many at once, as of any date."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.custom_fields import CustomValue
from mlops_desktop.core.events import codec
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.models import states_as_of
from mlops_desktop.store.tables.projected import models


class _Details(msgspec.Struct):
    custom: msgspec.Raw = msgspec.Raw(b"[]")


class _Record(msgspec.Struct):
    details: _Details


_DECODER = msgspec.json.Decoder(_Record)


def list_values(
    connection: sa.Connection, as_of: AsOf, among: Iterable[str] | None = None
) -> dict[str, tuple[CustomValue, ...]]:
    """Return the values of each model that holds any, by its key; ``among`` names the only ones."""
    table = models if as_of.is_now else states_as_of(connection, as_of)
    query = sa.select(table.c.id, table.c.record).where(table.c.custom.is_not(None))
    if among is not None:
        query = query.where(table.c.id.in_(list(among)))
    held = {
        row.id: bytes(_DECODER.decode(row.record).details.custom).decode()
        for row in connection.execute(query)
    }
    wanted = {digest for text in held.values() for digest in records.digests_in(text)}
    opened = log.open_commitments(connection, wanted) if wanted else {}
    return {
        key: tuple(codec.from_tree(CustomValue, node, opened) for node in msgspec.json.decode(text))
        for key, text in held.items()
    }
