"""Drafts as .docx by hand: a validation's report, a meeting's paper; unsigned, on record."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.report_plans import ReportDrafted
from mlops_desktop.core.report_plans import ReportKind
from mlops_desktop.dossier.content import Field
from mlops_desktop.dossier.content.paper import Paper
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.delivery import deliver
from mlops_desktop.services.reports.committee_paper import gather_meeting
from mlops_desktop.services.reports.gathering import classification
from mlops_desktop.services.reports.validation_paper import gather_validation
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words

_GATHER = {ReportKind.VALIDATION: gather_validation, ReportKind.COMMITTEE: gather_meeting}


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """A draft to be made: of which validation or meeting, where to, in which language."""

    kind: ReportKind
    named: str
    out: Path
    language: str = "en"
    as_of: AsOf = NOW
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that lies at ``path``: its SHA-256, and the digest of its facts in any language."""

    path: Path
    digest: str
    content: str
    changes: Changes


def make_paper(
    session: Session,
    kind: ReportKind,
    named: str,
    language: str,
    as_of: AsOf = NOW,
    recipients: tuple[str, ...] = (),
) -> tuple[bytes, str]:
    """Return a draft's bytes and the digest of its facts; raises as its gathering does."""
    from mlops_desktop.dossier.word.writing import write  # only a draft pays for python-docx

    with session.workspace.read() as view:
        gathered = _GATHER[kind](view, session.workspace.name, named, as_of)
        to = (Field("board_recipients", cells.text("\n".join(recipients))),) if recipients else ()
        paper = replace(gathered, fields=(*gathered.fields, *to))
        classed = replace(paper, classification=classification(view, language))
    return write(classed, read_words(language)), _digest(paper)


def draft_paper(session: Session, order: PaperOrder) -> Drafted:
    """Write a validation's report or a meeting's paper as .docx and record that it was drafted.

    Raises ``dossier.file_exists``, ``dossier.no_folder``, ``dossier.cannot_write``,
    ``report.not_docx``, ``item.not_found``, ``meeting.not_found``.
    """
    _check(order.out, overwrite=order.overwrite)
    as_of, language = order.as_of, order.language
    data, content = make_paper(session, order.kind, order.named, language, as_of)
    digest = hashlib.sha256(data).hexdigest()
    dates = (as_of.known, as_of.at)
    kind = order.kind.value
    told = ReportDrafted(kind, order.named, language, digest, content, None, None, *dates)
    changes = deliver(session, order.out, data, told)
    return Drafted(order.out, digest, content, changes)


def _check(out: Path, *, overwrite: bool) -> None:
    where = str(out)
    if out.suffix.lower() != ".docx":
        raise AppError("report.not_docx", where=where, path=out.name)
    if out.exists() and not overwrite:
        raise AppError("dossier.file_exists", where=where, path=where)
    if not out.resolve().parent.is_dir():
        raise AppError("dossier.no_folder", where=where, path=str(out.resolve().parent))


def _digest(paper: Paper) -> str:
    return hashlib.sha256(msgspec.json.encode(paper, order="sorted")).hexdigest()
