"""Exported dossiers out."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.inventory import number_text
from mlops_desktop.store.tables.projected import dossier_signatures, dossiers, models, people


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place for a counter-signature, from 1; ``digest`` is None while it is empty."""

    place: int
    person: str
    name: str
    digest: str | None
    at: str | None


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
    places: tuple[PlaceRow, ...] = ()

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests its file had, from the seal on; the last is the file as it is now."""
        return (self.digest, *(place.digest for place in self.places if place.digest is not None))

    @property
    def next_place(self) -> PlaceRow | None:
        """The place whose signature is due, None where none is."""
        return next((place for place in self.places if place.digest is None), None)


def list_dossiers(connection: sa.Connection) -> tuple[DossierRow, ...]:
    """Return every export, newest first."""
    return _read(connection)


def find_dossier(connection: sa.Connection, id: str) -> DossierRow | None:
    """Return the export of that id, None where this workspace made none."""
    return next(iter(_read(connection, dossiers.c.id == id)), None)


def _read(connection: sa.Connection, *only: sa.ColumnElement[bool]) -> tuple[DossierRow, ...]:
    joined = dossiers.outerjoin(models, models.c.id == dossiers.c.model)
    joined = joined.outerjoin(people, people.c.id == dossiers.c.person)
    query = (
        sa.select(dossiers)
        .add_columns(models.c.number, models.c.name, people.c.name.label("printed"))
        .select_from(joined)
        .where(*only)
        .order_by(dossiers.c.position.desc())
    )
    places = _places(connection)
    found = connection.execute(query).mappings()
    return tuple(_row(row, tuple(places.get(row["id"], ()))) for row in found)


def _places(connection: sa.Connection) -> dict[str, list[PlaceRow]]:
    table = dossier_signatures
    query = (
        sa.select(table, people.c.name)
        .select_from(table.outerjoin(people, people.c.id == table.c.person))
        .order_by(table.c.dossier, table.c.place)
    )
    places: dict[str, list[PlaceRow]] = {}
    for row in connection.execute(query).mappings():
        place = PlaceRow(
            row["place"], row["person"], row["name"] or row["person"], row["digest"], row["at"]
        )
        places.setdefault(row["dossier"], []).append(place)
    return places


def find_digest(connection: sa.Connection, digest: str) -> str | None:
    """Return the id of the export whose file has or had this SHA-256, None where there is none."""
    signed = dossier_signatures
    query = sa.union_all(
        sa.select(dossiers.c.id).where(dossiers.c.digest == digest),
        sa.select(signed.c.dossier).where(signed.c.digest == digest),
    )
    return connection.execute(query).scalar()


def _row(row: sa.RowMapping, places: tuple[PlaceRow, ...]) -> DossierRow:
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
        places=places,
    )
