"""Exports a dossier: prepared as it will be, then sealed with the person's key and recorded."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import mlops_desktop.store.queries.dossiers as queries
from mlops_desktop import __version__
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.dossier_settings import DossierSettings
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.dossiers import DossierExported
from mlops_desktop.core.identity import Person
from mlops_desktop.core.work import QUIET, IsCancelled, Report, Work
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import Document, Scope, Signer
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.dossiers.choosing import choose_sections
from mlops_desktop.services.dossiers.delivery import check_seen, deliver
from mlops_desktop.services.dossiers.gathering import Gathered, Source, gather
from mlops_desktop.services.dossiers.order import Order
from mlops_desktop.services.dossiers.portfolio.gathering import gather_portfolio
from mlops_desktop.services.dossiers.regulator.gathering import gather_view
from mlops_desktop.services.dossiers.signers import APPROVERS, find_signers, role_of
from mlops_desktop.services.dossiers.signing import means_in, unlock_for
from mlops_desktop.services.replacing import check_replaces_pdf
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.dossier_forms import read_settings
from mlops_desktop.store.queries.dossiers import DossierRow
from mlops_desktop.store.unit_of_work import ReadSession

__all__ = [
    "APPROVERS",
    "Exported",
    "Order",
    "Prepared",
    "Scope",
    "export_dossier",
    "list_dossiers",
    "prepare_dossier",
    "seal_dossier",
]


_STEPS = 4
_CLASSIFICATION = "confidential"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dossier as it will be: a seal is put on these very bytes of ``unsealed``.

    ``seen`` is the head of the ledger at which it was prepared.
    """

    order: Order
    person: Person
    seen: Seen
    record: DossierExported
    """What will be recorded; the digest of the file is not known yet."""
    unsealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exported:
    """A dossier that lies at ``path``: its id, its file's SHA-256, its facts' digest."""

    id: str
    path: Path
    digest: str
    content: str
    changes: Changes


def list_dossiers(session: Session, as_of: AsOf = NOW) -> tuple[DossierRow, ...]:
    """Return every dossier exported from this workspace by the day, newest first."""
    with session.workspace.read() as view:
        return queries.list_dossiers(view.connection, as_of)


def export_dossier(
    session: Session,
    order: Order,
    unlock: Unlock,
    report: Report = lambda step, done, total: None,
    is_cancelled: IsCancelled = lambda: False,
) -> Exported:
    """Make, seal and write a dossier, and record its digest.

    The acting person's key seals it. The file appears only whole; where recording fails it does
    not appear. Raises ``dossier.file_exists``, ``dossier.cannot_write``, ``model.…``,
    ``person_key.…``, ``certificate.…``; above B-B also ``trust_services.…``, ``timestamp.…``,
    ``trust_service.away``, ``revocation.…``.
    """
    if order.scope is not Scope.MODEL:  # it takes minutes: nobody comes back to say a passphrase
        unlock = _unlocked(session, order, unlock)
    prepared = prepare_dossier(session, order, report, is_cancelled)
    Work(report, is_cancelled).require_wanted()
    return _seal(session, prepared, unlock, report)


def _unlocked(session: Session, order: Order, unlock: Unlock) -> Unlock:
    check_target(order)
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
    if not person.can_sign:
        raise AppError("dossier.signer_without_certificate", person=person.name)
    credential = unlock(person)
    return lambda _: credential


def prepare_dossier(
    session: Session,
    order: Order,
    report: Report = lambda step, done, total: None,
    is_cancelled: IsCancelled = lambda: False,
) -> Prepared:
    """Return the dossier as it will be, to be looked at before it is sealed; nothing is recorded.

    Raises ``dossier.file_exists``, ``dossier.no_folder``, ``model.…``,
    ``dossier.signer_without_certificate``, ``dossier.cancelled``.
    """
    work = Work(report, is_cancelled)
    check_target(order)
    report("dossier.gathering", 1, _STEPS)
    person, gathered, signers, seen = _gather(session, order, work)
    report("dossier.printing", 2, _STEPS)
    unsealed = build(gathered.content, read_words(order.language), work)
    return Prepared(order, person, seen, _record(order, gathered, signers), unsealed)


def seal_dossier(
    session: Session,
    prepared: Prepared,
    unlock: Unlock,
    report: Report = lambda step, done, total: None,
) -> Exported:
    """Seal the bytes that were looked at, write them and record their digest.

    Raises ``dossier.preview_outdated`` where something was recorded since they were prepared, or
    another person acts, and what :func:`export_dossier` raises.
    """
    if prepared.person.id != session.actor.person:
        raise AppError("dossier.preview_outdated", recovery=Recovery.RETRY, more=0)
    with session.workspace.read() as view:
        check_seen(view.head_seen(), prepared.seen)
    return _seal(session, prepared, unlock, report, prepared.seen)


