"""Answers prepared and not given: they lie in the person's own profile, not in the workspace.

Nobody else sees them, and no retention rule reaches them; giving them removes them.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core.attestations import Answer
from mlops_desktop.outside import private_files
from mlops_desktop.services.attestations.answering import (
    Bench,
    Given,
    Wish,
    give_answers,
    wish_all,
)
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.campaigns import find_campaign


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer prepared about a model, by its id; the comment may still be missing."""

    model: str
    answer: Answer
    comment: str = ""


def read_drafts(session: Session, named: str) -> tuple[Draft, ...]:
    """Return what the acting person has prepared for a campaign."""
    with session.workspace.read() as view:
        key = find_campaign(view.connection, named).key
    return _read(session, key)


def _path(session: Session, campaign: str) -> Path:
    workspace = private_files.file_name(session.workspace.id, "")
    name = private_files.file_name(f"{campaign}_{session.actor.person}", ".json")
    return paths.home() / "drafts" / workspace / name


def _read(session: Session, campaign: str) -> tuple[Draft, ...]:
    stored = private_files.read(_path(session, campaign))
    found = json.loads(stored) if stored is not None else []
    return tuple(Draft(one["model"], Answer(one["answer"]), one["comment"]) for one in found)


def keep_drafts(session: Session, named: str, wishes: Iterable[Wish]) -> tuple[Draft, ...]:
    """Put answers beside those prepared before; one without an answer takes its draft away.

    Raises ``attestation.not_asked``, ``attestation.not_owner`` and the other rules: nobody
    prepares what he may not give.
    """
    with session.workspace.read() as view:
        row = find_campaign(view.connection, named)
        bench = Bench(view, row)
        person = bench.person(session.actor.person)
        with private_files.locked(_path(session, row.key)):
            kept = {one.model: one for one in _read(session, row.key)}
            for wish in wishes:
                asked = bench.find(wish.model)
                if wish.answer is None:
                    kept.pop(asked.model, None)
                    continue
                bench.refuse(asked, person)
                kept[asked.model] = Draft(asked.model, wish.answer, wish.comment.strip())
            return _write(session, row.key, tuple(kept.values()))


def _write(session: Session, campaign: str, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    path = _path(session, campaign)
    if drafts:
        private_files.write(path, json.dumps([asdict(one) for one in drafts]).encode("utf-8"))
    else:
        private_files.remove(path)
    return drafts


def fill_drafts(
    session: Session,
    named: str,
    answer: Answer,
    *,
    apart_from: Iterable[str] = (),
    owner: str | None = None,
) -> tuple[Draft, ...]:
    """Prepare one answer for all that is mine and unanswered; models with a draft keep it.

    Takes and raises what :func:`wish_all` does.
    """
    kept = {one.model for one in read_drafts(session, named)}
    wanted = wish_all(session, named, answer, apart_from=apart_from, owner=owner)
    return keep_drafts(session, named, [one for one in wanted if one.model not in kept])


def drop_drafts(session: Session, named: str) -> int:
    """Throw away what the acting person has prepared; return how many drafts there were."""
    with session.workspace.read() as view:
        key = find_campaign(view.connection, named).key
    dropped = len(_read(session, key))
    private_files.remove(_path(session, key))
    return dropped


def submit_drafts(session: Session, named: str) -> Given:
    """Give everything prepared in one transaction; refused as a whole, the drafts stay.

    Raises ``attestation.nothing_said`` where nothing is prepared.
    """
    with session.workspace.read() as view:
        key = find_campaign(view.connection, named).key
    drafts = _read(session, key)
    wishes = [Wish(one.model, one.answer, one.comment, at) for at, one in enumerate(drafts, 1)]
    given = give_answers(session, key, wishes)
    if given.is_recorded:
        private_files.remove(_path(session, key))
    return given
