"""What sources found and nobody has decided yet: accept, reject, match."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import mlops_desktop.store.queries.models as queries
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.candidates import (
    CandidateAccepted,
    CandidateMatched,
    CandidateRejected,
    Verdict,
)
from mlops_desktop.core.lifecycle import Move, State, check_move
from mlops_desktop.outside.randomness import new_salt
from mlops_desktop.services import model_fields
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.models import finders_of
from mlops_desktop.services.own_values import check_required
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries.custom_fields import list_fields
from mlops_desktop.store.queries.models import ModelAsOf, ModelFilter, ModelRow
from mlops_desktop.store.unit_of_work import WriteSession


def list_candidates(session: Session) -> tuple[ModelRow, ...]:
    """Return the undecided candidates by number."""
    with session.workspace.read() as view:
        return queries.list_models(view.connection, ModelFilter(states=(State.CANDIDATE,)))


@locks_late
def accept_candidate(session: Session, named: str, texts: Mapping[str, str]) -> Recorded:
    """Take a candidate into the inventory as a model, with the details given.

    Also takes back an earlier rejection. Raises ``candidate.not_one`` and refusals of fields.
    """
    with session.workspace.write(session.actor) as work:
        (taken,) = _accept(work, (named,), texts)
    return Recorded(taken, work.changes)


@dataclass(frozen=True, slots=True)
class ManyAccepted:
    """How many candidates became models, in one go."""

    accepted: int
    changes: Changes


def accept_candidates(
    session: Session, named: Iterable[str], texts: Mapping[str, str]
) -> ManyAccepted:
    """Take many candidates into the inventory with the same details: all of them or none.

    Raises ``bulk.nothing_chosen``, ``candidate.not_one`` and refusals of fields.
    """
    wanted = tuple(dict.fromkeys(named))
    if not wanted:
        raise AppError("bulk.nothing_chosen")
    with session.workspace.write(session.actor) as work:
        taken = _accept(work, wanted, texts)
    return ManyAccepted(len(taken), work.changes)


def _accept(
    work: WriteSession, named: tuple[str, ...], texts: Mapping[str, str]
) -> tuple[str, ...]:
    own = list_fields(work.connection)
    details = model_fields.parse_fields(texts, finders_of(work), own)
    check_required(own, details.custom)
    found = tuple(_find(work, one, Move.ACCEPT).state.id for one in named)
    for id in found:
        work.record(CandidateAccepted(id, details))
    return found


@locks_late
def reject_candidate(session: Session, named: str, verdict: Verdict, reason: str) -> Recorded:
    """Decide that a candidate is no model of ours; it stays on record with the reason."""
    if not reason.strip():
        raise AppError("candidate.reason_missing", where="reason")
    with session.workspace.write(session.actor) as work:
        found = _find(work, named, Move.REJECT)
        committed = commit_text(reason) or commit("", new_salt())
        work.record(CandidateRejected(found.state.id, verdict, committed))
    return Recorded(found.state.id, work.changes)


@locks_late
def match_candidate(
    session: Session, named: str, model: str, reason: str | None = None
) -> Recorded:
    """Decide that a candidate is the same as a model, which takes over its entry and versions."""
    with session.workspace.write(session.actor) as work:
        found = _find(work, named, Move.REJECT)
        target = queries.find_model(work.connection, model)
        if target == found.state.id:
            raise AppError("candidate.same_model", id=named)
        work.record(CandidateMatched(found.state.id, target, commit_text(reason)))
    return Recorded(target, work.changes)


def _find(work: WriteSession, named: str, move: Move) -> ModelAsOf:
    key = queries.find_model(work.connection, named)
    found = queries.get_model(work.connection, key)
    if found.state.stage not in (State.CANDIDATE, State.REJECTED):
        raise AppError("candidate.not_one", id=found.row.id, state=found.row.state.value)
    check_move(found.state.stage, move)
    return found
