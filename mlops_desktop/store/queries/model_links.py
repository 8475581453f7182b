"""Links between models out, as of any date."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.model_links import ModelLinked
from mlops_desktop.core.model_links import Link, LinkKind
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.model_links import model_links


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link that holds, since when, and what was noted with it."""

    link: Link
    since: str
    note: str | None


def list_links(
    connection: sa.Connection, as_of: AsOf = NOW, *, opens: bool = True
) -> tuple[LinkRow, ...]:
    """Return every link that holds, the oldest first; ``opens`` reads what was noted too."""
    c = model_links.c
    query = sa.select(model_links).where(c.position < known_size(connection, as_of))
    if as_of.at_text is not None:
        query = query.where(c.effective <= as_of.at_text)
    held: dict[Link, sa.RowMapping] = {}
    for row in connection.execute(query.order_by(c.effective, c.position)).mappings():
        link = Link(row["model"], LinkKind(row["kind"]), row["other"])
        if row["holds"]:
            held.setdefault(link, row)
        else:
            held.pop(link, None)
    closed = {digest for row in held.values() for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed) if opens else {}
    return tuple(_row(link, row, opened) for link, row in held.items())


def _row(link: Link, row: sa.RowMapping, opened: dict[str, str]) -> LinkRow:
    note = records.from_text(ModelLinked, row["record"], opened).note
    return LinkRow(link, row["effective"], note.text if note else None)
