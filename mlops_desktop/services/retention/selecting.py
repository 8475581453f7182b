"""What a retention rule concerns: items, models, candidates, persons, each with its day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.items as item_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.events.admissions import (
    PersonAdmitted,
    PersonInvited,
    RevocationConfirmed,
)
from mlops_desktop.core.events.candidates import CandidateMatched, CandidateRejected
from mlops_desktop.core.events.decision_records import DecisionRevealed
from mlops_desktop.core.events.models import ModelMoved
from mlops_desktop.core.events.people import PersonEnrolled, PersonRevoked
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.events.retention import RetentionDefined
from mlops_desktop.core.lifecycle import Move, Scope, State
from mlops_desktop.core.retention import Retained
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries import retention as queries
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

View = ReadSession | WriteSession
History = list[tuple[int, Envelope]]


_TELLING = (PersonEnrolled, PersonRevoked, PersonInvited, PersonAdmitted, RevocationConfirmed)
_LEAVING = (PersonRevoked, RevocationConfirmed)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a rule is about: its id and number, since when its months run, its events.

    ``since`` is None while they do not run: it is open, in use, or not revoked. ``models`` are
    the ids of the models it concerns.
    """

    key: str
    id: str
    since: date | None
    history: History
    models: tuple[str, ...] = ()


def find_candidates(view: View, rule: RetentionDefined, only: frozenset[str]) -> list[Candidate]:
    """Return what a rule is about; ``only`` names it by id or number, what still runs too."""
    find = {
        Retained.ITEMS: _items,
        Retained.MODELS: _retired,
        Retained.CANDIDATES: _rejected,
        Retained.PERSONS: _persons,
        Retained.DECISIONS: _decisions,
    }[rule.what]
    found = find(view, rule, only)
    return [one for one in found if only or one.since is not None]


def _items(view: View, rule: RetentionDefined, only: frozenset[str]) -> Iterator[Candidate]:
    scope = ItemScope.ALL if only else ItemScope.CLOSED
    for row in item_queries.list_items(view.connection, ItemFilter(rule.kinds, scope=scope)):
        if not only or {row.id, row.number} & only:
            history = queries.read_history(view.connection, row.id)
            if not history:  # a validation on paper: its texts stand in what the model's events say
                continue
            since = _on_record(row.closed, history)
            yield Candidate(row.id, row.number, since, history, row.models)


def _on_record(closed: date | None, history: History) -> date | None:
    """Return the day since which it is closed and on record as such: dating back gains nothing."""
    return max(closed, history[-1][1].at.date()) if closed is not None else None


def _retired(view: View, rule: RetentionDefined, only: frozenset[str]) -> Iterator[Candidate]:
    for key, id, history in _models(view, State.RETIRED, only):
        since = _last(history, ModelMoved) if id.state is State.RETIRED else None
        yield Candidate(key, id.id, since, history, (key,))


def _rejected(view: View, rule: RetentionDefined, only: frozenset[str]) -> Iterator[Candidate]:
    for key, id, history in _models(view, State.REJECTED, only):
        decided = (CandidateRejected, CandidateMatched)
        since = _last(history, *decided) if id.state is State.REJECTED else None
        yield Candidate(key, id.id, since, history, (key,))


def _models(
    view: View, state: State, only: frozenset[str]
) -> Iterator[tuple[str, model_queries.ModelRow, History]]:
    wanted = model_queries.ModelFilter(scope=Scope.ALL, states=() if only else (state,))
    for row in model_queries.list_models(view.connection, wanted):
        if not only or {row.key, row.id} & only:
            yield row.key, row, queries.read_history(view.connection, row.key)


def _last(history: History, *kinds: type) -> date | None:
    days = [
        max(envelope.effective, envelope.at).date()
        for _, envelope in history
        if isinstance(envelope.payload, kinds) and _is_leaving(envelope.payload)
    ]
    return max(days, default=None)


def _is_leaving(payload: object) -> bool:
    return not isinstance(payload, ModelMoved) or payload.move is Move.RETIRE


def _persons(view: View, rule: RetentionDefined, only: frozenset[str]) -> Iterator[Candidate]:
    told: dict[str, History] = defaultdict(list)
    for position, envelope in queries.read_persons(view.connection):
        payload = envelope.payload
        if isinstance(payload, _TELLING):
            told[payload.person].append((position, envelope))
    for person in people.list_people(view.connection):
        if only and not {person.id, person.name} & only:
            continue
        history = told[person.id]
        since = _last(history, *_LEAVING) if person.is_revoked else None
        yield Candidate(person.id, person.name if only else person.id, since, history)


def _decisions(view: View, rule: RetentionDefined, only: frozenset[str]) -> Iterator[Candidate]:
    """Yield decisions that were shown; a model's own duties of keeping do not reach them."""
    for position, envelope in queries.read_reveals(view.connection):
        payload = envelope.payload
        if isinstance(payload, DecisionRevealed) and (not only or payload.lookup in only):
            since = envelope.at.date()
            yield Candidate(payload.lookup, payload.lookup, since, [(position, envelope)])
