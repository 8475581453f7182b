"""What was recorded since a place in the ledger, the newest first."""

from mlops_desktop.services.ledger import LogRow, read_log
from mlops_desktop.services.overview.cards import (
    Column,
    EventAbout,
    EventName,
    Look,
    Looked,
    Row,
    Said,
    Table,
    Way,
    said,
)

_MOST, _LOOKED_AT = 30, 400
_BY_ITSELF = (".observed", ".missed", ".ingested", ".synced", ".evaluated")
"""What sources tell and the program judges by itself would hide what persons did."""


def happened_since(look: Look, begin: tuple[Looked, bool] | None) -> Table:
    """Return the newest events since then; of who was never here, the newest there are."""
    first = begin[0].size if begin is not None else 0
    found = [
        row
        for row in read_log(look.session, limit=_LOOKED_AT)
        if row.position >= first and not row.type.endswith(_BY_ITSELF)
    ][:_MOST]
    return Table(
        said("overview.happened.title"),
        (
            Column("overview.happened.at", 17),
            Column("overview.happened.person", 22),
            Column("overview.happened.event", 34, strong=True),
            Column("overview.happened.about", 30, flexible=True),
        ),
        tuple(_row(row) for row in found),
        said("overview.happened.nothing"),
        _lead(begin),
        Way("ledger"),
    )


def _lead(begin: tuple[Looked, bool] | None) -> Said | None:
    return said("overview.happened.since", at=begin[0].at) if begin is not None else None


def _row(row: LogRow) -> Row:
    cells = (row.at, row.person, EventName(row), EventAbout(row))
    return Row(row.id, cells, Way("ledger", record=row.id))
