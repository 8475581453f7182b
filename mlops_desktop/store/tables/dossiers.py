"""The states a dossier's file had, scans of pages signed by hand, and the trust services."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

dossier_states = Table(
    "dossier_states",
    projected,
    Column("position", INTEGER, primary_key=True),
    Column("dossier", TEXT, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("level", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("dossier_states_dossier", dossier_states.c.dossier)
Index("dossier_states_digest", dossier_states.c.digest)
"""Every digest the file of a dossier had, by what made it: sealed, countersigned, extended."""

dossier_scans = Table(
    "dossier_scans",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("dossier", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)

trust_services = Table(
    "trust_services",
    projected,
    Column("position", INTEGER, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)

revocation_lists = Table(
    "revocation_lists",
    projected,
    Column("position", INTEGER, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("until", TEXT, nullable=False),
    Column("revoked", TEXT, nullable=False),
    sqlite_strict=True,
)