def _seal(
    session: Session,
    prepared: Prepared,
    unlock: Unlock,
    report: Report,
    seen: Seen | None = None,
) -> Exported:
    order, person = prepared.order, prepared.person
    check_target(order)
    means = means_in(session, order.level, order.services)
    credential = unlock_for(session, unlock, person)
    report("dossier.sealing", 3, _STEPS)
    words = read_words(order.language)
    said = _statement(person, order.language)
    sealed = seal(prepared.unsealed, credential, said, words, means)
    report("dossier.writing", 4, _STEPS)
    record = replace(prepared.record, digest=sha256(sealed).hexdigest())
    changes = deliver(session, order.out, sealed, record, seen)
    return Exported(record.dossier, order.out, record.digest, record.content, changes)


def check_target(order: Order) -> None:
    """Raise where the file cannot appear.

    Raises ``dossier.file_exists``, ``dossier.no_folder``, and ``file.not_replaced``: a dossier
    replaces nothing but a PDF, whatever was said.
    """
    where = str(order.out)
    if order.out.exists() and not order.overwrite:
        raise AppError("dossier.file_exists", where=where, path=where)
    check_replaces_pdf(order.out, signed_too=True)
    if not order.out.resolve().parent.is_dir():
        raise AppError("dossier.no_folder", where=where, path=str(order.out.resolve().parent))


def _gather(
    session: Session, order: Order, work: Work
) -> tuple[Person, Gathered, tuple[str, ...], Seen]:
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        if not person.can_sign:
            raise AppError("dossier.signer_without_certificate", person=person.name)
        gathered, signers = gather_content(session, view, order, person, work=work)
        seen = view.head_seen()
    return person, gathered, tuple(one.id for one in signers), seen


def gather_content(
    session: Session,
    view: ReadSession,
    order: Order,
    person: Person,
    *,
    is_draft: bool = False,
    work: Work = QUIET,
) -> tuple[Gathered, tuple[Person, ...]]:
    """Return what a dossier will say, and who is to countersign it."""
    workspace, signers = session.workspace, find_signers(view, order.model, order.signers)
    document = Document(
        id=new_id(),
        scope=order.scope,
        language=order.language,
        created_at=clock.now(),
        created_by=person.name,
        workspace=workspace.name,
        classification=_classification(order, read_settings(view.connection)),
        generator=f"MLOps Desktop {__version__}",
        signers=tuple(Signer(one.name, role_of(one)) for one in signers),
        is_draft=is_draft,
    )
    chosen = choose_sections(view, order.sections, order.template, person.name)
    source = Source(view, workspace.origin, document, chosen, work)
    return _collect(source, order), signers


def _collect(source: Source, order: Order) -> Gathered:
    match order.scope:
        case Scope.PORTFOLIO:
            return gather_portfolio(source, order.population, order.as_of)
        case Scope.REGULATOR:
            wanted = order.profile, order.period, order.population, order.dates
            return gather_view(source, *wanted)
        case _:
            return gather(source, order.model, order.as_of)


def _classification(order: Order, settings: DossierSettings) -> str:
    """Return the class in the dossier's language; a bank's own class is printed as it is."""
    code = order.classification or settings.classification or _CLASSIFICATION
    words, key = read_words(order.language), f"dossier.classification.{code}"
    return words.text(key) if key in words else code


def _statement(person: Person, language: str) -> Statement:
    # The bare code of the role is signed, the same in every language; the stamp says it in words.
    meaning = read_words(language).text("dossier.seal.default_meaning")
    return Statement(person.name, role_of(person), meaning, clock.now())


def _record(order: Order, gathered: Gathered, signers: tuple[str, ...]) -> DossierExported:
    facts = gathered.content.facts
    head = facts.ledger.checkpoint.head
    known, at = order.dates.known, order.dates.at
    return DossierExported(
        dossier=gathered.content.document.id,
        model=gathered.model,
        digest="",
        content=facts_digest(facts),
        size=head.size,
        root=head.root,
        language=order.language,
        as_known=known.isoformat() if known else None,
        as_at=at.isoformat() if at else None,
        signers=signers,
        scope=order.scope.value,
        profile=facts.model_id if order.scope is Scope.REGULATOR else None,
        population=gathered.population,
        drawn=gathered.drawn,
        level=order.level.value,
    )
