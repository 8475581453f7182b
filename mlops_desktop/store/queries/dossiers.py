"""Exported dossiers out."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.inventory import number_text
from mlops_desktop.store.tables.projected import dossiers, models, people


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier that left the workspace; ``digest`` is the SHA-256 of its file."""

    key: str
    model_id: str
    model_name: str
    digest: str
    content: str
    language: str
    person: str
    at: str
    as_known: str | None
    as_at: str | None
    size: int


def list_dossiers(connection: sa.Connection) -> tuple[DossierRow, ...]:
    """Return every export, newest first."""
    joined = dossiers.outerjoin(models, models.c.id == dossiers.c.model)
    joined = joined.outerjoin(people, people.c.id == dossiers.c.person)
    query = (
        sa.select(dossiers)
        .add_columns(models.c.number, models.c.name, people.c.name.label("printed"))
        .select_from(joined)
        .order_by(dossiers.c.position.desc())
    )
    return tuple(_row(row) for row in connection.execute(query).mappings())


def find_digest(connection: sa.Connection, digest: str) -> str | None:
    """Return the id of the export whose file has this SHA-256, None where there is none."""
    query = sa.select(dossiers.c.id).where(dossiers.c.digest == digest)
    return connection.execute(query).scalar()


def _row(row: sa.RowMapping) -> DossierRow:
    return DossierRow(
        key=row["id"],
        model_id=number_text(row["number"] or 0),
        model_name=row["name"] or "",
        digest=row["digest"],
        content=row["content"],
        language=row["language"],
        person=row["printed"] or row["person"],
        at=row["at"],
        as_known=row["as_known"],
        as_at=row["as_at"],
        size=row["size"],
    )
