"""The models of a campaign and what was answered about them, as of any date."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.attestations import Answer, Standing
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.lifecycle import State
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.models import states_as_of
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.campaigns import campaign_answers, campaign_models
from mlops_desktop.store.tables.projected import models, people


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What somebody said about a model, in whose place, when, and whether with his own key."""

    position: int
    campaign: str
    model: str
    answer: Answer
    person: str
    on_behalf_of: str | None
    at: str
    comment: Erasable | None
    is_signed: bool


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A model a campaign asks about: as frozen, as it is, and the last answer.

    ``owner`` is who must answer now, None where nobody who still signs owns it.
    """

    model: str
    id: str
    name: str
    tier: int | None
    person: str | None
    owner: str | None
    owner_name: str
    state: State
    answer: GivenAnswer | None

    @property
    def standing(self) -> Standing:
        """What coverage is counted by."""
        said = self.answer.answer if self.answer else None
        return Standing(self.model, self.tier, said, self.owner is not None, self.state)


def list_asked(connection: sa.Connection, campaign: str, as_of: AsOf = NOW) -> tuple[AskedRow, ...]:
    """Return the models of a campaign, by number."""
    states = models if as_of.is_now else states_as_of(connection, as_of)
    c = campaign_models.c
    known = (states.c[name] for name in ("number", "name", "owner", "owner_name", "state"))
    query = sa.select(c.model, c.tier, c.person, *known).join_from(
        campaign_models, states, states.c.id == c.model
    )
    rows = connection.execute(query.where(c.campaign == campaign).order_by(states.c.number))
    gone = _revoked(connection, as_of)
    answers = last_answers(connection, campaign, as_of)
    return tuple(_asked(row, gone, answers) for row in rows.mappings())


def _revoked(connection: sa.Connection, as_of: AsOf) -> frozenset[str]:
    past = people.c.revoked_position < known_size(connection, as_of)
    return frozenset(connection.execute(sa.select(people.c.id).where(past)).scalars())


def _asked(
    row: sa.RowMapping, gone: frozenset[str], answers: Mapping[str, GivenAnswer]
) -> AskedRow:
    owner = row["owner"] or None
    return AskedRow(
        row["model"],
        number_text(row["number"]),
        row["name"],
        row["tier"],
        row["person"],
        None if owner in gone else owner,
        row["owner_name"],
        State(row["state"]),
        answers.get(row["model"]),
    )


def last_answers(
    connection: sa.Connection, campaign: str, as_of: AsOf = NOW
) -> dict[str, GivenAnswer]:
    """Return the answer that counts of each model."""
    return {one.model: one for one in list_given(connection, campaign, as_of)}


def answers_about(
    connection: sa.Connection, model: str, as_of: AsOf = NOW
) -> tuple[GivenAnswer, ...]:
    """Return every answer ever given about a model, in the order given."""
    return list_answers(connection, campaign_answers.c.model == model, as_of)


def list_given(
    connection: sa.Connection, campaign: str, as_of: AsOf = NOW
) -> tuple[GivenAnswer, ...]:
    """Return every answer given in a campaign, in the order given."""
    return list_answers(connection, campaign_answers.c.campaign == campaign, as_of)


def list_owners(connection: sa.Connection) -> dict[str, str]:
    """Return who owns each model now, left out where nobody does who may still sign."""
    gone = _revoked(connection, NOW)
    rows = connection.execute(sa.select(models.c.id, models.c.owner))
    return {row.id: row.owner for row in rows if row.owner and row.owner not in gone}


def list_answers(
    connection: sa.Connection, which: sa.ColumnElement[bool], as_of: AsOf
) -> tuple[GivenAnswer, ...]:
    """Return answers in the order given, their comments opened as far as they can be."""
    c = campaign_answers.c
    query = sa.select(campaign_answers).where(which, c.position < known_size(connection, as_of))
    if as_of.at_text is not None:
        query = query.where(c.effective <= as_of.at_text)
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {one for row in rows if row["record"] for one in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    return tuple(_given(row, opened) for row in rows)


def _given(row: sa.RowMapping, opened: Mapping[str, str]) -> GivenAnswer:
    record = row["record"]
    return GivenAnswer(
        row["position"],
        row["campaign"],
        row["model"],
        Answer(row["answer"]),
        row["person"],
        row["on_behalf_of"],
        row["at"],
        records.from_text(Erasable, record, opened) if record else None,
        bool(row["is_signed"]),
    )
