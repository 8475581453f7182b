"""By whom signatures are time-stamped and where revocation is looked up; offline unless told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from mlops_desktop.core import clock
from mlops_desktop.core.authority import Act
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.trust_services import RevocationsPublished, TrustServicesArranged
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.signatures import read_roots
from mlops_desktop.dossier.timestamping import Answer, Authority
from mlops_desktop.dossier.trust import Root, Trust
from mlops_desktop.outside.certificates import read_certificate
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.revocation_lists import (
    Revoked,
    issue_list,
    next_due,
    read_list,
    read_lists,
    revoked_since,
)
from mlops_desktop.outside.trust_service_calls import Way, submit
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.certification import unlock_authority
from mlops_desktop.services.session import Ask, Recorded, Session
from mlops_desktop.store import log
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries import trust_services as queries
from mlops_desktop.store.unit_of_work import ReadSession

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
DAYS = 30
"""How long a list of revoked certificates counts unless said otherwise."""
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class TrustServices:
    """A time-stamp authority's address, and what chains are checked by.

    ``roots`` (PEM) are believed for time stamps alone, ``signers`` for persons whose keys another
    authority than the workspace's certified. ``revocation`` is a file or a folder of
    revocation lists; ``may_fetch`` lets lists and OCSP answers be read where certificates say.
    """

    url: str | None = None
    roots: str = ""
    revocation: Path | None = None
    may_fetch: bool = False
    ca_file: str | None = None
    proxy: str | None = None
    signers: str = ""


NONE = TrustServices()


def show_trust_services(session: Session) -> TrustServices:
    """Return what the workspace arranged last; :data:`NONE` where nothing is arranged."""
    with session.workspace.read() as view:
        return services_of(view)


def services_of(view: ReadSession) -> TrustServices:
    """Return the same of an open view."""
    found = queries.find_services(view.connection)
    if found is None:
        return NONE
    place = Path(found.revocation) if found.revocation else None
    return TrustServices(
        found.url, found.roots, place, found.may_fetch, found.ca_file, found.proxy, found.signers
    )


def arrange_trust_services(session: Session, wanted: TrustServices) -> Recorded:
    """Settle by whom signatures of this workspace are time-stamped; ``NONE`` ends it.

    Raises ``authority.arrange_trust``, ``trust_services.url_refused``,
    ``trust_services.no_roots``, ``trust_services.roots_unreadable``.
    """
    _check(wanted)
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.ARRANGE_TRUST)
        work.record(
            TrustServicesArranged(
                wanted.url,
                wanted.roots,
                str(wanted.revocation) if wanted.revocation is not None else None,
                wanted.may_fetch,
                wanted.ca_file,
                wanted.proxy,
                wanted.signers,
            )
        )
    return Recorded("trust_services", work.changes)


def _check(wanted: TrustServices) -> None:
    roots_of(wanted.roots)
    roots_of(wanted.signers)
    if wanted.url is None:
        return
    parts = urlsplit(wanted.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.password:
        raise AppError("trust_services.url_refused", where="url", url=wanted.url)
    if not wanted.roots.strip():
        raise AppError("trust_services.no_roots", where="roots")


def roots_of(pem: str) -> tuple[Root, ...]:
    """Return the roots of a PEM text; raises ``trust_services.roots_unreadable``."""
    if not pem.strip():
        return ()
    try:
        return tuple(read_roots(pem.encode()))
    except ValueError:
        raise AppError("trust_services.roots_unreadable", where="roots") from None


def publish_revocations(session: Session, ask_authority: Ask, days: int = DAYS) -> Recorded:
    """Record which of its certificates the workspace's authority revoked, as a list (RFC 5280).

    Levels from B-LT on embed it; it counts for ``days``. ``ask_authority`` gives the authority's
    passphrase. Raises ``person_key.…``, ``revocation.days_refused``.
    """
    if not 1 <= days <= _MOST_DAYS:
        raise AppError("revocation.days_refused", where="days", most=_MOST_DAYS)
    authority = unlock_authority(session, ask_authority)
    now = clock.now()
    until = now + timedelta(days=days)
    with session.workspace.write(session.actor) as work:
        revoked = issue_list(authority, _revoked(work), now, until)
        work.record(RevocationsPublished(revoked, clock.to_text(until)))
    return Recorded("revocations", work.changes)


def _revoked(view: View) -> list[Revoked]:
    found = []
    for one in people.list_certificates(view.connection):
        if one.revoked_position is not None:
            (event,) = log.read_events(
                view.connection, one.revoked_position, one.revoked_position + 1
            )
            at = log.read_envelope(view.connection, event.body).at
            found.append(Revoked(read_certificate(one.pem).serial_number, at))
    return found


def show_revocations(session: Session) -> str | None:
    """Return the list (PEM) published last; None without one."""
    with session.workspace.read() as view:
        return queries.find_revocations(view.connection)


def revocations_end(session: Session) -> datetime | None:
    """Return until when the list published last counts; None without one."""
    known = show_revocations(session)
    return next_due(known) if known is not None else None


def refuse_revoked(view: ReadSession, credential: Credential) -> None:
    """Refuse a certificate that the list published last revokes: ``certificate.revoked``."""
    known = queries.find_revocations(view.connection)
    since = revoked_since(known, credential.certificate) if known is not None else None
    if since is not None:
        name = credential.certificate.subject.rfc4514_string()
        raise AppError("certificate.revoked", name=name, on=since.date().isoformat())


def means_for(
    level: Level,
    services: TrustServices,
    roots: Iterable[str] = (),
    lists: Iterable[str] = (),
    ask: Answer | None = None,
) -> Means | None:
    """Return what a level is reached by; None for B-B, which takes nothing.

    ``roots`` and ``lists`` (PEM) come on top of the services'. Raises
    ``trust_services.no_authority``, ``trust_services.no_roots``, ``revocation.…``.
    """
    if level is Level.B:
        return None
    if not services.url:
        raise AppError("trust_services.no_authority", where="tsa")
    if not services.roots.strip():
        raise AppError("trust_services.no_roots", where="roots")
    trust = _trust(level, services, roots, lists)
    url, way = services.url, Way(services.ca_file, services.proxy)
    at = clock.now()

    def call(request: bytes) -> bytes:
        return submit(url, request, _QUERY, _REPLY, way)

    return Means(level, at, trust, Authority(ask or call, url, trust, at))


def _trust(
    level: Level, services: TrustServices, roots: Iterable[str], lists: Iterable[str]
) -> Trust:
    known = [root for pem in (services.roots, services.signers, *roots) for root in roots_of(pem)]
    found = [read_list(pem.encode()) for pem in lists]
    if services.revocation is not None and level.reaches(Level.LT):
        found.extend(read_lists(services.revocation))
    is_asked = services.may_fetch and level.reaches(Level.LT)
    way = Way(services.ca_file, services.proxy) if is_asked else None
    return Trust(tuple(known), tuple(found), way)
