"""Lifts a dossier to a higher level later: verified first, time-stamped, recorded, written."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import mlops_desktop.store.queries.dossiers as queries
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.dossiers import DossierExtended
from mlops_desktop.core.signature_levels import Level, level_of
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.lifting import lift
from mlops_desktop.dossier.reading import count_revisions
from mlops_desktop.dossier.verdict import Outcome, Verdict
from mlops_desktop.services.dossiers.delivery import deliver, write_whole
from mlops_desktop.services.dossiers.verification import read_file, verify_bytes
from mlops_desktop.services.session import Session
from mlops_desktop.services.trust_services import (
    TrustServices,
    means_for,
    services_of,
)
from mlops_desktop.store.queries import trust_services
from mlops_desktop.store.queries.authority import authority_of

_HOLDS = frozenset({Outcome.VALID, Outcome.INDETERMINATE})


@dataclass(frozen=True, slots=True)
class Extended:
    """A lifted dossier at ``path``; ``level`` is the lowest its signatures were found to reach."""

    id: str
    path: Path
    level: Level
    digest: str
    changes: Changes


def extend_dossier(
    session: Session,
    path: Path,
    level: Level = Level.LTA,
    services: TrustServices | None = None,
) -> Extended:
    """Lift the dossier at ``path`` and record what its file is since.

    It must verify and be the latest that this workspace recorded. ``services`` stand in for those
    the workspace arranged. Data to check by are never left uncovered, so B-LT is reached as
    B-LTA; doing it again renews the time stamps. Raises ``extend.level_refused``,
    ``extend.does_not_hold``, ``dossier.not_from_here``, ``dossier.not_latest``,
    ``certificate.revoked``, ``certificate.expired``, ``revocation.…``, ``timestamp.…``,
    ``trust_service.away``, ``trust_services.…``, ``dossier.cannot_write``.
    """
    pdf = read_file(path)
    with session.workspace.read() as view:
        chosen = services or services_of(view)
        published = trust_services.find_revocations(view.connection)
        roots = [authority_of(view)]
    means = _means(level, chosen, roots, [published] if published else [])
    verdict = verify_bytes(pdf, None, session, chosen.roots.encode()).verdict
    _check_record(session, path, verdict)
    lifted = _lift(path, pdf, means, verdict)
    after = verify_bytes(lifted, None, session, chosen.roots.encode()).verdict
    payload = DossierExtended(
        dossier=verdict.document_id or "",
        digest=sha256(lifted).hexdigest(),
        level=_lowest(after).value,
        signatures=len(after.signatures),
        revisions=count_revisions(lifted),
    )
    changes = deliver(session, path, lifted, payload)
    return Extended(payload.dossier, path, _lowest(after), payload.digest, changes)


def extend_file(
    path: Path,
    out: Path,
    level: Level,
    services: TrustServices,
    trust: bytes | None = None,
) -> Extended:
    """Lift a dossier without any workspace, as an auditor does, into another file.

    ``trust`` are the roots (PEM) of its signers. The workspace that issued it does not know the
    new file. Raises as :func:`extend_dossier`, and ``dossier.file_exists``.
    """
    if out.exists():
        raise AppError("dossier.file_exists", where=str(out), path=str(out))
    pdf = read_file(path)
    roots = (trust or b"").decode("ascii", "replace")
    means = _means(level, services, [roots], [])
    stamps = services.roots.encode()
    verdict = verify_bytes(pdf, trust, None, stamps).verdict
    lifted = _lift(path, pdf, means, verdict)
    after = verify_bytes(lifted, trust, None, stamps).verdict
    write_whole(out, lifted)
    digest = sha256(lifted).hexdigest()
    return Extended(verdict.document_id or "", out, _lowest(after), digest, Changes())


def _means(level: Level, services: TrustServices, roots: list[str], lists: list[str]) -> Means:
    means = means_for(level, services, roots, lists)
    if means is None:
        raise AppError("extend.level_refused", where="level")
    return means


def _check_record(session: Session, path: Path, verdict: Verdict) -> None:
    where = str(path)
    with session.workspace.read() as view:
        row = queries.find_dossier(view.connection, verdict.document_id or "")
    if row is None:
        raise AppError("dossier.not_from_here", where=where, path=where)
    if verdict.sha256 != row.digests[-1]:
        raise AppError("dossier.not_latest", where=where, path=where)


def _lift(path: Path, pdf: bytes, means: Means, verdict: Verdict) -> bytes:
    if verdict.outcome not in _HOLDS:
        failure = verdict.first_failure
        check = failure.code if failure is not None else ""
        raise AppError("extend.does_not_hold", where=str(path), check=check)
    return lift(pdf, means, verdict.signatures)


def _lowest(verdict: Verdict) -> Level:
    reached = [level_of(one.level) for one in verdict.signatures]
    return min(reached, key=lambda one: one.rank, default=Level.B)
