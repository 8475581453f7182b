"""Templates of dossiers and the settings of all, as known on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.dossier_settings import DossierSettings, change_settings
from mlops_desktop.core.events.dossier_forms import DossierSettingsChanged
from mlops_desktop.store import records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.dossier_forms import dossier_settings, dossier_templates
from mlops_desktop.store.tables.projected import people


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template as last saved: what it leaves out, who saved it and when, which version it is."""

    name: str
    left_out: tuple[str, ...]
    version: int
    person: str
    at: str


def list_templates(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[TemplateRow, ...]:
    """Return the templates that stand, by name."""
    latest: dict[str, TemplateRow | None] = dict(_read_templates(connection, as_of))
    return tuple(row for _, row in sorted(latest.items()) if row is not None)


def count_saved(connection: sa.Connection, name: str) -> int:
    """Return how often a template of this name was saved."""
    c = dossier_templates.c
    query = sa.select(sa.func.max(c.version)).where(c.name_key == name.casefold())
    return int(connection.execute(query).scalar() or 0)


def _read_templates(
    connection: sa.Connection, as_of: AsOf
) -> Iterator[tuple[str, TemplateRow | None]]:
    c = dossier_templates.c
    joined = dossier_templates.outerjoin(people, people.c.id == c.person)
    query = (
        sa.select(dossier_templates, people.c.name.label("printed"))
        .select_from(joined)
        .where(c.position < known_size(connection, as_of))
        .order_by(c.position)
    )
    for row in connection.execute(query).mappings():
        yield row["name_key"], _row(row) if row["left_out"] is not None else None


def _row(row: sa.RowMapping) -> TemplateRow:
    return TemplateRow(
        row["name"],
        records.texts(row["left_out"]),
        row["version"],
        row["printed"] or row["person"],
        row["at"],
    )


def read_settings(connection: sa.Connection, as_of: AsOf = NOW) -> DossierSettings:
    """Return the settings as they stood."""
    c = dossier_settings.c
    query = sa.select(c.record).where(c.position < known_size(connection, as_of))
    found = connection.execute(query.order_by(c.position)).scalars()
    changes = (records.from_text(DossierSettingsChanged, record) for record in found)
    return reduce(change_settings, changes, DossierSettings())
