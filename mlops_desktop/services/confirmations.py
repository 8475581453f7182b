"""Many papers confirmed or rejected by a second person at once: all of them, or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.papers import PaperRecorded, PaperRejected
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Person
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.acts import Signer, refuse, unable
from mlops_desktop.services.cases import View
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.papers import check_paper, confirmed, holds_from
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.imports import find_import, list_imports
from mlops_desktop.store.queries.papers import paper_keys, waiting_keys
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """Which papers: of an import by its number, of a deciding body, of the year of the paper."""

    intake: str = ""
    body: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that waits: the request, what it says, who recorded it and by which import.

    ``refusal`` says why the acting person may not confirm it; None where he may.
    """

    row: RequestRow
    paper: PaperRecorded
    recorder: str
    intake: str
    refusal: AppError | None

    @property
    def body(self) -> str:
        """Who decided or validated; empty where the text was erased."""
        return self.paper.body.text or ""


@dataclass(frozen=True, slots=True)
class Handled:
    """The papers that were confirmed or rejected, and those the rules kept from the person."""

    done: tuple[PaperLine, ...]
    refused: tuple[PaperLine, ...]
    changes: Changes


def list_papers(session: Session, wanted: PaperFilter | None = None) -> tuple[PaperLine, ...]:
    """Return the papers that wait for a second person, the oldest record first.

    Raises ``import.not_found``.
    """
    said = wanted or PaperFilter()
    with session.workspace.read() as view:
        intake = find_import(view.connection, said.intake).key if said.intake else None
        person = people.get_person(view.connection, session.actor.person)
        lines = _lines(view, waiting_keys(view.connection, intake), person)
    return tuple(line for line in lines if _fits(line, said))


def find_papers(session: Session) -> frozenset[str]:
    """Return the keys of the requests that wait for a second person to confirm their paper."""
    with session.workspace.read() as view:
        return frozenset(waiting_keys(view.connection))


def find_recorded(session: Session) -> frozenset[str]:
    """Return the keys of all requests recorded from paper, confirmed or not."""
    with session.workspace.read() as view:
        return frozenset(paper_keys(view.connection))


def preview_papers(session: Session, keys: Iterable[str]) -> tuple[PaperLine, ...]:
    """Return chosen papers with what the rules say of the acting person; nothing is changed."""
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        return _lines(view, tuple(keys), person)


def confirm_papers(
    session: Session,
    keys: Iterable[str],
    unlock: Unlock,
    *,
    comment: str | None = None,
    leaves_out_refused: bool = False,
) -> Handled:
    """Sign that every record says what its paper says: all in one transaction, or none.

    The key is unlocked once; each record is signed for itself, so that one dossier proves it
    alone. Raises ``papers.nothing_chosen`` and ``papers.refused`` where the rules keep some from
    the person and they are not left out.
    """
    make = partial(confirmed, comment=comment)
    return _sign_all(session, tuple(keys), unlock, make, leaves_out_refused)


def reject_papers(
    session: Session,
    keys: Iterable[str],
    reason: str,
    unlock: Unlock,
    *,
    leaves_out_refused: bool = False,
) -> Handled:
    """Sign that the papers do not say what was recorded, with one reason for all.

    Raises ``papers.reason_missing`` and as :func:`confirm_papers`.
    """
    if not clean_text(reason).strip():
        raise AppError("papers.reason_missing", where="reason")

    def reject(work: WriteSession, row: RequestRow, signer: Signer) -> Event:
        name, why = must_commit(signer.person.name), must_commit(reason)
        person = signer.person
        return PaperRejected(
            row.key, row.model, person.id, name, why, signer.seen, person.fingerprint or ""
        )

    return _sign_all(session, tuple(keys), unlock, reject, leaves_out_refused)


Make: TypeAlias = Callable[[WriteSession, RequestRow, Signer], Event]


def _sign_all(
    session: Session, keys: Sequence[str], unlock: Unlock, make: Make, leaves_out: bool
) -> Handled:
    if not keys:
        raise AppError("papers.nothing_chosen")
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        refuse(unable(person), person)
        _check(_lines(view, keys, person), leaves_out)
        signer = Signer(person, view.head_seen())
    credential = unlock(person)
    with session.workspace.write(session.actor) as work:
        lines = _lines(work, keys, people.get_person(work.connection, person.id))
        free = _check(lines, leaves_out)
        for line in free:
            payload = make(work, line.row, signer)
            sign_event(work, payload, credential, effective=holds_from(line.row))
    refused = tuple(line for line in lines if line.refusal is not None)
    return Handled(free, refused, work.changes)


def _check(lines: tuple[PaperLine, ...], leaves_out: bool) -> tuple[PaperLine, ...]:
    """Return the papers the person may handle; raises where others are not left out."""
    refused = [line for line in lines if line.refusal is not None]
    free = tuple(line for line in lines if line.refusal is None)
    if refused and (not leaves_out or not free):
        first = ", ".join(line.row.id for line in refused[:5])
        raise AppError("papers.refused", number=len(refused), total=len(lines), first=first)
    return free


def _lines(view: View, keys: Sequence[str], person: Person) -> tuple[PaperLine, ...]:
    rows = _rows(view, keys)
    names = people.names(view.connection)
    intakes = {one.key: one.id for one in list_imports(view.connection)}
    found = []
    for row in rows:
        if row.paper is None:
            raise AppError("paper.not_one", id=row.id)
        recorder = names.get(row.requester, row.requester)
        intake = intakes.get(row.paper.intake or "", "")
        found.append(PaperLine(row, row.paper, recorder, intake, _refusal(view, row, person)))
    return tuple(found)


def _rows(view: View, keys: Sequence[str]) -> tuple[RequestRow, ...]:
    """Return requests by key or by the number people say, in the order given."""
    known = {row.key: row for row in queries.list_requests(view.connection, keys=keys)}
    return tuple(
        known[key] if key in known else queries.get_request(view.connection, key)
        for key in dict.fromkeys(keys)
    )


def _refusal(view: View, row: RequestRow, person: Person) -> AppError | None:
    try:
        check_paper(view, row, person)
    except AppError as refusal:
        return refusal
    return None


def _fits(line: PaperLine, wanted: PaperFilter) -> bool:
    body = wanted.body.strip().casefold()
    return (not body or body in line.body.casefold()) and (
        wanted.year is None or line.paper.decided_on.year == wanted.year
    )
