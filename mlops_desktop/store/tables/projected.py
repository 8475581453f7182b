"""Projected tables: readings of the events, dropped and rebuilt whenever their form changes."""

from sqlalchemy import (
    Column,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    select,
    union_all,
)

from mlops_desktop.store.types import INTEGER, TEXT

MEANING = 14
"""Raised with every change to what the columns of projected tables mean; their form tells itself.
"""

projected = MetaData()


def _model_columns() -> list[Column[object]]:
    return [
        Column("number", INTEGER, nullable=False),
        Column("stage", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("name_key", TEXT, nullable=False),
        Column("tier", INTEGER),
        Column("tier_until", TEXT),
        Column("tier_after", INTEGER),
        Column("tier_due", TEXT),
        Column("owner", TEXT),
        Column("owner_name", TEXT, nullable=False),
        Column("owner_key", TEXT, nullable=False),
        Column("approval", TEXT, nullable=False),
        Column("approved_until", TEXT),
        Column("on_paper", INTEGER, nullable=False),
        Column("serving", TEXT, nullable=False),
        Column("next_review", TEXT),
        Column("source", TEXT, nullable=False),
        Column("successor", TEXT),
        Column("updated_at", TEXT, nullable=False),
        Column("position", INTEGER, nullable=False),
        Column("effective", TEXT, nullable=False),
        Column("custom", TEXT),
        Column("entities", TEXT),
        Column("record", TEXT, nullable=False),
    ]


models = Table(
    "models",
    projected,
    Column("id", TEXT, primary_key=True),
    *_model_columns(),
    Column("search", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("models_number", models.c.number)
_SOUGHT = ("name_key", "owner_key", "state", "tier", "tier_until", "tier_due", "updated_at")
for _name in (*_SOUGHT, "next_review"):
    Index(f"models_{_name}", models.c[_name], models.c.number)
_TIER = ("tier", "tier_until", "tier_after", "tier_due")
_FILTERED = ("state", *_TIER, "approval", "source", "next_review", "owner_key", "search")
# What filters look at, beside each other: counting reads a quarter of the bytes. PostgreSQL takes
# no texts of this length into an index.
Index("models_filtered", models.c.number, *(models.c[name] for name in _FILTERED)).ddl_if("sqlite")

model_states = Table(
    "model_states",
    projected,
    Column("id", TEXT, nullable=False),
    *_model_columns(),
    PrimaryKeyConstraint("id", "effective", "position"),
    sqlite_strict=True,
)
"""A model after each event that concerns it; found by id, then date, then position."""
Index(
    "model_states_successor",
    model_states.c.successor,
    sqlite_where=model_states.c.successor.is_not(None),
    postgresql_where=model_states.c.successor.is_not(None),
)

entries = Table(
    "entries",
    projected,
    Column("source", TEXT, primary_key=True),
    Column("native_id", TEXT, primary_key=True),
    Column("model", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("seen_digest", TEXT, nullable=False),
    Column("seen_at", TEXT, nullable=False),
    Column("missing_since", TEXT),
    Column("renamed_to", TEXT),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)
Index("entries_model", entries.c.model)

versions = Table(
    "versions",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("model", TEXT, nullable=False),
    Column("version", TEXT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("native_id", TEXT, nullable=False),
    Column("registered_by", TEXT),
    Column("record", TEXT, nullable=False),
    Column("seen_digest", TEXT, nullable=False),
    Column("seen_at", TEXT, nullable=False),
    Column("missing_since", TEXT),
    Column("position", INTEGER, nullable=False),
    Column("effective", TEXT, nullable=False),
    sqlite_strict=True,
)
"""What each version is since ``position``; what it was before stands in ``former_versions``."""
Index("versions_model", versions.c.model)
Index("versions_native", versions.c.source, versions.c.native_id)

_STATE = ("id", "position", "model", "effective", "record", "missing_since")

former_versions = Table(
    "former_versions",
    projected,
    Column("id", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("missing_since", TEXT),
    PrimaryKeyConstraint("id", "position"),
    sqlite_strict=True,
)
Index("former_versions_model", former_versions.c.model)

version_states = union_all(
    select(*(former_versions.c[name] for name in _STATE)),
    select(*(versions.c[name] for name in _STATE)),
).subquery("version_states")
"""Every state a version was ever in, the present one too; most versions have but one."""

people = Table(
    "people",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("name_key", TEXT, nullable=False),
    Column("roles", TEXT, nullable=False),
    Column("scopes", TEXT, nullable=False, server_default="[]"),
    Column("certificate", TEXT),
    Column("fingerprint", TEXT),
    Column("position", INTEGER, nullable=False),
    Column("revoked_position", INTEGER),
    sqlite_strict=True,
)

certificates = Table(
    "certificates",
    projected,
    Column("fingerprint", TEXT, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("pem", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("revoked_position", INTEGER),
    sqlite_strict=True,
)

devices = Table(
    "devices",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("public_key", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    sqlite_strict=True,
)

sources = Table(
    "sources",
    projected,
    Column("name", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("url", TEXT, nullable=False),
    Column("username", TEXT),
    Column("ca_file", TEXT),
    Column("proxy", TEXT),
    Column("position", INTEGER, nullable=False),
    Column("removed_position", INTEGER),
    Column("reader", TEXT),
    Column("version", TEXT),
    Column("synced_at", TEXT),
    Column("completed_at", TEXT),
    Column("result", TEXT),
    Column("pages", TEXT, nullable=False),
    Column("cursors", TEXT, nullable=False),
    Column("settings", TEXT, nullable=False),
    sqlite_strict=True,
)

approval_requests = Table(
    "approval_requests",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("model", TEXT, nullable=False),
    Column("version", TEXT, nullable=False),
    Column("environment", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("about", TEXT),
    Column("rule", TEXT, nullable=False),
    Column("rule_version", INTEGER),
    Column("terms", TEXT),
    Column("requester", TEXT, nullable=False),
    Column("requested_at", TEXT, nullable=False),
    Column("covered", TEXT, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("comment", TEXT),
    Column("status", TEXT, nullable=False),
    Column("given", INTEGER, nullable=False),
    Column("valid_until", TEXT),
    Column("changed", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("voided_position", INTEGER),
    Column("withdrawn_position", INTEGER),
    Column("revoked_position", INTEGER),
    Column("rests_until", TEXT),
    Column("entities", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("approval_requests_model", approval_requests.c.model)
Index("approval_requests_status", approval_requests.c.status)

approval_standings = Table(
    "approval_standings",
    projected,
    Column("request", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("given", INTEGER, nullable=False),
    Column("valid_until", TEXT),
    Column("rests_until", TEXT),
    PrimaryKeyConstraint("request", "position"),
    sqlite_strict=True,
)
"""Where a request stood after each event that moved it; no status says that time ran out."""

approval_decisions = Table(
    "approval_decisions",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("request", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    Column("signature", TEXT),
    Column("refused_by", TEXT),
    sqlite_strict=True,
)
Index("approval_decisions_request", approval_decisions.c.request)

dossiers = Table(
    "dossiers",
    projected,
    Column("id", TEXT, primary_key=True),
    Column("model", TEXT, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("content", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("as_known", TEXT),
    Column("as_at", TEXT),
    Column("size", INTEGER, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("scope", TEXT, nullable=False),
    Column("profile", TEXT),
    Column("population", INTEGER),
    Column("drawn", INTEGER),
    sqlite_strict=True,
)
dossier_signatures = Table(
    "dossier_signatures",
    projected,
    Column("dossier", TEXT, primary_key=True),
    Column("place", INTEGER, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("digest", TEXT),
    Column("signed_by", TEXT),
    Column("at", TEXT),
    sqlite_strict=True,
)
"""Places for counter-signatures, from 1: whom each waits for, and what came of it."""
