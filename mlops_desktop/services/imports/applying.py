"""Records an import: everything or nothing, in one write session under one signed head."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.imports import ColumnRead, ImportApplied
from mlops_desktop.core.events.models import ModelEdited, ModelMoved, ModelRegistered
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import Sighting, VersionDetails
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.work import Report as Tell
from mlops_desktop.core.work import unheard
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import model_fields
from mlops_desktop.services.enrolment import enrolment_of
from mlops_desktop.services.entities import register_named
from mlops_desktop.services.imports.drafting import Draft, draw_up, read_source
from mlops_desktop.services.imports.life import Life, beginning
from mlops_desktop.services.imports.links import record_links
from mlops_desktop.services.imports.papers import record_papers
from mlops_desktop.services.imports.persons import NEW
from mlops_desktop.services.imports.planning import Intent
from mlops_desktop.services.imports.report import Fate, Report
from mlops_desktop.services.imports.wishes import Source, Wishes
from mlops_desktop.services.onboarding import Gap, open_plan
from mlops_desktop.services.session import Session, commit_text, must_commit
from mlops_desktop.services.wording import read_words
from mlops_desktop.store import evidence, records
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.unit_of_work import WriteSession

_LABEL = re.compile(r"[vV](?=\d)")
"""Hears which step an import is at, how many rows of it are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An import that was recorded; ``id`` is None where the file changed nothing."""

    id: str | None
    report: Report
    changes: Changes


def preview_import(session: Session, source: Source, wishes: Wishes | None = None) -> Report:
    """Return what an import would do; nothing is written.

    Raises ``import.…`` where the file cannot be read at all.
    """
    said = wishes or Wishes()
    with session.workspace.read() as view:
        return draw_up(view, source, read_source(view, source, said), said).report


def apply_import(
    session: Session,
    source: Source,
    wishes: Wishes | None = None,
    *,
    seen: str | None = None,
    tell: Tell = unheard,
) -> Applied:
    """Take over every row of a file, or none.

    ``seen`` is the digest of the report that a person agreed to. Raises ``import.refused`` where a
    row is refused, ``import.changed_since`` where the inventory leads to another report by now,
    and ``import.…`` where the file cannot be read at all. What ``tell`` raises stops the import:
    nothing of it is kept then.
    """
    said = wishes or Wishes()
    tell("imports.reading", 0, None)
    with session.workspace.read() as view:
        read = read_source(view, source, said)
    with session.workspace.write(session.actor) as work:
        draft = draw_up(work, source, read, said)
        _check(draft.report, seen)
        intake = _record(work, source, draft, said, tell) if draft.changes else None
    return Applied(intake, draft.report, work.changes)


def digest_of(report: Report) -> str:
    """Return the SHA-256 of a report, under which it is kept."""
    return sha256(_content(report)).hexdigest()


def _content(report: Report) -> bytes:
    return records.to_text(report).encode("utf-8")


def _check(report: Report, seen: str | None) -> None:
    if not report.is_clean:
        raise AppError("import.refused", where=report.file, number=len(report.refusals))
    if seen is not None and digest_of(report) != seen:
        raise AppError("import.changed_since", where=report.file)


def _record(work: WriteSession, source: Source, draft: Draft, wishes: Wishes, tell: Tell) -> str:
    ids = {NEW + name: new_id() for name in draft.people.values()}
    for key, person in ids.items():
        work.record(enrolment_of(person, key.removeprefix(NEW), (), None))
    ids |= {NEW + name: register_named(work, name) for name in draft.entities.values()}
    intake, gaps, made = new_id(), list[Gap](), dict[int, str]()
    for number, intent in enumerate(draft.intents, 1):
        tell("imports.recording", number, len(draft.intents))
        sentence = _sentence(source, intent, wishes)
        gap, version = _take(work, intent, ids, sentence, draft.report.own)
        record_papers(work, (gap.model, version), intent.papers, intake)
        gaps += [gap] if intent.is_gap else []
        made[intent.row] = gap.model
    for intent in draft.intents:
        record_links(work, intent.links, made, _sentence(source, intent, wishes))
    plan = open_plan(work, gaps, source.name, wishes.language) if gaps else None
    _close(work, source, draft, (intake, plan))
    return intake


def _sentence(source: Source, intent: Intent, wishes: Wishes) -> str:
    words = read_words(wishes.language)
    return words.text("imports.reason", file=source.name, row=intent.row)


def _take(
    work: WriteSession,
    intent: Intent,
    ids: Mapping[str, str],
    sentence: str,
    own: tuple[Field, ...],
) -> tuple[Gap, str]:
    """Record what a row says; return its model with the owner, and the version the row names."""
    finders = model_fields.Finders(lambda key: ids.get(key, key), lambda key: ids.get(key, key))
    details = model_fields.parse_fields(intent.texts, finders, own)
    lived = intent.life
    if intent.model is not None:
        key = intent.model.row.key
        if intent.texts or intent.cleared:
            work.record(ModelEdited(key, details, intent.cleared, commit_text(sentence)))
    else:
        key = new_id()
        work.record(ModelRegistered(key, details), effective=beginning(lived.registered))
    return Gap(key, details.owner or intent.owner), _live(work, key, lived, sentence)


def _live(work: WriteSession, model: str, lived: Life, sentence: str) -> str:
    moved = beginning(lived.moved_on)
    version, serving = _serve(work, model, lived, sentence) if lived.version else ("", None)
    if lived.move is Move.RETIRE and serving is not None:
        work.record(DeploymentClosed(serving, model), effective=moved)
    if lived.move is not None:
        why = commit_text(lived.why or sentence)
        work.record(ModelMoved(model, lived.move, why), effective=moved)
    return version


def _serve(work: WriteSession, model: str, lived: Life, sentence: str) -> tuple[str, str | None]:
    """Record the version a row names, and that it serves where the row says so.

    What runs without a day has run before it was taken over: since today's first moment at least.
    """
    version, label = new_id(), _LABEL.sub("", lived.version, count=1)
    since: datetime | None = beginning(lived.since or lived.registered or clock.today())
    work.record(VersionRegistered(version, model, VersionDetails(label)), effective=since)
    if not lived.serves:
        return version, None
    deployment = new_id()
    opened = DeploymentOpened(
        deployment, model, version, label, "production", "champion", basis=sentence
    )
    work.record(opened, effective=since)
    return version, deployment


def _close(work: WriteSession, source: Source, draft: Draft, made: tuple[str, str | None]) -> None:
    report, (intake, plan) = draft.report, made
    content, now = _content(report), clock.now()
    kept = Sighting(sha256(content).hexdigest(), now)
    asked = f"import report: {source.name}"
    evidence.keep(work.connection, [RawAnswer(kept.digest, asked, now, content)])
    decided = (use for use in report.columns if use.basis in ("given", "remembered"))
    work.record(
        ImportApplied(
            intake,
            must_commit(source.name),
            source.digest,
            kept,
            rows=len(report.rows),
            created=report.count(Fate.CREATED),
            changed=report.count(Fate.CHANGED),
            unchanged=report.count(Fate.UNCHANGED) + report.count(Fate.REPEATED),
            left_out=report.count(Fate.REFUSED),
            people=len(draft.people),
            columns=tuple(ColumnRead(use.heading, use.field or "") for use in decided),
            papers=report.papers,
            plan=plan,
        )
    )
