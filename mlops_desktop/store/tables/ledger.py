"""Durable tables: events, checkpoints, disclosures, evidence, points; migrations change them."""

from sqlalchemy import Column, Index, MetaData, PrimaryKeyConstraint, Table

from mlops_desktop.store.types import BINARY, INTEGER, TEXT

durable = MetaData()

meta = Table(
    "meta",
    durable,
    Column("name", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
    sqlite_strict=True,
)

events = Table(
    "events",
    durable,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("id", TEXT, nullable=False, unique=True),
    Column("type", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("leaf", BINARY, nullable=False),
    Column("body", BINARY, nullable=False),
    sqlite_strict=True,
)
Index("events_subject", events.c.subject, events.c.position)
Index("events_at", events.c.at)

disclosures = Table(
    "disclosures",
    durable,
    Column("digest", TEXT, primary_key=True),
    Column("disclosure", TEXT, nullable=False),
    sqlite_strict=True,
)

checkpoints = Table(
    "checkpoints",
    durable,
    Column("size", INTEGER, primary_key=True, autoincrement=False),
    Column("note", TEXT, nullable=False),
    sqlite_strict=True,
)

head = Table(
    "head",
    durable,
    Column("id", INTEGER, primary_key=True, autoincrement=False),
    Column("size", INTEGER, nullable=False),
    Column("frontier", BINARY, nullable=False),
    sqlite_strict=True,
)
"""One row: the tree's size and frontier; locked first by every writer on PostgreSQL."""

evidence = Table(
    "evidence",
    durable,
    Column("digest", TEXT, primary_key=True),
    Column("request", TEXT, nullable=False),
    Column("fetched_at", TEXT, nullable=False),
    Column("size", INTEGER, nullable=False),
    Column("compressed", BINARY, nullable=False),
    sqlite_strict=True,
)
"""Raw answers of sources, zlib-compressed, each kept once by the SHA-256 of its bytes."""

series_chunks = Table(
    "series_chunks",
    durable,
    Column("series", TEXT, nullable=False),
    Column("first", INTEGER, nullable=False),
    Column("batch", TEXT, nullable=False),
    Column("last", INTEGER, nullable=False),
    Column("number", INTEGER, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("content", BINARY, nullable=False),
    PrimaryKeyConstraint("series", "first", "batch"),
    sqlite_strict=True,
)
"""The points of one series in one batch, ``number`` of them; times are milliseconds."""
Index("series_chunks_batch", series_chunks.c.batch)

withheld = Table(
    "withheld",
    durable,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("leaf", BINARY, nullable=False),
    sqlite_strict=True,
)
"""In an extract: the leaves of events whose bodies were not given; elsewhere empty."""

held_back = Table(
    "held_back",
    durable,
    Column("digest", TEXT, primary_key=True),
    Column("matter", TEXT, nullable=False),
    sqlite_strict=True,
)
"""In an extract: texts and documents that given events name and that were not given."""
