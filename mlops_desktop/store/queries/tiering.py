"""Tiering templates out, and the ratings of a model in order, as of any date."""

from collections.abc import Sequence
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
    """A version of a template with where it stands; ``person`` and ``at`` say who brought it.

    ``activated_by`` let it rate models, ``is_alone`` says that nobody else could have.
    """

    key: str
    template: Template
    status: TemplateStatus
    person: str
    at: str
    activated_by: str | None = None
    is_alone: bool = False
    activated_at: str | None = None


def list_templates(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[TemplateRow, ...]:
    """Return every version known by then, by template and version."""
    query = sa.select(tier_templates).where(
        tier_templates.c.position < known_size(connection, as_of)
    )
    ordered = query.order_by(tier_templates.c.template, tier_templates.c.version)
    told = _told(connection, as_of)
    return tuple(
        _template(row, told.get(row["id"], ())) for row in connection.execute(ordered).mappings()
    )


def _template(row: sa.RowMapping, told: Sequence[sa.RowMapping]) -> TemplateRow:
    status = TemplateStatus(told[-1]["status"]) if told else TemplateStatus.DRAFT
    by = [one for one in told if one["status"] == TemplateStatus.ACTIVE.value]
    return TemplateRow(
        row["id"],
        records.from_text(Template, row["record"]),
        status,
        row["person"],
        row["at"],
        by[-1]["person"] if by else None,
        bool(by and by[-1]["is_alone"]),
        by[-1]["effective"] if by else None,
    )


def _told(connection: sa.Connection, as_of: AsOf) -> dict[str, list[sa.RowMapping]]:
    """Return what was said about each version, by the date from which it held."""
    c = tier_template_states.c
    query = sa.select(tier_template_states).where(c.position < known_size(connection, as_of))
    if as_of.at_text is not None:
        query = query.where(c.effective <= as_of.at_text)
    made: dict[str, list[sa.RowMapping]] = {}
    for row in connection.execute(query.order_by(c.effective, c.position)).mappings():
        made.setdefault(row["id"], []).append(row)
    return made


@dataclass(frozen=True, slots=True)
class TemplateActivation:
    """Who let a version rate models, who had brought it; marked since a second person is asked."""

    position: int
    person: str
    drafter: str
    is_marked: bool


def list_activations(connection: sa.Connection) -> tuple[TemplateActivation, ...]:
    """Return every activation of a template on record, in order."""
    c = tier_template_states.c
    joined = tier_template_states.join(tier_templates, tier_templates.c.id == c.id)
    query = sa.select(c.position, c.person, c.is_alone, tier_templates.c.person.label("drafter"))
    wanted = query.select_from(joined).where(c.status == TemplateStatus.ACTIVE.value)
    return tuple(
        TemplateActivation(row.position, row.person, row.drafter, row.is_alone is not None)
        for row in connection.execute(wanted.order_by(c.position))
    )


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
    found = connection.execute(ordered).all()
    opened = log.read_envelopes(connection, [bytes(row.body) for row in found])
    told = [
        envelopes.happening_of(row.position, one) for row, one in zip(found, opened, strict=True)
    ]
    # A model is there before anything happens to it, whatever was dated back.
    return tuple(sorted(told, key=lambda item: not isinstance(item.payload, _CREATIONS)))
