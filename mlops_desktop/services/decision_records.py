"""One decision of a model, looked up where it is kept; personal data only for a stated purpose.

Decisions are not brought in: a copy of every customer's case beside the bank's own would serve no
purpose here (GDPR Article 5(1)(b) and (c)). Looking one up masked leaves no trace. Who has the
masked inputs shown says why; that, the reference and what was seen become an event whose texts
are erasable, so that an auditor can see who saw what until the retention rule takes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.decision_records import DecisionRecord
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.decision_records import DecisionRevealed, Revealed
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.services.source_settings import describe_kind
from mlops_desktop.services.sources import get_source, list_sources, open_source
from mlops_desktop.sources.base import DecisionReader, SourceFailure
from mlops_desktop.store.queries import decision_records as queries
from mlops_desktop.store.queries import models, people, subjects
from mlops_desktop.store.queries.registry import SourceRow
from mlops_desktop.store.queries.succession import ModelName, name_model

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Input:
    """What went in; ``value`` is None while it is masked."""

    name: str
    value: str | None
    is_personal: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it may be shown: which model of the inventory made it, what is masked."""

    source: str
    reference: str
    at: str | None
    model: ModelName | None
    model_word: str | None
    version: str | None
    output: str | None
    inputs: tuple[Input, ...]
    contributions: tuple[Pair, ...]

    @property
    def is_masked(self) -> bool:
        """Whether an input is hidden."""
        return any(one.value is None for one in self.inputs)


@dataclass(frozen=True, slots=True)
class Shown:
    """Who had which decision shown, when and why; texts are None once they have been erased."""

    id: str
    at: str
    person: str
    source: str
    model: ModelName | None
    version: str | None
    inputs: tuple[str, ...]
    reference: str | None
    purpose: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which decision is asked for, and where; without a source all that keep decisions are."""

    reference: str
    source: str | None = None
    secret: str | None = None
    is_cancelled: IsCancelled = lambda: False


def can_look_up(session: Session) -> bool:
    """Whether a source in use keeps decisions."""
    return any(_has_decisions(row) for row in list_sources(session))


def look_up(session: Session, asked: Asked) -> Decision:
    """Return a decision with its personal data masked; nothing is recorded.

    Raises ``decision.reference_missing``, ``decision.no_source``, ``decision.not_found``,
    ``decision.source_failed``, ``source.not_found``.
    """
    source, record = _find(session, asked)
    return _decision(session, source, record, is_open=False)


def reveal(session: Session, asked: Asked, purpose: str) -> tuple[Decision, Recorded]:
    """Return a decision whole, and record who saw it and what for, before it is returned.

    Raises as :func:`look_up`, and ``decision.purpose_missing``.
    """
    if not purpose.strip():
        raise AppError("decision.purpose_missing", where="purpose")
    source, record = _find(session, asked)
    decision = _decision(session, source, record, is_open=True)
    id = new_id()
    with session.workspace.write(session.actor) as work:
        seen = Revealed(record.masked, must_commit(_text(record)))
        work.record(
            DecisionRevealed(
                id,
                source,
                must_commit(record.reference),
                must_commit(purpose),
                seen,
                decision.model.key if decision.model else None,
                record.version,
            )
        )
    return decision, Recorded(id, work.changes)


def list_shown(session: Session, model: str | None = None, as_of: AsOf = NOW) -> tuple[Shown, ...]:
    """Return who had a decision shown, the oldest first; raises ``model.not_found``."""
    with session.workspace.read() as view:
        key = models.find_model(view.connection, model) if model else None
        names = people.names(view.connection)
        return tuple(
            Shown(
                row.event.lookup,
                row.at,
                names.get(row.person, row.person),
                row.event.source,
                name_model(view.connection, row.event.model, as_of) if row.event.model else None,
                row.event.version,
                row.event.revealed.inputs,
                row.event.reference.text,
                row.event.purpose.text,
            )
            for row in queries.list_reveals(view.connection, key, as_of)
        )


def _find(session: Session, asked: Asked) -> tuple[str, DecisionRecord]:
    reference = asked.reference.strip()
    if not reference or len(reference) > _LONGEST:
        raise AppError("decision.reference_missing", where="reference")
    for row in _sources(session, asked.source):
        found = _read(session, row, reference, asked)
        if found is not None:
            return row.name, found
    raise AppError("decision.not_found", where="reference", reference=reference)


def _sources(session: Session, named: str | None) -> Iterator[SourceRow]:
    rows = [get_source(session, named)] if named else list(list_sources(session))
    able = [row for row in rows if _has_decisions(row)]
    if not able:
        raise AppError("decision.no_source", where="source", recovery=Recovery.CONFIGURATION)
    yield from able


def _has_decisions(row: SourceRow) -> bool:
    try:
        told = describe_kind(row.kind).has_decisions
    except AppError:
        return False  # an extension that is not installed here
    return told is not None and told(row.settings)


def _read(session: Session, row: SourceRow, reference: str, asked: Asked) -> DecisionRecord | None:
    source = open_source(session, row.name, asked.is_cancelled, asked.secret)
    try:
        return source.read_decision(reference) if isinstance(source, DecisionReader) else None
    except SourceFailure as error:
        failed = error.failure
        raise AppError(
            "decision.source_failed",
            recovery=Recovery.RETRY,
            where="source",
            source=row.name,
            reason=failed.code.value,
            detail=failed.detail,
        ) from error
    finally:
        source.close()


def _decision(session: Session, source: str, record: DecisionRecord, *, is_open: bool) -> Decision:
    masked = frozenset(record.masked)
    with session.workspace.read() as view:
        word = record.model
        key = subjects.find_model(view.connection, source, word) if word else None
        model = name_model(view.connection, key) if key else None
    inputs = (
        Input(
            one.name, one.value if is_open or one.name not in masked else None, one.name in masked
        )
        for one in record.inputs
    )
    at = clock.to_text(record.at) if record.at else None
    told = (record.version, record.output, tuple(inputs), record.contributions)
    return Decision(source, record.reference, at, model, word, *told)


def _text(record: DecisionRecord) -> str:
    """Return all of a record as one text: what was seen, as it was seen."""
    return msgspec.json.encode(record, order="sorted").decode()
