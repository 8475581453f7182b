"""Exported dossiers out."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.inventory import number_text
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.dossiers import dossier_states
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
class StateRow:
    """What the file of a dossier was: its SHA-256, by what it came about, and the level said."""

    digest: str
    kind: str
    level: str
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier that left the workspace; ``digest`` is the SHA-256 of its file.

    ``later`` are the digests that its file got after the day asked for.
    Of another ``scope`` than one model, its model is empty: it tells of ``population`` models,
    ``drawn`` of them with a part of their own, or how they stand under ``profile``.
    """

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
    later: tuple[str, ...] = ()
    scope: str = "model"
    profile: str | None = None
    population: int | None = None
    drawn: int | None = None
    states: tuple[StateRow, ...] = ()

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests its file had, from the seal on; the last is the file as it is now."""
        return tuple(state.digest for state in self.states)

    @property
    def next_place(self) -> PlaceRow | None:
        """The place whose signature is due, None where none is."""
        return next((place for place in self.places if place.digest is None), None)


def list_dossiers(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[DossierRow, ...]:
    """Return every export known on the day, newest first, with the signatures it had by then."""
    return _read(connection, as_of)


def find_dossier(connection: sa.Connection, id: str, as_of: AsOf = NOW) -> DossierRow | None:
    """Return the export of that id, None where this workspace made none."""
    return next(iter(_read(connection, as_of, dossiers.c.id == id)), None)


def _read(
    connection: sa.Connection, as_of: AsOf, *only: sa.ColumnElement[bool]
) -> tuple[DossierRow, ...]:
    joined = dossiers.outerjoin(models, models.c.id == dossiers.c.model)
    joined = joined.outerjoin(people, people.c.id == dossiers.c.person)
    then = () if as_of.is_now else (dossiers.c.position < known_size(connection, as_of),)
    query = (
        sa.select(dossiers)
        .add_columns(models.c.number, models.c.name, people.c.name.label("printed"))
        .select_from(joined)
        .where(*only, *then)
        .order_by(dossiers.c.position.desc())
    )
    places, states = _places(connection), _states(connection)
    found = connection.execute(query).mappings()
    rows = (
        _row(row, tuple(places.get(row["id"], ())), tuple(states.get(row["id"], ())))
        for row in found
    )
    return tuple(_known(row, as_of) for row in rows)


def _known(row: DossierRow, as_of: AsOf) -> DossierRow:
    """Leave out what came to the file after the day, which it may bear all the same."""
    last = as_of.known_text
    since = [one for one in row.states if last is not None and one.at > last]
    if not since:
        return row
    gone = {one.digest for one in since}
    places = tuple(
        replace(one, digest=None, at=None) if one.digest in gone else one for one in row.places
    )
    states = tuple(one for one in row.states if one not in since)
    return replace(row, places=places, states=states, later=tuple(one.digest for one in since))


def _states(connection: sa.Connection) -> dict[str, list[StateRow]]:
    table = dossier_states
    query = sa.select(table, people.c.name)
    query = query.select_from(table.outerjoin(people, people.c.id == table.c.person))
    states: dict[str, list[StateRow]] = {}
    for row in connection.execute(query.order_by(table.c.position)).mappings():
        state = StateRow(
            row["digest"], row["kind"], row["level"], row["name"] or row["person"], row["at"]
        )
        states.setdefault(row["dossier"], []).append(state)
    return states


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


def find_waiting(connection: sa.Connection) -> tuple[DossierRow, ...]:
    """Return the dossiers in which a place is still empty, newest first."""
    empty = sa.select(dossier_signatures.c.dossier).where(dossier_signatures.c.digest.is_(None))
    return _read(connection, NOW, dossiers.c.id.in_(empty))


def find_digest(connection: sa.Connection, digest: str) -> str | None:
    """Return the id of the export whose file has or had this SHA-256, None where there is none."""
    table = dossier_states
    query = sa.select(table.c.dossier).where(table.c.digest == digest)
    return connection.execute(query).scalar()


def _row(
    row: sa.RowMapping, places: tuple[PlaceRow, ...], states: tuple[StateRow, ...]
) -> DossierRow:
    return DossierRow(
        key=row["id"],
        model_id=number_text(row["number"] or 0) if row["model"] else "",
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
        scope=row["scope"],
        profile=row["profile"],
        population=row["population"],
        drawn=row["drawn"],
        states=states,
    )
