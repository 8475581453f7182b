"""Tiering templates out, and the ratings of a model in order, as of any date."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.model_state import Happening
from mlops_desktop.core.tier_history import TELLING
from mlops_desktop.core.tier_templates import Template, TemplateStatus
from mlops_desktop.store import envelopes, log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.tiering import tier_template_states, tier_templates

_CREATIONS = (CandidateFound, ModelRegistered)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A version of a template with where it stands; ``person`` and ``at`` say who brought it."""

    key: str
    template: Template
    status: TemplateStatus
    person: str
    at: str


def list_templates(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[TemplateRow, ...]:
    """Return every version known by then, by template and version."""
    query = sa.select(tier_templates).where(
        tier_templates.c.position < known_size(connection, as_of)
    )
    ordered = query.order_by(tier_templates.c.template, tier_templates.c.version)
    standing = _standing(connection, as_of)
    return tuple(
        TemplateRow(
            row["id"],
            records.from_text(Template, row["record"]),
            standing.get(row["id"], TemplateStatus.DRAFT),
            row["person"],
            row["at"],
        )
        for row in connection.execute(ordered).mappings()
    )


def _standing(connection: sa.Connection, as_of: AsOf) -> dict[str, TemplateStatus]:
    c = tier_template_states.c
    query = sa.select(c.id, c.status).where(c.position < known_size(connection, as_of))
    if as_of.at_text is not None:
        query = query.where(c.effective <= as_of.at_text)
    found = connection.execute(query.order_by(c.effective, c.position))
    return {row.id: TemplateStatus(row.status) for row in found}


def find_template(connection: sa.Connection, named: str, as_of: AsOf = NOW) -> TemplateRow:
    """Return the version named ``general@1``, or for ``general`` the active or else newest one.

    Raises ``tiering.template_not_found``.
    """
    rows = list_templates(connection, as_of)
    exact = [row for row in rows if row.key == named.strip()]
    versions = [row for row in rows if row.template.id == named.strip()]
    active = [row for row in versions if row.status is TemplateStatus.ACTIVE]
    found = exact or active or versions
    if not found:
        known = ", ".join(row.key for row in rows) or "-"
        raise AppError("tiering.template_not_found", where="template", name=named, known=known)
    return found[-1]


def read_tellings(
    connection: sa.Connection, model: str, as_of: AsOf = NOW
) -> tuple[Happening, ...]:
    """Return what could set the tier of a model, by the date from which it held."""
    query = sa.select(events.c.position, events.c.body).where(
        events.c.subject == model,
        events.c.position < known_size(connection, as_of),
        events.c.type.in_([name_of(kind) for kind in TELLING]),
    )
    if as_of.at_text is not None:
        query = query.where(events.c.effective <= as_of.at_text)
    ordered = query.order_by(events.c.effective, events.c.position)
    found = [(row.position, bytes(row.body)) for row in connection.execute(ordered)]
    told = [
        envelopes.happening_of(position, log.read_envelope(connection, body))
        for position, body in found
    ]
    # A model is there before anything happens to it, whatever was dated back.
    return tuple(sorted(told, key=lambda item: not isinstance(item.payload, _CREATIONS)))
