"""What came back from copies: the fate of each event, and how conflicts were settled."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

arrivals = Table(
    "arrivals",
    projected,
    Column("event", TEXT, primary_key=True),
    Column("receipt", INTEGER, nullable=False),
    Column("copy", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("fate", TEXT, nullable=False),
    Column("rule", TEXT),
    Column("against", TEXT),
    Column("held", INTEGER),
    Column("subject", TEXT),
    Column("settlement", TEXT),
    Column("settled", INTEGER),
    Column("again", TEXT),
    sqlite_strict=True,
)
"""``held`` is the position of an event held back, ``subject`` what that is about."""
Index("arrivals_held", arrivals.c.held)
Index("arrivals_subject", arrivals.c.subject)
