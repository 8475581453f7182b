"""Candidates that a person declares: a spreadsheet, a script, what no source can find."""

import json
from hashlib import sha256

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.inventory import Entry, Sighting
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store import evidence
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.queries import registry

SOURCE = "declaration"
"""Stands where a source's name stands, for what persons declared."""


@locks_late
def declare_candidate(
    session: Session, name: str, place: str, description: str | None = None
) -> Recorded:
    """Report something that may be a model; somebody decides about it as about any candidate.

    ``place`` says where it is kept and identifies it. The words of the declaration are kept as
    its evidence. Raises ``candidate.name_missing``, ``candidate.place_missing``,
    ``candidate.already_declared``.
    """
    entry = _entry(name, place, description)
    raw = _statement(entry)
    seen = Sighting(sha256(raw).hexdigest(), clock.now())
    with session.workspace.write(session.actor) as work:
        if entry.native_id in registry.known_entries(work.connection, SOURCE):
            raise AppError("candidate.already_declared", where="place", place=entry.native_id)
        evidence.keep(work.connection, [RawAnswer(seen.digest, SOURCE, seen.fetched_at, raw)])
        model = new_id()
        work.record(CandidateFound(model, entry, seen))
    return Recorded(model, work.changes)


def _entry(name: str, place: str, description: str | None) -> Entry:
    called, kept = clean_text(name).strip(), clean_text(place).strip()
    if not called:
        raise AppError("candidate.name_missing", where="name")
    if not kept:
        raise AppError("candidate.place_missing", where="place")
    told = clean_text(description).strip() if description else None
    return Entry(SOURCE, kept, called, told or None, created_at=clock.now())


def _statement(entry: Entry) -> bytes:
    said = {"name": entry.name, "place": entry.native_id, "description": entry.description or ""}
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8")
